using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace WasmBindgen;

/// <summary>
/// How a guest call without a result ended. A <see cref="WasmExportAttribute"/> method that returns it does not throw,
/// whatever ends the guest. Traps, limits and errors that host methods return create no exception at all.
/// </summary>
public readonly struct GuestResult
{
    private readonly GuestError _error;

    private GuestResult(GuestError error) => _error = error;

    /// <summary>Whether the guest returned.</summary>
    public bool IsOk => _error.Kind == GuestErrorKind.None;

    /// <summary>What ended the guest; of kind <see cref="GuestErrorKind.None"/> when it returned.</summary>
    public GuestError Error => _error;

    /// <summary>A call that ended with an error.</summary>
    public static implicit operator GuestResult(GuestError error) => new(error);

    /// <summary>The error of an interrupt, if one of that type ended the guest.</summary>
    public bool TryGetInterrupt<TError>([MaybeNullWhen(false)] out TError error) => _error.TryGetInterrupt(out error);

    /// <summary>Throws the error as an exception, unless the guest returned.</summary>
    [StackTraceHidden]
    public void Unwrap()
    {
        if (!IsOk)
        {
            _error.Throw();
        }
    }

    /// <summary>Calls one of two functions and returns its result.</summary>
    public TResult Match<TResult>(Func<TResult> onOk, Func<GuestError, TResult> onError)
    {
        ArgumentNullException.ThrowIfNull(onOk);
        ArgumentNullException.ThrowIfNull(onError);
        return IsOk ? onOk() : onError(_error);
    }

    /// <summary><c>ok</c>, or the error.</summary>
    public override string ToString() => IsOk ? "ok" : _error.ToString();
}

/// <summary>
/// How a guest call ended: with a result or an error. A <see cref="WasmExportAttribute"/> method that returns it does
/// not throw, whatever ends the guest. Traps, limits and errors that host methods return create no exception at all.
/// </summary>
/// <typeparam name="T">The type of the guest's result.</typeparam>
public readonly struct GuestResult<T>
{
    private readonly T _value;
    private readonly GuestError _error;

    private GuestResult(T value) => _value = value;

    private GuestResult(GuestError error)
    {
        _value = default!;
        _error = error;
    }

    /// <summary>Whether the guest returned.</summary>
    public bool IsOk => _error.Kind == GuestErrorKind.None;

    /// <summary>The guest's result.</summary>
    /// <exception cref="InvalidOperationException">
    /// There is none: the guest was ended. <see cref="Unwrap"/> throws the reason instead.
    /// </exception>
    public T Value => IsOk ? _value : throw new InvalidOperationException($"The guest call has no result: {_error}");

    /// <summary>What ended the guest; of kind <see cref="GuestErrorKind.None"/> when it returned.</summary>
    public GuestError Error => _error;

    /// <summary>A call that ended with a result.</summary>
    public static implicit operator GuestResult<T>(T value) => new(value);

    /// <summary>A call that ended with an error.</summary>
    public static implicit operator GuestResult<T>(GuestError error) => new(error);

    /// <summary>The result, if there is one.</summary>
    public bool TryGetValue([MaybeNullWhen(false)] out T value)
    {
        value = _value;
        return IsOk;
    }

    /// <summary>The error of an interrupt, if one of that type ended the guest.</summary>
    public bool TryGetInterrupt<TError>([MaybeNullWhen(false)] out TError error) => _error.TryGetInterrupt(out error);

    /// <summary>The result; if there is none, throws the error as an exception.</summary>
    [StackTraceHidden]
    public T Unwrap()
    {
        if (!IsOk)
        {
            _error.Throw();
        }

        return _value;
    }

    /// <summary>Calls one of two functions and returns its result.</summary>
    public TResult Match<TResult>(Func<T, TResult> onOk, Func<GuestError, TResult> onError)
    {
        ArgumentNullException.ThrowIfNull(onOk);
        ArgumentNullException.ThrowIfNull(onError);
        return IsOk ? onOk(_value) : onError(_error);
    }

    /// <summary>The result or the error.</summary>
    public override string ToString() => IsOk ? $"ok: {_value}" : _error.ToString();
}
