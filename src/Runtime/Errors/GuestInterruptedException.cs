namespace WasmBindgen;

/// <summary>
/// A host method aborted the guest by returning an error that is not an exception. Catch this type for errors of any
/// type, and <see cref="GuestInterruptedException{TError}"/> for errors of one type. A call that returns a
/// <see cref="GuestResult"/> contains the error itself instead.
/// </summary>
public abstract class GuestInterruptedException : WasmException
{
    private protected GuestInterruptedException(object? error)
        : base($"The host interrupted the guest: {GuestError.TextOf(error)}")
    {
    }

    /// <summary>The error that the host method returned; null only if that error is null.</summary>
    public abstract object? ErrorValue { get; }
}

/// <summary>
/// A host method aborted the guest by returning a <typeparamref name="TError"/>. A call that returns a
/// <see cref="GuestResult"/> contains the error itself instead.
/// </summary>
/// <typeparam name="TError">The type of the error.</typeparam>
public sealed class GuestInterruptedException<TError> : GuestInterruptedException
{
    internal GuestInterruptedException(TError error)
        : base(error) => Error = error;

    /// <summary>The error that the host method returned.</summary>
    public TError Error { get; }

    /// <inheritdoc/>
    public override object? ErrorValue => Error;
}
