;; A plug-in of the world in plugin/plugin.wit, which is written from C# classes, as the Canonical ABI has it.
(module
  (import "demo:plugin/counters" "[constructor]plugin-counter" (func $new (param i32) (result i32)))
  (import "demo:plugin/counters" "[method]plugin-counter.increment" (func $increment (param i32 i32) (result i32)))
  (import "demo:plugin/counters" "[resource-drop]plugin-counter" (func $drop (param i32)))
  (import "demo:plugin/host" "reject-all" (func $reject-all (param i32)))
  (import "demo:plugin/host" "log" (func $log (param i32 i32)))
  (import "demo:plugin/host" "find" (func $find (param i32 i32 i32)))
  (import "demo:plugin/host" "parse" (func $parse (param i32 i32 i32)))
  (import "demo:plugin/host" "sum" (func $sum (param i32 i32 i32) (result f64)))
  (import "demo:plugin/host" "describe" (func $describe (param i32 i32 i32)))
  (memory (export "memory") 1)
  (data (i32.const 8) "home")
  (data (i32.const 16) "\00\00\00\00\00\00\f8\3f\00\00\00\00\00\00\02\40") ;; 1.5, 2.25
  (data (i32.const 32) "circle 4 2.5 1.5;DarkBlue hi;nothing;home;away;sum;")
  (data (i32.const 96) "\01") ;; text("hi", dark-blue)
  (data (i32.const 104) "\08\01\00\00\02\00\00\00\02")
  (data (i32.const 264) "hi")
  (global $next (mut i32) (i32.const 1024))
  (func (export "cabi_realloc") (param $old i32) (param $old-size i32) (param $alignment i32) (param $size i32) (result i32)
    (local $block i32)
    (local.set $block
      (i32.and
        (i32.sub (i32.add (global.get $next) (local.get $alignment)) (i32.const 1))
        (i32.sub (i32.const 0) (local.get $alignment))))
    (global.set $next (i32.add (local.get $block) (local.get $size)))
    (local.get $block))
  ;; Its answer is what the others say, if the host says what it says to them, and a trap if not.
  (func (export "run") (param $text i32) (param $length i32) (param $x i32) (param $y f64) (result i32)
    (call $log (local.get $text) (local.get $length))
    (call $find (i32.const 8) (i32.const 4) (i32.const 128)) ;; option: 0, point: 8
    (if (i32.ne (i32.load8_u (i32.const 128)) (i32.const 1)) (then (unreachable)))
    (if (i32.ne (i32.load (i32.const 136)) (i32.const -3)) (then (unreachable)))
    (if (f64.ne (f64.load (i32.const 144)) (f64.const 0.5)) (then (unreachable)))
    (if (f64.ne (call $sum (i32.const 16) (i32.const 2) (i32.const 1)) (f64.const -3.75)) (then (unreachable)))
    (call $describe (i32.const 96) (i32.const 1) (i32.const 160)) ;; a list of one string
    (if (i32.ne (i32.load (i32.const 164)) (i32.const 1)) (then (unreachable)))
    (if (i32.ne (i32.load offset=4 (i32.load (i32.const 160))) (i32.const 11)) (then (unreachable)))
    (call $parse (local.get $text) (local.get $length) (i32.const 168)) ;; result: 0, u64 or string: 8
    (i32.store (i32.const 192) (i32.const 32))
    (i32.store (i32.const 196) (i32.const 51))
    (if (i32.load8_u (i32.const 168))
      (then
        (memory.copy (i32.const 83) (i32.load (i32.const 176)) (i32.load (i32.const 180)))
        (i32.store (i32.const 196) (i32.add (i32.const 51) (i32.load (i32.const 180)))))
      (else
        (if (i64.eq (i64.load (i32.const 176)) (i64.const 18000000000000000000))
          (then
            (i32.store16 (i32.const 83) (i32.const 0x3831))
            (i32.store (i32.const 196) (i32.const 53))))))
    (i32.const 192))
  (func (export "grow") (param $case i32) (param $0 i32) (param $1 i64) (param $2 i32) (result i32)
    (i32.store8 (i32.const 200) (local.get $case))
    (if (i32.eqz (local.get $case))
      (then
        (i32.store (i32.const 208) (i32.add (local.get $0) (i32.const 1)))
        (i64.store (i32.const 216) (local.get $1))
        (f32.store (i32.const 224) (f32.mul (f32.reinterpret_i32 (local.get $2)) (f32.const 2))))
      (else
        (i32.store (i32.const 208) (local.get $0))
        (i64.store32 (i32.const 212) (local.get $1))
        (i32.store8 (i32.const 216) (i32.add (local.get $2) (i32.const 1)))))
    (i32.const 200))
  (func (export "fail") (param $code i32) (result i32) (call $reject-all (local.get $code)) (unreachable))
  (func (export "count-to") (param $end i32) (result i64)
    (local $counter i32) (local $count i32)
    (local.set $counter (call $new (i32.const 0)))
    (loop $again
      (if (i32.lt_s (local.get $count) (local.get $end))
        (then
          (local.set $count (call $increment (local.get $counter) (i32.const 1)))
          (br $again))))
    (call $drop (local.get $counter))
    (i64.extend_i32_s (local.get $count))))
