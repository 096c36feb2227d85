;; The guest of every benchmark, and of floor.c: both sides of the comparison run the same machine code.
(module
  (import "env" "add" (func $add (param i32 i32) (result i32)))
  (import "env" "stop" (func $stop))
  (import "env" "stop_again" (func $stop_again))
  (import "env" "stop_by_value" (func $stop_by_value))
  (import "env" "with_memory" (func $with_memory))
  (import "env" "first_byte" (func $first_byte (param i32 i32) (result i32)))
  (import "tenant" "add" (func $tenant_add (param i32 i32) (result i32)))

  (memory (export "memory") 1)

  ;; Host to guest: the least that a guest can do.
  (func $f (export "f") (param i32) (result i32)
    (i32.add (local.get 0) (i32.const 1)))

  (export "g" (func $f))

  ;; Guest to host, n times in a row.
  (func (export "call_add") (param $n i32) (result i32)
    (local $sum i32)
    (loop $again
      (local.set $sum (call $add (local.get $sum) (local.get $n)))
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br_if $again (local.get $n)))
    (local.get $sum))
  (func (export "call_tenant_add") (param $n i32) (result i32)
    (local $sum i32)
    (loop $again
      (local.set $sum (call $tenant_add (local.get $sum) (local.get $n)))
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br_if $again (local.get $n)))
    (local.get $sum))
  (func (export "call_with_memory") (param $n i32)
    (loop $again
      (call $with_memory)
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br_if $again (local.get $n))))
  (func (export "call_first_byte") (param $n i32) (result i32)
    (local $sum i32)
    (loop $again
      (local.set $sum (i32.add (local.get $sum) (call $first_byte (i32.const 64) (i32.const 16))))
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br_if $again (local.get $n)))
    (local.get $sum))

  ;; Calls that do not return.
  (func (export "call_stop") (call $stop))
  (func (export "call_stop_again") (call $stop_again))
  (func (export "call_stop_by_value") (call $stop_by_value))
  (func (export "trap") unreachable))
