using System.ComponentModel;
using System.Diagnostics;

namespace WasmBindgen.CompilerServices;

/// <summary>
/// A host method that may interrupt a guest, called by one that knows its contract alone. Only generated code calls it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public static class Contracts
{
    /// <summary>The value.</summary>
    /// <exception cref="GuestInterruptedException{TError}">
    /// It is an interrupt; if its error is an exception, that is thrown.
    /// </exception>
    public static T Continue<T, TError>(Interruptible<T, TError> outcome) =>
        outcome.IsInterrupt ? throw ExceptionOf(outcome.Error) : outcome.Value!;

    /// <summary>The same without a value.</summary>
    public static void Continue<TError>(Interruptible<TError> outcome)
    {
        if (outcome.IsInterrupt)
        {
            throw ExceptionOf(outcome.Error);
        }
    }

    /// <summary>The exception for an interrupt.</summary>
    public static Exception Interrupted<TError>(Interrupt<TError> interrupt) => ExceptionOf(interrupt.Error);

    private static Exception ExceptionOf<TError>(TError? error) =>
        error as Exception ?? new GuestInterruptedException<TError>(error!);
}
