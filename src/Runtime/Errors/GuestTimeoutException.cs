using System.Globalization;

namespace WasmBindgen;

/// <summary>
/// The guest took longer than its call was allowed to; see <see cref="Store.Timeout"/> and
/// <see cref="TimeoutAttribute"/>.
/// </summary>
public sealed class GuestTimeoutException : TrapException
{
    internal GuestTimeoutException(TimeSpan timeout)
        : base(TrapCode.Interrupt, string.Create(
            CultureInfo.InvariantCulture, $"The guest took longer than {timeout.TotalMilliseconds} ms.")) =>
        Timeout = timeout;

    /// <summary>How long the call was allowed to take.</summary>
    public TimeSpan Timeout { get; }
}
