using System.Diagnostics;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <summary>The fuel of an entered store.</summary>
[StackTraceHidden]
internal readonly unsafe struct FuelTank(nint context)
{
    /// <summary>Takes out the fuel that one call must not use.</summary>
    /// <param name="limit">The fuel that the call may use.</param>
    /// <returns>The fuel that was taken out, for <see cref="Return"/>.</returns>
    internal ulong Withhold(ulong limit)
    {
        ulong fuel = Get();
        if (fuel <= limit)
        {
            return 0;
        }

        wasmtime_context_set_fuel(context, limit);
        return fuel - limit;
    }

    /// <summary>Gives back what was withheld from a call that ended.</summary>
    internal void Return(ulong withheld)
    {
        ulong fuel = Get(); // a host method may have set it to any value
        wasmtime_context_set_fuel(context, fuel + Math.Min(withheld, ulong.MaxValue - fuel));
    }

    /// <summary>Takes the price of a host function.</summary>
    /// <exception cref="OutOfFuelException">Less fuel is left.</exception>
    internal void Charge(ulong units)
    {
        ulong fuel = Get();
        wasmtime_context_set_fuel(context, fuel < units ? 0 : fuel - units);
        if (fuel < units)
        {
            throw GuestBacktrace.BeginInFlight(TrapException.Create(TrapCode.OutOfFuel));
        }
    }

    private ulong Get()
    {
        ulong fuel;
        wasmtime_context_get_fuel(context, &fuel); // fails only on an engine without fuel
        return fuel;
    }
}
