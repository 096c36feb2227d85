namespace WasmBindgen.EndToEnd.Tests;

/// <summary>The guest's table of objects, which its start function has the host fill.</summary>
[WasmExport(Prefix = "__wbindgen_")]
public sealed partial class RustObjects
{
    public partial Table Externrefs { get; }

    public partial void Start();
}

[RustWasmBindgen]
[WasmImport("wbg", Prefix = "__wbindgen_")]
public sealed partial class ReferenceIntrinsics
{
    public void InitExternrefTable(RustObjects guest)
    {
        long first = guest.Externrefs.Grow(4, null);
        guest.Externrefs[first + 2] = true;
        guest.Externrefs[first + 3] = false;
    }

    [Interrupts<RustException>]
    public void Throw(string message) => throw new RustException(message);

    public string? StringGet(object? value) => value as string;
}

[RustWasmBindgen]
[WasmImport("wbg", Prefix = "__wbg_")]
public sealed partial class ReferenceFunctions
{
    public void Log(object? value) => Logged.Add(value);

    [WasmName("__wbg_static_accessor_SELF")]
    [return: TableIndex]
    public object? Self() => Logged;

    [WasmName("__wbg_new_0123456789abcde0")]
    public object NewArray() => new object[1];

    [WasmName("__wbg_new_0123456789abcde1")]
    public object NewList() => new List<object>();

    internal List<object?> Logged { get; } = [];
}

[RustWasmBindgen]
[WasmExport]
public sealed partial class RustReferenceGuest
{
    public partial string Echo(string text);

    public partial Result<string, object?> Parse(int error);

    public partial Result<object?, string> Value(bool ok);

    public partial object?[] Names(int second);

    [WasmName("names")]
    public partial string[] Texts(int second);

    public partial int Take(object?[] values);

    public partial object? Global();

    public partial int Present([TableIndex] object? value);

    public partial object Constant(int index);

    public partial string? TextOf(object? value);

    public partial object MakeArray();

    public partial object MakeList();

    public partial void Fail();

    public partial int Live { get; }

    public partial int Freed { get; }
}

[RustWasmBindgen(ObjectTable = "objects")]
[WasmExport]
public sealed partial class RustGuestWithAnotherTable
{
    public partial Result<string, object?> Parse(int error);
}

/// <summary>Guests of wasm-bindgen that hold objects as references, as most do since 2025.</summary>
public sealed class RustReferenceTests : IDisposable
{
    private const string Wat = """
        (module
          (import "wbg" "__wbindgen_init_externref_table" (func $init))
          (import "wbg" "__wbg_log_ea240990d83e374e" (func $log (param externref)))
          (import "wbg" "__wbg_static_accessor_SELF_37c5d418e4bf5819" (func $self (result i32)))
          (import "wbg" "__wbg_new_0123456789abcde0" (func $new_array (result externref)))
          (import "wbg" "__wbg_new_0123456789abcde1" (func $new_list (result externref)))
          (import "wbg" "__wbg___wbindgen_throw_bb96b2010945f0bc" (func $throw (param i32 i32)))
          (import "wbg" "__wbg___wbindgen_string_get_d154f1e671052120" (func $string_get (param i32 externref)))
          (memory (export "memory") 1)
          (table $objects (export "__wbindgen_externrefs") 128 externref)
          (data (i32.const 16) "oops")
          (global $next (mut i32) (i32.const 4096))
          (global $top (mut i32) (i32.const 0))
          (global $live (export "live") (mut i32) (i32.const 0))
          (global $freed (export "freed") (mut i32) (i32.const 0))

          (func $malloc (export "__wbindgen_malloc") (param $size i32) (param $alignment i32) (result i32)
            (global.set $live (i32.add (global.get $live) (local.get $size)))
            (global.set $next (i32.and (i32.add (global.get $next) (i32.const 7)) (i32.const -8)))
            (global.get $next)
            (global.set $next (i32.add (global.get $next) (local.get $size))))
          (func $free (export "__wbindgen_free") (param $address i32) (param $size i32) (param $alignment i32)
            (global.set $live (i32.sub (global.get $live) (local.get $size))))
          (func $alloc (export "__externref_table_alloc") (result i32)
            (table.grow $objects (ref.null extern) (i32.const 1)))
          (func $dealloc (export "__externref_table_dealloc") (param i32)
            (if (i32.lt_u (local.get 0) (i32.const 132)) (then (return)))
            (global.set $freed (i32.add (global.get $freed) (i32.const 1)))
            (table.set $objects (local.get 0) (ref.null extern)))
          (func (export "__externref_drop_slice") (param $first i32) (param $count i32)
            (local $i i32)
            (block $end (loop $more
              (br_if $end (i32.eq (local.get $i) (local.get $count)))
              (call $dealloc (i32.load (i32.add (local.get $first) (i32.shl (local.get $i) (i32.const 2)))))
              (local.set $i (i32.add (local.get $i) (i32.const 1)))
              (br $more))))
          (func (export "__wbindgen_start") (call $init))

          (func $put (param externref) (result i32)
            (local $index i32)
            (local.set $index (call $alloc))
            (table.set $objects (local.get $index) (local.get 0))
            (local.get $index))
          (func (export "echo") (param $text i32) (param $length i32) (result i32 i32)
            (local.get $text) (local.get $length))
          (func (export "parse") (param $error i32) (result i32 i32 i32 i32)
            (if (i32.eqz (local.get $error)) (then
              (return (call $malloc (i32.const 3) (i32.const 1)) (i32.const 3) (i32.const 0) (i32.const 0))))
            (i32.const -1) (i32.const -1)
            (select (call $put (call $new_array)) (local.get $error) (i32.eq (local.get $error) (i32.const 1)))
            (i32.const 1))
          (func (export "value") (param $ok i32) (result i32 i32 i32)
            (call $put (call $new_array)) (call $self) (i32.eqz (local.get $ok)))
          (func (export "names") (param $second i32) (result i32 i32)
            (local $list i32)
            (local.set $list (call $malloc (i32.const 8) (i32.const 4)))
            (i32.store (local.get $list) (i32.const 0))
            (i32.store offset=4 (local.get $list) (local.get $second))
            (local.get $list) (i32.const 2))
          (func (export "take") (param $values i32) (param $count i32) (result i32)
            (local $i i32) (local $index i32)
            (block $end (loop $more
              (br_if $end (i32.eq (local.get $i) (local.get $count)))
              (local.set $index (i32.load (i32.add (local.get $values) (i32.shl (local.get $i) (i32.const 2)))))
              (call $log (table.get $objects (local.get $index)))
              (call $dealloc (local.get $index))
              (local.set $i (i32.add (local.get $i) (i32.const 1)))
              (br $more)))
            (call $free (local.get $values) (i32.shl (local.get $count) (i32.const 2)) (i32.const 4))
            (local.get $count))
          (func (export "global") (result externref) (table.get $objects (call $self)))
          (func (export "present") (param i32) (result i32) (i32.ne (local.get 0) (i32.const 0)))
          (func (export "constant") (param i32) (result externref) (table.get $objects (local.get 0)))
          (func (export "text_of") (param $value externref) (result i32 i32)
            (call $string_get (i32.const 64) (local.get $value))
            (i32.load (i32.const 64)) (i32.load (i32.const 68)))
          (func (export "make_array") (result externref) (call $new_array))
          (func (export "make_list") (result externref) (call $new_list))
          (func (export "fail") (call $throw (i32.const 16) (i32.const 4))))
        """;

