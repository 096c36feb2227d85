using System.Collections.Immutable;
using System.Text;

namespace WasmBindgen.Fuzz.Guests;

/// <summary>
/// Methods that return what they get. The guest's function of the same name passes everything on, so that a value goes
/// through all four directions, and comes back the same unless somebody meddles with it.
/// </summary>
[WasmImport("env")]
[Interrupts<StopException>]
public sealed partial class NumberHost
{
    private readonly Session _session;

    internal NumberHost(Session session) => _session = session;

    public bool Bool(bool value) => _session.Pass(value);

    public sbyte Tiny(sbyte value) => _session.Pass(value);

    public ushort Narrow(ushort value) => _session.Pass(value);

    public long Large(long value) => _session.Pass(value);

    public float Ratio(float value) => _session.Pass(value);

    public double Real(double value) => _session.Pass(value);

    public Rune Letter(Rune value) => _session.Pass(value);

    public Colour Colour(Colour value) => _session.Pass(value);

    public Access Access(Access value) => _session.Pass(value);

    public Wide Wide(Wide value) => _session.Pass(value);

    public UInt128Pair Pair(UInt128Pair value) => _session.Pass(value);

    public Interruptible<int, int> Quota(int value) =>
        _session.Pass(value) is var same && value < 0 ? _session.Return(same) : same;

    public Interruptible<StopReason> Maybe(int value) =>
        _session.Pass(value) == 7 ? Interrupt.With(_session.Reason()) : default;

    public Interrupt<StopReason> Stop()
    {
        _session.Pass(0);
        return Interrupt.With(_session.Reason());
    }

    [Errno<OddException>(44)]
    public int Errno(int value)
    {
        if (value is > 0 and < 50)
        {
            throw _session.Throws(new OddException());
        }

        return _session.Pass(value);
    }

    [Fuel(10)]
    public async Task<int> Later(int value, CancellationToken token)
    {
        await Task.Yield();
        token.ThrowIfCancellationRequested();
        return _session.Pass(value);
    }
}

/// <summary>Two slots that come back through memory.</summary>
public readonly record struct UInt128Pair(ulong Low, ulong High);

public readonly record struct StopReason(int Number);

[WasmExport]
public sealed partial class NumberGuest
{
    public partial bool Bool(bool value);

    public partial sbyte Tiny(sbyte value);

    public partial ushort Narrow(ushort value);

    public partial long Large(long value);

    public partial float Ratio(float value);

    public partial double Real(double value);

    public partial Rune Letter(Rune value);

    public partial Colour Colour(Colour value);

    [WasmName("colour")]
    public partial GuestResult<Colour> ColourResult(Colour value);

    public partial Access Access(Access value);

    public partial Wide Wide(Wide value);

    public partial UInt128Pair Pair(UInt128Pair value);

    public partial int Quota(int value);

    [WasmName("quota")]
    public partial GuestResult<int> QuotaResult(int value);

    public partial void Maybe(int value);

    public partial void Stop();

    [WasmName("stop")]
    public partial GuestResult StopResult();

    public partial int Errno(int value);

    [Timeout(10_000)]
    public partial int Later(int value, CancellationToken token);

