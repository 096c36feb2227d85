(module
  (import "host" "log" (func $log (param i32 i32)))
  (memory (export "memory") 1)
  (data (i32.const 16) "adding")
  (func (export "add") (param i32 i32) (result i32)
    (call $log (i32.const 16) (i32.const 6))
    (i32.add (local.get 0) (local.get 1))))
