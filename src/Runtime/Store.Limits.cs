using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using WasmBindgen.CompilerServices;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <summary>What stops a running call from outside: tokens and deadlines, of this store alone.</summary>
public sealed unsafe partial class Store
{
    // A store's epoch deadline is far off, unless a call with limits runs. In ticks; the engine adds it to the present
    // epoch.
    private const ulong FarOff = 1UL << 62;
    private const ulong NextTick = 1;

    // The limits of the running calls, the outermost first; what lies beyond is kept for later ones.
    private CallLimit[] _limits = [];
    private int _limitCount;
    private TimeSpan? _timeout;

    // Whether the epoch deadline is a tick away, or was and has not been noticed yet.
    private bool _looksAtTicks;

    // Whether calls have to look at more than the store's gate.
    private bool _takesCare;

    /// <summary>
    /// How long an outermost call into this store's guests may take, start functions included; null for as long as it
    /// wants. The guest then ends with a <see cref="GuestTimeoutException"/>, up to
    /// <see cref="EngineOptions.InterruptionResolution"/> later. A change holds from the next call on.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is not positive.</exception>
    /// <exception cref="InvalidOperationException">
    /// The engine was made without <see cref="EngineOptions.Interruption"/>.
    /// </exception>
    public TimeSpan? Timeout
    {
        get => _timeout;
        set
        {
            if (value is { } timeout)
            {
                if (timeout <= TimeSpan.Zero)
                {
                    throw new ArgumentOutOfRangeException(
                        nameof(value), timeout, "A timeout is a positive time, or null for none.");
                }

                RequireInterruption();
            }

            _timeout = value;
            _takesCare = value is not null || _death is not null || MemoryLimit is not null;
        }
    }

