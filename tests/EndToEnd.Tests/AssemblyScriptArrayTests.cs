namespace WasmBindgen.EndToEnd.Tests;

[AssemblyScript]
[WasmImport("as")]
public sealed partial class ArrayHost
{
    [return: ScriptArray(ScriptArrayKind.Array)]
    public string[] Words(int count) => [.. Enumerable.Range(0, count).Select(static i => $"word {i}")];

    [return: ScriptArray(ScriptArrayKind.StaticArray)]
    public string[] Statics(int count) => Words(count);

    [return: ScriptArray(ScriptArrayKind.Array)]
    public int[] Numbers(int count) => [.. Enumerable.Range(0, count)];

    [return: ScriptArray(ScriptArrayKind.TypedArray)]
    public double[] Views(int count) => [.. Enumerable.Range(0, count).Select(static i => i / 2.0)];

    public int Bytes(byte[] values, byte[] rest) => (values.Sum(static value => value) * 10) + rest.Single();
}

[AssemblyScript]
[ScriptArray(ScriptArrayKind.Array)]
[WasmExport(Naming = Naming.CamelCase)]
public sealed partial class ArrayGuest
{
    public partial int[] ArrayOf(int count);

    public partial int[] ArrayWithRoom(int count);

    public partial int[] StaticOf(int count);

    public partial int[] TypedOf(int count);

    public partial int[] BufferOf(int count);

    public partial string[] WordsOf(int count);

    public partial string?[]? Perhaps(int count);

    public partial string[] Holes();

    public partial bool[] Not(bool[] values);

    public partial float[] Negated(float[] values);

    public partial int SumOfArray(int[] values);

    public partial int SumOfStatic([ScriptArray(ScriptArrayKind.StaticArray)] int[] values);

    public partial int SumOfTyped([ScriptArray(ScriptArrayKind.TypedArray)] int[] values);

    public partial int SumOfBuffer([ScriptArray(ScriptArrayKind.ArrayBuffer)] int[] values);

    public partial string Joined(string[] values);

    public partial string JoinedStatic([ScriptArray(ScriptArrayKind.StaticArray)] string[] values);

    public partial string JoinedPerhaps(string?[]? values);

    public partial int Hosts(int count);

    public partial int Passed();

    public partial Memory Memory { get; }

    [WasmName("unsigned")]
    public partial int[] UnsignedAsSigned();

    [WasmName("wordsOf")]
    public partial uint[] WordsAsNumbers(int count);

    [WasmName("sumOfArray")]
    public partial int SumOfShorts(short[] values);

    [WasmName("sumOfStatic")]
    public partial int SumOfStaticLongs([ScriptArray(ScriptArrayKind.StaticArray)] long[] values);

    [WasmName("sumOfTyped")]
    public partial int SumOfTypedFloats([ScriptArray(ScriptArrayKind.TypedArray)] float[] values);
}

/// <summary>An array by its raw address: what a hostile guest would hand over.</summary>
[AssemblyScript]
[WasmExport]
public sealed partial class RawArrayGuest
{
    public partial int[] Array(uint address);
}

/// <summary>Every kind of array that AssemblyScript's compiler makes, in both directions.</summary>
public sealed class AssemblyScriptArrayTests : IDisposable
{
    private static readonly int[] s_squares = [0, 1, 4, 9, 16];

    private readonly World _world = new();
    private readonly ArrayGuest _guest;

    public AssemblyScriptArrayTests()
    {
        _world.Linker.Define(new ArrayHost()).Define(new ScriptRuntime());
        using var module = Module.FromFile(
            _world.Engine, Path.Combine(AppContext.BaseDirectory, "Guests", "arrays.ts.wasm"));
        _guest = new ArrayGuest(_world.Linker.Instantiate(_world.Store, module));
    }

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Numbers_come_back_from_every_kind_of_array()
    {
        Assert.Equal(s_squares, _guest.ArrayOf(5));
        Assert.Equal(s_squares, _guest.ArrayWithRoom(5));
        Assert.Equal(s_squares, _guest.StaticOf(5));
        Assert.Equal(s_squares, _guest.TypedOf(5));
        Assert.Equal(s_squares, _guest.BufferOf(5));
        Assert.Equal(100, _guest.ArrayOf(100).Length);
        Assert.Empty(_guest.ArrayOf(0));
        Assert.Empty(_guest.StaticOf(0));
        Assert.Empty(_guest.TypedOf(0));
        Assert.Empty(_guest.BufferOf(0));
    }

