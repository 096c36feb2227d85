namespace WasmBindgen.EndToEnd.Tests;

/// <summary>Names and parameters as in wasm-bindgen, but for a guest that leaves freeing to the host.</summary>
[WasmExport]
[GuestAllocator("__wbindgen_malloc(size, alignment)", "__wbindgen_free(address, size, alignment)")]
public sealed partial class AlignedAllocatorGuest
{
    public partial int Take(string text, ReadOnlySpan<double> numbers);

    public partial int Freed { get; }
}

[WasmExport]
[GuestAllocator("aligned_alloc(alignment, size)", "free(size, address)")]
public sealed partial class SwappedAllocatorGuest
{
    public partial int Take(ReadOnlySpan<long> numbers);

    public partial int Freed { get; }
}

[WasmExport]
[GuestAllocator("realloc(old_address, size)")]
public sealed partial class ReallocGuest
{
    public partial int Length(string text);
}

[WasmExport]
[GuestAllocator("canonical_abi_realloc(old_address, old_size, alignment, size)")]
public sealed partial class EarlyCanonicalGuest
{
    public partial int Length(string text);
}

[WasmExport]
[GuestAllocator("malloc", "free", Module = "main")]
public sealed partial class SideGuest
{
    public partial int Length(string text);

    public partial int Name();
}

[WasmImport("env")]
[GuestAllocator("malloc", Module = "main")]
public sealed partial class SideHost
{
    [return: CString]
    public string Name() => "side";
}

[WasmImport("disposing")]
[GuestAllocator("malloc", "free")]
public sealed partial class DisposingHost
{
    public string LastWords(Store store)
    {
        store.Dispose();
        return "bye";
    }
}

[WasmExport]
[GuestAllocator("malloc", "free")]
public sealed partial class DisposingGuest
{
    public partial int Run(string text);
}

public sealed class AllocatorTests : IDisposable
{
    private const string Main = """
        (module
          (memory (export "memory") 1)
          (global (export "live") (mut i32) (i32.const 0))
          (global $top (mut i32) (i32.const 1024))
          (func (export "malloc") (param $size i32) (result i32)
            (global.set 0 (i32.add (global.get 0) (i32.const 1)))
            (global.get $top)
            (global.set $top (i32.add (global.get $top) (i32.const 64))))
          (func (export "free") (param i32) (global.set 0 (i32.sub (global.get 0) (i32.const 1)))))
        """;

    private const string Side = """
        (module
          (import "env" "name" (func $name (result i32)))
          (import "main" "memory" (memory 1))
          (func (export "length") (param i32 i32) (result i32)
            (i32.add (i32.load8_u (local.get 0)) (local.get 1)))
          (func (export "name") (result i32) (i32.load8_u (call $name))))
        """;

    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Allocators_get_sizes_and_alignments_in_their_order()
    {
        // freed: all sizes and alignments that came back
        var guest = new AlignedAllocatorGuest(_world.Instantiate("""
            (module
              (memory (export "memory") 1)
              (global $top (mut i32) (i32.const 1024))
              (global $freed (export "freed") (mut i32) (i32.const 0))
              (func (export "__wbindgen_malloc") (param $size i32) (param $alignment i32) (result i32)
                (global.set $top (i32.and
                  (i32.sub (i32.add (global.get $top) (local.get $alignment)) (i32.const 1))
                  (i32.sub (i32.const 0) (local.get $alignment))))
                (global.get $top)
                (global.set $top (i32.add (global.get $top) (local.get $size))))
              (func (export "__wbindgen_free") (param $address i32) (param $size i32) (param $alignment i32)
                (if (i32.lt_u (local.get $address) (i32.const 1024)) (then unreachable))
                (global.set $freed (i32.add (global.get $freed)
                  (i32.add (i32.mul (local.get $size) (i32.const 100)) (local.get $alignment)))))
              (func (export "take") (param i32 i32 i32 i32) (result i32)
                (i32.add (local.get 1) (i32.trunc_f64_s (f64.load offset=8 (local.get 2))))))
            """));
        Assert.Equal(5 + 7, guest.Take("hello", [1, 7]));
        Assert.Equal(((5 * 100) + 1) + ((16 * 100) + 8), guest.Freed);
    }

