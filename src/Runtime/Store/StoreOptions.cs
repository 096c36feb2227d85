namespace WasmBindgen;

/// <summary>Limits of a <see cref="Store"/>; null keeps the engine's default.</summary>
public sealed record StoreOptions
{
    /// <summary>No limits beyond the engine's.</summary>
    internal static StoreOptions Default { get; } = new();

    /// <summary>
    /// The largest size in bytes of each memory. A guest that asks for more gets -1 from <c>memory.grow</c>, or ends;
    /// see <see cref="EngineOptions.MemoryLimitInterrupts"/>.
    /// </summary>
    public long? MaxMemoryBytes { get; init; }

    /// <summary>
    /// The largest size in bytes of all memories together, also those that are not exported, and the heap of the
    /// engine's garbage collector. Needs <see cref="EngineOptions.CountMemory"/> or
    /// <see cref="EngineOptions.MemoryLimitInterrupts"/>.
    /// </summary>
    public long? MaxTotalMemory { get; init; }

    /// <summary>The largest number of elements of each table.</summary>
    public long? MaxTableElements { get; init; }

    /// <summary>The largest number of instances; 10,000 by default.</summary>
    public long? MaxInstances { get; init; }

    /// <summary>The largest number of tables; 10,000 by default.</summary>
    public long? MaxTables { get; init; }

    /// <summary>The largest number of memories; 10,000 by default.</summary>
    public long? MaxMemories { get; init; }

    /// <summary>
    /// The fuel to start with. Needs <see cref="EngineOptions.ConsumeFuel"/>. Guests of such an engine stop at once if
    /// they have no fuel.
    /// </summary>
    public ulong? Fuel { get; init; }

    /// <summary>
    /// Whether a guest's interrupt, trap or other failure is final: every later call into the store's guests then fails
    /// with the very same error, and only their memories, globals and tables can still be read. Otherwise the guests
    /// may be called again, in whatever state the failure left them.
    /// </summary>
    public bool EndsWithFailure { get; init; }

    /// <summary>
    /// Whether an instance of a component ends with its first failure, and must not be called while a call of it runs,
    /// as the Component Model says: a further call is then a <see cref="TrapException"/> with <see
    /// cref="TrapCode.CannotEnterComponent"/>. Otherwise it may be called again, in whatever state the failure left it,
    /// and host methods may call the instance that calls them.
    /// </summary>
    public bool PoisonAfterTrap { get; init; }

    /// <summary>
    /// What guests see through WASI, for linkers with <see cref="Linker.DefineWasi"/>; null for nothing at all.
    /// </summary>
    public WasiOptions? Wasi { get; init; }
}
