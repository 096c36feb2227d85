using System.Diagnostics;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <summary>Follows the calls into a store's guests for <see cref="Telemetry"/>.</summary>
internal sealed unsafe class CallObserver(Store store)
{
    private readonly Stack<Call> _calls = [];

    // What the innermost call has ended with.
    private string? _error;

    /// <summary>Must be called when the store has been entered.</summary>
    /// <param name="function">The function; null for an instantiation.</param>
    internal void Begin(string? function)
    {
        string name = function is null ? "(instantiate)" : Printable.Name(function);
        _error = null;
        _calls.Push(new Call(name, Telemetry.StartCall(name), Stopwatch.GetTimestamp(), FuelLeft()));
    }

    internal void Fail(in GuestError failure) => _error = failure.TypeName;

    /// <summary>Must be called before the store is left.</summary>
    internal void End()
    {
        Call call = _calls.Pop();
        ulong fuel = FuelLeft();
        Telemetry.EndCall(
            call.Function,
            call.Activity,
            Stopwatch.GetElapsedTime(call.Start),
            fuel < call.Fuel ? call.Fuel - fuel : 0, // a host method may have added some
            _error);
        _error = null;
    }

    private ulong FuelLeft()
    {
        ulong fuel = 0;
        if (store.Engine.ConsumesFuel)
        {
            _ = wasmtime_context_get_fuel(store.Context, &fuel);
        }

        return fuel;
    }

    private readonly record struct Call(string Function, Activity? Activity, long Start, ulong Fuel);
}
