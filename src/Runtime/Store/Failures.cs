using System.Diagnostics;
using System.Runtime.ExceptionServices;
using WasmBindgen.Native;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <summary>
/// The failures of calls into a store's guests: turns what thunks, limits and the engine left into what a call site
/// gets.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="areFinal">Whether the first failure ends the store's guests for good.</param>
[StackTraceHidden]
internal sealed unsafe class Failures(Store store, bool areFinal)
{
    private ExceptionDispatchInfo? _deathThrown;

    /// <summary>The error that ended the guests for good, and ends every further call.</summary>
    internal GuestError? Death { get; private set; }

    /// <summary>What the engine still knows about the last failure.</summary>
    internal LastFault Last { get; } = new();

    /// <summary>Returns the error of a failed call. The store stays entered.</summary>
    /// <param name="error">The C API's error, or 0.</param>
    /// <param name="trap">The C API's trap, or 0.</param>
    /// <param name="isInstantiation">
    /// Whether the store's limits may be the reason. The engine's error has no code for that, so its message lists
    /// them.
    /// </param>
    internal GuestError Read(nint error, nint trap, bool isInstantiation = false)
    {
        GuestError failure = Find(error, trap, isInstantiation);
        Telemetry.Count(failure);
        store.Observer?.Fail(failure);
        if (areFinal && Death is null)
        {
            Death = failure;
            store.TakesCare = true;
        }

        return failure;
    }

    /// <summary>
    /// Lets an error go on to the call around it. The engine takes only traps from host functions, and a new one knows
    /// nothing of the guest's innermost frames, so an exception takes those along.
    /// </summary>
    /// <returns>The trap for the engine.</returns>
    internal nint PassOn(nint error)
    {
        store.Pending = new PendingError(Find(error, trap: 0, isInstantiation: false).ToException(), Type: null);
        return wasmtime_trap_new_code(EngineGeneration.InterruptCode);
    }

    /// <summary>
    /// Throws an error's exception. An exception that ended the guests for good is thrown by every call, and its stack
    /// trace must not grow each time.
    /// </summary>
    internal ExceptionDispatchInfo Capture(Exception exception) =>
        !store.IsEntered && exception == Death?.Exception
            ? _deathThrown ??= ExceptionDispatchInfo.Capture(exception)
            : ExceptionDispatchInfo.Capture(exception);

    /// <summary>Gives an exception the backtrace of a failure, if that was the store's last one.</summary>
    internal GuestBacktrace Attach(Exception exception, int fault, Journey journey = Journey.GoesOn)
    {
        GuestBacktrace? backtrace = Last.Read(fault, out bool landed);
        return GuestBacktrace.Deliver(exception, store, backtrace, landed, journey);
    }

    private GuestError Find(nint error, nint trap, bool isInstantiation)
    {
        PendingError pending = store.TakePending(error, out (string? Module, string? Function) import);
        TrapCode code = default;
        UncaughtTag? tag = null;
        // A guest that was refused memory may have thrown something since, which ends nothing any more.
        if ((pending.IsNone || pending.Type?.Kind == GuestErrorKind.OutOfMemory)
            && !TryReadTrapCode(trap, out code)
            && store.Exceptions.TakeUncaught(out Exception? thrown, out (string?, string?) thrower, out tag)
            && pending.IsNone
            && thrown is not null)
        {
            (pending, import) = (new PendingError(thrown, Type: null, Journey.BeginsAsInterrupt), thrower);
        }

        int fault = Last.Keep(
            error,
            trap,
            landed: store.IsOutermost,
            new FaultOrigin(store.Callers.Modules, import.Module, import.Function));
        if (pending.Exception is { } exception)
        {
            GuestBacktrace backtrace = Attach(exception, fault, pending.Journey);
            return new GuestError(
                backtrace.KindOf(exception),
                (exception as TrapException)?.Code ?? default,
                exception,
                null,
                store,
                fault);
        }

        if (pending.Type is not null)
        {
            return OfType(pending.Type, pending.Payload);
        }

        if (tag is not null)
        {
            return OfType(UncaughtTagType.Instance, tag);
        }

        if (trap != 0)
        {
            return new GuestError(GuestErrorKind.Trap, code, null, null, store, fault);
        }

        string message = EngineMessage.ReadCause(error) + (isInstantiation ? store.LimitsInWords : "");
        return new GuestError(GuestErrorKind.Engine, default, message, null, store, fault);

        GuestError OfType(InterruptType type, object? payload) =>
            new(type.Kind, type.TrapCode, payload, type, store, fault);
    }

    /// <summary>Only the trap of an uncaught exception has no code.</summary>
    private static bool TryReadTrapCode(nint trap, out TrapCode code)
    {
        byte number = 0;
        bool exists = trap != 0 && wasmtime_trap_code(trap, &number) != 0;
        code = exists ? EngineGeneration.ReadTrapCode(number) : TrapCode.Unknown;
        return exists;
    }
}
