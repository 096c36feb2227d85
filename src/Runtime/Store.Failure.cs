using System.Runtime.ExceptionServices;
using WasmBindgen.Native;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <summary>What a failure leaves behind, and the fuel and memory that calls may use.</summary>
public sealed unsafe partial class Store
{
    // What ended the guests for good.
    private GuestError? _death;
    private ExceptionDispatchInfo? _deathThrown;

    // What the running guest wanted and did not get, until its call ends with that.
    private MemoryRefusal? _refusal;
    private WeakReference<Store>? _weak;

    /// <summary>The error of every further call, if the store's guests have ended for good.</summary>
    internal GuestError? Death => _gate == Disposed ? null : _death;

    internal void ThrowIfDead() => Death?.Throw();

    /// <summary>
    /// What throws an error's exception. That of the store's end is thrown with each call, and its stack trace must not
    /// grow by each.
    /// </summary>
    internal ExceptionDispatchInfo Capture(Exception exception) =>
        _gate == Nobody && exception == _death?.Exception
            ? _deathThrown ??= ExceptionDispatchInfo.Capture(exception)
            : ExceptionDispatchInfo.Capture(exception);

    /// <summary>Takes from the store what one call must not use.</summary>
    /// <param name="limit">What it may use; 0 for all that there is.</param>
    /// <returns>What was taken, for <see cref="ReturnFuel"/>.</returns>
    internal ulong WithholdFuel(ulong limit)
    {
        if (limit == 0 || GetFuel() is var fuel && fuel <= limit)
        {
            return 0;
        }

        wasmtime_context_set_fuel(Context, limit);
        return fuel - limit;
    }

    /// <summary>Gives back what was withheld from a call that ended.</summary>
    internal void ReturnFuel(ulong withheld)
    {
        if (withheld != 0)
        {
            ulong fuel = GetFuel(); // a host method may have set it, to anything
            wasmtime_context_set_fuel(Context, fuel + Math.Min(withheld, ulong.MaxValue - fuel));
        }
    }

    /// <summary>Takes what a host function costs, if the guest pays at all.</summary>
    /// <exception cref="OutOfFuelException">There is less.</exception>
    internal void Charge(ulong units)
    {
        if (!Engine.ConsumesFuel)
        {
            return;
        }

        ulong fuel = GetFuel();
        wasmtime_context_set_fuel(Context, fuel < units ? 0 : fuel - units);
        if (fuel < units)
        {
            throw GuestBacktrace.BeginInFlight(TrapException.Create(TrapCode.OutOfFuel));
        }
    }

    /// <summary>The most bytes of a memory, when it is us who see to it.</summary>
    internal long? MemoryLimit => Engine.MemoryLimitInterrupts ? _options.MaxMemoryBytes : null;

    /// <summary>Whether the innermost call was refused memory.</summary>
    internal bool IsRefused => _refusal is not null;

    /// <summary>Must come before the engine makes memories.</summary>
    internal void BeginMemories()
    {
        if (Engine.MemoryLimitInterrupts)
        {
            LimitedMemory.BeginFor(_weak ??= new WeakReference<Store>(this));
        }
    }

    /// <summary>The running guest asked for too much: it ends as soon as it looks.</summary>
    internal void RefuseMemory(long requested, long limit)
    {
        _refusal = new MemoryRefusal(requested, limit);
        wasmtime_context_set_epoch_deadline(Context, 0);
    }

    /// <summary>A call begins that is not to end with what the one around it was refused.</summary>
    internal MemoryRefusal? BeginRefusals()
    {
        MemoryRefusal? outer = _refusal;
        if (outer is not null) // else there is nothing to write, which takes longer than to look
        {
            _refusal = null;
        }

        return outer;
    }

    /// <summary>That call has ended.</summary>
    internal void EndRefusals(MemoryRefusal? outer)
    {
        if (ReferenceEquals(outer, _refusal))
        {
            return;
        }

        _refusal = outer;
        if (outer is not null)
        {
            wasmtime_context_set_epoch_deadline(Context, 0);
        }
    }

    private GuestError Remember(GuestError failure)
    {
        if (_options.EndsWithFailure)
        {
            _death ??= failure;
            _takesCare = true;
        }

        return failure;
    }

    private ulong GetFuel()
    {
        ulong fuel;
        wasmtime_context_get_fuel(Context, &fuel); // fails only on an engine without fuel
        return fuel;
    }
}
