using System.Globalization;

namespace WasmBindgen;

/// <summary>
/// The guest asked for more memory than its store allows; see <see cref="EngineOptions.MemoryLimitInterrupts"/>.
/// </summary>
public sealed class GuestOutOfMemoryException : WasmException
{
    internal GuestOutOfMemoryException(MemoryRefusal refusal)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"The guest asked for a memory of {refusal.Requested} bytes; the limit is {refusal.Limit}.")) =>
        (RequestedBytes, LimitBytes) = (refusal.Requested, refusal.Limit);

    /// <summary>The requested size of the memory in bytes.</summary>
    public long RequestedBytes { get; }

    /// <summary><see cref="StoreOptions.MaxMemoryBytes"/>.</summary>
    public long LimitBytes { get; }
}

/// <summary>A request for memory that was refused, in bytes.</summary>
internal sealed record MemoryRefusal(long Requested, long Limit);
