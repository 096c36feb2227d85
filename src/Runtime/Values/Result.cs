using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using WasmBindgen.CompilerServices;

namespace WasmBindgen;

/// <summary>
/// A value or an error that crosses as data: WIT's <c>result</c>. The guest continues with either; to end it with an
/// error, see <see cref="Interruptible{T, TError}"/>. A <c>default</c> is a value: that of <typeparamref name="T"/>.
/// </summary>
/// <typeparam name="T">The type of the value; <see cref="Unit"/> for none.</typeparam>
/// <typeparam name="TError">The type of the error; <see cref="Unit"/> for none.</typeparam>
public readonly record struct Result<T, TError>
{
    private readonly bool _isError;
    private readonly T _value;
    private readonly TError _error;

    private Result(bool isError, T value, TError error) => (_isError, _value, _error) = (isError, value, error);

    /// <summary>Whether it is a value.</summary>
    public bool IsOk => !_isError;

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">It is an error.</exception>
    public T Value =>
        IsOk ? _value : throw new InvalidOperationException($"The result is an error, not a value: {_error}");

    /// <summary>The error.</summary>
    /// <exception cref="InvalidOperationException">It is a value.</exception>
    public TError ErrorValue =>
        _isError ? _error : throw new InvalidOperationException($"The result is a value, not an error: {_value}");

    /// <summary>A value.</summary>
    [SuppressMessage("Usage", "CA2225", Justification = "Ok is the other way.")]
    public static implicit operator Result<T, TError>(T value) => Ok(value);

    /// <summary>An error.</summary>
    [SuppressMessage("Usage", "CA2225", Justification = "Error is the other way.")]
    public static implicit operator Result<T, TError>(TError error) => Error(error);

    /// <summary>A value.</summary>
    [SuppressMessage("Usage", "CA2225", Justification = "Ok is the other way.")]
    public static implicit operator Result<T, TError>(ResultValue<T> value) => Ok(value.Value);

    /// <summary>An error.</summary>
    [SuppressMessage("Usage", "CA2225", Justification = "Error is the other way.")]
    public static implicit operator Result<T, TError>(ResultError<TError> error) => Error(error.Value);

    /// <summary>
    /// A value, also when <typeparamref name="T"/> and <typeparamref name="TError"/> are the same type.
    /// </summary>
    public static Result<T, TError> Ok(T value) => new(false, value, default!);

    /// <summary>
    /// An error, also when <typeparamref name="T"/> and <typeparamref name="TError"/> are the same type.
    /// </summary>
    public static Result<T, TError> Error(TError error) => new(true, default!, error);

    /// <summary>The value; if it is an error, throws that.</summary>
    /// <exception cref="WitException{TError}">It is an error.</exception>
    [StackTraceHidden]
    public T Unwrap() => IsOk ? _value : throw new WitException<TError>(_error);

    /// <summary>Calls one of two functions and returns its result.</summary>
    public TResult Match<TResult>(Func<T, TResult> onOk, Func<TError, TResult> onError)
    {
        ArgumentNullException.ThrowIfNull(onOk);
        ArgumentNullException.ThrowIfNull(onError);
        return IsOk ? onOk(_value) : onError(_error);
    }

    /// <summary><c>ok: …</c> or <c>error: …</c>.</summary>
    public override string ToString() => IsOk ? $"ok: {Structure.Text(_value)}" : $"error: {Structure.Text(_error)}";
}

/// <summary>
/// A type with only one value, for a <see cref="Result{T, TError}"/> without a value or without an error.
/// </summary>
public readonly record struct Unit
{
    /// <summary><c>()</c>.</summary>
    public override string ToString() => "()";
}
