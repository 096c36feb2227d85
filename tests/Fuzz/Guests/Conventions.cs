using System.Runtime.Intrinsics;

namespace WasmBindgen.Fuzz.Guests;

[WasmImport("env")]
[GuestAllocator("malloc", "free")]
[Interrupts<StopException>]
public sealed partial class CHost
{
    private readonly Session _session;

    internal CHost(Session session) => _session = session;

    [return: CString]
    public string? Path([CString] string? value) => _session.Pass(value);

    [return: Utf16]
    public string Units([Utf16] string value) => _session.Pass(value);

    [return: Latin1]
    public string? Latin([Latin1] string? value) => _session.Pass(value);

    [return: Packed]
    public byte[] Bytes(byte[] value) => _session.Pass(value);

    [return: Packed]
    public string Packed(string value) => _session.Pass(value);

    [return: MultiValue]
    public (int, long, double) Parts(ValueTuple<int, long, double> value) => _session.Pass(value);

    public Vector128<byte> Vector(Vector128<byte> value) => _session.Pass(value);

    public void Next(ref int value, out Pixel pixel)
    {
        value++;
        pixel = new Pixel(1, _session.Pass(value));
    }

    public double Half(in double value) => _session.Pass(value);

    public int Follow(GuestPointer<int> start, int count)
    {
        long sum = 0;
        foreach (int value in start.AsSpan(count))
        {
            sum += value;
        }

        start[count - 1] = (start + 1).Value;
        return _session.Pass((int)sum);
    }
}

[WasmExport]
[GuestAllocator("malloc", "free")]
public sealed partial class CGuest
{
    [return: CString]
    public partial string? Path([CString] string? value);

    [return: Utf16]
    public partial string Units([Utf16] string value);

    [return: Latin1]
    public partial string? Latin([Latin1] string? value);

    [return: Packed]
    public partial byte[] Bytes(byte[] value);

    [return: Packed]
    public partial GuestResult<string> Packed(string value);

    [return: MultiValue]
    public partial (int, long, double) Parts(ValueTuple<int, long, double> value);

    public partial Vector128<byte> Vector(Vector128<byte> value);

    public partial void Next(ref int value, out Pixel pixel);

    public partial double Half(in double value);

    public partial int Follow(GuestPointer<int> start, int count);

    public partial Memory Memory { get; }

    internal static readonly Action<CGuest, Session>[] Calls =
    [
        static (guest, s) => s.Same(s.Any.Perhaps(() => s.Any.Text()), guest.Path),
        static (guest, s) => s.Same(s.Any.Text(), guest.Units),
        static (guest, s) => s.Same(s.Any.Perhaps(s.Any.Latin), guest.Latin),
        static (guest, s) => s.Same(s.Any.List(() => (byte)s.Any.Int()), guest.Bytes),
        static (guest, s) => s.SameResult(s.Any.Text(), guest.Packed),
        static (guest, s) => s.Same((s.Any.Int(), s.Any.Long(), s.Any.Double()), guest.Parts),
        static (guest, s) => s.Same(Vector128.Create(s.Any.Long()).AsByte(), guest.Vector),
        static (guest, s) => s.Gets(s.Any.Below(1000), value => Next(guest, value), static value => value + 1),
        static (guest, s) => s.Same(s.Any.Double(), value => guest.Half(in value)),
        static (guest, s) => s.Ends(
            () => guest.Follow(new GuestPointer<int>(guest.Memory, (uint)s.Any.Int()), s.Any.Int())),
    ];

    private static int Next(CGuest guest, int value)
    {
        guest.Next(ref value, out Pixel pixel);
        return Math.Max(value, pixel.Depth);
    }
}

[Memory64]
[WasmImport("env")]
[GuestAllocator("malloc", "free(address, size)")]
[Interrupts<StopException>]
public sealed partial class WideHost
{
    private readonly Session _session;

    internal WideHost(Session session) => _session = session;

    [return: MultiValue]
    public string Text(string value) => _session.Pass(value);

    [return: MultiValue]
    public long[] Numbers(long[] value) => _session.Pass(value);

