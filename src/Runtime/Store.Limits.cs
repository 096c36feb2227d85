using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <summary>What stops a running call from outside: tokens and deadlines, of this store alone.</summary>
public sealed unsafe partial class Store
{
    // A store's epoch deadline is far off, unless a call with limits runs. In ticks; the engine adds it to the present epoch.
    private const ulong FarOff = 1UL << 62;
    private const ulong NextTick = 1;

    // The limits of the running calls, the outermost first.
    private readonly List<CallLimit> _limits = [];
    private TimeSpan? _timeout;

    // Whether calls have to look at more than the store's gate.
    private bool _takesCare;

    /// <summary>
    /// How long an outermost call into this store's guests may take, start functions included; null for as long as it wants. The guest
    /// then ends with a <see cref="GuestTimeoutException"/>, up to <see cref="EngineOptions.InterruptionResolution"/> later.
    /// A change holds from the next call on.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is not positive.</exception>
    /// <exception cref="InvalidOperationException">The engine was made without <see cref="EngineOptions.Interruption"/>.</exception>
    public TimeSpan? Timeout
    {
        get => _timeout;
        set
        {
            if (value is { } timeout)
            {
                if (timeout <= TimeSpan.Zero)
                {
                    throw new ArgumentOutOfRangeException(nameof(value), timeout, "A timeout is a positive time, or null for none.");
                }

                RequireInterruption();
            }

            _timeout = value;
            _takesCare = value is not null || _death is not null;
        }
    }

    /// <summary>The token of the innermost running call that has one.</summary>
    internal CancellationToken CallToken
    {
        get
        {
            for (int i = _limits.Count - 1; i >= 0; i--)
            {
                if (_limits[i].Token.CanBeCanceled)
                {
                    return _limits[i].Token;
                }
            }

            return default;
        }
    }

    /// <summary>Whether a call that begins now is limited by <see cref="Timeout"/>, or cannot begin at all.</summary>
    internal bool LimitsCalls => _takesCare && (_death is not null || (_timeout is not null && _limits.Count == 0));

    /// <summary>Whether a cancelled token that a host method complains of is that of a running call.</summary>
    internal bool IsCallToken(CancellationToken token)
    {
        foreach (CallLimit limit in CollectionsMarshal.AsSpan(_limits))
        {
            if (limit.Token.CanBeCanceled && limit.Token == token)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Begins a call with limits; the store is entered. Ends with <see cref="PopLimit"/>.</summary>
    internal void PushLimit(TimeSpan? timeout, CancellationToken token)
    {
        if (_limits.Count == 0)
        {
            timeout ??= _timeout;
            Engine.Ticker!.AddUser();
        }

        _limits.Add(new CallLimit(timeout ?? default, timeout is { } time ? Stopwatch.GetTimestamp() + Ticks(time) : long.MaxValue, token));
        wasmtime_context_set_epoch_deadline(Context, NextTick);
    }

    /// <summary>Ends a call with limits. The epoch deadline stays: its callback finds out.</summary>
    internal void PopLimit()
    {
        _limits.RemoveAt(_limits.Count - 1);
        if (_limits.Count == 0)
        {
            Engine.Ticker!.RemoveUser();
        }
    }

    /// <summary>Enters for a call that the caller does not limit, but <see cref="Timeout"/> may.</summary>
    /// <returns>Whether it does, for <see cref="EndCall"/>.</returns>
    internal bool BeginCall()
    {
        ThrowIfDead();
        Enter();
        bool isLimited = LimitsCalls;
        if (isLimited)
        {
            PushLimit(null, default);
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
            throw new InvalidOperationException("A call with a cancellation token or a timeout needs an engine with EngineOptions.Interruption.");
        }
    }

    /// <summary>At the latest a resolution after a limit is passed, on the guest's thread, between two of its instructions.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint OnEpoch(nint context, nint data, ulong* delta, byte* kind)
    {
        const byte Continue = 0;
        *kind = Continue;
        var store = (Store)GCHandle.FromIntPtr(data).Target!;
        *delta = store._limits.Count == 0 ? FarOff : NextTick;
        foreach (CallLimit limit in CollectionsMarshal.AsSpan(store._limits))
        {
            if (limit.Token.IsCancellationRequested)
            {
                store.Pending = new PendingError(limit.Token, CancellationType.Instance);
                return wasmtime_error_new("cancelled by the host");
            }

            if (Stopwatch.GetTimestamp() >= limit.Deadline)
            {
                store.Pending = new PendingError(limit.Timeout, TimeoutType.Instance);
                return wasmtime_error_new("timed out");
            }
        }

        return 0;
    }

    private static long Ticks(TimeSpan time) => (long)Math.Min(time.TotalSeconds * Stopwatch.Frequency, long.MaxValue / 2);

    /// <summary>What limits one running call.</summary>
    /// <param name="Timeout">Its time, for the message.</param>
    /// <param name="Deadline">When its time is over, as a <see cref="Stopwatch"/> timestamp.</param>
    /// <param name="Token">Its token.</param>
    private readonly record struct CallLimit(TimeSpan Timeout, long Deadline, CancellationToken Token);
}
