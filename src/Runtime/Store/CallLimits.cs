using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <summary>What can stop a store's running calls from outside: their tokens and deadlines.</summary>
[StackTraceHidden]
internal sealed unsafe class CallLimits(Store store)
{
    // A store's epoch deadline is far off, unless a call with limits runs. In ticks; the engine adds it to the current
    // epoch.
    private const ulong FarOff = 1UL << 62;
    private const ulong NextTick = 1;

    // The limits of the running calls, the outermost first; the objects beyond them are kept for later calls.
    private CallLimit[] _limits = [];
    private int _count;

    // Whether the epoch deadline is one tick away, or has passed without being noticed yet.
    private bool _looksAtTicks;

    /// <summary>How long an outermost call may take; null for no limit.</summary>
    internal TimeSpan? Timeout { get; set; }

    /// <summary>Whether <see cref="Timeout"/> limits a call that begins now, if it is an outermost one.</summary>
    internal bool IsTimed => Timeout is not null && _count == 0;

    /// <summary>
    /// The token for host methods, which is cancelled as soon as any limit of the running calls is reached.
    /// </summary>
    internal CancellationToken Token
    {
        get
        {
            ReadOnlySpan<CallLimit> limits = Running;
            if (limits.IsEmpty)
            {
                return default;
            }

            CallLimit innermost = limits[^1];
            if (limits.Length == 1 && innermost.Deadline == long.MaxValue)
            {
                return innermost.Token;
            }

            innermost.ForHost ??= Link(limits);
            return innermost.ForHost.Token;
        }
    }

    /// <summary>
    /// How long the running calls may still take; infinite if they may for ever. Of the clock that ends guests: a timer
    /// of the thread pool may be seconds late.
    /// </summary>
    internal TimeSpan TimeLeft
    {
        get
        {
            long deadline = long.MaxValue;
            foreach (CallLimit limit in Running)
            {
                deadline = Math.Min(deadline, limit.Deadline);
            }

            return deadline == long.MaxValue
                ? System.Threading.Timeout.InfiniteTimeSpan
                : TimeSpan.FromMilliseconds(Math.Clamp(Math.Ceiling(Milliseconds(deadline)), 0, int.MaxValue));
        }
    }

    private ReadOnlySpan<CallLimit> Running => _limits.AsSpan(0, _count);

    /// <summary>Makes a store's guests check whether they must stop.</summary>
    /// <param name="store">The native store.</param>
    /// <param name="context">Its context.</param>
    /// <param name="self">A weak handle of the <see cref="Store"/>.</param>
    /// <param name="finalizer">Frees the handle with the store; null if something else does.</param>
    internal static void Listen(
        nint store, nint context, nint self, delegate* unmanaged[Cdecl]<nint, void> finalizer = null)
    {
        wasmtime_store_epoch_deadline_callback(store, &OnEpoch, self, finalizer);
        wasmtime_context_set_epoch_deadline(context, FarOff);
    }

