namespace WasmBindgen.EndToEnd.Tests;

[Memory64]
[WasmImport("wide")]
public sealed partial class WideHost
{
    internal List<string> Seen { get; } = [];

    public void Log(string text) => Seen.Add(text);

    public int Sum(ReadOnlySpan<int> numbers, Span<Spot> spots)
    {
        int sum = 0;
        foreach (int number in numbers)
        {
            sum += number;
        }

        foreach (ref Spot spot in spots)
        {
            sum += spot.Y;
            spot.X = sum;
        }

        return sum;
    }

    public async Task<long> Count(ReadOnlyMemory<byte> data, short[] copy)
    {
        await Task.Yield();
        return data.Length + copy.Sum(static one => one);
    }

    public GuestPointer<long> Next(GuestPointer<long> start, ref double half, out Spot at)
    {
        half /= 2;
        at = new Spot { X = 1, Y = (int)start.Value };
        return start + 1;
    }

    [return: MultiValue]
    public string Upper(string text, Memory memory) => memory.Type.Is64Bit ? text.ToUpperInvariant() : "";

    [return: MultiValue]
    public (int, long) Both(ValueTuple<int, long> both) => (both.Item1 + 1, both.Item2 + 1);
}

[Memory64]
[WasmExport]
[GuestAllocator("malloc", "free(address, size)")]
public sealed partial class WideGuest
{
    public partial Memory Memory { get; }

    public partial long Live { get; }

    public partial int Total(string text, int[] numbers, ReadOnlySpan<Spot> spots, ReadOnlyMemory<byte> bytes);

    public partial void Log(string text);

    [return: MultiValue]
    public partial string Upper(string text);

    public partial long Next(GuestPointer<long> start, ref double half, out Spot at);

    public partial GuestPointer<byte> Where(ReadOnlySpan<char> text);

    [return: MultiValue]
    public partial Spot[] Spots();
}

/// <summary>A host whose method copies the same bytes several times.</summary>
[Memory64]
[WasmImport("wide")]
public sealed partial class WideCopyHost
{
    public int Copy(string a, int[] b, byte[] c) => a.Length + b.Length + c.Length;
}

/// <summary>The Canonical ABI's allocator, in 64 bits.</summary>
[Memory64]
[WasmExport]
public sealed partial class WideReallocGuest
{
    public partial long Length(string text);
}

/// <summary>Guests whose memory is of 64 bits.</summary>
public sealed class Memory64Tests : IDisposable
{
    private const string Wat = """
        (module
          (import "wide" "log" (func $log (param i64 i64)))
          (import "wide" "sum" (func $sum (param i64 i64 i64 i64) (result i32)))
          (import "wide" "count" (func $count (param i64 i64 i64 i64) (result i64)))
          (import "wide" "next" (func $next (param i64 i64 i64) (result i64)))
          (import "wide" "upper" (func $upper (param i64 i64) (result i64 i64)))
          (import "wide" "both" (func $both (param i32 i64) (result i32 i64)))
          (memory (export "memory") i64 2)
          (global $free (mut i64) (i64.const 4096))
          (global $live (export "live") (mut i64) (i64.const 0))
          (func $malloc (export "malloc") (param i64) (result i64)
            (global.set $live (i64.add (global.get $live) (local.get 0)))
            (global.get $free)
            (global.set $free
              (i64.and (i64.add (i64.add (global.get $free) (local.get 0)) (i64.const 7)) (i64.const -8))))
          (func (export "free") (param i64 i64) (global.set $live (i64.sub (global.get $live) (local.get 1))))
          (func (export "cabi_realloc") (param i64 i64 i64 i64) (result i64) (call $malloc (local.get 3)))
          (func (export "length") (param i64 i64) (result i64)
            (i64.add (i64.mul (local.get 1) (i64.const 1000)) (i64.load8_u (local.get 0))))
          (func (export "total") (param $text i64) (param $length i64) (param $numbers i64) (param $count i64)
            (param $spots i64) (param $spot_count i64) (param $bytes i64) (param $byte_count i64) (result i32)
            (i32.add
              (call $sum (local.get $numbers) (local.get $count) (local.get $spots) (local.get $spot_count))
              (i32.wrap_i64 (i64.add
                ;; two bytes are a short
                (call $count (local.get $text) (local.get $length) (local.get $bytes) (i64.const 1))
                (i64.load8_u (local.get $bytes))))))
          (func (export "log") (param i64 i64) (call $log (local.get 0) (local.get 1)))
          (func (export "sum") (param i64 i64 i64 i64) (result i32)
            (call $sum (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
          (func (export "upper") (param i64 i64) (result i64 i64) (call $upper (local.get 0) (local.get 1)))
          (func (export "next") (param i64 i64 i64) (result i64) (call $next (local.get 0) (local.get 1) (local.get 2)))
          (func (export "where") (param i64 i64) (result i64) (local.get 0))
          (func (export "spots") (result i64 i64) (i64.const 256) (i64.const 2))
          (func (export "both") (param i32 i64) (result i32 i64) (call $both (local.get 0) (local.get 1))))
        """;

