namespace WasmBindgen;

/// <summary>How much the compiler optimises.</summary>
public enum OptimizationLevel
{
    /// <summary>Not at all: the fastest compilation.</summary>
    None,

    /// <summary>For speed: the engine's default.</summary>
    Speed,

    /// <summary>For speed and small code.</summary>
    SpeedAndSize,
}

/// <summary>What an engine tells a profiler about the code that it makes.</summary>
public enum ProfilingStrategy
{
    /// <summary>Nothing: the engine's default.</summary>
    None,

    /// <summary>
    /// A file <c>jit-….dump</c> in the current directory, for <c>perf inject --jit</c>. Linux only.
    /// </summary>
    JitDump,

    /// <summary>Intel's VTune, if it runs the process. x64 only.</summary>
    VTune,

    /// <summary>
    /// A file <c>perf-….map</c> with the names of functions, where <c>perf report</c> looks for it: in the system's
    /// temporary folder. Unix only.
    /// </summary>
    PerfMap,
}

/// <summary>
/// Settings of an <see cref="Engine"/>; null keeps the engine's default. A serialized module can be deserialized only
/// by an engine with the same settings.
/// </summary>
public sealed partial record EngineOptions
{
    /// <summary>
    /// Whether guests use up fuel (about one unit per instruction); see <see cref="Store.Fuel"/>. Costs about a fifth
    /// of the guest's speed.
    /// </summary>
    public bool ConsumeFuel { get; init; }

    /// <summary>
    /// Whether guests can be stopped from outside, by a cancellation token or a timeout; on by default. Without it,
    /// guests run a few per cent faster (tight loops up to a half), and a call with a token or timeout throws an
    /// <see cref="InvalidOperationException"/>.
    /// </summary>
    public bool Interruption { get; init; } = true;

    /// <summary>
    /// How often a guest with a token or timeout checks whether it must stop; 10 ms by default. It stops at most this
    /// much late, unless a host method holds it up.
    /// </summary>
    public TimeSpan InterruptionResolution { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// How long after its limit a call that has not ended raises <see cref="Engine.CallOverdue"/>; one second by
    /// default.
    /// </summary>
    public TimeSpan OverdueAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Whether stores know the size of all their memories together, and can limit it:
    /// <see cref="StoreOptions.MaxTotalMemory"/>. This library then creates the memories instead of the engine, so an
    /// instance starts with a copy of the module's data, not a mapping.
    /// </summary>
    public bool CountMemory { get; init; }

    /// <summary>
    /// Whether a guest that asks for more memory than <see cref="StoreOptions.MaxMemoryBytes"/> or
    /// <see cref="StoreOptions.MaxTotalMemory"/> ends with a <see cref="GuestOutOfMemoryException"/>, instead of only
    /// getting -1 from <c>memory.grow</c>. It ends where it next enters a function, traps or returns. Implies
    /// <see cref="CountMemory"/>, and needs <see cref="Interruption"/>.
    /// </summary>
    public bool MemoryLimitInterrupts { get; init; }

    /// <summary>Whether to keep the debug information of the guest for native debuggers.</summary>
    public bool DebugInfo { get; init; }

    /// <summary>Whether to compile on several threads; on by default.</summary>
    public bool? ParallelCompilation { get; init; }

    /// <summary>
    /// Whether every NaN that a guest computes has canonical bits, so that results do not depend on the machine.
    /// </summary>
    public bool NanCanonicalization { get; init; }

    /// <summary>How much to optimise; <see cref="OptimizationLevel.Speed"/> by default.</summary>
    public OptimizationLevel? Optimization { get; init; }

    /// <summary>
    /// How complex one function of a module may be to be compiled: about the number of its instructions, plus the
    /// number of values that are live where each basic block begins, plus the square of its number of loops. 4 million
    /// by default: a few seconds, and some hundred MiB. Use <see cref="long.MaxValue"/> for no limit.
    /// </summary>
    /// <remarks>
    /// Without a limit, a module of a few KiB can take the engine minutes and all memory. The largest function that
    /// we found in compiled programs of up to 32 MB had 2.4 million. A module that exceeds a limit is an <see
    /// cref="InvalidModuleException"/>, which has the numbers. A deserialized module is not checked.
    /// </remarks>
    public long? MaxFunctionComplexity { get; init; }

    /// <summary>
    /// As <see cref="MaxFunctionComplexity"/>, for all functions of a module together, or of a component. 100 million by
    /// default; a program of 32 MB has 33 million. Use <see cref="long.MaxValue"/> for no limit.
    /// </summary>
    public long? MaxModuleComplexity { get; init; }

    /// <summary>
    /// Bytes of stack that guest code may use, counted from the outermost call, including host methods in between; 512
    /// KiB by default. Threads that run guests need that much, and more for host methods.
    /// </summary>
    public int? MaxWasmStack { get; init; }

    /// <summary>
    /// Address space in bytes to reserve for each memory; 4 GiB by default, with which a memory of 32-bit addresses
    /// never needs to move. More lets one of 64 bits grow further without moving.
    /// </summary>
    public long? MemoryReservation { get; init; }

    /// <summary>Address space in bytes to reserve beyond a memory that had to move; 2 GiB by default.</summary>
    public long? MemoryReservationForGrowth { get; init; }

    /// <summary>Bytes of inaccessible address space behind each memory; 32 MiB by default.</summary>
    public long? MemoryGuardSize { get; init; }

    /// <summary>
    /// Whether a memory may move when it grows beyond its reservation; if not, such a growth fails, as it does by
    /// default, unless <see cref="MemoryReservation"/> is less than 4 GiB. Spans of host methods are copies in memories
    /// that may move. A <see cref="Memory.GetSpan(long, int)"/> of one must not be used after the guest has run.
    /// </summary>
    public bool? MemoryMayMove { get; init; }

    /// <summary>
    /// Takes instances, memories and tables from a pool that is reserved when the engine is created, instead of asking
    /// the system for each. Faster to instantiate where many instances come and go. Off (null) by default.
    /// </summary>
    public PoolingOptions? Pooling { get; init; }

    /// <summary>
    /// A directory in which compiled modules are kept, so that a module that any process has compiled with the same
    /// engine and options is loaded instead. The engine makes the directory, and deletes what has not been used for
    /// long. None by default.
    /// </summary>
    /// <remarks>
    /// Its files are native code, and are trusted: nobody else may be able to write to the directory. See
    /// <see cref="Module.Deserialize"/>.
    /// </remarks>
    public string? CacheDirectory { get; init; }

    /// <summary>
    /// Whether guests' faults are found by the processor, with handlers for SIGSEGV, SIGILL and SIGFPE that the first
    /// such engine installs for the whole process; on by default. Without it, the code checks by itself: no handler is
    /// installed, and a fault costs a fraction, but loads and stores cost up to a fifth more.
    /// </summary>
    public bool SignalsBasedTraps { get; init; } = true;

    /// <summary>What the engine tells a profiler; <see cref="ProfilingStrategy.None"/> by default.</summary>
    public ProfilingStrategy Profiling { get; init; }

    /// <summary>What <see cref="MemoryMayMove"/> comes to.</summary>
    internal bool MayMemoriesMove => MemoryMayMove ?? MemoryReservation < 1L << 32;
}