    [Fact]
    public void Numbers_go_to_every_kind_of_array()
    {
        foreach (int[] values in new[] { [], [-7], s_squares, Enumerable.Range(0, 5000).ToArray() })
        {
            int sum = values.Sum();
            Assert.Equal(sum, _guest.SumOfArray(values));
            Assert.Equal(sum, _guest.SumOfStatic(values));
            Assert.Equal(sum, _guest.SumOfTyped(values));
            Assert.Equal(sum, _guest.SumOfBuffer(values));
        }
    }

    [Fact]
    public void Elements_may_be_of_any_type_that_both_have()
    {
        Assert.Equal([false, true], _guest.Not([true, false]));
        Assert.Equal([-1.5f, float.NegativeInfinity], _guest.Negated([1.5f, float.PositiveInfinity]));
        Assert.Equal(["n0", "n1", "n4"], _guest.WordsOf(3));
        Assert.Equal("a,,ü", _guest.Joined(["a", "", "ü"]));
        Assert.Equal("a,b", _guest.JoinedStatic(["a", "b"]));
        Assert.Equal("", _guest.Joined([]));
        Assert.Equal(218, _guest.Passed());
    }

    [Fact]
    public void Null_is_the_null_pointer_where_the_type_says_so()
    {
        Assert.Equal(new List<string?> { "0", null, "2" }, _guest.Perhaps(3)!);
        Assert.Null(_guest.Perhaps(-1));
        Assert.Equal("a-", _guest.JoinedPerhaps(["a", null]));
        Assert.Equal("nothing", _guest.JoinedPerhaps(null));
        Assert.Throws<ArgumentNullException>(() => _guest.SumOfArray(null!));
        Assert.Throws<ArgumentNullException>(() => _guest.Joined(["a", null!]));
        Assert.Equal(
            ("return[0]", "there is no object at address 0."),
            Assert.Throws<GuestMemoryException>(_guest.Holes) is var fault ? (fault.Parameter, fault.Reason) : default);
    }

    [Fact]
    public void Arrays_of_the_host_outlive_the_collections_while_they_are_made() =>
        Assert.Equal(200 * 50, _guest.Hosts(50));

    [Fact]
    public void Arguments_are_garbage_when_their_call_has_returned()
    {
        string[] texts = [.. Enumerable.Repeat(new string('x', 1000), 100)];
        int[] numbers = new int[50_000];
        for (int i = 0; i < 200; i++) // 80 MB
        {
            Assert.Equal(100_099, _guest.Joined(texts).Length);
            Assert.Equal(0, _guest.SumOfArray(numbers));
        }

        Assert.InRange(_guest.Memory.Length, 1, 16 << 20);
    }

    [Fact]
    public void Arrays_of_other_elements_are_faults()
    {
        Assert.Contains(
            "and is not an array of Int32.",
            Assert.Throws<GuestMemoryException>(_guest.UnsignedAsSigned).Reason);
        Assert.Throws<GuestMemoryException>(() => _guest.WordsAsNumbers(1));
    }

    [Fact]
    public void A_guest_without_the_class_is_an_error()
    {
        Assert.Equal(
            "The guest has no Array of Int16, so no function of it takes one: what it takes is said by [ScriptArray].",
            Assert.Throws<WasmException>(() => _guest.SumOfShorts([1])).Message);
        Assert.Contains(
            "no StaticArray of Int64", Assert.Throws<WasmException>(() => _guest.SumOfStaticLongs([1])).Message);
        Assert.Contains(
            "no typed array of Single", Assert.Throws<WasmException>(() => _guest.SumOfTypedFloats([1])).Message);
        Assert.Equal(1, _guest.SumOfArray([1]));
    }

