(module
  (import "demo:plugin/log@1.0.0" "write" (func $write (param i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (global $next (mut i32) (i32.const 1024))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (local $at i32)
    (local.set $at (i32.and (i32.add (global.get $next) (i32.const 7)) (i32.const -8)))
    (global.set $next (i32.add (local.get $at) (local.get 3)))
    (local.get $at))
  (func (export "demo:plugin/api@1.0.0#length") (param $p i32) (param $n i32) (result i32)
    (local $sum f64) (local $d f64)
    (if (i32.eqz (local.get $n))
      (then
        (i32.store8 (i32.const 16) (i32.const 1))
        (i32.store8 (i32.const 24) (i32.const 0))
        (return (i32.const 16))))
    (block $done
      (loop $next
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (br_if $done (i32.eqz (local.get $n)))
        (local.set $d (f64.sqrt (f64.add
          (f64.mul
            (f64.sub (f64.load (i32.add (local.get $p) (i32.const 16))) (f64.load (local.get $p)))
            (f64.sub (f64.load (i32.add (local.get $p) (i32.const 16))) (f64.load (local.get $p))))
          (f64.mul
            (f64.sub (f64.load offset=24 (local.get $p)) (f64.load offset=8 (local.get $p)))
            (f64.sub (f64.load offset=24 (local.get $p)) (f64.load offset=8 (local.get $p)))))))
        (if (f64.gt (local.get $d) (f64.const 100))
          (then
            (i32.store8 (i32.const 16) (i32.const 1))
            (i32.store8 (i32.const 24) (i32.const 1))
            (f64.store (i32.const 32) (local.get $d))
            (return (i32.const 16))))
        (local.set $sum (f64.add (local.get $sum) (local.get $d)))
        (local.set $p (i32.add (local.get $p) (i32.const 16)))
        (br $next)))
    (i32.store8 (i32.const 16) (i32.const 0))
    (f64.store (i32.const 24) (local.get $sum))
    (i32.const 16))
  (func (export "demo:plugin/api@1.0.0#greet") (param $p i32) (param $n i32) (param $times i32) (result i32)
    (local $last i32)
    (loop $next
      (if (i32.eqz (local.get $times)) (then (return (local.get $last))))
      (local.set $last (call $write (i32.const 1) (local.get $p) (local.get $n)))
      (local.set $times (i32.sub (local.get $times) (i32.const 1)))
      (br $next))
    (unreachable)))