    internal static readonly Action<NumberGuest, Session>[] Calls =
    [
        static (guest, s) => s.Same(s.Any.OneIn(2), guest.Bool),
        static (guest, s) => s.Same((sbyte)s.Any.Int(), guest.Tiny),
        static (guest, s) => s.Same((ushort)s.Any.Int(), guest.Narrow),
        static (guest, s) => s.Same(s.Any.Long(), guest.Large),
        static (guest, s) => s.Same((float)s.Any.Double(), guest.Ratio),
        static (guest, s) => s.Same(s.Any.Double(), guest.Real),
        static (guest, s) => s.Same(s.Any.Rune(), guest.Letter),
        static (guest, s) => s.Same(Values.NewColour(s.Any), guest.Colour),
        static (guest, s) => s.SameResult(Values.NewColour(s.Any), guest.ColourResult),
        static (guest, s) => s.Same((Access)s.Any.Below(8), guest.Access),
        static (guest, s) => s.Same(s.Any.Pick(Guests.Wide.Low, Guests.Wide.High), guest.Wide),
        static (guest, s) => s.Same(new UInt128Pair((ulong)s.Any.Long(), (ulong)s.Any.Long()), guest.Pair),
        static (guest, s) => s.Same(s.Any.Int(), guest.Quota),
        static (guest, s) => s.SameResult(s.Any.Int(), guest.QuotaResult),
        static (guest, s) => s.Ends(() => guest.Maybe(s.Any.Below(10))),
        static (guest, s) => s.Ends(guest.Stop),
        static (guest, s) => s.Ends(guest.StopResult().Unwrap),
        static (guest, s) => s.Gets(s.Any.Below(100), guest.Errno, static value => value is > 0 and < 50 ? 44 : value),
        static (guest, s) => s.Same(s.Any.Int(), value => guest.Later(value, CancellationToken.None)),
        static (guest, s) => s.Ends(() => guest.Later(1, new CancellationToken(canceled: true))),
    ];
}

[WasmImport("env")]
[Interrupts<StopException>]
public sealed partial class CanonicalHost
{
    private readonly Session _session;

    internal CanonicalHost(Session session) => _session = session;

    public string Text(string value) => _session.Pass(value);

    public string? Maybe(string? value) => _session.Pass(value);

    public int[] Numbers(int[] value) => _session.Pass(value);

    public List<string> Names(List<string> value) => _session.Pass(value);

    public ImmutableArray<bool> Bits(ImmutableArray<bool> value) => _session.Pass(value);

    public IReadOnlyList<Rune> Letters(IReadOnlyList<Rune> value) => _session.Pass(value);

    public string[][] Nested(string[][] value) => _session.Pass(value);

    public Person Person(Person value) => _session.Pass(value);

    public Person[] People(Person[] value) => _session.Pass(value);

    public (Colour, Access, string) Tuple((Colour, Access, string) value) => _session.Pass(value);

    public Figure Draw(Figure value) => _session.Pass(value);

    public Figure[] DrawAll(Figure[] value) => _session.Pass(value);

    public Result<string, Colour> Outcome(Result<string, Colour> value) => _session.Pass(value);

    public Option<int?> Doubt(Option<int?> value) => _session.Pass(value);

    public int?[] Holes(int?[] value) => _session.Pass(value);

    public (Person, Person, Person, Colour, Figure) Many((Person, Person, Person, Colour, Figure) value) =>
        _session.Pass(value);

    public Interruptible<string, StopReason> Perhaps(string value) => _session.Pass(value);

    public async Task<string> Later(string value)
    {
        await Task.Yield();
        return _session.Pass(value);
    }

    public long Sum(ReadOnlySpan<int> values, string text)
    {
        long sum = text.Length;
        foreach (int value in values)
        {
            sum += value;
        }

        return _session.Pass(sum);
    }

    public int Change(Span<Pixel> pixels, Memory<byte> bytes)
    {
        int sum = bytes.Length;
        bytes.Span.Fill(1);
        foreach (ref Pixel pixel in pixels)
        {
            sum += pixel.Red;
            pixel.Depth = 1;
        }

        return _session.Pass(sum);
    }
}

[WasmExport]
public sealed partial class CanonicalGuest
{
    public partial string Text(string value);

    [WasmName("text")]
    public partial GuestResult<string> TextResult(string value);

    public partial string? Maybe(string? value);

    public partial int[] Numbers(int[] value);

    public partial List<string> Names(List<string> value);

    public partial ImmutableArray<bool> Bits(ImmutableArray<bool> value);

    public partial IReadOnlyList<Rune> Letters(IReadOnlyList<Rune> value);

    public partial string[][] Nested(string[][] value);

