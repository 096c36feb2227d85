namespace WasmBindgen.Components.Tests;

/// <summary>The memory and the allocator of guests, as text.</summary>
internal static class LibraryText
{
    /// <summary>Where a guest may have data, of 1024 bytes.</summary>
    internal const int Data = 65536;

    /// <summary>Where allocation begins.</summary>
    internal const int Heap = 66560;

    /// <summary>Where the memory ends, while little is allocated.</summary>
    internal const int End = 131072;

    private const string Allocate = """
        (local.set $block (call $alloc (local.get $align) (local.get $size)))
            (memory.copy (local.get $block) (local.get $old)
              (select (local.get $size) (local.get $old-size)
                (i32.lt_u (local.get $size) (local.get $old-size))))
            (memory.fill (local.get $old) (i32.const 0) (local.get $old-size))
            (local.get $block)
        """;

    /// <summary>
    /// The first page is the log: the list's address and length, then its elements. A block is never reused, so that
    /// nothing may rely on one that has not moved; what is freed is cleared, so that nothing of it can be found later.
    /// </summary>
    internal const string Text = $"""
        (core module $library
          (memory (export "memory") 2)
          (global $next (mut i32) (i32.const 66560))
          (global $count (mut i32) (i32.const 0))
          (func $alloc (export "alloc") (param $align i32) (param $size i32) (result i32) (local $block i32)
            (local.set $block
              (i32.and (i32.add (global.get $next) (i32.sub (local.get $align) (i32.const 1)))
                (i32.sub (i32.const 0) (local.get $align))))
            (global.set $next (i32.add (local.get $block) (local.get $size)))
            (loop $again
              (if (i32.gt_u (global.get $next) (i32.mul (memory.size) (i32.const 65536)))
                (then
                  (if (i32.eq (memory.grow (i32.const 1)) (i32.const -1)) (then unreachable))
                  (br $again))))
            (local.get $block))
          (func $note (param i32)
            (i32.store offset=16 (i32.mul (global.get $count) (i32.const 4)) (local.get 0))
            (global.set $count (i32.add (global.get $count) (i32.const 1))))
          (func (export "realloc") (param $old i32) (param $old-size i32) (param $align i32) (param $size i32)
            (result i32) (local $block i32)
            (if (i32.lt_u (global.get $count) (i32.const 16000)) (then
              (call $note (local.get $old)) (call $note (local.get $old-size))
              (call $note (local.get $align)) (call $note (local.get $size))))
            {Allocate})
          (func (export "next") (result i32) (global.get $next))
          (func (export "log") (result i32)
            (i32.store (i32.const 0) (i32.const 16))
            (i32.store (i32.const 4) (global.get $count))
            (i32.const 0)))
        (core instance $library (instantiate $library))
        (func (export "log") (result (list u32))
          (canon lift (core func $library "log") (memory (core memory $library "memory"))))

        """;

    /// <summary>The same whose allocator does something else, and gives any address.</summary>
    internal static string With(string realloc) => Text.Replace(Allocate, realloc, StringComparison.Ordinal);
}
