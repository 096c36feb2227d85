namespace WasmBindgen;

/// <summary>
/// Why a guest trapped. Unlike the engine's numbers, these do not change between versions of the engine.
/// </summary>
public enum TrapCode
{
    /// <summary>A code that this library does not know.</summary>
    Unknown,

    /// <summary>The guest's stack is used up; see <see cref="EngineOptions.MaxWasmStack"/>.</summary>
    StackOverflow,

    /// <summary>An access outside a linear memory.</summary>
    MemoryOutOfBounds,

    /// <summary>An atomic access at an unaligned address.</summary>
    HeapMisaligned,

    /// <summary>An access outside a table.</summary>
    TableOutOfBounds,

    /// <summary>An indirect call through a null table element.</summary>
    IndirectCallToNull,

    /// <summary>An indirect call to a function of another type.</summary>
    BadSignature,

    /// <summary>An integer overflow in a division.</summary>
    IntegerOverflow,

    /// <summary>An integer division by zero.</summary>
    IntegerDivisionByZero,

    /// <summary>A float that does not fit the integer type.</summary>
    BadConversionToInteger,

    /// <summary>
    /// The <c>unreachable</c> instruction: in compiled guests, a panic, an abort or a failed assertion.
    /// </summary>
    Unreachable,

    /// <summary>The guest was stopped from outside.</summary>
    Interrupt,

    /// <summary>The fuel is used up; see <see cref="Store.Fuel"/>.</summary>
    OutOfFuel,

    /// <summary>An atomic wait on a memory that is not shared.</summary>
    AtomicWaitNonSharedMemory,

    /// <summary>A null reference was used.</summary>
    NullReference,

    /// <summary>An access outside an array.</summary>
    ArrayOutOfBounds,

    /// <summary>An allocation that is too large.</summary>
    AllocationTooLarge,

    /// <summary>A cast to a type that the reference does not have.</summary>
    CastFailure,

    /// <summary>A component instance was entered where it must not be.</summary>
    CannotEnterComponent,

    /// <summary>An asynchronous component function gave no result.</summary>
    NoAsyncResult,

    /// <summary>A suspension with a tag that nothing handles.</summary>
    UnhandledTag,

    /// <summary>A continuation was resumed twice.</summary>
    ContinuationAlreadyConsumed,

    /// <summary>An instruction that is disabled.</summary>
    DisabledOpcode,

    /// <summary>Asynchronous component code that can never continue.</summary>
    AsyncDeadlock,

    /// <summary>A WebAssembly exception that the guest threw and did not catch.</summary>
    UncaughtException,

    /// <summary>A component instance was left where it must not be.</summary>
    CannotLeaveComponent,

    /// <summary>A synchronous component task would have waited before it returned.</summary>
    CannotBlockSyncTask,

    /// <summary>A component passed a <c>char</c> that is not a Unicode scalar value.</summary>
    InvalidChar,

    /// <summary>A component's string was not completely encoded.</summary>
    StringEncodingNotFinished,

    /// <summary>A component's string has a different number of code units than declared.</summary>
    UnequalCodeUnits,

    /// <summary>A component's pointer is not aligned, as the engine's own check found.</summary>
    PointerNotAligned,

    /// <summary>A component's value has upper bits set that must be zero.</summary>
    UpperBitsSet,

    /// <summary>A component passed a string that lies outside its memory.</summary>
    StringOutOfBounds,

    /// <summary>A component passed a list that lies outside its memory.</summary>
    ListOutOfBounds,

    /// <summary>A component passed a variant, enum, option or result with a case that does not exist.</summary>
    InvalidDiscriminant,

    /// <summary>A component passed a pointer that is not aligned.</summary>
    UnalignedPointer,

    /// <summary>A component task reported that it was cancelled, but it was not.</summary>
    TaskCancelNotCancelled,

    /// <summary>A component task returned or was cancelled twice.</summary>
    TaskCancelOrReturnTwice,

    /// <summary>A component cancelled a subtask that had ended.</summary>
    SubtaskCancelAfterTerminal,

    /// <summary>A component task returned a result of another type.</summary>
    TaskReturnInvalid,

    /// <summary>A component dropped a set of waitables with waiters.</summary>
    WaitableSetDropHasWaiters,

    /// <summary>A component dropped a subtask that had not ended.</summary>
    SubtaskDropNotResolved,

    /// <summary>A component thread's start function has the wrong type.</summary>
    ThreadNewIndirectInvalidType,

    /// <summary>A component thread has no start function.</summary>
    ThreadNewIndirectUninitialized,

    /// <summary>A component's backpressure counter overflowed.</summary>
    BackpressureOverflow,

    /// <summary>A component's callback gave a code that is not supported.</summary>
    UnsupportedCallbackCode,

    /// <summary>A component thread that is not suspended was resumed.</summary>
    CannotResumeThread,

    /// <summary>A component used a future or stream twice at once.</summary>
    ConcurrentFutureStreamOp,

    /// <summary>A component's reference counter overflowed.</summary>
    ReferenceCountOverflow,

    /// <summary>A component read or wrote too much of a stream at once.</summary>
    StreamOpTooBig,

    /// <summary>A component waited for a waitable both synchronously and asynchronously.</summary>
    WaitableSyncAndAsync,

    /// <summary>A component read from a stream whose other end is gone.</summary>
    ReadFromDroppedStream,

    /// <summary>A component wrote to a stream whose other end is gone.</summary>
    WriteToDroppedStream,

    /// <summary>A component wrote to a future that has its value, or whose other end is gone.</summary>
    WriteToDroppedFuture,

    /// <summary>A component passed a stream whose other end is gone.</summary>
    LiftDroppedStream,

    /// <summary>
    /// A call of a function that the guest imports and nothing defines; see
    /// <see cref="Linker.DefineUnknownImportsAsTraps(Module)"/>.
    /// </summary>
    UnknownImport,
}
