using System.Text;
using static System.FormattableString;

namespace WasmBindgen.EndToEnd.Tests;

public enum Suit
{
    Clubs,
    Diamonds,
    Hearts,
    Spades,
}

/// <summary>As wide as in C.</summary>
public enum Status
{
    Fine = 200,
    Missing = 404,
    Broken = 500,
}

/// <summary>260 members, which need two bytes.</summary>
public enum Letter
{
    A0, A1, A2, A3, A4, A5, A6, A7, A8, A9, B0, B1, B2, B3, B4, B5, B6, B7, B8, B9, C0, C1, C2, C3, C4, C5, C6, C7, C8,
    C9, D0, D1, D2, D3, D4, D5, D6, D7, D8, D9, E0, E1, E2, E3, E4, E5, E6, E7, E8, E9, F0, F1, F2, F3, F4, F5, F6, F7,
    F8, F9, G0, G1, G2, G3, G4, G5, G6, G7, G8, G9, H0, H1, H2, H3, H4, H5, H6, H7, H8, H9, I0, I1, I2, I3, I4, I5, I6,
    I7, I8, I9, J0, J1, J2, J3, J4, J5, J6, J7, J8, J9, K0, K1, K2, K3, K4, K5, K6, K7, K8, K9, L0, L1, L2, L3, L4, L5,
    L6, L7, L8, L9, M0, M1, M2, M3, M4, M5, M6, M7, M8, M9, N0, N1, N2, N3, N4, N5, N6, N7, N8, N9, O0, O1, O2, O3, O4,
    O5, O6, O7, O8, O9, P0, P1, P2, P3, P4, P5, P6, P7, P8, P9, Q0, Q1, Q2, Q3, Q4, Q5, Q6, Q7, Q8, Q9, R0, R1, R2, R3,
    R4, R5, R6, R7, R8, R9, S0, S1, S2, S3, S4, S5, S6, S7, S8, S9, T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, U0, U1, U2,
    U3, U4, U5, U6, U7, U8, U9, V0, V1, V2, V3, V4, V5, V6, V7, V8, V9, W0, W1, W2, W3, W4, W5, W6, W7, W8, W9, X0, X1,
    X2, X3, X4, X5, X6, X7, X8, X9, Y0, Y1, Y2, Y3, Y4, Y5, Y6, Y7, Y8, Y9, Z0, Z1, Z2, Z3, Z4, Z5, Z6, Z7, Z8, Z9,
}

public enum Huge : long
{
    Least = long.MinValue,
    Most = long.MaxValue,
}

[Flags]
public enum Few
{
    None = 0,
    A = 1,
    B = 2,
    C = 4,
}

[Flags]
public enum Some
{
    None = 0,
    A = 1, B = 2, C = 4, D = 8, E = 16, F = 32, G = 64, H = 128,
    I = 256,
}

[Flags]
public enum Lots
{
    None = 0,
    A = 1, B = 2, C = 4, D = 8, E = 16, F = 32, G = 64, H = 128,
    I = 1 << 8, J = 1 << 9, K = 1 << 10, L = 1 << 11, M = 1 << 12, N = 1 << 13, O = 1 << 14, P = 1 << 15,
    Q = 1 << 16,
}

public sealed record Gamut(
    bool IsOn, sbyte S8, byte U8, short S16, ushort U16, int S32, uint U32, long S64, ulong U64, float F32, double F64,
    Rune Rune, Suit Suit, Status Status, Letter Letter, Huge Huge, Few Few, Some Some, Lots Lots)
{
    /// <summary>What the guests do.</summary>
    internal Gamut Turned() => new(
        !IsOn, (sbyte)~S8, (byte)~U8, (short)~S16, (ushort)~U16, ~S32, ~U32, ~S64, ~U64, -F32, -F64,
        new Rune(Rune.Value + 1), 3 - Suit,
        Turn(Status), (Letter)(259 - Letter), (Huge)~(long)Huge, Few ^ (Few)5, Some ^ (Some)0x101,
        Lots ^ (Lots)0x10001);

    /// <summary>What the host does.</summary>
    internal Gamut Incremented() => unchecked(new(
        IsOn, (sbyte)(S8 + 1), (byte)(U8 + 1), (short)(S16 + 1), (ushort)(U16 + 1), S32 + 1, U32 + 1, S64 + 1, U64 + 1,
        F32 + 1, F64 + 1,
        new Rune(Rune.Value + 1), (Suit)(((int)Suit + 1) & 3), Turn(Status), (Letter)(((int)Letter + 1) % 260), Huge,
        Few ^ Few.B, Some ^ Some.I, Lots ^ Lots.Q));

    internal static Status Turn(Status status) => status switch
    {
        Status.Fine => Status.Missing,
        Status.Missing => Status.Broken,
        _ => Status.Fine,
    };
}

[WasmVariant]
public abstract record Measure
{
    internal abstract Measure Turned();

    public sealed record Nothing : Measure
    {
        internal override Measure Turned() => new Ratio(0.5f);
    }