    private readonly World _world = new();
    private readonly ReferenceFunctions _functions = new();
    private readonly Instance _instance;
    private readonly RustReferenceGuest _guest;

    public RustReferenceTests()
    {
        _world.Linker.Define(new ReferenceIntrinsics()).Define(_functions);
        _instance = _world.Instantiate(Wat);
        new RustObjects(_instance).Start();
        _guest = new RustReferenceGuest(_instance);
    }

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Several_values_are_several_results()
    {
        Assert.Equal("grüße", _guest.Echo("grüße"));
        Assert.Equal("\0\0\0", _guest.Parse(0).Value);
        Assert.Equal(0, _guest.Live);
    }

    [Fact]
    public void An_error_is_taken_out_of_the_table()
    {
        Assert.IsType<object[]>(_guest.Parse(1).ErrorValue);
        Assert.Equal(1, _guest.Freed);
        Assert.Null(_guest.Parse(128).ErrorValue);
        Assert.Equal(true, _guest.Parse(130).ErrorValue);
        Assert.Equal(false, _guest.Parse(131).ErrorValue);
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(-1)]
    public void An_index_beyond_the_table_is_a_fault(int index)
    {
        GuestMemoryException fault = Assert.Throws<GuestMemoryException>(() => _guest.Parse(index));
        Assert.Equal((GuestMemoryFault.InvalidReference, "return"), (fault.Fault, fault.Parameter));
        fault = Assert.Throws<GuestMemoryException>(() => _guest.Names(index));
        Assert.Equal("return[1]", fault.Parameter);
    }

    [Fact]
    public void A_value_that_is_an_object_is_taken_out_of_the_table()
    {
        Assert.IsType<object[]>(_guest.Value(ok: true).Value);
        Assert.Equal(1, _guest.Freed);
        // an error of another type
        GuestMemoryException fault = Assert.Throws<GuestMemoryException>(() => _guest.Value(ok: false));
        Assert.Equal(GuestMemoryFault.InvalidReference, fault.Fault);
    }

    [Fact]
    public void Arrays_of_objects_belong_to_whoever_gets_them()
    {
        Assert.Equal(2, _guest.Take(["one", null]));
        Assert.Equal(["one", null], _functions.Logged);
        Assert.Equal(1, _guest.Freed);
        Assert.Equal(0, _guest.Live);
        Assert.Equal([null, true], _guest.Names(130));
        Assert.Equal("return[0]", Assert.Throws<GuestMemoryException>(() => _guest.Texts(0)).Parameter);
    }

    [Fact]
    public void What_may_be_none_is_an_index()
    {
        Assert.Same(_functions.Logged, _guest.Global());
        Assert.Equal(1, _guest.Present("text"));
        Assert.Equal(0, _guest.Present(null));
    }

    [Fact]
    public void Other_objects_are_references()
    {
        Assert.Equal("text", _guest.TextOf("text"));
        Assert.Null(_guest.TextOf(5));
        Assert.Equal(true, _guest.Constant(130));
        Assert.Equal(0, _guest.Live);
        Assert.Equal("oops", Assert.Throws<RustException>(_guest.Fail).Message);
    }

    [Fact]
    public void Names_with_a_hash_can_be_told_apart()
    {
        Assert.IsType<object[]>(_guest.MakeArray());
        Assert.IsType<List<object>>(_guest.MakeList());
    }

    [Fact]
    public void A_table_that_is_not_there_is_named()
    {
        var guest = new RustGuestWithAnotherTable(_instance);
        Assert.Equal("\0\0\0", guest.Parse(0).Value);
        WasmException error = Assert.Throws<WasmException>(() => guest.Parse(1));
        Assert.Contains("`objects`", error.Message, StringComparison.Ordinal);
    }
}
