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
            $"The guest asked for {refusal.Requested} bytes of memory; "
            + $"StoreOptions.{refusal.Option} is {refusal.Limit}.")) =>
        (RequestedBytes, LimitBytes) = (refusal.Requested, refusal.Limit);

    /// <summary>The requested size in bytes, of one memory or of all, whichever was limited.</summary>
    public long RequestedBytes { get; }

    /// <summary><see cref="StoreOptions.MaxMemoryBytes"/> or <see cref="StoreOptions.MaxTotalMemory"/>.</summary>
    public long LimitBytes { get; }
}

/// <summary>A request for memory that was refused, in bytes, and the name of the limit in the options.</summary>
internal sealed record MemoryRefusal(long Requested, long Limit, string Option);
