using WasmBindgen.CompilerServices;

namespace WasmBindgen;

/// <summary>
/// Something that ends a guest without an exception: its kind, and how to create the exception on demand.
/// </summary>
internal abstract class InterruptType(GuestErrorKind kind, TrapCode trapCode = default)
{
    internal GuestErrorKind Kind => kind;

    /// <summary>The type of the host's error; null if it is none.</summary>
    internal virtual Type? ErrorType => null;

    internal TrapCode TrapCode => trapCode;

    internal abstract Exception ToException(object? payload);
}

/// <summary>An error that a host method returned.</summary>
internal sealed class InterruptType<TError>() : InterruptType(GuestErrorKind.Interrupt)
{
    internal static readonly InterruptType<TError> Instance = new();

    internal override Type ErrorType => typeof(TError);

    internal override Exception ToException(object? payload) => new GuestInterruptedException<TError>((TError)payload!);
}

/// <summary>A cancelled token.</summary>
internal sealed class CancellationType() : InterruptType(GuestErrorKind.Cancelled)
{
    internal static readonly CancellationType Instance = new();

    internal override Exception ToException(object? payload) =>
        new OperationCanceledException("The guest call was cancelled.", (CancellationToken)payload!);
}

/// <summary>A timeout.</summary>
internal sealed class TimeoutType() : InterruptType(GuestErrorKind.Timeout)
{
    internal static readonly TimeoutType Instance = new();

    internal override Exception ToException(object? payload) => new GuestTimeoutException((TimeSpan)payload!);
}

/// <summary>A WebAssembly exception that nothing caught.</summary>
internal sealed class UncaughtTagType() : InterruptType(GuestErrorKind.Trap, TrapCode.UncaughtException)
{
    internal static readonly UncaughtTagType Instance = new();

    internal override Exception ToException(object? payload) => new GuestTagException((UncaughtTag)payload!);
}

/// <summary>A call of an import that nothing defines.</summary>
internal sealed class UnknownImportType() : InterruptType(GuestErrorKind.Trap, TrapCode.UnknownImport)
{
    internal static readonly UnknownImportType Instance = new();

    internal override Exception ToException(object? payload) => new UnknownImportException((UnknownImport)payload!);
}

/// <summary>A request for more memory than allowed.</summary>
internal sealed class OutOfMemoryType() : InterruptType(GuestErrorKind.OutOfMemory)
{
    internal static readonly OutOfMemoryType Instance = new();

    internal override Exception ToException(object? payload) => new GuestOutOfMemoryException((MemoryRefusal)payload!);
}
