using System.Text;

namespace WasmBindgen.EndToEnd.Tests;

[WasmImport("objects")]
public sealed partial class ObjectHost
{
    internal ObjectGuest? Guest { get; set; }

    public void Init()
    {
        Guest!.Heap[1] = true;
        Guest.Heap[2] = "two";
    }
}

[WasmExport]
public sealed partial class ObjectGuest
{
    public partial void Start();

    public partial object? Get(int index);

    public partial void Forge();

    public partial Table Heap { get; }

    public partial object? Last { get; set; }

    [WasmName("last")]
    [ExternRef]
    public partial StringBuilder LastText { get; set; }

    public partial object? Fixed { get; }
}

[WasmExport]
public sealed partial class ObjectSetter
{
    public partial object? Number { get; set; }
}

/// <summary>Guests that keep objects of the host in tables and globals, as those of wasm-bindgen do.</summary>
public sealed class ObjectGlobalTests : IDisposable
{
    private const string Wat = """
        (module
          (import "objects" "init" (func $init))
          (import "text" "hello" (global $hello externref))
          (table $heap (export "heap") 8 externref)
          (global $last (export "last") (mut externref) (ref.null extern))
          (global (export "fixed") externref (global.get $hello))
          (global (export "number") (mut i32) (i32.const 0))
          (func (export "start") (call $init))
          (func (export "get") (param i32) (result externref) (table.get $heap (local.get 0)))
          (func (export "forge") (global.set $last (extern.convert_any (ref.i31 (i32.const 1))))))
        """;

    private readonly World _world = new();
    private readonly ObjectHost _host = new();
    private readonly Instance _instance;
    private readonly ObjectGuest _guest;

    public ObjectGlobalTests()
    {
        var hello = new Global(
            _world.Store, new GlobalType(ValueKind.ExternRef, IsMutable: false), WasmValue.FromObject("hello"));
        _world.Linker.Define(_host).Define("text", "hello", hello);
        _instance = _world.Instantiate(Wat);
        _guest = _host.Guest = new ObjectGuest(_instance);
    }

    public void Dispose() => _world.Dispose();

    [Fact]
    public void A_host_method_fills_a_table()
    {
        _guest.Start();
        Assert.Equal(true, _guest.Get(1));
        Assert.Equal("two", _guest.Heap[2]);
        Assert.Null(_guest.Get(3));
    }

    [Fact]
    public void A_property_is_a_global()
    {
        Assert.Equal("hello", _guest.Fixed);
        Assert.Null(_guest.Last);
        _guest.Last = this;
        Assert.Same(this, _guest.Last);
        Assert.Contains(
            "StringBuilder",
            Assert.Throws<GuestMemoryException>(() => _guest.LastText).Message,
            StringComparison.Ordinal);
        var text = new StringBuilder();
        _guest.LastText = text;
        Assert.Same(text, _guest.LastText);
        Assert.Same(text, _guest.Last);
        _guest.Last = null;
        GuestMemoryException fault = Assert.Throws<GuestMemoryException>(() => _guest.LastText);
        Assert.Equal("last", fault.Function);
        Assert.Throws<ArgumentNullException>(() => _guest.LastText = null!);
        _guest.Forge();
        Assert.Throws<GuestMemoryException>(() => _guest.Last);
    }

    [Fact]
    public void A_global_of_another_type_is_a_link_error()
    {
        var error = Assert.Throws<LinkException>(() => new ObjectSetter(_instance));
        LinkProblem problem = Assert.Single(error.Problems);
        Assert.Equal(("global (mut externref)", "global (mut i32)"), (problem.Want, problem.Have));
    }
}
