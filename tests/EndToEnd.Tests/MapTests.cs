using System.Collections;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace WasmBindgen.EndToEnd.Tests;

public sealed record Inventory(string Name, Dictionary<string, int> Counts);

/// <summary>Gives back what it gets.</summary>
[WasmImport("env", Naming = Naming.Exact)]
public sealed partial class MapHost
{
    internal object? Seen { get; private set; }

    public Dictionary<string, int> Counts(IReadOnlyDictionary<string, int> value) =>
        See(new Dictionary<string, int>(value));

    public Dictionary<byte, ulong> Wide(Dictionary<byte, ulong> value) => See(value);

    public Dictionary<Rune, string[]> Deep(Dictionary<Rune, string[]> value) => See(value);

    public Dictionary<bool, Dictionary<long, Inventory>>? Nested(
        Dictionary<bool, Dictionary<long, Inventory>>? value) => See(value);

    public IReadOnlyDictionary<ushort, (int, string)> Pairs(IReadOnlyDictionary<ushort, (int, string)> value) =>
        See(value);

    private T See<T>(T value)
    {
        Seen = value;
        return value;
    }
}

[WasmExport(Naming = Naming.Exact)]
public sealed partial class MapGuest
{
    public partial Dictionary<string, int> Counts(IReadOnlyDictionary<string, int> value);

    [WasmName("Counts")]
    public partial GuestResult<Dictionary<string, int>> TryCounts(int address, int count);

    public partial Dictionary<byte, ulong> Wide(IReadOnlyDictionary<byte, ulong> value);

    [WasmName("Wide")]
    [Timeout(100)]
    public partial GuestResult<Dictionary<byte, ulong>> WideInTime(uint address, uint count);

    public partial Dictionary<Rune, string[]> Deep(IReadOnlyDictionary<Rune, string[]> value);

    public partial Dictionary<bool, Dictionary<long, Inventory>>? Nested(
        Dictionary<bool, Dictionary<long, Inventory>>? value);

    public partial IReadOnlyDictionary<ushort, (int, string)> Pairs(Dictionary<ushort, (int, string)> value);
}

/// <summary>Dictionaries, which are lists of keys and values.</summary>
public sealed class MapTests : IDisposable
{
    private readonly World _world = new();
    private readonly MapHost _host = new();
    private readonly MapGuest _guest;
    private readonly Memory _memory;

    public MapTests()
    {
        _world.Linker.Define(_host);
        Instance instance = _world.Instantiate(CanonicalTests.Wat(
            ("Counts", "i32 i32", "area"),
            ("Wide", "i32 i32", "area"),
            ("Deep", "i32 i32", "area"),
            ("Nested", "i32 i32 i32", "area"),
            ("Pairs", "i32 i32", "area")));
        _guest = new MapGuest(instance);
        _memory = instance.GetMemory("memory")!;
    }

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Keys_and_values_cross()
    {
        Assert.Equal(
            new Dictionary<string, int> { ["größer"] = 1, [""] = -2 },
            _guest.Counts(new Dictionary<string, int> { ["größer"] = 1, [""] = -2 }));
        Assert.Equal(
            new Dictionary<byte, ulong> { [7] = ulong.MaxValue, [255] = 1 },
            _guest.Wide(new Dictionary<byte, ulong> { [7] = ulong.MaxValue, [255] = 1 }));
        Assert.Empty(_guest.Wide(new Dictionary<byte, ulong>()));
        Dictionary<Rune, string[]> deep = _guest.Deep(new Dictionary<Rune, string[]>
        {
            [new Rune('x')] = ["a", "b"],
            [new Rune(0x10ffff)] = [],
        });
        Assert.Equal(["a", "b"], deep[new Rune('x')]);
        Assert.Empty(deep[new Rune(0x10ffff)]);
        Assert.Equal((5, "five"), _guest.Pairs(new Dictionary<ushort, (int, string)> { [5] = (5, "five") })[5]);
    }

    [Fact]
    public void Dictionaries_nest()
    {
        Assert.Null(_guest.Nested(null));
        var store = new Inventory("store", new Dictionary<string, int> { ["nail"] = 1000 });
        Dictionary<bool, Dictionary<long, Inventory>>? back = _guest.Nested(new()
        {
            [true] = new() { [long.MinValue] = store, [0] = store with { Name = "shop" } },
            [false] = [],
        });
        Assert.Equal(1000, back![true][long.MinValue].Counts["nail"]);
        Assert.Equal("shop", back[true][0].Name);
        Assert.Empty(back[false]);
    }