    /// <summary>
    /// The store ends with the call, so what the call returns is still allocated, and its arguments are freed.
    /// </summary>
    [Fact]
    public void A_host_method_may_dispose_the_store_of_the_running_call()
    {
        var world = new World();
        world.Linker.Define(new DisposingHost());
        var guest = new DisposingGuest(world.Instantiate("""
            (module
              (import "disposing" "last_words" (func $last_words (param i32)))
              (memory (export "memory") 1)
              (global $top (mut i32) (i32.const 64))
              (func (export "malloc") (param i32) (result i32)
                (global.get $top) (global.set $top (i32.add (global.get $top) (i32.const 64))))
              (func (export "free") (param i32) (if (i32.ne (local.get 0) (i32.const 64)) (then unreachable)))
              (func (export "run") (param i32 i32) (result i32)
                (call $last_words (i32.const 8))
                (i32.add (local.get 1) (i32.load8_u (i32.load (i32.const 8))))))
            """));
        Assert.Equal(5 + 'b', guest.Run("hello"));
        Assert.Throws<ObjectDisposedException>(() => guest.Run("hello"));
        world.Dispose();
    }

    [Fact]
    public void Any_order_of_parameters_can_be_said()
    {
        var guest = new SwappedAllocatorGuest(_world.Instantiate("""
            (module
              (memory (export "memory") 1)
              (global $freed (export "freed") (mut i32) (i32.const 0))
              (func (export "aligned_alloc") (param $alignment i32) (param $size i32) (result i32)
                (i32.add (i32.const 1024) (i32.mul (local.get $alignment) (i32.const 8))))
              (func (export "free") (param $size i32) (param $address i32)
                (global.set $freed (i32.add (i32.mul (local.get $size) (i32.const 10000)) (local.get $address))))
              (func (export "take") (param i32 i32) (result i32) (local.get 0)))
            """));
        Assert.Equal(1024 + 64, guest.Take([1, 2, 3]));
        Assert.Equal((24 * 10000) + 1024 + 64, guest.Freed);
    }

    [Fact]
    public void What_makes_areas_larger_gets_null_for_an_old_address()
    {
        var guest = new ReallocGuest(_world.Instantiate("""
            (module
              (memory (export "memory") 1)
              (func (export "realloc") (param $old i32) (param $size i32) (result i32)
                (if (local.get $old) (then unreachable))
                (i32.const 256))
              (func (export "length") (param i32 i32) (result i32) (local.get 1)))
            """));
        Assert.Equal(3, guest.Length("abc"));
    }

    /// <summary>As the first versions of wit-bindgen named it.</summary>
    [Fact]
    public void An_early_name_of_the_Canonical_ABI_s_allocator()
    {
        var guest = new EarlyCanonicalGuest(_world.Instantiate("""
            (module
              (memory (export "memory") 1)
              (func (export "canonical_abi_realloc")
                (param $old i32) (param $size i32) (param $alignment i32) (param $new i32) (result i32)
                (if (i32.or (local.get $old) (local.get $size)) (then unreachable))
                (if (i32.ne (local.get $alignment) (i32.const 1)) (then unreachable))
                (if (i32.ne (local.get $new) (i32.const 3)) (then unreachable))
                (i32.const 256))
              (func (export "length") (param i32 i32) (result i32) (local.get 1)))
            """));
        Assert.Equal(3, guest.Length("abc"));
    }

    /// <summary>As with side modules of C, which have neither memory nor allocator of their own.</summary>
    [Fact]
    public void Another_instance_allocates()
    {
        Instance main = _world.Instantiate(Main);
        _world.Linker.Define("main", main).Define(new SideHost());
        var guest = new SideGuest(_world.Instantiate(Side));
        Assert.Equal('h' + 5, guest.Length("hello"));
        Assert.Equal(0, main.GetGlobal("live")!.Value.AsInt32());
        Assert.Equal('s', guest.Name());
        Assert.Equal(1, main.GetGlobal("live")!.Value.AsInt32()); // what a host method returns belongs to the guest
    }

    [Fact]
    public void Another_instance_must_export_the_allocator()
    {
        _world.Linker
            .Define("main", _world.Instantiate(Main.Replace("\"malloc\"", "\"my_malloc\"")))
            .Define(new SideHost());
        LinkException import = Assert.Throws<LinkException>(() => _world.Instantiate(Side));
        Assert.Equal(
            [new LinkProblem("main.malloc", "func (param i32) (result i32), for the values of `env.name`", null)],
            import.Problems);

        Instance side = _world.Instantiate("""
            (module
              (memory (export "memory") 1)
              (func (export "name") (result i32) i32.const 0)
              (func (export "length") (param i32 i32) (result i32) (local.get 1)))
            """);
        LinkException export = Assert.Throws<LinkException>(() => new SideGuest(side));
        Assert.Equal(
            [new LinkProblem("main.malloc", "func (param i32) (result i32), for the values of `length`", null)],
            export.Problems);
    }
}
