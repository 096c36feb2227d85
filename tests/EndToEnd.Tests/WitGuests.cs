namespace WasmBindgen.EndToEnd.Tests;

/// <summary>Guests of the worlds in <c>Wit/plugin.wit</c>.</summary>
internal static class WitGuests
{
    private const string Allocator = """
        (memory (export "memory") 1)
        (global $next (mut i32) (i32.const 1024))
        (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
          (local $at i32)
          (local.set $at (i32.and (i32.add (global.get $next) (i32.const 7)) (i32.const -8)))
          (global.set $next (i32.add (local.get $at) (local.get 3)))
          (local.get $at))
        """;

    /// <summary>World <c>plugin</c>.</summary>
    internal const string Plugin = $"""
        (module
          (import "demo:plugin/log@1.0.0" "write" (func $write (param i32 i32 i32) (result i32)))
          {Allocator}
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
        """;

    /// <summary>World <c>whole</c>: <c>run</c> tells the bucket of a name to the log, and counts on.</summary>
    internal const string Whole = $"""
        (module
          (import "$root" "log" (func $log (param i32 i32)))
          (import "host" "twice" (func $twice (param i32) (result i32)))
          (import "demo:plugin/store@1.0.0" "open" (func $open (param i32 i32 i32)))
          (import "demo:plugin/store@1.0.0" "[constructor]bucket" (func $new (param i32 i32) (result i32)))
          (import "demo:plugin/store@1.0.0" "[method]bucket.get" (func $get (param i32 i32 i32 i32)))
          (import "demo:plugin/store@1.0.0" "[method]bucket.put" (func $put (param i32 i32 i32 i32 i32)))
          (import "demo:plugin/store@1.0.0" "[static]bucket.count" (func $count (result i32)))
          (import "demo:plugin/store@1.0.0" "[resource-drop]bucket" (func $drop (param i32)))
          {Allocator}
          (func (export "run") (param $p i32) (param $n i32) (result i32)
            (local $bucket i32)
            (call $open (local.get $p) (local.get $n) (i32.const 64))
            (if (i32.load8_u (i32.const 64))
              (then ;; the error is a variant; the text is the argument
                (i32.store8 (i32.const 16) (i32.const 1))
                (i32.store (i32.const 20) (local.get $p))
                (i32.store (i32.const 24) (local.get $n))
                (return (i32.const 16))))
            (local.set $bucket (i32.load (i32.const 72)))
            (call $put (local.get $bucket) (local.get $p) (local.get $n) (local.get $p) (local.get $n))
            (call $get (local.get $bucket) (local.get $p) (local.get $n) (i32.const 96))
            (call $log (i32.load (i32.const 104)) (i32.load (i32.const 108)))
            (call $drop (local.get $bucket))
            (call $drop (call $new (local.get $p) (local.get $n)))
            (i32.store8 (i32.const 16) (i32.const 0))
            (i32.store (i32.const 20) (call $twice (call $count)))
            (i32.const 16))
          (func (export "hook#ping") (param i32) (result i32) (i32.add (local.get 0) (i32.const 1))))
        """;