    [Fact]
    public void Many_entries_cross()
    {
        Dictionary<string, int> many = Enumerable.Range(0, 20_000)
            .ToDictionary(static i => i.ToString(CultureInfo.InvariantCulture), static i => i);
        Assert.Equal(many, _guest.Counts(many));
    }

    [Fact]
    public void Of_equal_keys_the_last_counts()
    {
        Write(2048, 3000, 1, 10, 3001, 1, 20, 3002, 1, 30);
        "aba"u8.CopyTo(_memory.GetSpan(3000, 3));
        Assert.Equal(
            new Dictionary<string, int> { ["a"] = 30, ["b"] = 20 }, _guest.TryCounts(2048, 3).Unwrap());
    }

    /// <summary>A dictionary of another kind, which says nothing true of itself.</summary>
    [Fact]
    public void What_a_dictionary_says_of_its_count_is_not_believed()
    {
        Assert.Equal(
            new Dictionary<byte, ulong> { [1] = 1, [2] = 2 },
            _guest.Wide(new Liar(new Dictionary<byte, ulong> { [1] = 1, [2] = 2 }, 1)));
        Assert.Equal(
            new Dictionary<byte, ulong> { [1] = 1, [2] = 2 },
            _guest.Wide(new Liar(new Dictionary<byte, ulong> { [1] = 1, [2] = 2 }, int.MaxValue)));
    }

    [Theory]
    [InlineData(65_530, 1, GuestMemoryFault.OutOfBounds, "value")]
    [InlineData(2048, -1, GuestMemoryFault.OutOfBounds, "value")]
    [InlineData(-4, 0x10000000, GuestMemoryFault.OutOfBounds, "value")]
    [InlineData(2049, 1, GuestMemoryFault.Misaligned, "value")]
    [InlineData(2048, 2, GuestMemoryFault.InvalidUtf8, "value[1].key")]
    [InlineData(2060, 2, GuestMemoryFault.OutOfBounds, "value[1].key")]
    public void A_bad_map_is_the_guests_fault(int address, int count, GuestMemoryFault fault, string parameter)
    {
        Write(2048, 3000, 1, 10, 3001, 1, 20, -1, -1, 30);
        new byte[] { (byte)'a', 0xff }.CopyTo(_memory.GetSpan(3000, 2));
        if (address == 2060)
        {
            _memory.Write(3001, (byte)'b');
        }

        GuestError error = _guest.TryCounts(address, count).Error;
        var exception = Assert.IsType<GuestMemoryException>(error.Exception);
        Assert.Equal((fault, parameter), (exception.Fault, exception.Parameter));
        Assert.Equal("env.Counts", exception.Function);
        Assert.Null(_host.Seen);
    }

    /// <summary>Millions of entries in a call of 100 ms.</summary>
    [Fact]
    public void A_map_takes_no_longer_than_the_call_may()
    {
        _memory.Grow(4000);
        GuestError error = _guest.WideInTime(65536, 16_000_000).Error;
        Assert.Equal(GuestErrorKind.Timeout, error.Kind);
    }

    [Fact]
    public void What_is_null_is_named_with_its_place()
    {
        var exception = Assert.Throws<ArgumentNullException>(() => _guest.Counts(null!));
        Assert.Equal("value", exception.ParamName);
        Assert.StartsWith("A map for the guest is null.", exception.Message, StringComparison.Ordinal);
        exception = Assert.Throws<ArgumentNullException>(() => _guest.Deep(new Dictionary<Rune, string[]>
        {
            [new Rune('x')] = ["a"],
            [new Rune('y')] = ["a", "b", null!],
        }));
        Assert.Equal("value[1].value[2]", exception.ParamName);
        Assert.StartsWith("A string for the guest is null.", exception.Message, StringComparison.Ordinal);
    }

    private void Write(int address, params int[] values) =>
        MemoryMarshal.AsBytes<int>(values).CopyTo(_memory.GetSpan(address, values.Length * sizeof(int)));

    private sealed class Liar(Dictionary<byte, ulong> entries, int count) : IReadOnlyDictionary<byte, ulong>
    {
        public int Count => count;

        public IEnumerable<byte> Keys => entries.Keys;

        public IEnumerable<ulong> Values => entries.Values;

        public ulong this[byte key] => entries[key];

        public bool ContainsKey(byte key) => entries.ContainsKey(key);

        public bool TryGetValue(byte key, out ulong value) => entries.TryGetValue(key, out value);

        public IEnumerator<KeyValuePair<byte, ulong>> GetEnumerator() => entries.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
