namespace WasmBindgen;

/// <summary>
/// A host method aborted the guest by returning an error that is no exception, to a call site that throws. A call site
/// that returns a <see cref="GuestResult"/> gets the error without this. This is what to catch for errors of any type;
/// for one of them, see <see cref="GuestInterruptedException{TError}"/>.
/// </summary>
public abstract class GuestInterruptedException : WasmException
{
    private protected GuestInterruptedException(object? error)
        : base($"The host interrupted the guest: {GuestError.TextOf(error)}")
    {
    }

    /// <summary>What the host method returned, whatever its type; null only if it returned an error that is.</summary>
    public abstract object? ErrorValue { get; }
}

/// <summary>
/// A host method aborted the guest by returning a <typeparamref name="TError"/>, to a call site that throws. A call
/// site that returns a <see cref="GuestResult"/> gets the error without this.
/// </summary>
/// <typeparam name="TError">The type of the error.</typeparam>
public sealed class GuestInterruptedException<TError> : GuestInterruptedException
{
    internal GuestInterruptedException(TError error)
        : base(error) => Error = error;

    /// <summary>What the host method returned.</summary>
    public TError Error { get; }

    /// <inheritdoc/>
    public override object? ErrorValue => Error;
}
