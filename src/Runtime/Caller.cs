using WasmBindgen.Native;

namespace WasmBindgen;

/// <summary>
/// The guest instance that is calling a host method, valid during that call. A host method takes it as a parameter,
/// which uses no wasm parameter.
/// </summary>
public readonly unsafe ref struct Caller
{
    private readonly nint _caller;

    internal Caller(nint caller)
    {
        _caller = caller;
        Store = Store.Of(caller);
    }

    /// <summary>The store of the calling instance.</summary>
    public Store Store { get; }

    /// <summary>The memory that the calling instance exports as <c>memory</c>.</summary>
    /// <exception cref="WasmException">The instance exports no memory of that name.</exception>
    public Memory Memory => Store.Callers.Memory(_caller);

    /// <summary>The token of the running call.</summary>
    public CancellationToken CancellationToken => Store.Limits.Token;

    /// <summary>A memory that the calling instance exports; null if none has that name.</summary>
    public Memory? GetMemory(string name) =>
        Find(name, out wasmtime_extern_t item) ? Items.AsMemory(Store, item) : null;

    /// <summary>A function that the calling instance exports; null if none has that name.</summary>
    public Function? GetFunction(string name) =>
        Find(name, out wasmtime_extern_t item) ? Items.AsFunction(Store, item) : null;

    /// <summary>A global that the calling instance exports; null if none has that name.</summary>
    public Global? GetGlobal(string name) =>
        Find(name, out wasmtime_extern_t item) ? Items.AsGlobal(Store, item) : null;

    /// <summary>A table that the calling instance exports; null if none has that name.</summary>
    public Table? GetTable(string name) => Find(name, out wasmtime_extern_t item) ? Items.AsTable(Store, item) : null;

    /// <summary>A shared memory that the calling instance exports; null if none has that name.</summary>
    public SharedMemory? GetSharedMemory(string name) =>
        Find(name, out wasmtime_extern_t item, acceptsShared: true) ? Items.AsSharedMemory(Store, item) : null;

    private bool Find(string name, out wasmtime_extern_t item, bool acceptsShared = false) =>
        Store.Callers.TryFindExport(_caller, Utf8Name.Encode(name), out item, acceptsShared);
}
