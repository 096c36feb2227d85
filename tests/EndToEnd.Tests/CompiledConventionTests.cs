namespace WasmBindgen.EndToEnd.Tests;

public delegate int IntComparison(int left, int right);

[WasmImport("conventions")]
[GuestAllocator("malloc", "free")]
public sealed partial class ConventionHost
{
    internal List<string?> Seen { get; } = [];

    [return: CString]
    public string? Home([CString] string? name)
    {
        Seen.Add(name);
        return name is null ? null : $"/home/{name}";
    }

    [return: Utf16]
    public string Wide([Utf16] string text)
    {
        Seen.Add(text);
        return text + text;
    }

    [return: Latin1]
    public string Narrow([Latin1] string text)
    {
        Seen.Add(text);
        return new string([.. text.Reverse()]);
    }

    public uint Checksum(int length, uint seed, GuestPointer<byte> bytes)
    {
        foreach (byte one in bytes.AsSpan(length))
        {
            seed = unchecked((seed * 31) + one);
        }

        return seed;
    }

    public int Read(GuestPointer<byte> buffer, int capacity)
    {
        for (int i = 0; i < capacity; i++)
        {
            buffer[i] = (byte)(200 + i);
        }

        return capacity;
    }

    public bool Step(in Spot by, ref Spot at, out double distance)
    {
        at.X += by.X;
        at.Y += by.Y;
        distance = Math.Sqrt((at.X * at.X) + (at.Y * at.Y));
        return distance < 100;
    }

    [Errno<FileNotFoundException>(44)]
    [Errno<IOException>(-29)]
    public int Open(int what) => what switch
    {
        0 => throw new FileNotFoundException(),
        1 => throw new IOException(),
        _ => what,
    };

    [Errno<InvalidOperationException>(9)]
    public void Close(int what) => Seen.Add(what > 5 ? throw new InvalidOperationException() : $"close {what}");

    [return: Packed]
    public byte[] Bytes(int count) => [.. Enumerable.Range(1, count).Select(static i => (byte)i)];

    [return: MultiValue]
    public (int Quotient, long Remainder, double Exact) Divide(int a, int b) => (a / b, a % b, (double)a / b);

    public void Sort(Span<int> values, [TableIndex] IntComparison compare)
    {
        for (int i = 1; i < values.Length; i++) // in place, and stable
        {
            for (int j = i; j > 0 && compare(values[j - 1], values[j]) > 0; j--)
            {
                (values[j - 1], values[j]) = (values[j], values[j - 1]);
            }
        }
    }

    public double Integrate([TableIndex] Func<double, double>? function, double from, double to) =>
        function is null ? -1 : (function(from) + (4 * function((from + to) / 2)) + function(to)) * (to - from) / 6;

    public void Each(int count, [TableIndex] Action<int, long> visit)
    {
        for (int i = 0; i < count; i++)
        {
            visit(i, i + 1);
        }
    }
}

[WasmExport]
[GuestAllocator("malloc", "free")]
public sealed partial class ConventionGuest
{
    public partial Memory Memory { get; }

    public partial int Live();

    [return: CString]
    public partial string? Home([CString] string? name);

    [return: Utf16]
    public partial string Wide([Utf16] string text);

    [return: Latin1]
    public partial string Narrow([Latin1] string text);

    public partial uint Checksum(int capacity);

    public partial GuestPointer<int> Find(GuestPointer<int> from, int length, int value);

    public partial double Walk(int steps, int x, int y);

    public partial void DivMod(int a, int b, out int quotient, out long remainder);

    public partial int Move(ref Spot by, string text, ref Sample at);

    public partial int Open(int what);

    [return: Packed]
    public partial byte[] Bytes(int count);

    public partial GuestPointer<int> Sort(GuestPointer<int> values, int length, int order);

    public partial double Integrate(int which, double from, double to);

    public partial long Each(int count);
}

/// <summary>Returns several values at once, for which Rust has no stable calling convention.</summary>
[WasmExport]
public sealed partial class DividingGuest
{
    [return: MultiValue]
    public partial (int Quotient, long Remainder, double Exact) Divide(int a, int b);
}

/// <summary>Frees with the length of what was allocated, which the guest checks.</summary>
[WasmExport]
[GuestAllocator("alloc", "dealloc(address, size)")]
public sealed partial class MeasuringGuest
{
    public partial int Live();

    public partial long Total(string text, long[][] rows);

    public partial void DivMod(int a, int b, out int quotient, out long remainder);
}

/// <summary>The conventions of C, as compilers have them.</summary>
public abstract class CompiledConventionTests : IDisposable
{
    private readonly World _world = new();
    private readonly ConventionHost _host = new();
    private readonly ConventionGuest _guest;

