namespace WasmBindgen;

/// <summary>
/// Returned by a host method that gives the guest no value, but may abort it with an error as in
/// <see cref="Interrupt{TError}"/>. With <c>default</c>, the guest continues.
/// </summary>
/// <remarks>
/// <code>
/// public Interruptible&lt;OutOfQuota&gt; Check(int amount) =>
///     amount &lt;= _left ? default : Interrupt.With(new OutOfQuota(_left));
/// </code>
/// </remarks>
/// <typeparam name="TError">Any type.</typeparam>
public readonly struct Interruptible<TError>
{
    private Interruptible(Interrupt<TError> interrupt)
    {
        IsInterrupt = interrupt.IsSet;
        Error = interrupt.Error;
    }

    /// <summary>Whether the guest is aborted.</summary>
    public bool IsInterrupt { get; }

    /// <summary>What the call site gets, when <see cref="IsInterrupt"/>.</summary>
    public TError? Error { get; }

    /// <summary>Aborts the guest with an error.</summary>
    public static implicit operator Interruptible<TError>(Interrupt<TError> interrupt) => new(interrupt);

    /// <summary><c>ok</c>, or the error.</summary>
    public override string ToString() => IsInterrupt ? $"interrupt: {GuestError.TextOf(Error)}" : "ok";
}

/// <summary>
/// Returned by a host method that either gives the guest a value, or aborts it with an error as in
/// <see cref="Interrupt{TError}"/>.
/// </summary>
/// <remarks>
/// <code>
/// public Interruptible&lt;int, OutOfQuota&gt; Charge(int amount) =>
///     amount &lt;= _left ? _left -= amount : Interrupt.With(new OutOfQuota(_left));
/// </code>
/// </remarks>
/// <typeparam name="T">The type of the result that the guest gets.</typeparam>
/// <typeparam name="TError">Any type.</typeparam>
public readonly struct Interruptible<T, TError>
{
    private Interruptible(T? value, TError? error, bool isInterrupt)
    {
        Value = value;
        Error = error;
        IsInterrupt = isInterrupt;
    }

    /// <summary>Whether the guest is aborted.</summary>
    public bool IsInterrupt { get; }

    /// <summary>What the guest gets, unless <see cref="IsInterrupt"/>.</summary>
    public T? Value { get; }

    /// <summary>What the call site gets, when <see cref="IsInterrupt"/>.</summary>
    public TError? Error { get; }

    /// <summary>Gives the guest a result.</summary>
    public static implicit operator Interruptible<T, TError>(T value) => new(value, default, isInterrupt: false);

    /// <summary>Aborts the guest with an error.</summary>
    public static implicit operator Interruptible<T, TError>(Interrupt<TError> interrupt) =>
        new(default, interrupt.Error, isInterrupt: true);

    /// <summary>The result or the error.</summary>
    public override string ToString() => IsInterrupt ? $"interrupt: {GuestError.TextOf(Error)}" : $"ok: {Value}";
}
