;; Strings, spans and records between guest and host, n times in a row. Allocation wraps around, so that it costs next to nothing.
(module
  (import "values" "text" (func $text (param i32 i32) (result i32)))
  (import "values" "bytes" (func $bytes (param i32 i32) (result i32)))
  (import "values" "give" (func $give (param i32)))
  (import "values" "one" (func $one (param i32 i32 i32 f64 i32 i64) (result i32)))
  (import "values" "many" (func $many (param i32 i32) (result i32)))

  (memory (export "memory") 4)
  (data (i32.const 200000) "a name")
  (global $next (mut i32) (i32.const 1024))

  (func $allocate (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (local $at i32)
    (local.set $at (i32.and (i32.add (global.get $next) (i32.const 7)) (i32.const -8)))
    (if (i32.gt_u (i32.add (local.get $at) (local.get 3)) (i32.const 131072)) (then (local.set $at (i32.const 1024))))
    (global.set $next (i32.add (local.get $at) (local.get 3)))
    (local.get $at))

  ;; Fills the text area with 64 KiB of 'x', and the records: { name, id: s32, weight: f64, is_on: bool, count: u64 }, 40 bytes each.
  (func (export "prepare") (local $i i32)
    (memory.fill (i32.const 131072) (i32.const 120) (i32.const 65536))
    (loop $again
      (i32.store (i32.add (i32.const 210000) (i32.mul (local.get $i) (i32.const 40))) (i32.const 200000))
      (i32.store offset=4 (i32.add (i32.const 210000) (i32.mul (local.get $i) (i32.const 40))) (i32.const 6))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $again (i32.lt_u (local.get $i) (i32.const 1000)))))

  (func (export "call_text") (param $n i32) (param $length i32)
    (loop $again
      (drop (call $text (i32.const 131072) (local.get $length)))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
  (func (export "call_bytes") (param $n i32) (param $length i32)
    (loop $again
      (drop (call $bytes (i32.const 131072) (local.get $length)))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
  (func (export "call_give") (param $n i32)
    (loop $again
      (call $give (i32.const 16))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
  (func (export "call_one") (param $n i32)
    (loop $again
      (drop (call $one (i32.const 200000) (i32.const 6) (i32.const 1) (f64.const 2) (i32.const 1) (i64.const 3)))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
  (func (export "call_many") (param $n i32)
    (loop $again
      (drop (call $many (i32.const 210000) (i32.const 1000)))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))

  (func (export "length") (param i32 i32) (result i32) (local.get 1)))
