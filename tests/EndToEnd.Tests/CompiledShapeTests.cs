using System.Numerics;
using System.Text;

namespace WasmBindgen.EndToEnd.Tests;

/// <summary>
/// Every shape of docs/values.md, as compilers lay it out: the guest turns a value, the host changes it, the guest
/// turns that.
/// </summary>
public abstract class CompiledShapeTests : IDisposable
{
    private static readonly Gamut Low = new(
        false, sbyte.MinValue, 0, short.MinValue, 0, int.MinValue, 0, long.MinValue, 0, float.MaxValue,
        double.NegativeInfinity,
        new Rune('a'), Suit.Clubs, Status.Fine, Letter.A0, Huge.Least, Few.None, Some.None, Lots.None);

    private static readonly Gamut High = new(
        true, sbyte.MaxValue, 255, short.MaxValue, 65535, int.MaxValue, uint.MaxValue, long.MaxValue, ulong.MaxValue,
        -1.5f, double.Epsilon,
        new Rune(0x10FFFC), Suit.Spades, Status.Broken, Letter.Z9, Huge.Most, Few.A | Few.B | Few.C, (Some)0x1FF,
        (Lots)0x1FFFF);

    private readonly World _world = new();
    private readonly ShapeHost _host = new();
    private readonly FlatGuest _flat;
    private readonly ShapeGuest _guest;

    protected CompiledShapeTests(string file)
    {
        _world.Linker.Define(_host);
        FlatHost.AddTo(_world.Linker);
        Tally.AddTo(_world.Linker);
        using Module module = Module.FromFile(_world.Engine, Path.Combine(AppContext.BaseDirectory, "Guests", file));
        Instance instance = _world.Linker.Instantiate(_world.Store, module);
        _flat = new FlatGuest(instance);
        _guest = new ShapeGuest(instance);
    }

