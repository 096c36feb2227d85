using System.Text;
using BenchmarkDotNet.Attributes;

namespace WasmBindgen.Benchmarks;

/// <summary>Five fields: the record of the benchmarks.</summary>
public sealed record Item(string Name, int Id, double Weight, bool IsOn, ulong Count);

/// <summary>What values.wat imports.</summary>
[WasmImport("values")]
public sealed partial class Values
{
    public int Text(string text) => text.Length;

    public int Bytes(ReadOnlySpan<byte> bytes) => bytes.Length;

    public string Give() => "0123456789abcdef";

    public int One(Item item) => item.Id;

    public int Many(Item[] items) => items.Length;
}

/// <summary>What values.wat exports.</summary>
[WasmExport]
public sealed partial class ValueGuest
{
    public partial void Prepare();

    public partial void CallText(int times, int length);

    public partial void CallBytes(int times, int length);

    public partial void CallGive(int times);

    public partial void CallOne(int times);

    public partial void CallMany(int times);

    public partial int Length(string text);
}

/// <summary>
/// Values that lie in memory. Each figure is for one call between guest and host; where the guest calls, it loops.
/// </summary>
public class ValueBenchmarks
{
    private const int Calls = 100;

    private World _world = null!;
    private Store _store = null!;
    private ValueGuest _guest = null!;
    private byte[] _utf8 = null!;
    private string _text = null!;

    internal static string GuestPath => Path.Combine(AppContext.BaseDirectory, "values.wat");

    internal ValueGuest Guest => _guest;

    [Params(16, 1024, 65536)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _world = new World();
        using Module module = Module.FromTextFile(_world.Engine, GuestPath);
        using Linker linker = new Linker(_world.Engine).Define(new Values());
        _store = new Store(_world.Engine);
        _guest = new ValueGuest(linker.Instantiate(_store, module));
        _guest.Prepare();
        _text = new string('x', Length);
        _utf8 = Encoding.UTF8.GetBytes(_text);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _store.Dispose();
        _world.Dispose();
    }

    [Benchmark(Baseline = true, Description = "Encoding.UTF8.GetString, no guest", OperationsPerInvoke = Calls)]
    public int GetString()
    {
        int sum = 0;
        for (int i = 0; i < Calls; i++)
        {
            sum += Encoding.UTF8.GetString(_utf8).Length;
        }

        return sum;
    }

    [Benchmark(Description = "guest to host: int Text(string)", OperationsPerInvoke = Calls)]
    public void Text() => _guest.CallText(Calls, Length);

    [Benchmark(Description = "guest to host: int Bytes(ReadOnlySpan<byte>)", OperationsPerInvoke = Calls)]
    public void Bytes() => _guest.CallBytes(Calls, Length);

    [Benchmark(Description = "host to guest: int Length(string)")]
    public int Out() => _guest.Length(_text);
}

/// <summary>Records, and a string as result.</summary>
public class RecordBenchmarks
{
    private const int Calls = 100;

    private readonly ValueBenchmarks _setup = new() { Length = 16 };
    private ValueGuest _guest = null!;

    [GlobalSetup]
    public void Setup()
    {
        _setup.Setup();
        _guest = _setup.Guest;
    }

    [GlobalCleanup]
    public void Cleanup() => _setup.Cleanup();

    [Benchmark(Description = "guest to host: string Give(), 16 bytes", OperationsPerInvoke = Calls)]
    public void Give() => _guest.CallGive(Calls);

    [Benchmark(Description = "guest to host: a record of 5 fields", OperationsPerInvoke = Calls)]
    public void One() => _guest.CallOne(Calls);

    [Benchmark(Description = "guest to host: a list of 1,000 records", OperationsPerInvoke = Calls)]
    public void Many() => _guest.CallMany(Calls);
}