    public sealed record Ratio(float Value) : Measure
    {
        internal override Measure Turned() => new Exact((double)Value * 3);
    }

    public sealed record Exact(double Value) : Measure
    {
        internal override Measure Turned() => new Named("exact", (Suit)((int)Value & 3));
    }

    public sealed record Named(string Text, Suit Suit) : Measure
    {
        internal override Measure Turned() => new Marks(((uint)Encoding.UTF8.GetByteCount(Text) * 10) + (uint)Suit);
    }

    public sealed record Marks(uint? Value) : Measure
    {
        internal override Measure Turned() => Value is null ? new Nothing() : new Marks((uint?)null);
    }
}

[WasmResource]
[WasmImport("demo:shapes/tallies")]
public sealed partial class Tally(int start) : IDisposable
{
    internal int Count { get; private set; } = start;

    internal bool IsDisposed { get; private set; }

    public int Add(int by) => Count += by;

    public string Describe(string prefix) => $"{prefix}{Count}";

    public static Tally Merge(Tally a, Borrow<Tally> b) => new(a.Count + b.Value.Count);

    public void Dispose() => IsDisposed = true;
}

/// <summary>One slot each.</summary>
[WasmImport("flat")]
public static partial class FlatHost
{
    public static bool Bool(bool v) => v;

    public static sbyte S8(sbyte v) => unchecked((sbyte)(v + 1));

    public static byte U8(byte v) => unchecked((byte)(v + 1));

    public static short S16(short v) => unchecked((short)(v + 1));

    public static ushort U16(ushort v) => unchecked((ushort)(v + 1));

    public static int S32(int v) => unchecked(v + 1);

    public static uint U32(uint v) => unchecked(v + 1);

    public static long S64(long v) => unchecked(v + 1);

    public static ulong U64(ulong v) => unchecked(v + 1);

    /// <summary>Another bit of a NaN's payload for another sign.</summary>
    public static float F32(float v) =>
        BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(v) ^ (float.IsNegative(v) ? 1 : 2));

    public static double F64(double v) =>
        BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(v) ^ (double.IsNegative(v) ? 1 : 2));

    public static Rune Rune(Rune v) => new(v.Value + 1);

    public static Suit Suit(Suit v) => (Suit)(((int)v + 1) & 3);

    public static Status Status(Status v) => Gamut.Turn(v);

    public static Letter Letter(Letter v) => (Letter)(((int)v + 1) % 260);

    public static Huge Huge(Huge v) => v;

    public static Few Few(Few v) => v ^ EndToEnd.Tests.Few.B;

    public static Some Some(Some v) => v ^ EndToEnd.Tests.Some.I;

    public static Lots Lots(Lots v) => v ^ EndToEnd.Tests.Lots.Q;
}

[WasmExport]
public sealed partial class FlatGuest
{
    public partial bool Bool(bool v);

    public partial sbyte S8(sbyte v);

    public partial byte U8(byte v);

    public partial short S16(short v);

    public partial ushort U16(ushort v);

    public partial int S32(int v);

    public partial uint U32(uint v);

    public partial long S64(long v);

    public partial ulong U64(ulong v);

    public partial float F32(float v);

    public partial double F64(double v);

    public partial Rune Rune(Rune v);

    public partial Suit Suit(Suit v);

    public partial Status Status(Status v);

    public partial Letter Letter(Letter v);

    public partial Huge Huge(Huge v);

    public partial Few Few(Few v);

    public partial Some Some(Some v);

    public partial Lots Lots(Lots v);
}

[WasmImport("shapes")]
public sealed partial class ShapeHost
{
    internal MemoryStream Sent { get; } = new();

    internal List<string> Seen { get; } = [];

    internal List<Tally> Issued { get; } = [];

    public Gamut Gamut(Gamut value) => value.Incremented();

    public Gamut[] Gamuts(List<Gamut> values) => [.. values.Select(static value => value.Incremented()).Reverse()];

    public string Text(string value) => value.ToUpperInvariant() + "!";

    public (string Text, Spot At) Tuple((Spot At, string Text) value) =>
        (Invariant($"{value.Text} {value.At.X},{value.At.Y}"), new Spot { X = value.At.X * 10, Y = value.At.Y * 10 });

    public int[][] Matrix(IReadOnlyList<int[]> rows) =>
        [.. rows.Select(static row => row.Select(static cell => cell * 10).ToArray())];

    public Option<int?> Step(Option<int?> value) => value switch
    {
        { HasValue: false } => new Option<int?>(null),
        { Value: 99 } => Option<int?>.None,
        _ => new Option<int?>(value.Value + 1 ?? 7),
    };

    public string? Name(string? value) => value switch
    {
        null => "none",
        "" => null,
        _ => value[1..],
    };

    public Result<ulong, string> Parse(Result<ulong, string> value) =>
        !value.IsOk ? value.ErrorValue + "?" : value.Value % 2 == 0 ? value.Value / 2 : $"{value.Value} is odd";

    public Result<Unit, Unit> Bare(Result<Unit, Unit> value) => value;

