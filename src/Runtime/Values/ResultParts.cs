namespace WasmBindgen;

/// <summary>
/// Creates values and errors that convert into a <see cref="Result{T, TError}"/>, whatever its other type is. They are
/// for what does not convert by itself: an expression of an interface type, a value of the same type as the error, and
/// nothing.
/// </summary>
/// <remarks>
/// <code>
/// public Result&lt;IBucket, Error&gt; Open(string name) =>
///     _buckets.TryGetValue(name, out IBucket? bucket) ? Result.Ok(bucket) : Error.NoSuchBucket;
/// </code>
/// </remarks>
public static class Result
{
    /// <summary>A value.</summary>
    public static ResultValue<T> Ok<T>(T value) => new(value);

    /// <summary>The value of a result without one.</summary>
    public static ResultValue<Unit> Ok() => default;

    /// <summary>An error.</summary>
    public static ResultError<TError> Error<TError>(TError error) => new(error);

    /// <summary>The error of a result without one.</summary>
    public static ResultError<Unit> Error() => default;
}

/// <summary>A value on its way into a <see cref="Result{T, TError}"/>, made by <see cref="Result.Ok{T}"/>.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public readonly struct ResultValue<T>
{
    internal ResultValue(T value) => Value = value;

    internal T Value { get; }
}

/// <summary>
/// An error on its way into a <see cref="Result{T, TError}"/>, made by <see cref="Result.Error{TError}"/>.
/// </summary>
/// <typeparam name="TError">The type of the error.</typeparam>
public readonly struct ResultError<TError>
{
    internal ResultError(TError error) => Value = error;

    internal TError Value { get; }
}
