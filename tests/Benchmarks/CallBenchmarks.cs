using BenchmarkDotNet.Attributes;

namespace WasmBindgen.Benchmarks;

/// <summary>Calls that end well. Each figure is for one call between guest and host; the guest loops.</summary>
public class CallBenchmarks
{
    private const int Calls = 1000;

    private World _world = null!;
    private Store _crowd = null!;
    private Guest _guest = null!;
    private Guest _oneOfTwo = null!;

    [GlobalSetup]
    public void Setup()
    {
        _world = new World();
        _guest = _world.Guest;
        _crowd = _world.NewStore();
        _oneOfTwo = new Guest(_world.Linker.Instantiate(_crowd, _world.Module));
        _world.Linker.Instantiate(_crowd, _world.Module);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _crowd.Dispose();
        _world.Dispose();
    }

    [Benchmark(Description = "host to guest: int F(int)")]
    public int HostToGuest() => _guest.F(1);

    [Benchmark(Description = "guest to host: int Add(int, int)", OperationsPerInvoke = Calls)]
    public int GuestToHost() => _guest.CallAdd(Calls);

    [Benchmark(Description = "the same, the host object per store", OperationsPerInvoke = Calls)]
    public int PerStore() => _guest.CallTenantAdd(Calls);

    [Benchmark(Description = "Memory parameter, one instance in the store", OperationsPerInvoke = Calls)]
    public void MemoryOfSoleInstance() => _guest.CallWithMemory(Calls);

    [Benchmark(Description = "Memory parameter, two instances in the store", OperationsPerInvoke = Calls)]
    public void MemoryOfOneOfTwo() => _oneOfTwo.CallWithMemory(Calls);

    [Benchmark(Description = "Memory parameter, and a span of it is read", OperationsPerInvoke = Calls)]
    public int Span() => _guest.CallFirstByte(Calls);
}
