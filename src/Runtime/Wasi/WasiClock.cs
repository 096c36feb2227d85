namespace WasmBindgen.Wasi;

/// <summary>The guest's clocks: the time of day, and a monotonic clock that starts with the store.</summary>
/// <param name="time">Where they get the time.</param>
internal sealed class WasiClock(TimeProvider time)
{
    internal const uint Realtime = 0;
    internal const uint Monotonic = 1;

    // CPU time, which the engine does not have either.
    private const uint ThreadTime = 3;

    private const ulong NanosecondsPerTick = 100;
    private const ulong NanosecondsPerSecond = 1_000_000_000;

    private readonly long _start = time.GetTimestamp();

    internal TimeProvider Provider => time;

    /// <summary><c>clock_res_get</c>.</summary>
    internal static int Resolution(WasiCall call)
    {
        ulong frequency = (ulong)call.Wasi.Clock.Provider.TimestampFrequency;
        return call.Number(0) switch
        {
            Realtime => Tell(NanosecondsPerTick),
            Monotonic => Tell(Math.Max(NanosecondsPerSecond / frequency, 1)),
            var id => Refuse(id),
        };

        int Tell(ulong nanoseconds)
        {
            call.Write("resolution", 1, nanoseconds);
            return WasiErrno.Success;
        }
    }

    /// <summary><c>clock_time_get</c>.</summary>
    internal static int Time(WasiCall call)
    {
        uint id = call.Number(0);
        if (id > Monotonic)
        {
            return Refuse(id);
        }

        call.Write("time", 2, call.Wasi.Clock.Now(id));
        return WasiErrno.Success;
    }

    /// <summary>A clock's time in nanoseconds.</summary>
    internal ulong Now(uint id) => id == Realtime
        ? TimeOfDay(time)
        : (ulong)((UInt128)(ulong)(time.GetTimestamp() - _start)
            * NanosecondsPerSecond / (ulong)time.TimestampFrequency);

    /// <summary>The time of day in nanoseconds since 1970, UTC.</summary>
    internal static ulong TimeOfDay(TimeProvider time) =>
        (ulong)(time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * NanosecondsPerTick;

    private static int Refuse(uint id) => id <= ThreadTime ? WasiErrno.BadDescriptor : WasiErrno.Invalid;
}
