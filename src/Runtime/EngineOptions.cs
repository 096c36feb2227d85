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

/// <summary>
/// Settings of an <see cref="Engine"/>; null leaves the engine's default. Settings are part of a serialized module's
/// compatibility: it can be deserialized only by an engine with the same ones.
/// </summary>
public sealed record EngineOptions
{
    /// <summary>
    /// Whether guests use up fuel (about one unit an instruction), see <see cref="Store.Fuel"/>. Costs about a fifth of
    /// the guest's speed.
    /// </summary>
    public bool ConsumeFuel { get; init; }

    /// <summary>
    /// Whether guests can be stopped from outside, by a cancellation token or a timeout; on by default. Without it
    /// guests run a few per cent faster (tight loops up to a half), and a call with a token or timeout is an
    /// <see cref="InvalidOperationException"/>.
    /// </summary>
    public bool Interruption { get; init; } = true;

    /// <summary>
    /// How often a guest with a token or timeout looks whether it has to stop; 10 ms by default. It stops no later than
    /// this after the moment, unless a host method holds it up.
    /// </summary>
    public TimeSpan InterruptionResolution { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// How long after its limit a call that has not ended is told of by <see cref="Engine.CallOverdue"/>; a second by
    /// default.
    /// </summary>
    public TimeSpan OverdueAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Whether a guest that asks for more memory than <see cref="StoreOptions.MaxMemoryBytes"/> ends with a
    /// <see cref="GuestOutOfMemoryException"/>, and does not just see <c>memory.grow</c> give -1. It ends where it next
    /// enters a function, traps or returns. Memories are then made by this library in place of the engine, so that an
    /// instance begins with a copy of the module's data, not a mapping of it. Needs <see cref="Interruption"/>.
    /// </summary>
    public bool MemoryLimitInterrupts { get; init; }

    /// <summary>Whether to keep the debug information of the guest for native debuggers.</summary>
    public bool DebugInfo { get; init; }

    /// <summary>Whether to compile on several threads; on by default.</summary>
    public bool? ParallelCompilation { get; init; }

    /// <summary>
    /// Whether every NaN that a guest computes has the canonical bits, so that results do not depend on the machine.
    /// </summary>
    public bool NanCanonicalization { get; init; }

    /// <summary>How much to optimise; <see cref="OptimizationLevel.Speed"/> by default.</summary>
    public OptimizationLevel? Optimization { get; init; }

    /// <summary>
    /// Bytes of stack that guest code may use, measured at the outermost call, host methods in between included; 512
    /// KiB by default. Threads that run guests need that much and room for host methods beyond it.
    /// </summary>
    public int? MaxWasmStack { get; init; }

    /// <summary>
    /// Address space in bytes to reserve for each memory; 4 GiB by default, which never needs to move.
    /// </summary>
    public long? MemoryReservation { get; init; }

    /// <summary>Address space in bytes to reserve beyond a memory that had to move; 2 GiB by default.</summary>
    public long? MemoryReservationForGrowth { get; init; }

    /// <summary>Bytes of inaccessible address space behind each memory; 32 MiB by default.</summary>
    public long? MemoryGuardSize { get; init; }

    /// <summary>Whether a memory may move when it grows beyond its reservation; if not, such a growth fails.</summary>
    public bool? MemoryMayMove { get; init; }
}
