namespace WasmBindgen;

/// <summary>Why a guest trapped. The engine's numbers change between its versions; these do not.</summary>
public enum TrapCode
{
    /// <summary>A code that this library does not know.</summary>
    Unknown,

    /// <summary>The guest's stack is used up, see <see cref="EngineOptions.MaxWasmStack"/>.</summary>
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

    /// <summary>A float that the integer type wanted cannot hold.</summary>
    BadConversionToInteger,

    /// <summary>The <c>unreachable</c> instruction: in compiled guests, a panic, an abort or a failed assertion.</summary>
    Unreachable,

    /// <summary>The guest was stopped from outside.</summary>
    Interrupt,

    /// <summary>A component's adapter that always traps.</summary>
    AlwaysTrapAdapter,

    /// <summary>The fuel is used up, see <see cref="Store.Fuel"/>.</summary>
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

    /// <summary>An instruction that is switched off.</summary>
    DisabledOpcode,

    /// <summary>Asynchronous component code that can never go on.</summary>
    AsyncDeadlock,

    /// <summary>A WebAssembly exception that the guest threw and did not catch.</summary>
    UncaughtException,
}
