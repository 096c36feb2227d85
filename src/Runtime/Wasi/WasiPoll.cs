using System.Diagnostics;
using WasmBindgen.CompilerServices;

namespace WasmBindgen.Wasi;

/// <summary>
/// <c>poll_oneoff</c>: how guests sleep, and wait for streams. The engine's sleep would ignore the limits of the call.
/// </summary>
/// <remarks>Source: WASI preview 1, <c>subscription</c> (48 bytes) and <c>event</c> (32 bytes).</remarks>
internal static unsafe class WasiPoll
{
    private const int SubscriptionSize = 48;
    private const int EventSize = 32;

    // Checking more would delay the call beyond its limits.
    private const uint MaxSubscriptions = 4096;

    private const byte ClockTag = 0;
    private const byte ReadTag = 1;
    private const byte WriteTag = 2;

    private const uint Realtime = 0;
    private const uint Monotonic = 1;

    /// <returns>The errno.</returns>
    /// <exception cref="OperationCanceledException">A limit of the call was reached.</exception>
    internal static int Poll(Store store, nint caller, Slot* slots)
    {
        Memory memory = store.Callers.Memory(caller);
        (uint subscriptions, uint events, uint count, uint result) =
            (slots[0].U32, slots[1].U32, slots[2].U32, slots[3].U32);
        if (count is 0 or > MaxSubscriptions)
        {
            return WasiFunctions.Invalid;
        }

        try
        {
            memory.Read<uint>(result);
            var clocks = new Clocks(store, caller, memory, events);
            ulong wait = ulong.MaxValue;
            for (uint i = 0; i < count; i++)
            {
                memory.GetSpan(AddressOfEvent(events, i), EventSize);
                var one = new Subscription(memory, subscriptions, i);
                switch (one.Tag)
                {
                    case ClockTag when one.Id is Realtime or Monotonic:
                        wait = Math.Min(wait, clocks.Rest(one));
                        break;
                    case ReadTag or WriteTag when store.Wasi.Descriptors[one.Id] != WasiStream.None:
                        wait = 0;
                        break;
                    case ReadTag or WriteTag:
                        store.Wasi.Engine(caller).Poll(slots); // a file is always ready, so this takes no time
                        return slots[0].S32;
                    default:
                        return WasiFunctions.Invalid;
                }
            }

            Sleep(wait, store.Limits.Token);
            uint ready = 0;
            for (uint i = 0; i < count; i++)
            {
                var one = new Subscription(memory, subscriptions, i);
                if (one.Tag != ClockTag || clocks.Rest(one) <= wait)
                {
                    Tell(memory, AddressOfEvent(events, ready++), one);
                }
            }

            memory.Write(result, ready);
            return WasiFunctions.Success;
        }
        catch (GuestMemoryException)
        {
            return WasiFunctions.BadAddress;
        }
    }

    private static void Tell(Memory memory, long address, Subscription one)
    {
        const ulong AtLeastOneByte = 1;
        memory.GetSpan(address, EventSize).Clear();
        memory.Write(address, one.UserData);
        memory.Write(address + 10, one.Tag);
        memory.Write(address + 16, one.Tag == ClockTag ? 0 : AtLeastOneByte);
    }

    private static long AddressOfEvent(uint events, uint index) => events + ((long)EventSize * index);

    private static void Sleep(ulong nanoseconds, CancellationToken token)
    {
        double ticks = nanoseconds * (Stopwatch.Frequency / 1e9);
        long end = ticks < long.MaxValue / 2 ? Stopwatch.GetTimestamp() + (long)ticks : long.MaxValue;
        while (end - Stopwatch.GetTimestamp() is > 0 and var rest)
        {
            int milliseconds = (int)Math.Min(rest / (Stopwatch.Frequency / 1000.0), int.MaxValue);
            if (milliseconds == 0)
            {
                Thread.Yield(); // shorter than the system's timers
            }
            else if (token.CanBeCanceled)
            {
                token.WaitHandle.WaitOne(milliseconds);
            }
            else
            {
                Thread.Sleep(milliseconds);
            }

            token.ThrowIfCancellationRequested();
        }
    }

    private readonly struct Subscription
    {
        internal Subscription(Memory memory, uint subscriptions, uint index)
        {
            ReadOnlySpan<byte> bytes = memory.GetSpan(
                subscriptions + ((long)SubscriptionSize * index), SubscriptionSize);
            UserData = BitConverter.ToUInt64(bytes);
            Tag = bytes[8];
            Id = BitConverter.ToUInt32(bytes[16..]);
            Timeout = BitConverter.ToUInt64(bytes[24..]);
            IsAbsolute = (bytes[40] & 1) != 0;
        }

        internal ulong UserData { get; }

        internal byte Tag { get; }

        /// <summary>The clock, or the descriptor.</summary>
        internal uint Id { get; }

        /// <summary>In nanoseconds, from now or on the clock.</summary>
        internal ulong Timeout { get; }

        internal bool IsAbsolute { get; }
    }

    /// <summary>
    /// The clocks at one moment, each read on first use. The engine writes its answer where an event will be.
    /// </summary>
    private ref struct Clocks(Store store, nint caller, Memory memory, uint events)
    {
        private ulong? _realtime;
        private ulong? _monotonic;

        /// <summary>The nanoseconds until a clock's subscription is due.</summary>
        internal ulong Rest(Subscription one)
        {
            if (!one.IsAbsolute)
            {
                return one.Timeout;
            }

            ulong now = one.Id == Realtime
                ? _realtime ??= (ulong)(DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100
                : _monotonic ??= EngineTime();
            return one.Timeout - Math.Min(one.Timeout, now);
        }

        /// <summary>The engine's monotonic clock, whose start is arbitrary.</summary>
        private readonly ulong EngineTime()
        {
            Slot* slots = stackalloc Slot[3];
            slots[0].U32 = Monotonic;
            slots[1].U64 = 1;
            slots[2].U32 = events;
            ulong before = memory.Read<ulong>(events); // perhaps a subscription, if the guest has both in one place
            store.Wasi.Engine(caller).Time(slots);
            ulong now = memory.Read<ulong>(events);
            memory.Write(events, before);
            return now;
        }
    }
}
