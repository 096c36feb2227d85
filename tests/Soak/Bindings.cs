namespace WasmBindgen.Soak;

internal sealed class StopException(int code) : Exception($"stopped with {code}")
{
    public int Code => code;
}

internal sealed class MissingException : Exception;

internal delegate int BinaryOperator(int left, int right);

internal readonly record struct Bill(int Amount);

internal sealed record Person(string Name, int Age, string? Email, byte[] Key)
{
    public bool Equals(Person? other) =>
        other is not null && (Name, Age, Email) == (other.Name, other.Age, other.Email) && Key.SequenceEqual(other.Key);

    public override int GetHashCode() => HashCode.Combine(Name, Age, Email);
}

internal enum Colour
{
    Red,
    Green,
    Blue,
}

[WasmVariant]
internal abstract record Figure
{
    internal sealed record Nothing : Figure;

    internal sealed record Circle(float Radius) : Figure;

    internal sealed record Text(string Value, Colour Colour) : Figure;
}

/// <summary>The host object of one store.</summary>
[WasmImport("soak")]
internal sealed partial class Host
{
    internal Guest? Guest { get; set; }

    /// <summary>What the call that runs is to throw.</summary>
    internal Exception? Prepared { get; set; }

    public int Add(int left, int right) => left + right;

    public double Scale(double value, long by, Colour colour) => (value * by) + (int)colour;

    public string Text(string value) => value.ToUpperInvariant();

    public Person[] People(Person[] values) => [.. values.Reverse<Person>()];

    public string? Maybe(string? value) => value;

    public Result<string, Colour> Outcome(Result<string, Colour> value) => value;

    public Figure Draw(Figure value) => value;

    public int Sum(Span<int> values)
    {
        int sum = 0;
        foreach (ref int value in values)
        {
            sum += value;
            value = 0;
        }

        return sum;
    }

    public int Dive(int depth) => Guest!.Dive(depth);

    public int Apply(BinaryOperator function, int left, int right) => function(left, right);

    public int ApplyAt([TableIndex] BinaryOperator function, int left, int right) => function(left, right);

    public async Task<int> Later(int value)
    {
        await Task.Yield();
        return Guest!.Add(value, 1);
    }

    public async Task Wait(CancellationToken token) => await Task.Delay(Timeout.Infinite, token);

    [Interrupts<StopException>]
    public void Stop(int code) => throw (Prepared = new StopException(code));

    public Interruptible<int, Bill> Charge(int amount) => amount < 0 ? Interrupt.With(new Bill(amount)) : amount;

    public void Fail() => throw (Prepared = new InvalidOperationException("broken"));

    [Errno<MissingException>(2)]
    public int Find(int number) => number < 0 ? throw new MissingException() : -number;
}

[WasmResource]
[WasmImport("soak/counters")]
internal sealed partial class Counter : IDisposable
{
    private static long s_live;
    private int _count;

    public Counter(int start)
    {
        _count = start;
        Interlocked.Increment(ref s_live);
    }

    /// <summary>Those that guests made and that have not been disposed, in all stores.</summary>
    internal static long Live => Interlocked.Read(ref s_live);

    public int Increment(int by) => _count += by;

    public void Dispose() => Interlocked.Decrement(ref s_live);
}

[WasmExport]
internal sealed partial class Guest
{
    public partial Memory Memory { get; }

    public partial long Total { get; set; }

    public partial int Add(int left, int right);

    public partial double Scale(double value, long by, Colour colour);

    public partial string Text(string value);

    public partial Person[] People(Person[] values);

    public partial string? Maybe(string? value);

    public partial Result<string, Colour> Outcome(Result<string, Colour> value);

    public partial Figure Draw(Figure value);

    public partial int Sum(ReadOnlySpan<int> values);

    public partial int Dive(int depth);

    public partial int Apply(int left, int right);

    public partial int ApplyAt(int index, int left, int right);

    public partial BinaryOperator Minus();

    public partial object? Echo(object? value);

    public partial int Count(int times);

    public partial void KeepCounter(int start);

    public partial int Forge();

    public partial int Later(int value);

    [WasmName("later")]
    public partial Task<int> LaterOnItsThread(int value);

    [WasmName("wait")]
    public partial void WaitFor(CancellationToken token);

    [WasmName("spin")]
    public partial Task<GuestResult> SpinOnItsThread(CancellationToken token);

    public partial void Stop(int code);

    public partial int Charge(int amount);

    [WasmName("charge")]
    public partial GuestResult<int> TryCharge(int amount);

    public partial void Fail();

    public partial int Find(int number);

    public partial void BadText();

    public partial void Spin();

    [WasmName("spin")]
    public partial GuestResult TrySpin(CancellationToken token);

    [Fuel(10_000)]
    [WasmName("spin")]
    public partial void SpinOnFuel();

    public partial int Divide(int by);

    [WasmName("divide")]
    public partial GuestResult<int> TryDivide(int by);

    public partial void Overflow();

    public partial int Grow(int pages);
}

[Memory64]
[WasmImport("wide")]
internal sealed partial class WideHost
{
    [return: MultiValue]
    public string Upper(string text) => text.ToUpperInvariant();
}

[Memory64]
[WasmExport]
internal sealed partial class WideGuest
{
    [return: MultiValue]
    public partial string Upper(string text);
}

[AssemblyScript]
[WasmImport("env")]
internal sealed partial class Script
{
    public void Abort(string? message, string? file, uint line, uint column) =>
        throw new InvalidOperationException($"{message} at {file}:{line}:{column}");
}

[AssemblyScript]
[WasmImport("as")]
internal sealed partial class ScriptHost
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
internal sealed partial class ScriptGuest
{
    public partial string[] WordsOf(int count);

    public partial int SumOfArray(int[] values);

    public partial int SumOfTyped([ScriptArray(ScriptArrayKind.TypedArray)] int[] values);

    public partial string Joined(string[] values);
}

[WasmExport]
internal sealed partial class Command
{
    [WasmName("_start")]
    public partial void Start();
}
