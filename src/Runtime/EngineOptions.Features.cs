namespace WasmBindgen;

/// <content>
/// What modules may use of WebAssembly, by the engine's own names of proposals. A module that needs one that is off is
/// an <see cref="InvalidModuleException"/>, which names the option.
/// </content>
public sealed partial record EngineOptions
{
    /// <summary>Whether modules may have structs and arrays that are garbage-collected; on by default.</summary>
    public bool? GarbageCollection { get; init; }

    /// <summary>
    /// Whether modules may have references to functions of one type, and references that cannot be null; on by default,
    /// and always with <see cref="GarbageCollection"/>.
    /// </summary>
    public bool? FunctionReferences { get; init; }

    /// <summary>
    /// Whether modules may throw and catch exceptions; on by default. Without it, a
    /// <see cref="WasmTagAttribute{TException}"/> is an <see cref="InterruptsAttribute{TError}"/>.
    /// </summary>
    public bool? Exceptions { get; init; }

    /// <summary>Whether modules may use arithmetic of 128 bits; on by default.</summary>
    public bool? WideArithmetic { get; init; }

    /// <summary>
    /// Whether modules may switch between stacks (<c>cont.new</c>, <c>resume</c>, <c>suspend</c>); off by default. The
    /// engine has it on x64 only, and not on Windows.
    /// </summary>
    public bool? StackSwitching { get; init; }

    /// <summary>Whether modules may use calls that replace their caller; on by default.</summary>
    public bool? TailCalls { get; init; }

    /// <summary>
    /// Whether modules may use atomic instructions, and may declare shared memories; on by default. Making or importing
    /// one needs <see cref="SharedMemories"/> too.
    /// </summary>
    public bool? Threads { get; init; }

    /// <summary>
    /// Whether there may be memories that several stores, and so several threads, use at the same time; off by default.
    /// See <see cref="SharedMemory"/>.
    /// </summary>
    public bool? SharedMemories { get; init; }

    /// <summary>Whether modules may have memories and tables with addresses of 64 bits; on by default.</summary>
    public bool? Memory64 { get; init; }

    /// <summary>Whether modules may have several memories; on by default.</summary>
    public bool? MultiMemory { get; init; }

    /// <summary>Whether functions and blocks may have several results; on by default.</summary>
    public bool? MultiValue { get; init; }

    /// <summary>Whether modules may use <c>memory.fill</c>, <c>memory.copy</c> and the like; on by default.</summary>
    public bool? BulkMemory { get; init; }

    /// <summary>Whether modules may have externrefs, and several tables; on by default.</summary>
    public bool? ReferenceTypes { get; init; }

    /// <summary>Whether modules may use vectors of 128 bits; on by default.</summary>
    public bool? Simd { get; init; }

    /// <summary>
    /// Whether modules may use vector instructions whose results depend on the machine; on by default, unless
    /// <see cref="Simd"/> is off.
    /// </summary>
    public bool? RelaxedSimd { get; init; }

    /// <summary>
    /// Whether the instructions of <see cref="RelaxedSimd"/> have the same result on every machine, which makes some
    /// slower; off by default.
    /// </summary>
    public bool? RelaxedSimdDeterministic { get; init; }

    /// <summary>Whether the compiler heeds a module's hints as to which branches are likely; on by default.</summary>
    public bool? BranchHinting { get; init; }

    /// <summary>Whether modules may write their imports in the shorter form; on by default.</summary>
    public bool? CompactImports { get; init; }
}
