namespace WasmBindgen.EndToEnd.Tests;

/// <summary>An engine, a linker and a store: what every test needs, disposed together.</summary>
internal sealed class World : IDisposable
{
    public World(EngineOptions? options = null, StoreOptions? storeOptions = null)
    {
        Engine = new Engine(options ?? new EngineOptions());
        Linker = new Linker(Engine);
        Store = new Store(Engine, storeOptions ?? new StoreOptions());
    }

    public Engine Engine { get; }

    public Linker Linker { get; }

    public Store Store { get; }

    /// <summary>An instance of a guest in WAT, in this store.</summary>
    public Instance Instantiate(string wat)
    {
        using Module module = Module.FromText(Engine, "guest", wat);
        return Linker.Instantiate(Store, module);
    }

    public void Dispose()
    {
        Store.Dispose();
        Linker.Dispose();
        Engine.Dispose();
    }
}
