(module
  (import "env" "log" (func $log (param i32 i32)))
  (import "env" "fail" (func $fail))
  (memory (export "memory") 1)
  (data (i32.const 0) "adding")

  (func (export "add") (param $a i32) (param $b i32) (result i32)
    (call $log (i32.const 0) (i32.const 6))
    (i32.add (local.get $a) (local.get $b)))

  (func (export "divide") (param $a i32) (param $b i32) (result i32)
    (if (i32.eqz (local.get $b)) (then (call $fail)))
    (i32.div_s (local.get $a) (local.get $b))))