    [Theory]
    [InlineData(0, "1, 2", null)] // an Array of two, with room for four
    [InlineData(1, null, "is not inside its buffer")] // longer than its buffer
    [InlineData(2, null, "is not an array of Int32")] // 2^30 elements
    [InlineData(3, null, "is not inside its buffer")] // begins before its buffer
    [InlineData(4, null, "is not an array of Int32")] // an object of 12 bytes
    [InlineData(5, null, "there is no object at address 0")] // without a buffer
    [InlineData(6, null, "is not inside its buffer")] // its buffer is a string
    [InlineData(7, "1, 2, 3, 4", null)] // a typed array
    [InlineData(8, null, "is not an array of Int32")] // of 8 bytes
    [InlineData(9, null, "which does not exist")] // class 6
    [InlineData(10, null, "4294967280 bytes at address")] // a StaticArray as large as the memory
    [InlineData(11, null, "which does not exist")] // class 2^32 - 1
    public void Objects_of_a_hostile_guest_are_checked(int number, string? elements, string? reason)
    {
        var guest = new RawArrayGuest(_world.Instantiate(Hostile(classes: 64)));
        uint address = 1024u + ((uint)number * 64) + 8;
        if (elements is not null)
        {
            Assert.Equal(elements, string.Join(", ", guest.Array(address)));
            return;
        }

        Assert.Contains(reason!, Assert.Throws<GuestMemoryException>(() => guest.Array(address)).Reason);
    }

    [Theory]
    [InlineData(uint.MaxValue - 3)]
    [InlineData(65536)]
    [InlineData(65533)]
    [InlineData(512)] // where there are 2^32 - 1 classes
    public void A_table_of_classes_outside_the_memory_is_a_fault(uint classes)
    {
        var guest = new RawArrayGuest(_world.Instantiate(Hostile(classes)));
        Assert.Throws<GuestMemoryException>(() => guest.Array(1032));
    }

    private static string Hostile(uint classes)
    {
        // Array<i32> is 3, Int32Array 4, StaticArray<i32> 5. The objects are 64 bytes apart, a buffer is at 2048.
        uint[][] objects =
        [
            [3, 16, 2056, 2056, 16, 2],
            [3, 16, 2056, 2056, 16, 5],
            [3, 16, 2056, 2056, 16, 1 << 30],
            [3, 16, 2056, 2048, 16, 4],
            [3, 12, 2056, 2056, 16, 4],
            [3, 16, 0, 0, 0, 0],
            [3, 16, 2120, 2120, 4, 1],
            [4, 12, 2056, 2056, 16],
            [4, 8, 2056, 2056],
            [6, 16, 2056, 2056, 16, 4],
            [5, uint.MaxValue - 15],
            [uint.MaxValue, 16, 2056, 2056, 16, 4],
        ];
        return $"""
            (module
              (memory (export "memory") 1)
              (global (export "__rtti_base") i32 (i32.const {classes}))
              (data (i32.const 64) "{Words(6, 0x20, 0x20, 0x20, 0x902, 0x901, 0x924)}")
              (data (i32.const 512) "{Words(uint.MaxValue)}")
              {string.Concat(objects.Select(
                  static (words, i) => $"(data (i32.const {1024 + (i * 64)}) \"{Words(words)}\")"))}
              (data (i32.const 2048) "{Words(1, 16, 1, 2, 3, 4)}")
              (data (i32.const 2112) "{Words(2, 4, 1)}")
              (func (export "__new") (param i32 i32) (result i32) (i32.const 0))
              (func (export "__pin") (param i32) (result i32) (i32.const 0))
              (func (export "__unpin") (param i32))
              (func (export "array") (param i32) (result i32) (local.get 0)))
            """;

        static string Words(params uint[] words) => string.Concat(
            words.SelectMany(BitConverter.GetBytes).Select(static value => $"\\{value:x2}"));
    }
}
