(module $deadlines
  ;; Never returns.
  (func $spin (export "spin")
    (loop $forever
      br $forever))

  ;; Counts down to zero, which takes a while.
  (func (export "count") (param $n i32) (result i32)
    (loop $next
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br_if $next (local.get $n)))
    (local.get $n)))