    private readonly World _world = new();
    private readonly WideHost _host = new();
    private readonly Instance _instance;
    private readonly WideGuest _guest;

    public Memory64Tests()
    {
        _world.Linker.Define(_host);
        _instance = _world.Instantiate(Wat);
        _guest = new WideGuest(_instance);
    }

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Values_in_memory_go_both_ways()
    {
        Assert.Equal(
            1 + 2 + 3 + 10 + 12 + "text".Length + 0x0102 + 2,
            _guest.Total("text", [1, 2, 3], [new Spot { Y = 10 }, new Spot { Y = 12 }], new byte[] { 2, 1 }));
        _guest.Log("wörld");
        Assert.Equal("wörld", Assert.Single(_host.Seen));
        Assert.Equal(0, _guest.Live); // all is freed
    }

    [Fact]
    public void Two_results_are_an_address_and_a_length()
    {
        Assert.Equal("TEXT", _guest.Upper("text"));
        _guest.Memory.Write(256, 1);
        _guest.Memory.Write(268, 2);
        Assert.Equal([1, 0, 0, 2], _guest.Spots().SelectMany(static spot => (int[])[spot.X, spot.Y]));
        WasmValue[] both = _instance.GetFunction("both")!.Call(
            WasmValue.FromInt32(1), WasmValue.FromInt64(long.MaxValue - 1));
        Assert.Equal((2, long.MaxValue), (both[0].AsInt32(), both[1].AsInt64()));
    }

    [Fact]
    public void Pointers_and_references_are_of_64_bits()
    {
        _guest.Memory.Write(512, 77L);
        double half = 3;
        Assert.Equal(520, _guest.Next(new GuestPointer<long>(_guest.Memory, 512), ref half, out Spot at));
        Assert.Equal((1.5, 1, 77), (half, at.X, at.Y));
        Assert.Equal(0, _guest.Live);
        GuestPointer<byte> where = _guest.Where("char");
        Assert.Equal("char", _guest.Memory.ReadString(where.Address, 4));
        using var other = new Memory64Tests();
        Assert.Throws<ArgumentException>(
            () => _guest.Next(new GuestPointer<long>(other._guest.Memory, 512), ref half, out _));
    }

    [Fact]
    public void The_canonical_allocator_has_64_bits_too() =>
        Assert.Equal(4000 + 't', new WideReallocGuest(_instance).Length("text"));