    public Result<Unit, Suit> Outcome(Result<Unit, Suit> value) =>
        value.IsOk ? Result<Unit, Suit>.Ok(default) : Result<Unit, Suit>.Error(3 - value.ErrorValue);

    public Result<float, Unit> Root(Result<float, Unit> value) =>
        value.IsOk && value.Value >= 0 ? MathF.Sqrt(value.Value) : Result<float, Unit>.Error(default);

    public Result<float, int> Ratio(Result<float, int> value) =>
        value.IsOk ? value.Value + 0.25f : Result<float, int>.Error(value.ErrorValue - 1);

    public Measure Measure(Measure value) => value.Turned();

    public List<Measure> Measures(Measure[] values) => [.. values.Select(static value => value.Turned()).Reverse()];

    public List<(string Name, Result<Measure?[], Suit> Result)> Deep(
        List<(string Name, Result<Measure?[], Suit> Result)> entries) =>
        [.. entries.Select(static entry => (entry.Name + "+", entry.Result.IsOk
            ? Result<Measure?[], Suit>.Ok([null, .. entry.Result.Value.Select(static one => one?.Turned())])
            : Result<Measure?[], Suit>.Error((Suit)(((int)entry.Result.ErrorValue + 1) & 3))))];

    public (long Low, long High) Sixteen(
        int a, int b, int c, int d, int e, int f, int g, int h, int i, int j, int k, int l, int m, int n, long o,
        float p)
    {
        int[] all = [a, b, c, d, e, f, g, h, i, j, k, l, m, n];
        return (all.Select(static (one, index) => (long)one * (index + 1)).Sum(), o + (long)p);
    }

    public double Seventeen(
        byte a, long b, ushort c, double d, bool e, string f, float g, sbyte h, uint i, byte j, Rune k, Spot l,
        ushort m, short n, ulong o)
    {
        Seen.Add(Invariant($"{a} {b} {c} {d} {e} {f} {g} {h} {i} {j} {k} {l.X} {l.Y} {m} {n} {o}"));
        return d + g;
    }

    public double Mean(ReadOnlySpan<Sample> samples)
    {
        double sum = 0;
        foreach (ref readonly Sample one in samples)
        {
            sum += one.Value + (one.At.X * one.At.Y);
        }

        return sum / samples.Length;
    }

    public void Mirror(Span<Spot> spots)
    {
        foreach (ref Spot spot in spots)
        {
            (spot.X, spot.Y) = (-spot.Y, spot.X);
        }
    }

    public async Task<int> Send(ReadOnlyMemory<byte> data)
    {
        await Task.Yield();
        await Sent.WriteAsync(data);
        return data.Length;
    }

    public void Fill(Memory<ushort> data)
    {
        foreach (ref ushort one in data.Span)
        {
            one *= one;
        }
    }

    public int Inspect(Borrow<Tally> tally) => tally.Value.Count;

    public void Take(Tally? tally) => Seen.Add(tally is null ? "nothing" : $"tally of {tally.Count}");

    public Tally[] Issue(int count)
    {
        Issued.AddRange(Enumerable.Range(1, count).Select(static i => new Tally(i)));
        return [.. Issued];
    }
}

[WasmExport]
public sealed partial class ShapeGuest
{
    public partial Gamut Gamut(Gamut value);

    public partial Gamut[] Gamuts(Gamut[] values);

    public partial string Text(string value);

    public partial uint Releases();

    public partial (string Text, Spot At) Tuple((Spot At, string Text) value);

    public partial int[][] Matrix(int[][] rows);

    public partial Option<int?> Step(Option<int?> value);

    public partial string? Name(string? value);

    public partial Result<ulong, string> Parse(string text);

    public partial Result<Unit, Unit> Bare(Result<Unit, Unit> value);

    public partial Result<Unit, Suit> Outcome(Result<Unit, Suit> value);

    public partial Result<float, Unit> Root(Result<float, Unit> value);

    public partial Result<float, int> Ratio(Result<float, int> value);

    public partial Measure Measure(Measure value);

    public partial Measure[] Measures(List<Measure> values);

    public partial List<(string Name, Result<Measure?[], Suit> Result)> Deep(
        List<(string Name, Result<Measure?[], Suit> Result)> entries);

    public partial (long Low, long High) Sixteen(
        int a, int b, int c, int d, int e, int f, int g, int h, int i, int j, int k, int l, int m, int n, long o,
        float p);

    public partial double Seventeen(
        byte a, long b, ushort c, double d, bool e, string f, float g, sbyte h, uint i, byte j, Rune k, Spot l,
        ushort m, short n, ulong o);

    public partial double Mean(ReadOnlySpan<Sample> samples);

    public partial Spot[] Mirror(ReadOnlySpan<Spot> spots);

    public partial int Send(ReadOnlySpan<byte> data);

    public partial ReadOnlyMemory<ushort> Fill(int length);

    public partial Tally Run(int start);

    public partial int Absorb(Tally tally);

    public partial string Peek(Borrow<Tally> tally, bool drops);

    public partial Tally? Last(int count);
}