    protected CompiledConventionTests(string file)
    {
        _world.Linker.Define(_host);
        using Module module = Module.FromFile(_world.Engine, Path.Combine(AppContext.BaseDirectory, "Guests", file));
        Instance = _world.Linker.Instantiate(_world.Store, module);
        _guest = new ConventionGuest(Instance);
    }

    protected Instance Instance { get; }

    public void Dispose()
    {
        _world.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Text_in_the_encodings_of_C()
    {
        Assert.Equal("~home/größe", _guest.Home("Xgröße"));
        Assert.Equal("~home/", _guest.Home(""));
        Assert.Null(_guest.Home(null));
        Assert.Equal(2, _guest.Live()); // what the host returned to the guest; the arguments are freed
        Assert.Equal("cb\ud800bb\ud800", _guest.Wide("aa\ud7ff"));
        Assert.Equal("", _guest.Wide(""));
        Assert.Equal("ÿ\0a", _guest.Narrow("A ÿ"));
        Assert.Equal(["größe", "", null], _host.Seen[..3]);
    }

    [Fact]
    public void Pointers_and_lengths_in_any_order()
    {
        Assert.Equal(7u * 31, _guest.Checksum(0));
        Assert.Equal((((((((7u * 31) + 3) * 31) + 200) * 31) + 201) * 31) + 202, _guest.Checksum(3));
        GuestPointer<int> numbers = Numbers(5, -6, 7);
        Assert.Equal(numbers.Address + 4, _guest.Find(numbers, 3, -6).Address);
        Assert.True(_guest.Find(numbers, 2, 7).IsNull);
    }

    [Fact]
    public void References()
    {
        Assert.Equal((5 + Math.Sqrt(113)) * 1000 + 78, _guest.Walk(2, 3, 4), 9);
        Assert.Equal(1820, _guest.Walk(9, 150, 320)); // the first is too far
        _guest.DivMod(17, -5, out int quotient, out long remainder);
        Assert.Equal((-3, 2L), (quotient, remainder));
        var by = new Spot { X = 1, Y = -2 };
        var at = new Sample(254, 2.25, new Spot { X = 10, Y = 20 });
        Assert.Equal(6, _guest.Move(ref by, "größ", ref at));
        Assert.Equal((-1, 2), (by.X, by.Y));
        Assert.Equal(new Sample(255, 4.5, new Spot { X = 11, Y = 18 }), at);
        Assert.Equal(0, _guest.Live());
    }

    [Theory]
    [InlineData(0, 44_000)]
    [InlineData(1, -29_000)]
    [InlineData(5, 5_000)]
    [InlineData(6, 6_009)]
    public void Errors_are_numbers(int what, int expected) => Assert.Equal(expected, _guest.Open(what));

    [Fact]
    public void Packed_results()
    {
        Assert.Equal([4, 6, 8], _guest.Bytes(4));
        Assert.Empty(_guest.Bytes(1));
        Assert.Empty(_guest.Bytes(0));
    }

    [Fact]
    public void Functions_of_the_guest_by_their_index()
    {
        int[] Sorted(int order) => _guest.Sort(Numbers(35, 12, -4, 22, 41), 5, order).AsSpan(5).ToArray();
        Assert.Equal([-4, 12, 22, 35, 41], Sorted(0));
        Assert.Equal([-4, 41, 12, 22, 35], Sorted(1));
        Assert.Equal(-1, _guest.Integrate(0, 0, 3));
        Assert.Equal(9, _guest.Integrate(1, 0, 3));
        Assert.Equal(4, _guest.Integrate(2, 0, 4));
        Assert.Equal(135, _guest.Each(3));
    }

    private GuestPointer<int> Numbers(params int[] numbers)
    {
        var pointer = new GuestPointer<int>(
            _guest.Memory, Instance.GetFunction("malloc")!.Call(WasmValue.FromInt32(4 * numbers.Length))[0].AsInt32());
        numbers.CopyTo(pointer.AsSpan(numbers.Length));
        return pointer;
    }
}

public sealed class CCompiledConventionTests() : CompiledConventionTests("conventions.c.wasm")
{
    [Fact]
    public void Several_results_at_once() => Assert.Equal((4, -2L, 6.8), new DividingGuest(Instance).Divide(5, 17));
}

public sealed class RustConventionTests() : CompiledConventionTests("conventions.rs.wasm")
{
    [Fact]
    public void An_allocator_that_wants_the_lengths_back()
    {
        var guest = new MeasuringGuest(Instance);
        Assert.Equal(long.MaxValue, guest.Total("größe", [[1, 2], [long.MaxValue - 10], []]));
        guest.DivMod(-17, 5, out int quotient, out long remainder);
        Assert.Equal((-3, -2L), (quotient, remainder));
        Assert.Equal(0, guest.Live());
    }
}
