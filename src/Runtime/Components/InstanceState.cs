using System.Diagnostics;

namespace WasmBindgen.Components;

/// <summary>
/// What the Canonical ABI keeps of an instance of a component, or of one within it (Component Model, Canonical ABI:
/// ComponentInstance).
/// </summary>
[StackTraceHidden]
internal sealed class InstanceState(Store store)
{
    private bool _mustStay;

    internal ResourceTable? ResourcesOrNull { get; private set; }

    /// <summary>The objects of which it holds handles.</summary>
    internal ResourceTable Resources => ResourcesOrNull ??= new ResourceTable(store.Resources);

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

    /// <summary>Ends what <see cref="Stay"/> began.</summary>
    internal readonly struct Stayed(InstanceState state, bool before) : IDisposable
    {
        public void Dispose() => state._mustStay = before;
    }
}
