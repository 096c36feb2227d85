namespace WasmBindgen;

/// <summary>The guest trapped: a fault of the guest, not a decision of the host.</summary>
public class TrapException : WasmException
{
    private protected TrapException(TrapCode code, string? message = null)
        : base(message ?? Describe(code)) => Code = code;

    /// <summary>Why the guest trapped.</summary>
    public TrapCode Code { get; }

    internal static TrapException Create(TrapCode code) =>
        code == TrapCode.OutOfFuel ? new OutOfFuelException() : new TrapException(code);

    /// <summary>The guest was not even called.</summary>
    internal static TrapException NoStackForIt(int needed) => new(
        TrapCode.StackOverflow,
        $"The guest's stack is used up: it may use {needed >> 10} KiB (EngineOptions.MaxWasmStack), and the thread "
        + "has less left. Call guests from less deep, from fewer stores inside one another, or on a thread with "
        + "more stack.");

    private static string Describe(TrapCode code) => "The guest trapped: " + code switch
    {
        TrapCode.StackOverflow => "its stack is used up.",
        TrapCode.MemoryOutOfBounds => "memory access out of bounds.",
        TrapCode.HeapMisaligned => "atomic memory access at an unaligned address.",
        TrapCode.TableOutOfBounds => "table access out of bounds.",
        TrapCode.IndirectCallToNull => "indirect call through a null table element.",
        TrapCode.BadSignature => "indirect call to a function of another type.",
        TrapCode.IntegerOverflow => "integer overflow.",
        TrapCode.IntegerDivisionByZero => "integer division by zero.",
        TrapCode.BadConversionToInteger => "a float does not fit the integer type.",
        TrapCode.Unreachable =>
            "it reached `unreachable` (in compiled guests a panic, an abort or a failed assertion).",
        TrapCode.Interrupt => "it was stopped from outside.",
        TrapCode.OutOfFuel => "its fuel is used up.",
        TrapCode.AtomicWaitNonSharedMemory => "atomic wait on a memory that is not shared.",
        TrapCode.NullReference => "null reference.",
        TrapCode.ArrayOutOfBounds => "array access out of bounds.",
        TrapCode.AllocationTooLarge => "allocation too large.",
        TrapCode.CastFailure => "cast failure.",
        TrapCode.CannotEnterComponent =>
            "its component was called while it ran, or after it had failed.",
        TrapCode.CannotLeaveComponent =>
            "it called an import while it allocated for values, or freed them.",
        TrapCode.UncaughtException => "a WebAssembly exception was not caught.",
        TrapCode.Unknown => "for a reason that this library does not know.",
        _ => $"{code}.",
    };
}

/// <summary>The guest used up its fuel; see <see cref="Store.Fuel"/>.</summary>
public sealed class OutOfFuelException : TrapException
{
    internal OutOfFuelException()
        : base(TrapCode.OutOfFuel)
    {
    }
}
