;; A guest that fails by itself before it asks to be ended.
(module
  (import "env" "early_exit" (func $early_exit))
  (func (export "run") (param i32 i32) (result i32)
    unreachable))
