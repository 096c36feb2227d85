namespace WasmBindgen.Components.Format;

/// <summary>A guest cannot be read.</summary>
/// <param name="offset">Where in the file, in bytes; null if nowhere in particular.</param>
/// <param name="reason">Why, as the end of a sentence.</param>
internal sealed class InvalidGuestException(long? offset, string reason) : Exception(reason)
{
    /// <summary>Where in the file, in bytes; null if nowhere in particular.</summary>
    internal long? Offset { get; } = offset;
}
