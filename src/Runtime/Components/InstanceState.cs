using System.Diagnostics;

namespace WasmBindgen.Components;

/// <summary>
/// What the Canonical ABI keeps of an instance of a component, or of one within it (Component Model, Canonical ABI:
/// ComponentInstance).
/// </summary>
/// <param name="instance">The instance of the whole component.</param>
/// <param name="outer">The one around it; null for none.</param>
[StackTraceHidden]
internal sealed class InstanceState(ComponentInstance instance, InstanceState? outer)
{
    private bool _mustStay;
    private bool _isEntered;

    internal ResourceTable? ResourcesOrNull { get; private set; }

    /// <summary>The objects of which it holds handles.</summary>
    internal ResourceTable Resources => ResourcesOrNull ??= new ResourceTable(instance.Store.Resources);

    /// <summary>Begins what the instance does for the host, in which it must call nothing else.</summary>
    internal Stayed Stay()
    {
        var stayed = new Stayed(this, _mustStay);
        _mustStay = true;
        return stayed;
    }

    /// <summary>That the instance may call others now.</summary>
    /// <exception cref="TrapException">It may not: it allocates for values, or frees them.</exception>
    internal void RequireLeave()
    {
        if (_mustStay)
        {
            throw GuestBacktrace.BeginInFlight(TrapException.Create(TrapCode.CannotLeaveComponent));
        }
    }

    /// <summary>
    /// Begins a call of the instance, of a store with <see cref="StoreOptions.PoisonAfterTrap"/>: unless the call is
    /// completed, the component has ended.
    /// </summary>
    /// <param name="caller">The component instance that calls; null for the host.</param>
    /// <exception cref="TrapException">
    /// A call of it, or of what is around it, is running already, or has failed.
    /// </exception>
    internal Entered Enter(InstanceState? caller = null)
    {
        if (!instance.Poisons)
        {
            return default;
        }

        bool isBlocked = instance.IsPoisoned;
        for (InstanceState? state = this; state is not null && !state.IsAround(caller); state = state.Outer)
        {
            isBlocked |= state._isEntered;
        }

        if (isBlocked)
        {
            throw GuestBacktrace.BeginInFlight(TrapException.Create(TrapCode.CannotEnterComponent));
        }

        SetEntered(caller, isEntered: true);
        return new Entered(this, caller);
    }

    private InstanceState? Outer => outer;

    private bool IsAround(InstanceState? inner)
    {
        for (; inner is not null; inner = inner.Outer)
        {
            if (inner == this)
            {
                return true;
            }
        }

        return false;
    }

    private void SetEntered(InstanceState? caller, bool isEntered)
    {
        for (InstanceState? state = this; state is not null && !state.IsAround(caller); state = state.Outer)
        {
            state._isEntered = isEntered;
        }
    }

    /// <summary>A call of the instance; nothing in a store that does not care.</summary>
    internal readonly struct Entered(InstanceState? state, InstanceState? caller)
    {
        /// <summary>Ends the call.</summary>
        /// <param name="isCompleted">Whether it has returned, and its values were good.</param>
        internal void End(bool isCompleted)
        {
            state?.SetEntered(caller, isEntered: false);
            if (!isCompleted)
            {
                state?.Poison();
            }
        }
    }

    private void Poison() => instance.IsPoisoned = true;

    /// <summary>Ends what <see cref="Stay"/> began.</summary>
    internal readonly struct Stayed(InstanceState state, bool before) : IDisposable
    {
        public void Dispose() => state._mustStay = before;
    }
}

/// <summary>A call of a component by the host, in a store where its failure is the end.</summary>
internal sealed class ComponentCall(InstanceState.Entered entered)
{
    private bool _isCompleted;

    /// <summary>It has returned, and its values were good.</summary>
    internal void Complete() => _isCompleted = true;

    internal void End() => entered.End(_isCompleted);
}
