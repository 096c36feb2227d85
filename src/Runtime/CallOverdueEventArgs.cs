using System.Diagnostics;
using System.Globalization;

namespace WasmBindgen;

/// <summary>A call that was cancelled or timed out, but has not ended. See <see cref="Engine.CallOverdue"/>.</summary>
public sealed class CallOverdueEventArgs : EventArgs
{
    private readonly CancellationToken _token;
    private readonly long _deadline;

    // When the limit was reached, as a Stopwatch timestamp; for a token, when its cancellation was first seen.
    private long _passed = long.MaxValue;

    internal CallOverdueEventArgs(
        Store store, string? function, TimeSpan? timeout, long deadline, CancellationToken token)
    {
        Store = store;
        Function = function;
        Timeout = timeout;
        Thread = Thread.CurrentThread;
        _deadline = deadline;
        _token = token;
    }

    /// <summary>The store of the call. It is in use: only its <see cref="Store.Engine"/> may be read.</summary>
    public Store Store { get; }

    /// <summary>The guest function that was called; null for an instantiation or an untyped call.</summary>
    public string? Function { get; }

    /// <summary>The thread of the call, to look for in a dump or a debugger.</summary>
    public Thread Thread { get; }

    /// <summary>How long the call was allowed to take; null when only a token limits it.</summary>
    public TimeSpan? Timeout { get; }

    /// <summary>Whether the caller's token is cancelled; otherwise the call timed out.</summary>
    public bool IsCancelled => _token.IsCancellationRequested;

    /// <summary>How long ago the call should have ended.</summary>
    public TimeSpan Overdue => Stopwatch.GetElapsedTime(_passed);

    /// <summary>A sentence that describes the call.</summary>
    public override string ToString()
    {
        string call = Function is null ? "A call into a guest" : $"The call of `{Function}`";
        string limit = IsCancelled
            ? "was cancelled"
            : string.Create(CultureInfo.InvariantCulture, $"had {Timeout!.Value.TotalMilliseconds} ms");
        string thread = string.IsNullOrEmpty(Thread.Name) ? "" : $" (`{Thread.Name}`)";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{call} {limit} and is overdue by {(long)Overdue.TotalMilliseconds} ms: a host method holds it up on ")
            + string.Create(CultureInfo.InvariantCulture, $"thread {Thread.ManagedThreadId}{thread}.");
    }

    /// <summary>Whether the limit was reached at least this long ago. Must be called regularly.</summary>
    internal bool IsOverdue(TimeSpan after)
    {
        long now = Stopwatch.GetTimestamp();
        if (_passed == long.MaxValue && (now >= _deadline || _token.IsCancellationRequested))
        {
            _passed = Math.Min(now, _deadline);
        }

        return _passed != long.MaxValue && Stopwatch.GetElapsedTime(_passed, now) >= after;
    }
}
