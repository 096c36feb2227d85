using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using WasmBindgen.CompilerServices;

namespace WasmBindgen;

/// <summary>What ended a guest call.</summary>
public enum GuestErrorKind : byte
{
    /// <summary>Nothing: the guest returned.</summary>
    None,

    /// <summary>A host method's declared interrupt, thrown or returned.</summary>
    Interrupt,

    /// <summary>A fault of the guest's own code; see <see cref="GuestError.TrapCode"/>.</summary>
    Trap,

    /// <summary>A host method threw an undeclared exception.</summary>
    HostFunction,

    /// <summary>The guest passed a bad address or a bad value.</summary>
    GuestMemory,

    /// <summary>The engine or this library refused to continue.</summary>
    Engine,

    /// <summary>The call's token was cancelled.</summary>
    Cancelled,

    /// <summary>The call took longer than it was allowed to.</summary>
    Timeout,

    /// <summary>
    /// The guest asked for more memory than allowed; see <see cref="EngineOptions.MemoryLimitInterrupts"/>.
    /// </summary>
    OutOfMemory,
}

/// <summary>
/// What ended a guest call, as a small value. It belongs to the store that the guest ran in: read it before that
/// store's next failure, after which the backtrace is gone.
/// </summary>
public readonly struct GuestError
{
    private readonly Store? _store;
    private readonly object? _payload;
    private readonly InterruptType? _type;
    private readonly int _fault;

    internal GuestError(
        GuestErrorKind kind, TrapCode trapCode, object? payload, InterruptType? type, Store? store, int fault)
    {
        Kind = kind;
        TrapCode = trapCode;
        _payload = payload;
        _type = type;
        _store = store;
        _fault = fault;
    }

    /// <summary>What ended the guest.</summary>
    public GuestErrorKind Kind { get; }

    /// <summary>Why the guest trapped, when <see cref="Kind"/> is <see cref="GuestErrorKind.Trap"/>.</summary>
    public TrapCode TrapCode { get; }

    /// <summary>
    /// The exception, if one exists already: one that a host method threw, or one for a fault in a value. Otherwise
    /// null.
    /// </summary>
    public Exception? Exception => _payload as Exception;

    /// <summary>
    /// The guest's frames, read from the engine now; null if there are none, or if the store has had another failure
    /// since.
    /// </summary>
    public GuestBacktrace? Backtrace =>
        (Exception is { } exception ? GuestBacktrace.Of(exception) : null) ?? _store?.Failures.Last.Read(_fault, out _);

    /// <summary>The error of an interrupt, if one of that type ended the guest.</summary>
    public bool TryGetInterrupt<TError>([MaybeNullWhen(false)] out TError error)
    {
        if (Kind == GuestErrorKind.Interrupt && _payload is TError typed)
        {
            error = typed;
            return true;
        }

        if (_payload is GuestInterruptedException<TError> thrown) // by an inner call, on its way out
        {
            error = thrown.Error;
            return true;
        }

        error = default;
        return _payload is null && _type is InterruptType<TError>; // an error may be null
    }

    /// <summary>
    /// The exception that a call that throws would have thrown. It is created now, unless it already exists.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is no error.</exception>
    public Exception ToException()
    {
        if (Kind == GuestErrorKind.None)
        {
            throw new InvalidOperationException("There is no error: the guest returned.");
        }

        Exception exception = _type?.ToException(_payload)
            ?? Exception
            ?? (Kind == GuestErrorKind.Trap ? TrapException.Create(TrapCode) : new WasmException((string?)_payload));
        _store?.Failures.Attach(exception, _fault);
        return exception;
    }

    /// <summary>A line that says what ended the guest.</summary>
    public override string ToString() => Kind switch
    {
        GuestErrorKind.None => "none",
        GuestErrorKind.Trap when _payload is UnknownImport import =>
            $"trap: {TrapCode} {Printable.Name($"{import.Module}.{import.Name}")}",
        GuestErrorKind.Trap => $"trap: {TrapCode}",
        GuestErrorKind.Interrupt => $"interrupt: {TextOf(_payload)}",
        _ => Exception?.Message ?? _type?.ToException(_payload).Message ?? (string?)_payload ?? Kind.ToString(),
    };

    /// <summary>The type of the error, for measurements: few names, none of a guest's choice.</summary>
    internal string TypeName => Kind switch
    {
        GuestErrorKind.Trap => TrapCode.ToString(),
        GuestErrorKind.Interrupt => (_type?.ErrorType ?? _payload?.GetType())?.FullName ?? Kind.ToString(),
        _ => (_payload as HostFunctionException)?.InnerException?.GetType().FullName ?? Kind.ToString(),
    };

    /// <summary>A user's error may throw in ToString; that exception must not replace the error.</summary>
    internal static string? TextOf(object? error)
    {
        try
        {
            return error is Exception exception ? $"{exception.GetType()}: {exception.Message}" : error?.ToString();
        }
        catch (Exception failure)
        {
            return $"{error!.GetType()}, whose text cannot be read ({failure.GetType()})";
        }
    }

    [DoesNotReturn]
    [StackTraceHidden]
    internal void Throw()
    {
        Exception exception = ToException();
        (_store?.Failures.Capture(exception) ?? ExceptionDispatchInfo.Capture(exception)).Throw();
    }
}
