using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using WasmBindgen.CompilerServices;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <summary>
/// A store of the official package behind a <see cref="Store"/>. Handles ownership of the native store, and passes
/// errors to call sites of that package, which do not know ours.
/// </summary>
internal sealed class OfficialStore(object store)
{
    /// <summary>
    /// The adopted stores. Each lives as long as the package's store, which it keeps alive in turn. Not in
    /// <see cref="Store"/>: with an initialized static field there, each entry into a store would take 2 ns longer.
    /// </summary>
    internal static readonly ConditionalWeakTable<object, Store> Adopted = [];

    [ThreadStatic]
    private static WeakReference? t_lastAdopted;

    private readonly object _store = store;
    private readonly SafeHandle _handle = OfficialPackage.HandleOf(store);

    // The last error of a thunk, and the cause that was given to the package for it. If the package still has this
    // cause, the error is pending; a call site of the package takes the cause away.
    private Exception? _cause;
    private PendingError _announced;

    /// <summary>The store of this thread's last call: comparing is faster than a look-up.</summary>
    internal static WeakReference LastAdopted => t_lastAdopted ??= new WeakReference(null);

    internal bool Is(object store) => store == _store;

    internal nint Native => _handle.DangerousGetHandle();

    /// <summary>Keeps the native store from being deleted, even if it is disposed.</summary>
    /// <returns>False if it has been deleted already.</returns>
    internal bool TryHold()
    {
        bool isHeld = false;
        try
        {
            _handle.DangerousAddRef(ref isHeld);
        }
        catch (ObjectDisposedException)
        {
            // as the result says
        }

        return isHeld;
    }

    internal void LetGo() => _handle.DangerousRelease();

    internal void Dispose() => ((IDisposable)_store).Dispose();

    /// <summary>
    /// Must be called before an error goes to the engine. Call sites of the package get the cause as
    /// <c>InnerException</c>, as for the package's own callbacks.
    /// </summary>
    internal void Announce(PendingError error)
    {
        _announced = error;
        Exception cause = error.Type is { } type ? type.ToException(error.Payload) : error.Exception!;
        while (cause is HostFunctionException { InnerException: { } original })
        {
            cause = original;
        }

        _cause = cause;
        OfficialPackage.SetCause(cause);
    }

    /// <summary>
    /// What ended a call into the guest: an error of a thunk, an exception of a callback of the package, or neither.
    /// </summary>
    /// <param name="of">The store.</param>
    /// <param name="error">The engine's error; 0 for none.</param>
    internal unsafe PendingError Take(Store of, nint error)
    {
        int exitCode;
        Exception? cause = OfficialPackage.TakeCause();
        PendingError announced = _announced;
        bool isAnnounced = cause is not null && cause == _cause;
        (_cause, _announced) = (null, default);
        if (cause is not null)
        {
            return isAnnounced ? announced : new PendingError(
                GuestBacktrace.IsInFlight(cause, of) ? cause : new HostFunctionException(cause), Type: null);
        }

        // the engine's own WASI ended the guest, without an exception of ours
        return error != 0 && wasmtime_error_exit_status(error, &exitCode) != 0
            ? new PendingError(new GuestExitException(exitCode), Type: null)
            : default;
    }

    /// <summary>
    /// Whether an inner call site of the package made an exception from a thunk's error. That error is then passed on.
    /// </summary>
    internal bool TryUnwrap(Exception exception, out PendingError error)
    {
        error = _announced;
        return _cause is not null && exception.InnerException == _cause && OfficialPackage.IsItsException(exception);
    }
}
