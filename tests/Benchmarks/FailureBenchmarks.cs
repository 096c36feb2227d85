using BenchmarkDotNet.Attributes;

namespace WasmBindgen.Benchmarks;

/// <summary>Calls that abort the guest, from the call site back to the call site's catch.</summary>
public class FailureBenchmarks
{
    private World _world = null!;
    private Guest _guest = null!;

    [GlobalSetup]
    public void Setup()
    {
        _world = new World();
        _guest = _world.Guest;
    }

    [GlobalCleanup]
    public void Cleanup() => _world.Dispose();

    [Benchmark(Description = "interrupt by a new exception")]
    public bool Interrupt()
    {
        try
        {
            _guest.CallStop();
            return false;
        }
        catch (StopException)
        {
            return true;
        }
    }

    [Benchmark(Description = "interrupt by an exception object made before")]
    public bool InterruptAgain()
    {
        try
        {
            _guest.CallStopAgain();
            return false;
        }
        catch (StopException)
        {
            return true;
        }
    }

    [Benchmark(Description = "trap")]
    public bool Trap()
    {
        try
        {
            _guest.Trap();
            return false;
        }
        catch (TrapException)
        {
            return true;
        }
    }
}