    public void Dispose()
    {
        _world.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Integers_at_their_ends()
    {
        Integers<sbyte>(_flat.S8, FlatHost.S8, sbyte.MinValue, -1, 0, 1, sbyte.MaxValue);
        Integers<byte>(_flat.U8, FlatHost.U8, byte.MinValue, 127, 128, byte.MaxValue);
        Integers<short>(_flat.S16, FlatHost.S16, short.MinValue, -1, 0, 255, short.MaxValue);
        Integers<ushort>(_flat.U16, FlatHost.U16, ushort.MinValue, 32768, ushort.MaxValue);
        Integers(_flat.S32, FlatHost.S32, int.MinValue, -1, 0, int.MaxValue);
        Integers(_flat.U32, FlatHost.U32, uint.MinValue, 0x80000000, uint.MaxValue);
        Integers(_flat.S64, FlatHost.S64, long.MinValue, 0xFFFFFFFF, long.MaxValue);
        Integers(_flat.U64, FlatHost.U64, ulong.MinValue, 0x80000000_00000000, ulong.MaxValue);
    }

    [Fact]
    public void Bits_of_numbers_with_a_point()
    {
        Each(
            v => BitConverter.SingleToInt32Bits(_flat.F32(BitConverter.Int32BitsToSingle(v))),
            static v => v ^ (v < 0 ? 2 : 1),
            0, int.MinValue, 0x3FC00000, 0x7F800000, 0x7FC00000, 0x7FA12344, unchecked((int)0xFFFFFFF0));
        Each(
            v => BitConverter.DoubleToInt64Bits(_flat.F64(BitConverter.Int64BitsToDouble(v))),
            static v => v ^ (v < 0 ? 2 : 1),
            0, long.MinValue, 0x3FF80000_00000000, 0x7FF00000_00000000, 0x7FF45678_9ABCDEF0,
            unchecked((long)0xFFFFFFFF_FFFFFFF0));
    }

    [Fact]
    public void Booleans_characters_and_enumerations()
    {
        Each(_flat.Bool, static v => v, false, true);
        Each(
            _flat.Rune,
            static v => new Rune(v.Value + 3),
            new Rune(0), new Rune(0xD7FC), new Rune(0xE000), new Rune(0x10FFFC));
        Each(_flat.Suit, static v => 3 - FlatHost.Suit(3 - v), Enum.GetValues<Suit>());
        Each(_flat.Status, static v => v, Enum.GetValues<Status>()); // three turns of three
        Each(
            _flat.Letter,
            static v => (Letter)(259 - (int)FlatHost.Letter((Letter)(259 - (int)v))),
            Letter.A0, Letter.A1, Letter.Z5, Letter.Z9);
        Each(_flat.Huge, static v => v, Huge.Least, Huge.Most);
        Each(_flat.Few, static v => v ^ Few.B, Few.None, Few.A | Few.C);
        Each(_flat.Some, static v => v ^ Some.I, Some.None, Some.H | Some.I);
        Each(_flat.Lots, static v => v ^ Lots.Q, Lots.None, Lots.P | Lots.Q);
    }

    [Fact]
    public void A_record_of_every_number()
    {
        Each(_guest.Gamut, static v => v.Turned().Incremented().Turned(), Low, High);
        Assert.Equal(
            [High.Turned().Incremented().Turned(), Low.Turned().Incremented().Turned()], _guest.Gamuts([Low, High]));
        Assert.Empty(_guest.Gamuts([]));
    }

    [Fact]
    public void Text_is_released_after_each_call()
    {
        Each(_guest.Text, static v => (v + v).ToUpperInvariant(), "", "a", "größe\0🍏");
        Assert.Equal(3u, _guest.Releases());
    }

    [Fact]
    public void Tuples_and_lists_of_lists()
    {
        Assert.Equal(("ähm 3,-7", new Spot { X = 31, Y = -70 }), _guest.Tuple((new Spot { X = -7, Y = 3 }, "ähm")));
        Assert.Equal([[11, 40], [21, 50], [31, 60]], _guest.Matrix([[1, 2, 3], [4, 5, 6]]));
        Assert.Empty(_guest.Matrix([]));
        Assert.Equal(1000, _guest.Matrix([new int[1000]]).Length);
    }

    [Fact]
    public void Options()
    {
        Assert.Equal(new Option<int?>(8), _guest.Step(default));
        Assert.Equal(new Option<int?>(9), _guest.Step(new Option<int?>(null)));
        Assert.Equal(new Option<int?>(null), _guest.Step(new Option<int?>(98)));
        Assert.Equal(new Option<int?>(int.MinValue + 3), _guest.Step(new Option<int?>(int.MinValue)));
        Each(
            _guest.Name,
            static v => v switch { null => "none", "" => "nil", "a-" => null, _ => v[1..] },
            null, "", "a-", "abc");
    }

    [Fact]
    public void Results_share_slots()
    {
        Each(
            _guest.Parse,
            static v => v switch { "12x" => "x?", "7" => "7 is odd", _ => (ulong.Parse(v, null) / 2) - 1 },
            "12x", "7", "20", "18446744073709551614");
        Each(_guest.Bare, static v => v, Result<Unit, Unit>.Ok(default), Result<Unit, Unit>.Error(default));
        Result<Unit, Suit> fine = Result<Unit, Suit>.Ok(default);
        Assert.Equal(Suit.Diamonds, _guest.Outcome(fine).ErrorValue);
        Assert.Equal(fine, _guest.Outcome(Suit.Clubs));
        Assert.Equal(Suit.Clubs, _guest.Outcome(Suit.Spades).ErrorValue);
        Assert.Equal(7f, _guest.Root(9f));
        Assert.False(_guest.Root(-1f).IsOk);
        Assert.False(_guest.Root(Result<float, Unit>.Error(default)).IsOk);
        Assert.Equal(Result<float, int>.Error(-4), _guest.Ratio(-3.75f));
        Assert.Equal(Result<float, int>.Ok(-3.25f), _guest.Ratio(-7));
    }

    [Fact]
    public void Variants()
    {
        Measure[] all =
        [
            new Measure.Nothing(), new Measure.Ratio(-0.75f), new Measure.Exact(6.5),
            new Measure.Named("größe", Suit.Spades),
            new Measure.Marks(uint.MaxValue), new Measure.Marks((uint?)null),
        ];
        Each(_guest.Measure, static v => v.Turned().Turned().Turned(), all);
        IEnumerable<Measure> reversed = Enumerable.Reverse(all); // not the extension: on .NET 8, that is of spans
        Assert.Equal(reversed.Select(static one => one.Turned().Turned().Turned()), _guest.Measures([.. all]));
    }

    [Fact]
    public void Lists_of_options_of_variants_in_results_in_tuples_in_a_list()
    {
        List<(string Name, Result<Measure?[], Suit> Result)> result = _guest.Deep(
        [
            ("first!", Result<Measure?[], Suit>.Ok(
                [new Measure.Named("abc", Suit.Hearts), null, new Measure.Ratio(2)])),
            ("second!", Suit.Clubs),
            ("ß!", Result<Measure?[], Suit>.Ok([])),
        ]);
        Assert.Equal(["first", "second", "ß"], result.Select(static entry => entry.Name));
        Assert.Equal<IEnumerable<Measure?>>(
            [null, new Measure.Nothing(), null, new Measure.Marks(52)], result[0].Result.Value);
        Assert.Equal(Suit.Spades, result[1].Result.ErrorValue);
        Assert.Null(Assert.Single(result[2].Result.Value));
    }

    [Fact]
    public void Sixteen_slots_and_seventeen()
    {
        Assert.Equal(
            (559L, long.MinValue + 4),
            _guest.Sixteen(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, long.MaxValue, 1.5f));
        Assert.Equal(-3, _guest.Seventeen(
            255, long.MaxValue, 65535, -3, true, "größe!", -0.5f, 127, uint.MaxValue, 6, new Rune('y'),
            new Spot { X = 1, Y = 2 }, 255, -1, ulong.MaxValue));
        Assert.Equal(["0 -9223372036854775808 0 -2 False größe 0.5 -128 0 7 z 2 1 511 0 0"], _host.Seen);
    }

    [Fact]
    public void Views_of_the_guests_memory()
    {
        Assert.Equal(((1.5 + (2 * 4)) + (0.5 - (3 * 200))) / 2 + 1, _guest.Mean(
            [new Sample(1, 1.5, new Spot { X = 2, Y = 3 }), new Sample(200, 0.5, new Spot { X = -3, Y = 0 })]));
        Assert.Equal([(1, 2), (-4, 3), (-6, 5)], _guest.Mirror(
            [new Spot { X = 1, Y = 2 }, new Spot { X = 3, Y = 4 }, new Spot { X = 5, Y = 6 }]).Select(
                static spot => (spot.X, spot.Y)));
        Assert.Equal(3002, _guest.Send("hello"u8));
        Assert.Equal("llohe", Encoding.UTF8.GetString(_host.Sent.ToArray()));
        Assert.Equal([0, 1, 4, 9, 16], _guest.Fill(5).ToArray());
    }

    [Fact]
    public void Resources_of_the_host()
    {
        Tally merged = _guest.Run(7);
        Assert.Equal((224, false), (merged.Count, merged.IsDisposed));
        Assert.Equal("peek 224", _guest.Peek(new Borrow<Tally>(merged), drops: true));
        Assert.Equal("peek 224", _guest.Peek(new Borrow<Tally>(merged), drops: false));
        Assert.Equal((225, false), (_guest.Absorb(merged), merged.IsDisposed));
        Assert.Equal(["tally of 225", "nothing"], _host.Seen);
        Assert.Null(_guest.Last(0));
        Tally? last = _guest.Last(3);
        Assert.Same(_host.Issued[2], last);
        Assert.Equal([true, true, false], _host.Issued.Select(static tally => tally.IsDisposed));
    }

    /// <summary>The guests halve, which a compiler does in the slot: how its upper bits are filled counts.</summary>
    private static void Integers<T>(Func<T, T> call, Func<T, T> host, params T[] values)
        where T : IBinaryInteger<T>
    {
        static T Turned(T v) => ~(v / T.CreateChecked(2));
        Each(call, v => Turned(host(Turned(v))), values);
    }

    private static void Each<T, TResult>(Func<T, TResult> call, Func<T, TResult> expected, params T[] values) =>
        Assert.All(values, value => Assert.Equal(expected(value), call(value)));
}

public sealed class CShapeTests() : CompiledShapeTests("shapes.c.wasm");

public sealed class RustShapeTests() : CompiledShapeTests("shapes.rs.wasm");
