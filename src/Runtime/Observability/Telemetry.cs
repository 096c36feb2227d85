using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace WasmBindgen;

/// <summary>What the library tells listeners: activities and measurements, both under <see cref="Name"/>.</summary>
/// <remarks>Names and units follow the semantic conventions of OpenTelemetry.</remarks>
internal static class Telemetry
{
    internal const string Name = "WasmBindgen";

    private const string Function = "wasm.function";
    private const string ErrorType = "error.type";

    private static readonly Meter s_meter = new(Name);

    private static readonly Histogram<double> s_guestDuration = s_meter.CreateHistogram<double>(
        "wasmbindgen.guest.call.duration", "s", "Calls into guests, with the host functions that these call.");

    private static readonly Histogram<double> s_hostDuration = s_meter.CreateHistogram<double>(
        "wasmbindgen.host.call.duration", "s", "Calls of host functions by guests.");

    private static readonly Counter<long> s_fuel =
        s_meter.CreateCounter<long>("wasmbindgen.fuel.used", "{unit}", "Fuel that guests have used.");

    private static readonly Counter<long> s_interrupts = s_meter.CreateCounter<long>(
        "wasmbindgen.interrupts", "{interrupt}", "Calls into guests that the host ended, by the type of the error.");

    private static readonly Counter<long> s_traps = s_meter.CreateCounter<long>(
        "wasmbindgen.traps", "{trap}", "Calls into guests that ended with a trap, by its code.");

    private static readonly ActivitySource s_activities = new(Name);

    // Of guests whose memories this library makes.
    private static long s_memory;

    static Telemetry() => s_meter.CreateObservableUpDownCounter(
        "wasmbindgen.memory.size",
        static () => Volatile.Read(ref s_memory),
        "By",
        "The memories of all guests, in engines that count memory.");

    /// <summary>Whether anybody listens to single calls into guests.</summary>
    internal static bool HearsGuestCalls => s_guestDuration.Enabled || s_fuel.Enabled || s_activities.HasListeners();

    /// <summary>Whether anybody listens to single calls of host functions.</summary>
    internal static bool HearsHostCalls => s_hostDuration.Enabled;

    /// <summary>Must be called when a guest's memory changes its size.</summary>
    internal static void CountMemory(nuint before, nuint now) =>
        Interlocked.Add(ref s_memory, (long)now - (long)before);

    /// <summary>Starts the activity of a call into a guest; null if nobody listens.</summary>
    internal static Activity? StartCall(string function)
    {
        try
        {
            return s_activities.StartActivity(
                $"wasm {function}", ActivityKind.Internal, default(ActivityContext), [new(Function, function)]);
        }
        catch (Exception)
        {
            return null; // see Safely
        }
    }

    /// <summary>Tells of a call into a guest that has ended.</summary>
    internal static void EndCall(string function, Activity? activity, TimeSpan duration, ulong fuel, string? error) =>
        Safely((function, activity, duration, fuel, error), static call =>
        {
            TagList tags = Tags(call.function, call.error);
            s_guestDuration.Record(call.duration.TotalSeconds, tags);
            if (call.fuel > 0)
            {
                s_fuel.Add((long)call.fuel, new KeyValuePair<string, object?>(Function, call.function));
            }

            if (call.error is not null)
            {
                call.activity?.SetTag(ErrorType, call.error);
                call.activity?.SetStatus(ActivityStatusCode.Error);
            }

            call.activity?.Dispose();
        });

    /// <summary>Tells of a call of a host function.</summary>
    internal static void EndHostCall(string function, TimeSpan duration, string? error) =>
        Safely(
            (function, duration, error),
            static call => s_hostDuration.Record(call.duration.TotalSeconds, Tags(call.function, call.error)));

    /// <summary>Counts what ended a call into a guest.</summary>
    internal static void Count(in GuestError failure)
    {
        Counter<long> counter = failure.Kind == GuestErrorKind.Trap ? s_traps : s_interrupts;
        if (counter.Enabled)
        {
            Safely(
                (counter, failure.TypeName),
                static count => count.counter.Add(1, new KeyValuePair<string, object?>(ErrorType, count.TypeName)));
        }
    }

    private static TagList Tags(string function, string? error) => error is null
        ? [new(Function, function)]
        : [new(Function, function), new(ErrorType, error)];

    /// <summary>
    /// Runs listeners. One that throws must not change what a call ends with, nor leave a store in use.
    /// </summary>
    private static void Safely<TState>(TState state, Action<TState> tell)
    {
        try
        {
            tell(state);
        }
        catch (Exception)
        {
            // it is the listener's
        }
    }
}
