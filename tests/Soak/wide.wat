;; A guest whose memory is of 64 bits.
(module
  (import "wide" "upper" (func $upper (param i64 i64) (result i64 i64)))
  (memory (export "memory") i64 2)
  (global $free (mut i64) (i64.const 4096))
  (func (export "cabi_realloc") (param i64 i64 i64 i64) (result i64)
    (if (i64.gt_u (i64.add (global.get $free) (local.get 3)) (i64.const 126976))
      (then (global.set $free (i64.const 4096))))
    (global.get $free)
    (global.set $free
      (i64.and (i64.add (i64.add (global.get $free) (local.get 3)) (i64.const 7)) (i64.const -8))))
  (func (export "upper") (param i64 i64) (result i64 i64) (call $upper (local.get 0) (local.get 1))))
