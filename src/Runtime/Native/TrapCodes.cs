namespace WasmBindgen.Native;

/// <summary>The engine's trap codes by its version (the numbering moved in Wasmtime 35 and 42).</summary>
internal static class TrapCodes
{
    private static readonly TrapCode[] Through34 =
    [
        TrapCode.StackOverflow, TrapCode.MemoryOutOfBounds, TrapCode.HeapMisaligned, TrapCode.TableOutOfBounds,
        TrapCode.IndirectCallToNull, TrapCode.BadSignature, TrapCode.IntegerOverflow, TrapCode.IntegerDivisionByZero,
        TrapCode.BadConversionToInteger, TrapCode.Unreachable, TrapCode.Interrupt, TrapCode.AlwaysTrapAdapter,
        TrapCode.OutOfFuel, TrapCode.AtomicWaitNonSharedMemory, TrapCode.NullReference, TrapCode.ArrayOutOfBounds,
        TrapCode.AllocationTooLarge, TrapCode.CastFailure, TrapCode.CannotEnterComponent, TrapCode.NoAsyncResult,
        TrapCode.DisabledOpcode,
    ];

    private static readonly TrapCode[] From35 =
    [
        .. Through34[..20], TrapCode.UnhandledTag, TrapCode.ContinuationAlreadyConsumed, TrapCode.DisabledOpcode, TrapCode.AsyncDeadlock,
    ];

    private static readonly TrapCode[] From42 = [.. From35.Where(static code => code != TrapCode.AlwaysTrapAdapter)];

    /// <summary>Why the guest trapped.</summary>
    internal static unsafe TrapCode Read(nint trap)
    {
        byte code;
        return NativeMethods.wasmtime_trap_code(trap, &code) != 0
            ? Map(code, EngineLibrary.Version.Major)
            : TrapCode.UncaughtException; // from Wasmtime 44, the only trap without a code
    }

    internal static TrapCode Map(byte code, int engineMajor)
    {
        if (engineMajor >= 47 && code == 49)
        {
            return TrapCode.UncaughtException;
        }

        TrapCode[] codes = engineMajor < 35 ? Through34 : engineMajor < 42 ? From35 : From42;
        return code < codes.Length ? codes[code] : TrapCode.Unknown;
    }
}
