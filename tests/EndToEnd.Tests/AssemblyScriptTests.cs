namespace WasmBindgen.EndToEnd.Tests;

[AssemblyScript]
[WasmImport("as")]
public sealed partial class ScriptHost
{
    public string Join(string left, string? right) => right is null ? left : $"{left}+{right}";

    public long Total(int[] values) => values.Sum();

    public double Mean(double[] values) => values.Average();

    [return: ScriptArray(ScriptArrayKind.ArrayBuffer)]
    public byte[] Bytes(int length) => [.. Enumerable.Range(0, length).Select(static i => (byte)i)];
}

public sealed class ScriptException(string message) : Exception(message);

[AssemblyScript]
[WasmImport("env")]
public sealed partial class ScriptRuntime
{
    [Interrupts<ScriptException>]
    public void Abort(string? message, string? file, uint line, uint column) =>
        throw new ScriptException($"{message} at {file}:{line}:{column}");
}

[AssemblyScript]
[WasmExport(Naming = Naming.CamelCase)]
public sealed partial class ScriptGuest
{
    public partial string Greet(string name);

    public partial string Joined(string left, string? right);

    public partial int LengthOf(string? text);

    public partial string? Nothing();

    public partial int Sum([ScriptArray(ScriptArrayKind.ArrayBuffer)] int[] values);

    public partial long TotalTo(int n);

    public partial double MeanOf(double first, double second);

    public partial ushort[] Squares(int n);

    public partial int Received(int length);

    public partial int Churn(string left, string right);

    public partial void Fail(string message);

    public partial uint Address(string text);

    [WasmName("point")]
    public partial string PointAsText();

    [WasmName("point")]
    public partial int[] PointAsArray();

    [WasmName("greet")]
    public partial ushort[] TextAsArray(string name);

    [WasmName("squares")]
    public partial ulong[] SquaresOfAnotherSize(int n);
}

/// <summary>The guest by its raw addresses: what a hostile one would hand over.</summary>
[AssemblyScript]
[WasmExport]
public sealed partial class RawScriptGuest
{
    public partial string Text(uint address);

    public partial byte[] Array(uint address);
}

/// <summary>Strings and arrays of a guest that AssemblyScript compiled.</summary>
public sealed class AssemblyScriptTests : IDisposable
{
    private readonly World _world = new();
    private readonly ScriptGuest _guest;

    public AssemblyScriptTests()
    {
        _world.Linker.Define(new ScriptHost()).Define(new ScriptRuntime());
        using var module = Module.FromFile(
            _world.Engine, Path.Combine(AppContext.BaseDirectory, "Guests", "values.ts.wasm"));
        _guest = new ScriptGuest(_world.Linker.Instantiate(_world.Store, module));
    }

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("Wörld")]
    [InlineData("")]
    [InlineData("\ud83d\ude00 and \ud800 alone")]
    public void Strings_cross_as_they_are(string text)
    {
        Assert.Equal($"Hello, {text}!", _guest.Greet(text));
        Assert.Equal(text.Length, _guest.LengthOf(text));
        Assert.Equal(text + "+" + text, _guest.Joined(text, text));
    }

    [Fact]
    public void Null_is_the_null_pointer()
    {
        Assert.Equal(-1, _guest.LengthOf(null));
        Assert.Equal("left", _guest.Joined("left", null));
        Assert.Null(_guest.Nothing());
        Assert.Throws<ArgumentNullException>(() => _guest.Greet(null!));
        Assert.Equal("Hello, again!", _guest.Greet("again"));
    }

    [Fact]
    public void Arrays_cross_in_both_directions()
    {
        Assert.Equal(-5, _guest.Sum([1, 2, 3, -11]));
        Assert.Equal(0, _guest.Sum([]));
        Assert.Equal(5050, _guest.TotalTo(100));
        Assert.Equal(2.5, _guest.MeanOf(1, 4));
        Assert.Equal([0, 1, 4, 9, 16], _guest.Squares(5));
        Assert.Empty(_guest.Squares(0));
        Assert.Equal(Enumerable.Range(0, 200).Sum(), _guest.Received(200));
    }

    [Fact]
    public void Arguments_outlive_the_collections_of_their_call()
    {
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(10, _guest.Churn("left", "right" + (i % 10)));
        }
    }

    [Fact]
    public void Arguments_are_garbage_when_their_call_has_returned()
    {
        string large = new('x', 100_000);
        for (int i = 0; i < 200; i++)
        {
            Assert.Equal(100_000, _guest.LengthOf(large));
        }

        Assert.InRange(_guest.Address(large), 1u, 4u << 20); // all of them would be 40 MB
    }

    [Fact]
    public void A_thrown_error_is_an_interrupt_with_its_place()
    {
        var error = Assert.Throws<ScriptException>(() => _guest.Fail("went wrong"));
        Assert.StartsWith("went wrong at values.ts:", error.Message);
    }

    [Fact]
    public void Objects_of_another_class_are_faults()
    {
        var fault = Assert.Throws<GuestMemoryException>(() => _guest.PointAsText());
        Assert.Equal(
            (GuestMemoryFault.InvalidValue, "point", "return"), (fault.Fault, fault.Function, fault.Parameter));
        Assert.Contains("is not of type String", fault.Reason);
        Assert.Throws<GuestMemoryException>(_guest.PointAsArray);
        Assert.Throws<GuestMemoryException>(() => _guest.TextAsArray("x"));
        Assert.Throws<GuestMemoryException>(() => _guest.SquaresOfAnotherSize(3));
    }

    [Theory]
    [InlineData(0, "there is no object at address 0.")]
    [InlineData(7, "there is no object at address 7.")]
    [InlineData(-4, "8 bytes at address 4294967284")]
    [InlineData(65544, "8 bytes at address 65536")]
    [InlineData(18, "is not a multiple of 4")]
    [InlineData(64, "4294967294 bytes at address 64")] // of class String, with a length of 2^32 - 1
    public void Addresses_of_no_object_are_faults(int address, string reason)
    {
        var guest = new RawScriptGuest(_world.Instantiate("""
            (module
              (memory (export "memory") 1)
              (data (i32.const 56) "\02\00\00\00\ff\ff\ff\ff")
              (global (export "__rtti_base") i32 (i32.const 64))
              (func (export "__new") (param i32 i32) (result i32) (i32.const 0))
              (func (export "__pin") (param i32) (result i32) (i32.const 0))
              (func (export "__unpin") (param i32))
              (data (i32.const 312) "\01\00\00\00\08\00\00\00")
              (func (export "text") (param i32) (result i32) (local.get 0))
              (func (export "array") (param i32) (result i32) (local.get 0)))
            """));
        Assert.Contains(reason, Assert.Throws<GuestMemoryException>(() => guest.Text(unchecked((uint)address))).Reason);
        Assert.Equal(new byte[8], guest.Array(320));
        Assert.Throws<GuestMemoryException>(() => guest.Array(uint.MaxValue));
    }

    [Fact]
    public void A_guest_without_the_runtime_s_exports_is_refused()
    {
        var error = Assert.Throws<LinkException>(
            () => new ScriptGuest(_world.Instantiate("(module (memory (export \"memory\") 1))")));
        Assert.Contains("__new: missing, want func (param i32 i32) (result i32)", error.Message);
        Assert.Contains("__pin: missing", error.Message);
        Assert.Contains("__rtti_base: missing, want global i32", error.Message);
    }
}
