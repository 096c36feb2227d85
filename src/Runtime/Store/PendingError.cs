namespace WasmBindgen;

/// <summary>
/// What a thunk leaves in the store for the call site: the engine carries no host data from one to the other.
/// </summary>
/// <param name="Payload">The exception, or the error that the host method returned.</param>
/// <param name="Type">Of a returned error, how to make an exception for it; null for an exception.</param>
/// <param name="Journey">Of an exception, whether it begins its way out here.</param>
internal readonly record struct PendingError(object? Payload, InterruptType? Type, Journey Journey = Journey.GoesOn)
{
    internal Exception? Exception => Type is null ? (Exception?)Payload : null;

    internal bool IsNone => Payload is null && Type is null;
}
