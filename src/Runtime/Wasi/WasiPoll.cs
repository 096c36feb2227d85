using System.Buffers.Binary;
using System.Diagnostics;

namespace WasmBindgen.Wasi;

/// <summary>
/// <c>poll_oneoff</c>: how guests sleep, and wait for streams. The engine's sleep would ignore the limits of the call.
/// </summary>
/// <remarks>Source: WASI preview 1, <c>subscription</c> (48 bytes) and <c>event</c> (32 bytes).</remarks>
internal static class WasiPoll
{
    private const int SubscriptionSize = 48;
    private const int EventSize = 32;
    private const int Alignment = 8;

    // Checking more would delay the call beyond its limits.
    private const uint MaxSubscriptions = 4096;

    // What Task.Delay takes, in milliseconds.
    private const double MaxDelay = uint.MaxValue - 1.0;

    private const byte ClockTag = 0;
    private const byte ReadTag = 1;
    private const byte WriteTag = 2;

    /// <returns>The errno.</returns>
    /// <exception cref="OperationCanceledException">A limit of the call was reached.</exception>
    internal static int Poll(WasiCall call)
    {
        (uint from, uint to, uint count) = (call.Number(0), call.Number(1), call.Number(2));
        if (count is 0 or > MaxSubscriptions)
        {
            return WasiErrno.Invalid;
        }

        call.Part("nevents", call.Number(3), sizeof(uint), sizeof(uint));
        call.Part("out", to, (long)count * EventSize, Alignment);
        ReadOnlySpan<byte> bytes = call.Part("in", from, (long)count * SubscriptionSize, Alignment);
        var subscriptions = new Subscription[count];
        ulong[] rests = new ulong[count]; // the nanoseconds until each is due; a file is always ready
        for (int i = 0; i < count; i++)
        {
            var one = new Subscription(bytes.Slice(i * SubscriptionSize, SubscriptionSize));
            subscriptions[i] = one;
            switch (one.Tag)
            {
                case ClockTag when one.Id is WasiClock.Realtime or WasiClock.Monotonic:
                    rests[i] = one.Rest(call.Wasi.Clock);
                    break;
                case ReadTag or WriteTag when call.Wasi.Descriptors[one.Id] is not null:
                    break;
                case ReadTag or WriteTag:
                    return WasiErrno.BadDescriptor;
                default:
                    return WasiErrno.Invalid;
            }
        }

        ulong wait = rests.Min();
        Sleep(wait, call.Wasi.Clock.Provider, call.Store.Limits.Token);
        uint ready = 0;
        for (int i = 0; i < count; i++)
        {
            if (rests[i] <= wait)
            {
                Tell(call.Part("out", to + (ready++ * EventSize), EventSize), subscriptions[i]);
            }
        }

        call.Write("nevents", 3, ready);
        return WasiErrno.Success;
    }

    private static void Tell(Span<byte> result, Subscription one)
    {
        const ulong AtLeastOneByte = 1;
        result.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(result, one.UserData);
        result[10] = one.Tag;
        BinaryPrimitives.WriteUInt64LittleEndian(result[16..], one.Tag == ClockTag ? 0 : AtLeastOneByte);
    }

    private static void Sleep(ulong nanoseconds, TimeProvider time, CancellationToken token)
    {
        if (time != TimeProvider.System)
        {
            // Ends when a timer of the program's clock does, whose unit is the millisecond.
            double milliseconds = Math.Min(Math.Ceiling(nanoseconds / 1e6), MaxDelay);
            Task.Delay(TimeSpan.FromMilliseconds(milliseconds), time, token).GetAwaiter().GetResult();
            return;
        }

        double ticks = nanoseconds * (Stopwatch.Frequency / 1e9);
        long end = ticks < long.MaxValue / 2 ? Stopwatch.GetTimestamp() + (long)ticks : long.MaxValue;
        while (end - Stopwatch.GetTimestamp() is > 0 and var rest)
        {
            int wait = (int)Math.Min(rest / (Stopwatch.Frequency / 1000.0), int.MaxValue);
            if (wait == 0)
            {
                Thread.Yield(); // shorter than the system's timers
            }
            else if (token.CanBeCanceled)
            {
                token.WaitHandle.WaitOne(wait);
            }
            else
            {
                Thread.Sleep(wait);
            }

            token.ThrowIfCancellationRequested();
        }
    }

    private readonly struct Subscription(ReadOnlySpan<byte> bytes)
    {
        internal ulong UserData { get; } = BinaryPrimitives.ReadUInt64LittleEndian(bytes);

        internal byte Tag { get; } = bytes[8];

        /// <summary>The clock, or the descriptor.</summary>
        internal uint Id { get; } = BinaryPrimitives.ReadUInt32LittleEndian(bytes[16..]);

        /// <summary>In nanoseconds, from now or on the clock.</summary>
        private ulong Timeout { get; } = BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]);

        private bool IsAbsolute { get; } = (bytes[40] & 1) != 0;

        /// <summary>The nanoseconds until a clock's subscription is due.</summary>
        internal ulong Rest(WasiClock clock) =>
            IsAbsolute ? Timeout - Math.Min(Timeout, clock.Now(Id)) : Timeout;
    }
}
