using System.Globalization;

namespace WasmBindgen;

/// <summary>
/// The guest asked for more memory than its store allows, see <see cref="EngineOptions.MemoryLimitInterrupts"/>.
/// </summary>
public sealed class GuestOutOfMemoryException : WasmException
{
    internal GuestOutOfMemoryException(MemoryRefusal refusal)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"The guest asked for a memory of {refusal.Requested} bytes, and may have {refusal.Limit}.")) =>
        (RequestedBytes, LimitBytes) = (refusal.Requested, refusal.Limit);

    /// <summary>The size in bytes that the memory was to have.</summary>
    public long RequestedBytes { get; }

    /// <summary><see cref="StoreOptions.MaxMemoryBytes"/>.</summary>
    public long LimitBytes { get; }
}

/// <summary>What a guest wanted and did not get, in bytes.</summary>
internal sealed record MemoryRefusal(long Requested, long Limit);
