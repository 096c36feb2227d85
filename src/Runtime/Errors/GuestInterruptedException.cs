namespace WasmBindgen;

/// <summary>
/// A host method aborted the guest by returning an error that is no exception, to a call site that throws. A call site
/// that returns a <see cref="GuestResult"/> gets the error without this.
/// </summary>
/// <typeparam name="TError">The type of the error.</typeparam>
public sealed class GuestInterruptedException<TError> : WasmException, IGuestInterruptedException
{
    internal GuestInterruptedException(TError error)
        : base($"The host interrupted the guest: {GuestError.TextOf(error)}") => Error = error;

    /// <summary>What the host method returned.</summary>
    public TError Error { get; }
}

/// <summary>Any of them, whatever the type of its error.</summary>
internal interface IGuestInterruptedException;