    [Theory]
    [InlineData("log", 0x20000, 1, 0, 0, "text", GuestMemoryFault.OutOfBounds)]
    [InlineData("log", -1, 1, 0, 0, "text", GuestMemoryFault.OutOfBounds)]
    [InlineData("log", 1, -1, 0, 0, "text", GuestMemoryFault.OutOfBounds)]
    [InlineData("log", 1L << 32, 1, 0, 0, "text", GuestMemoryFault.OutOfBounds)] // whose lower half is inside
    [InlineData("log", long.MinValue, long.MinValue, 0, 0, "text", GuestMemoryFault.OutOfBounds)]
    [InlineData("sum", 2, 1, 0, 0, "numbers", GuestMemoryFault.Misaligned)]
    [InlineData("sum", 0, 1L << 62, 0, 0, "numbers", GuestMemoryFault.OutOfBounds)] // times 4 wraps to 0
    [InlineData("sum", 0, 0, 0x1fffc, 1, "spots", GuestMemoryFault.OutOfBounds)]
    [InlineData("sum", 0, 0, 0, 1L << 61, "spots", GuestMemoryFault.OutOfBounds)]
    public void What_is_not_inside_the_memory_is_a_fault(
        string function, long a, long b, long c, long d, string parameter, GuestMemoryFault fault)
    {
        WasmValue[] arguments = [.. ((long[])[a, b, c, d]).Take(function == "log" ? 2 : 4).Select(WasmValue.FromInt64)];
        var exception = Assert.Throws<GuestMemoryException>(() => _instance.GetFunction(function)!.Call(arguments));
        Assert.Equal(
            ($"wide.{function}", parameter, fault), (exception.Function, exception.Parameter, exception.Fault));
    }

    [Fact]
    public void Invalid_text_is_a_fault()
    {
        _guest.Memory.Write(64, (byte)0xff);
        Assert.Equal(
            GuestMemoryFault.InvalidUtf8,
            Assert.Throws<GuestMemoryException>(() => _instance.GetFunction("log")!.Call(64L, 1L)).Fault);
    }

    [Theory]
    [InlineData(8 << 20, 1 << 20, 4 << 20, null)]
    [InlineData(8 << 20, 1 << 20, (4 << 20) + 1, "c")]
    [InlineData(8 << 20, (2 << 20) + 1, 0, "b")]
    [InlineData(0, 2 << 20, (8 << 20) + 1, "c")]
    public void One_call_copies_no_more_than_the_memory_holds(long text, long numbers, long bytes, string? parameter)
    {
        using var world = new World();
        world.Linker.Define(new WideCopyHost());
        Function copy = world.Instantiate("""
            (module
              (import "wide" "copy" (func $copy (param i64 i64 i64 i64 i64 i64) (result i32)))
              (memory (export "memory") i64 160)
              (func (export "copy") (param i64 i64 i64) (result i32)
                (call $copy (i64.const 0) (local.get 0) (i64.const 0) (local.get 1) (i64.const 0) (local.get 2))))
            """).GetFunction("copy")!;
        if (parameter is null)
        {
            Assert.Equal(text + numbers + bytes, copy.Call(text, numbers, bytes)[0].AsInt32());
        }
        else
        {
            var exception = Assert.Throws<GuestMemoryException>(() => copy.Call(text, numbers, bytes));
            Assert.Equal(
                (GuestMemoryFault.TooLong, "wide.copy", parameter),
                (exception.Fault, exception.Function, exception.Parameter));
        }
    }

    [Fact]
    public void A_memory_of_the_other_width_is_a_link_error()
    {
        Assert.Contains(
            "memory i64", Assert.Throws<LinkException>(() => _world.Instantiate(
                "(module (import \"wide\" \"log\" (func (param i64 i64))) (memory (export \"memory\") 1))")).Message);
        Instance narrow = _world.Instantiate(
            "(module (memory (export \"memory\") 1) (func (export \"length\") (param i64 i64) (result i64) (local.get "
                + "0)))");
        LinkException exception = Assert.Throws<LinkException>(() => new WideReallocGuest(narrow));
        Assert.Equal(["memory", "cabi_realloc"], exception.Problems.Select(static problem => problem.Name));
        using var world = new World();
        world.Linker.Define(new MemoryHost());
        Assert.Throws<LinkException>(() => world.Instantiate(
            "(module (import \"memories\" \"keep\" (func (param i32 i32))) (memory (export \"memory\") i64 1))"));
    }
}
