namespace WasmBindgen;

/// <summary>
/// The sizes of an engine's pool (see <see cref="EngineOptions.Pooling"/>); null keeps the engine's default. The pool's
/// address space is reserved when the engine is created: the number of memories times
/// <see cref="EngineOptions.MemoryReservation"/> and <see cref="EngineOptions.MemoryGuardSize"/>.
/// </summary>
/// <remarks>
/// An instance that finds the pool full is a <see cref="WasmException"/>. A module that can never fit (its memory, the
/// number of its memories or tables, its size, a shared memory of its own) is an <see cref="InvalidModuleException"/>.
/// </remarks>
public sealed record PoolingOptions
{
    /// <summary>The number of instances at the same time; 1,000 by default.</summary>
    public int? MaxInstances { get; init; }

    /// <summary>
    /// The number of memories at the same time, and the heap of each store that uses externrefs, exceptions or
    /// garbage-collected objects; 1,000 by default.
    /// </summary>
    public int? MaxMemories { get; init; }

    /// <summary>The number of tables at the same time; 1,000 by default.</summary>
    public int? MaxTables { get; init; }

    /// <summary>The number of memories that a module may define; 1 by default.</summary>
    public int? MaxMemoriesPerModule { get; init; }

    /// <summary>The number of tables that a module may define; 1 by default.</summary>
    public int? MaxTablesPerModule { get; init; }

    /// <summary>
    /// The largest size of a memory in bytes; <see cref="EngineOptions.MemoryReservation"/> by default, which it cannot
    /// exceed. A memory that is full does not grow.
    /// </summary>
    public long? MaxMemoryBytes { get; init; }

    /// <summary>The largest number of elements of a table; 20,000 by default.</summary>
    public int? MaxTableElements { get; init; }

    /// <summary>
    /// The largest size in bytes of the engine's own data for an instance, which grows with its functions, globals and
    /// imports; 1 MiB by default.
    /// </summary>
    public int? MaxInstanceBytes { get; init; }

    /// <summary>
    /// The bytes of each memory that stay with the process when its instance ends, and are cleared by writing zeros
    /// instead of asking the system for new pages; 0 by default. Faster for small memories, at the cost of that much
    /// memory for each.
    /// </summary>
    public long? KeepResidentBytes { get; init; }
}
