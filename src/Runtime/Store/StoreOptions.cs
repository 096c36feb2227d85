namespace WasmBindgen;

/// <summary>Limits of a <see cref="Store"/>; null leaves the engine's default.</summary>
public sealed record StoreOptions
{
    /// <summary>
    /// The most bytes that each memory may grow to. A guest that asks for more sees <c>memory.grow</c> give -1, or
    /// ends, see <see cref="EngineOptions.MemoryLimitInterrupts"/>.
    /// </summary>
    public long? MaxMemoryBytes { get; init; }

    /// <summary>The most elements that each table may grow to.</summary>
    public long? MaxTableElements { get; init; }

    /// <summary>The most instances; 10,000 by default.</summary>
    public long? MaxInstances { get; init; }

    /// <summary>The most tables; 10,000 by default.</summary>
    public long? MaxTables { get; init; }

    /// <summary>The most memories; 10,000 by default.</summary>
    public long? MaxMemories { get; init; }

    /// <summary>
    /// The fuel to start with. Needs <see cref="EngineOptions.ConsumeFuel"/>; without it such an engine's guests stop
    /// at once.
    /// </summary>
    public ulong? Fuel { get; init; }

    /// <summary>
    /// Whether an interrupt, a trap or another failure of a guest is its end: every later call into the store's guests
    /// then fails with the very same error, and only their memories, globals and tables can still be read. Without it,
    /// the guests may be called again, in whatever state the failure left them.
    /// </summary>
    public bool EndsWithFailure { get; init; }

    /// <summary>
    /// What guests see by WASI, for linkers with <see cref="Linker.DefineWasi"/>; null for nothing at all.
    /// </summary>
    public WasiOptions? Wasi { get; init; }
}