    /// <summary>
    /// The token for host methods: it is cancelled as soon as any limit of the running calls is passed.
    /// </summary>
    internal CancellationToken CallToken
    {
        get
        {
            ReadOnlySpan<CallLimit> limits = RunningLimits;
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

    private ReadOnlySpan<CallLimit> RunningLimits => _limits.AsSpan(0, _limitCount);

    /// <summary>
    /// Whether a call that begins now is limited by <see cref="Timeout"/> or its memory, or cannot begin at all.
    /// </summary>
    internal bool LimitsCalls => _takesCare && (_death is not null || IsTimed || MemoryLimit is not null);

    private bool IsTimed => _timeout is not null && _limitCount == 0;

    /// <summary>Whether a cancelled token that a host method complains of is the caller's of a running call.</summary>
    internal bool IsCallerToken(CancellationToken token)
    {
        foreach (CallLimit limit in RunningLimits)
        {
            if (limit.Token.CanBeCanceled && limit.Token == token)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a token is one that was made for host methods, out of several limits or of a time.</summary>
    internal bool IsHostToken(CancellationToken token)
    {
        foreach (CallLimit limit in RunningLimits)
        {
            if (limit.ForHost?.Token == token)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What ends the running calls, if a limit of theirs is passed: the outermost one that is.</summary>
    internal bool IsLimitPassed(out PendingError error)
    {
        foreach (CallLimit limit in RunningLimits)
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

        // The timer behind a host method's token runs by a coarser clock, and may be early: whoever obeys the token is
        // right all the same.
        bool isToldSo = false;
        CallLimit? first = null;
        foreach (CallLimit limit in RunningLimits)
        {
            isToldSo |= limit.ForHost is { IsCancellationRequested: true };
            first = first is null || limit.Deadline < first.Deadline ? limit : first;
        }

        error = isToldSo ? new PendingError(first!.Timeout, TimeoutType.Instance) : default;
        return isToldSo;
    }

    /// <summary>Begins a call with limits; the store is entered. Ends with <see cref="PopLimit"/>.</summary>
    internal void PushLimit(string? function, TimeSpan? timeout, CancellationToken token)
    {
        if (_limitCount == 0)
        {
            timeout ??= IsOutermost ? _timeout : null;
            Engine.Ticker!.AddUser();
        }

        if (_limitCount == _limits.Length)
        {
            Array.Resize(ref _limits, _limitCount + 1);
            _limits[_limitCount] = new CallLimit();
        }

        CallLimit limit = _limits[_limitCount++];
        limit.Timeout = timeout ?? default;
        limit.Deadline = timeout is { } time ? Stopwatch.GetTimestamp() + Ticks(time) : long.MaxValue;
        limit.Token = token;
        if (Engine.IsWatching)
        {
            limit.Watch = new CallOverdueEventArgs(this, function, timeout, limit.Deadline, token);
            Engine.Ticker!.Watch(limit.Watch);
        }

        if (!_looksAtTicks)
        {
            _looksAtTicks = true;
            wasmtime_context_set_epoch_deadline(Context, NextTick);
        }
    }

    /// <summary>Ends a call with limits. The epoch deadline stays: its callback finds out.</summary>
    internal void PopLimit()
    {
        CallLimit limit = _limits[--_limitCount];
        limit.Token = default;
        if (limit.ForHost is not null)
        {
            limit.ForHost.Dispose();
            limit.ForHost = null;
        }

        if (limit.Watch is not null)
        {
            Engine.Ticker!.Unwatch(limit.Watch);
            limit.Watch = null;
        }

        if (_limitCount == 0)
        {
            Engine.Ticker!.RemoveUser();
        }
    }

    /// <summary>Enters for a call that the caller does not limit, but <see cref="Timeout"/> may.</summary>
    /// <returns>Whether it does, for <see cref="EndCall"/>.</returns>
    internal bool BeginCall(string? function)
    {
        ThrowIfDead();
        Enter();
        bool isLimited = IsTimed && IsOutermost; // Timeout may be set by a host method of a call that has none
        if (isLimited)
        {
            PushLimit(function, null, default);
        }

        return isLimited;
    }

    /// <summary>Ends what <see cref="BeginCall"/> began, but for the exit.</summary>
    internal void EndCall(bool isLimited)
    {
        if (isLimited)
        {
            PopLimit();
        }
    }

    internal void RequireInterruption()
    {
        if (Engine.Ticker is null)
        {
            throw new InvalidOperationException(_official is null
                ? "A call with a cancellation token or a timeout needs an engine with EngineOptions.Interruption."
                : OfficialPackage.NeedsInterruption);
        }
    }

    /// <summary>
    /// At the latest a resolution after a limit is passed, on the guest's thread, between two of its instructions.
    /// </summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint OnEpoch(nint context, nint data, ulong* delta, byte* kind)
    {
        const byte Continue = 0;
        *kind = Continue;
        var store = (Store)GCHandle.FromIntPtr(data).Target!;
        store._looksAtTicks = store._limitCount > 0;
        *delta = store._looksAtTicks ? NextTick : FarOff;
        if (store.IsRefused)
        {
            return wasmtime_error_new("ended by its memory limit"); // ReadFailure has more to say
        }

        if (!store.IsLimitPassed(out PendingError error))
        {
            return 0;
        }

        store.Pending = error;
        store._official?.Announce(error);
        return wasmtime_error_new("ended by a limit of the host");
    }

    /// <summary>One token for several limits.</summary>
    private static CancellationTokenSource Link(ReadOnlySpan<CallLimit> limits)
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
            // What is too far off for a timer is too far off to wait for.
            double rest = Math.Ceiling((double)(deadline - Stopwatch.GetTimestamp()) / Stopwatch.Frequency * 1000);
            source.CancelAfter(TimeSpan.FromMilliseconds(Math.Clamp(rest, 0, int.MaxValue)));
        }

        return source;
    }

    private static long Ticks(TimeSpan time) =>
        (long)Math.Min(time.TotalSeconds * Stopwatch.Frequency, long.MaxValue / 2);

    /// <summary>What limits one running call.</summary>
    private sealed class CallLimit
    {
        /// <summary>Its time, for the message.</summary>
        internal TimeSpan Timeout;

        /// <summary>When its time is over, as a <see cref="Stopwatch"/> timestamp.</summary>
        internal long Deadline;

        /// <summary>The caller's token.</summary>
        internal CancellationToken Token;

        /// <summary>The token of all running calls, for host methods, once one has asked for it.</summary>
        internal CancellationTokenSource? ForHost;

        /// <summary>What is told if it does not end in time, when somebody wants to know.</summary>
        internal CallOverdueEventArgs? Watch;
    }
}