    /// <summary>World <c>library</c>: a book is the address of its title's address and length.</summary>
    internal const string Library = $"""
        (module
          (import "[export]demo:plugin/shelf@1.0.0" "[resource-new]book" (func $new (param i32) (result i32)))
          (import "[export]demo:plugin/shelf@1.0.0" "[resource-rep]book" (func $rep (param i32) (result i32)))
          (import "[export]demo:plugin/shelf@1.0.0" "[resource-drop]book" (func $drop (param i32)))
          {Allocator}
          (global $live (mut i32) (i32.const 0))
          (func $make (param $p i32) (param $n i32) (result i32)
            (local $book i32)
            (local.set $book (i32.and (i32.add (global.get $next) (i32.const 7)) (i32.const -8)))
            (global.set $next (i32.add (local.get $book) (i32.const 8)))
            (i32.store (local.get $book) (local.get $p))
            (i32.store offset=4 (local.get $book) (local.get $n))
            (global.set $live (i32.add (global.get $live) (i32.const 1)))
            (call $new (local.get $book)))
          (func (export "demo:plugin/shelf@1.0.0#[constructor]book") (param i32 i32) (result i32)
            (call $make (local.get 0) (local.get 1)))
          (func (export "demo:plugin/shelf@1.0.0#[method]book.title") (param i32) (result i32)
            (i64.store (i32.const 16) (i64.load (local.get 0)))
            (i32.const 16))
          (func (export "demo:plugin/shelf@1.0.0#[method]book.is-longer") (param i32 i32) (result i32)
            (i32.gt_u (i32.load offset=4 (local.get 0)) (i32.load offset=4 (local.get 1))))
          (func (export "demo:plugin/shelf@1.0.0#[static]book.merge") (param $a i32) (param $b i32) (result i32)
            (local $book i32)
            (local.set $book (call $rep (local.get $a)))
            (call $drop (local.get $b))
            (call $drop (local.get $a))
            (call $make (i32.load (local.get $book)) (i32.load offset=4 (local.get $book))))
          (func (export "demo:plugin/shelf@1.0.0#best") (param $p i32) (param $n i32) (result i32)
            (i32.store8 (i32.const 16) (i32.ne (local.get $n) (i32.const 0)))
            (if (local.get $n) (then (i32.store (i32.const 20) (i32.load (local.get $p)))))
            (i32.const 16))
          (func (export "demo:plugin/shelf@1.0.0#lend") (param $p i32) (param $n i32) (param $book i32) (result i32)
            (i32.store (i32.const 16) (local.get $p))
            (i32.store (i32.const 20) (local.get $n))
            (i32.store (i32.const 24) (local.get $book))
            (i32.const 16))
          (func (export "demo:plugin/shelf@1.0.0#[dtor]book") (param i32)
            (global.set $live (i32.sub (global.get $live) (i32.const 1))))
          (func (export "live") (result i32) (global.get $live))
          (func (export "keep") (drop (call $make (i32.const 0) (i32.const 0)))))
        """;

    /// <summary>A guest that hands out handles that are none.</summary>
    internal const string FalseLibrary = $"""
        (module
          (import "[export]demo:plugin/shelf@1.0.0" "[resource-new]book" (func $new (param i32) (result i32)))
          (import "[export]demo:plugin/shelf@1.0.0" "[resource-rep]book" (func $rep (param i32) (result i32)))
          (import "[export]demo:plugin/shelf@1.0.0" "[resource-drop]book" (func $drop (param i32)))
          {Allocator}
          (func (export "demo:plugin/shelf@1.0.0#[constructor]book") (param i32 i32) (result i32) (i32.const 77))
          (func (export "demo:plugin/shelf@1.0.0#[method]book.title") (param i32) (result i32) (unreachable))
          (func (export "demo:plugin/shelf@1.0.0#[method]book.is-longer") (param i32 i32) (result i32) (unreachable))
          (func (export "demo:plugin/shelf@1.0.0#[static]book.merge") (param i32 i32) (result i32)
            (drop (call $rep (i32.const -1)))
            (unreachable))
          (func (export "demo:plugin/shelf@1.0.0#best") (param i32 i32) (result i32)
            (call $drop (i32.const 5))
            (unreachable))
          (func (export "demo:plugin/shelf@1.0.0#lend") (param i32 i32 i32) (result i32)
            (i32.store (i32.const 16) (local.get 0))
            (i32.store (i32.const 20) (local.get 1))
            (i32.store (i32.const 24) (call $new (i32.const 9)))
            (call $drop (i32.load (i32.const 24)))
            (i32.const 16))
          (func (export "demo:plugin/shelf@1.0.0#[dtor]book") (param i32) (unreachable))
          (func (export "live") (result i32) (i32.const 0))
          (func (export "keep")))
        """;
}
