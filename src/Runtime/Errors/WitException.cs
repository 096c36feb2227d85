namespace WasmBindgen;

/// <summary>
/// The error of a <see cref="Result{T, TError}"/> as an exception. A host method that returns such a result may throw
/// it, from any depth: the guest gets the error as if it had been returned, and goes on.
/// <see cref="Result{T, TError}.Unwrap"/> throws it for a guest's error.
/// </summary>
/// <remarks>
/// Thrown by a host method of any other kind, it ends the guest like any exception that the method did not declare.
/// </remarks>
/// <typeparam name="TError">The type of the error.</typeparam>
/// <param name="error">The error.</param>
public sealed class WitException<TError>(TError error)
    : WasmException($"The result is an error: {GuestError.TextOf(error)}", error as Exception)
{
    /// <summary>The error.</summary>
    public TError Error { get; } = error;
}
