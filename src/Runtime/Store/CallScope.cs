using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace WasmBindgen;

/// <summary>
/// One call into a store's guests, from entry to exit: its time, token and fuel. It also keeps a refused request for
/// memory of the outer call from ending this one.
/// </summary>
[StackTraceHidden]
internal readonly ref struct CallScope
{
    private readonly Store _store;
    private readonly bool _isLimited;
    private readonly MemoryRefusal? _outerRefusal;
    private readonly ulong _withheldFuel;

    /// <summary>Enters the store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="function">The name of the function, for reports of overdue calls; null for none.</param>
    /// <param name="milliseconds">How long it may take; 0 for as long as the store allows.</param>
    /// <param name="fuel">The fuel that it may use; 0 for all.</param>
    /// <param name="token">What cancels it.</param>
    /// <exception cref="InvalidOperationException">
    /// The engine does not support fuel or interruption, or another thread is using the store.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    /// <remarks>If the store's guests have ended for good, throws the error that ended them.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal CallScope(
        Store store,
        string? function,
        int milliseconds = 0,
        ulong fuel = 0,
        CancellationToken token = default)
    {
        _store = store;
        TimeSpan? timeout = milliseconds > 0 ? TimeSpan.FromMilliseconds(milliseconds) : null;
        _isLimited = timeout is not null || token.CanBeCanceled;
        if (_isLimited)
        {
            store.RequireInterruption();
        }

        if (fuel > 0)
        {
            store.RequireFuel();
        }

        if (store.IsDead)
        {
            store.Death!.Value.Throw();
        }

        store.Enter();
        // Timeout may be set by a host method of a call that has none.
        _isLimited = _isLimited || (store.Limits.IsTimed && store.IsOutermost);
        if (_isLimited)
        {
            store.Limits.Push(function, timeout, token);
        }

        _outerRefusal = store.MemoryLimiter?.Take();
        _withheldFuel = fuel == 0 ? 0 : store.Tank.Withhold(fuel);
        store.Observer?.Begin(function);
    }

    /// <summary>Ends the call, and leaves the store.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Dispose()
    {
        _store.Observer?.End();
        _store.MemoryLimiter?.Restore(_outerRefusal);
        if (_withheldFuel != 0)
        {
            _store.Tank.Return(_withheldFuel);
        }

        if (_isLimited)
        {
            _store.Limits.Pop();
        }

        _store.Exit();
    }
}