    public partial Person Person(Person value);

    public partial Person[] People(Person[] value);

    public partial (Colour, Access, string) Tuple((Colour, Access, string) value);

    public partial Figure Draw(Figure value);

    public partial Figure[] DrawAll(Figure[] value);

    [WasmName("draw_all")]
    public partial GuestResult<Figure[]> DrawAllResult(Figure[] value);

    public partial Result<string, Colour> Outcome(Result<string, Colour> value);

    public partial Option<int?> Doubt(Option<int?> value);

    public partial int?[] Holes(int?[] value);

    public partial (Person, Person, Person, Colour, Figure) Many((Person, Person, Person, Colour, Figure) value);

    public partial string Perhaps(string value);

    public partial string Later(string value);

    public partial long Sum(ReadOnlySpan<int> values, ReadOnlySpan<char> text);

    public partial int Change(ReadOnlySpan<Pixel> pixels, ReadOnlyMemory<byte> bytes);

    internal static readonly Action<CanonicalGuest, Session>[] Calls =
    [
        static (guest, s) => s.Same(s.Any.Text(), guest.Text),
        static (guest, s) => s.SameResult(s.Any.Text(), guest.TextResult),
        static (guest, s) => s.Same(s.Any.Perhaps(s.Any.Text), guest.Maybe),
        static (guest, s) => s.Same(s.Any.List(s.Any.Int), guest.Numbers),
        static (guest, s) => s.Same<List<string>>([.. s.Any.List(s.Any.Text)], guest.Names),
        static (guest, s) => s.Same<ImmutableArray<bool>>([.. s.Any.List(() => s.Any.OneIn(2))], guest.Bits),
        static (guest, s) => s.Same<IReadOnlyList<Rune>>(s.Any.List(s.Any.Rune), guest.Letters),
        static (guest, s) => s.Same(s.Any.List(() => s.Any.List(s.Any.Text)), guest.Nested),
        static (guest, s) => s.Same(Values.NewPerson(s.Any), guest.Person),
        static (guest, s) => s.Same(s.Any.List(() => Values.NewPerson(s.Any)), guest.People),
        static (guest, s) => s.Same((Values.NewColour(s.Any), (Access)s.Any.Below(8), s.Any.Text()), guest.Tuple),
        static (guest, s) => s.Same(Values.NewFigure(s.Any), guest.Draw),
        static (guest, s) => s.Same(s.Any.List(() => Values.NewFigure(s.Any)), guest.DrawAll),
        static (guest, s) => s.SameResult(s.Any.List(() => Values.NewFigure(s.Any)), guest.DrawAllResult),
        static (guest, s) => s.Same<Result<string, Colour>>(
            s.Any.OneIn(2) ? s.Any.Text() : Values.NewColour(s.Any), guest.Outcome),
        static (guest, s) => s.Same(
            s.Any.Pick(default, new Option<int?>(null), new Option<int?>(s.Any.Int())), guest.Doubt),
        static (guest, s) => s.Same(s.Any.List(() => s.Any.OneIn(2) ? null : (int?)s.Any.Int()), guest.Holes),
        static (guest, s) => s.Same(
            (Values.NewPerson(s.Any), Values.NewPerson(s.Any), Values.NewPerson(s.Any), Values.NewColour(s.Any),
                Values.NewFigure(s.Any)),
            guest.Many),
        static (guest, s) => s.Same(s.Any.Text(), guest.Perhaps),
        static (guest, s) => s.Same(s.Any.Text(), guest.Later),
        static (guest, s) => s.Gets(
            s.Any.List(s.Any.Int),
            value => guest.Sum(value, "text"),
            static value => value.Sum(static i => (long)i) + "text".Length),
        static (guest, s) => s.Gets(
            s.Any.List(() => Values.NewPixel(s.Any)),
            value => guest.Change(value, new byte[value.Length]),
            static value => value.Sum(static pixel => pixel.Red) + value.Length),
    ];
}
