using BenchmarkDotNet.Attributes;

namespace WasmBindgen.Benchmarks;

/// <summary>A tenant's life: a store, an instance bound to its typed class, and their end.</summary>
public class InstantiationBenchmarks
{
    private World _world = null!;
    private InstancePre _pre = null!;

    [GlobalSetup]
    public void Setup()
    {
        _world = new World();
        _pre = _world.Linker.InstantiatePre(_world.Module);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _pre.Dispose();
        _world.Dispose();
    }

    [Benchmark(Description = "store + Linker.Instantiate")]
    public void Instantiate()
    {
        using Store store = _world.NewStore();
        _world.Linker.Instantiate(store, _world.Module);
    }

    [Benchmark(Description = "store + InstancePre.Instantiate")]
    public void InstantiatePre()
    {
        using Store store = _world.NewStore();
        _pre.Instantiate(store);
    }

    [Benchmark(Description = "store + Linker.Instantiate + new Guest")]
    public void Bind()
    {
        using Store store = _world.NewStore();
        _ = new Guest(_world.Linker.Instantiate(store, _world.Module));
    }
}