    public int Sum(ReadOnlySpan<int> values, Span<Pixel> pixels, Memory<byte> bytes)
    {
        int sum = 0;
        foreach (int value in values)
        {
            sum += value;
        }

        foreach (ref Pixel pixel in pixels)
        {
            sum += pixel.Red;
            pixel.Depth = 1;
        }

        bytes.Span.Fill(1);
        return _session.Pass(sum);
    }

    public void Next(ref int value, out Pixel pixel)
    {
        value++;
        pixel = new Pixel(1, _session.Pass(value));
    }

    public GuestPointer<long> Follow(GuestPointer<long> start)
    {
        start.Value = _session.Pass((start + 1).Value);
        return start + 1;
    }
}

[Memory64]
[WasmExport]
[GuestAllocator("malloc", "free(address, size)")]
public sealed partial class WideGuest
{
    [return: MultiValue]
    public partial string Text(string value);

    [return: MultiValue]
    public partial long[] Numbers(long[] value);

    public partial int Sum(ReadOnlySpan<int> values, ReadOnlySpan<Pixel> pixels, ReadOnlyMemory<byte> bytes);

    public partial void Next(ref int value, out Pixel pixel);

    public partial GuestPointer<long> Follow(GuestPointer<long> start);

    public partial Memory Memory { get; }

    internal static readonly Action<WideGuest, Session>[] Calls =
    [
        static (guest, s) => s.Same(s.Any.Text(), guest.Text),
        static (guest, s) => s.Same(s.Any.List(s.Any.Long), guest.Numbers),
        static (guest, s) => s.Gets(
            s.Any.List(s.Any.Int),
            value => guest.Sum(value, [new Pixel(9, s.Any.Int())], new byte[3]),
            static value => unchecked(value.Aggregate(9, static (sum, one) => sum + one))),
        static (guest, s) => s.Gets(s.Any.Below(1000), value => Next(guest, value), static value => value + 1),
        static (guest, s) => s.Ends(() => guest.Follow(new GuestPointer<long>(guest.Memory, s.Any.Long()))),
    ];

    private static int Next(WideGuest guest, int value)
    {
        guest.Next(ref value, out Pixel pixel);
        return Math.Max(value, pixel.Depth);
    }
}

[AssemblyScript]
[WasmImport("env")]
[Interrupts<StopException>]
public sealed partial class ScriptHost
{
    private readonly Session _session;

    internal ScriptHost(Session session) => _session = session;

    public string Text(string value) => _session.Pass(value);

    public string? Maybe(string? value) => _session.Pass(value);

    [return: ScriptArray(ScriptArrayKind.Array)]
    public int[] Numbers(int[] value) => _session.Pass(value);

    [return: ScriptArray(ScriptArrayKind.StaticArray)]
    public string[] Names(string[] value) => _session.Pass(value);

    [return: ScriptArray(ScriptArrayKind.TypedArray)]
    public double[] Doubles(double[] value) => _session.Pass(value);

    [return: ScriptArray(ScriptArrayKind.ArrayBuffer)]
    public byte[] Bytes(byte[] value) => _session.Pass(value);
}

[AssemblyScript]
[WasmExport]
public sealed partial class ScriptGuest
{
    public partial string Text(string value);

    public partial string? Maybe(string? value);

    public partial int[] Numbers([ScriptArray(ScriptArrayKind.Array)] int[] value);

    public partial string[] Names([ScriptArray(ScriptArrayKind.Array)] string[] value);

    public partial double[] Doubles([ScriptArray(ScriptArrayKind.TypedArray)] double[] value);

    public partial byte[] Bytes([ScriptArray(ScriptArrayKind.ArrayBuffer)] byte[] value);

    internal static readonly Action<ScriptGuest, Session>[] Calls =
    [
        static (guest, s) => s.Same(s.Any.Text(), guest.Text),
        static (guest, s) => s.Same(s.Any.Perhaps(s.Any.Text), guest.Maybe),
        static (guest, s) => s.Same(s.Any.List(s.Any.Int), guest.Numbers),
        static (guest, s) => s.Same(s.Any.List(s.Any.Text), guest.Names),
        static (guest, s) => s.Same(s.Any.List(s.Any.Double), guest.Doubles),
        static (guest, s) => s.Same(s.Any.List(() => (byte)s.Any.Int()), guest.Bytes),
    ];
}