    /// <summary>
    /// Whether a token that a host method reports as cancelled belongs to the caller of a running call.
    /// </summary>
    internal bool IsCallerToken(CancellationToken token)
    {
        foreach (CallLimit limit in Running)
        {
            if (limit.Token.CanBeCanceled && limit.Token == token)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a token was created for host methods, from several limits or from a timeout.</summary>
    internal bool IsHostToken(CancellationToken token)
    {
        foreach (CallLimit limit in Running)
        {
            if (limit.ForHost?.Token == token)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What ends the running calls, if one of their limits is reached: the outermost such limit.</summary>
    internal bool IsPassed(out PendingError error)
    {
        foreach (CallLimit limit in Running)
        {
            if (limit.Token.IsCancellationRequested)
            {
                error = new PendingError(limit.Token, CancellationType.Instance);
                return true;
            }

            if (Stopwatch.GetTimestamp() >= limit.Deadline)
            {
                error = new PendingError(limit.Timeout, TimeoutType.Instance);
                return true;
            }
        }

        error = default;
        return false;
    }

    /// <summary>What a wait ends with that took all of <see cref="TimeLeft"/>.</summary>
    internal Exception TimedOut()
    {
        PendingError error;
        while (!IsPassed(out error))
        {
            Thread.Yield(); // a wait may be early by less than a millisecond
        }

        return error.Type!.ToException(error.Payload);
    }

    /// <summary>
    /// Begins a call with limits; the store is entered, and left if this fails. Ends with <see cref="Pop"/>.
    /// </summary>
    internal void Push(string? function, TimeSpan? timeout, CancellationToken token)
    {
        if (_count == 0)
        {
            timeout ??= store.IsOutermost ? Timeout : null;
            if (!store.Engine.Ticker!.AddUser())
            {
                StartClock();
            }
        }

        if (_count == _limits.Length)
        {
            Array.Resize(ref _limits, _count + 1);
            _limits[_count] = new CallLimit();
        }

        CallLimit limit = _limits[_count++];
        limit.Timeout = timeout ?? default;
        limit.Deadline = timeout is { } time ? Stopwatch.GetTimestamp() + Ticks(time) : long.MaxValue;
        limit.Token = token;
        if (store.Engine.IsWatching)
        {
            limit.Watch = new CallOverdueEventArgs(store, function, timeout, limit.Deadline, token);
            store.Engine.Ticker!.Watch(limit.Watch);
        }

        if (!_looksAtTicks)
        {
            _looksAtTicks = true;
            wasmtime_context_set_epoch_deadline(store.Context, NextTick);
        }
    }

    /// <summary>Ends a call with limits. The epoch deadline stays: its callback finds out.</summary>
    internal void Pop()
    {
        CallLimit limit = _limits[--_count];
        limit.Token = default;
        if (limit.ForHost is not null)
        {
            store.Engine.Ticker!.Forget(limit.ForHost);
            limit.ForHost.Dispose();
            limit.ForHost = null;
        }

        if (limit.Watch is not null)
        {
            store.Engine.Ticker!.Unwatch(limit.Watch);
            limit.Watch = null;
        }

        if (_count == 0)
        {
            store.Engine.Ticker!.RemoveUser();
        }
    }

    /// <summary>
    /// Runs at most one tick after a limit is reached, on the guest's thread, between two of its instructions.
    /// </summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint OnEpoch(nint context, nint data, ulong* delta, byte* kind)
    {
        const byte Continue = 0;
        *kind = Continue;
        var store = (Store)GCHandle.FromIntPtr(data).Target!;
        CallLimits limits = store.Limits;
        limits._looksAtTicks = limits._count > 0;
        *delta = limits._looksAtTicks ? NextTick : FarOff;
        if (store.MemoryLimiter is { IsRefused: true })
        {
            return wasmtime_error_new("ended by its memory limit"); // Failures has more to say
        }

        if (!limits.IsPassed(out PendingError error))
        {
            return 0;
        }

        store.Pending = error;
        store.Official?.Announce(error);
        return wasmtime_error_new("ended by a limit of the host");
    }

    private void StartClock()
    {
        try
        {
            store.Engine.Ticker!.Start();
        }
        catch
        {
            store.Exit();
            throw;
        }
    }

    /// <summary>One token for several limits.</summary>
    private CancellationTokenSource Link(ReadOnlySpan<CallLimit> limits)
    {
        var tokens = new List<CancellationToken>();
        long deadline = long.MaxValue;
        foreach (CallLimit limit in limits)
        {
            tokens.Add(limit.Token);
            deadline = Math.Min(deadline, limit.Deadline);
        }

        var source = CancellationTokenSource.CreateLinkedTokenSource([.. tokens]);
        if (deadline != long.MaxValue)
        {
            store.Engine.Ticker!.CancelAt(deadline, source);
        }

        return source;
    }

    private static double Milliseconds(long deadline) =>
        (double)(deadline - Stopwatch.GetTimestamp()) / Stopwatch.Frequency * 1000;

    private static long Ticks(TimeSpan time) =>
        (long)Math.Min(time.TotalSeconds * Stopwatch.Frequency, long.MaxValue / 2);

    /// <summary>What limits one running call.</summary>
    private sealed class CallLimit
    {
        /// <summary>Its time, for the message.</summary>
        internal TimeSpan Timeout;

        /// <summary>When its time runs out, as a <see cref="Stopwatch"/> timestamp.</summary>
        internal long Deadline;

        /// <summary>The caller's token.</summary>
        internal CancellationToken Token;

        /// <summary>The token of all running calls, for host methods; created on first use.</summary>
        internal CancellationTokenSource? ForHost;

        /// <summary>What to report if the call does not end in time; null without a handler.</summary>
        internal CallOverdueEventArgs? Watch;
    }
}
