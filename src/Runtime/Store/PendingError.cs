namespace WasmBindgen;

/// <summary>
/// An error that a thunk leaves in the store for the call site, because the engine passes on no host data.
/// </summary>
/// <param name="Payload">The exception, or the error that the host method returned.</param>
/// <param name="Type">For a returned error, how to create an exception for it; null for an exception.</param>
/// <param name="Journey">For an exception, whether it starts on its way out here.</param>
internal readonly record struct PendingError(object? Payload, InterruptType? Type, Journey Journey = Journey.GoesOn)
{
    internal Exception? Exception => Type is null ? (Exception?)Payload : null;

    internal bool IsNone => Payload is null && Type is null;
}
