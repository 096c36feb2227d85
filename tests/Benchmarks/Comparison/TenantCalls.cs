namespace WasmBindgen.Benchmarks;

/// <summary>The life of a tenant: a store with a host object and one instance, which it does not use.</summary>
internal sealed class TenantCalls : IDisposable
{
    private readonly World _world;
    private readonly InstancePre _pre;

    internal TenantCalls(EngineOptions options)
    {
        _world = new World(options);
        _pre = _world.Linker.InstantiatePre(_world.Module);
    }

    public void Dispose()
    {
        _pre.Dispose();
        _world.Dispose();
    }

    internal void Live(int count)
    {
        for (int i = 0; i < count; i++)
        {
            using Store store = _world.NewStore();
            _pre.Instantiate(store);
        }
    }
}
