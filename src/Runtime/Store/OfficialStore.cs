using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using WasmBindgen.CompilerServices;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <summary>
/// A store of the official package behind a <see cref="Store"/>: who owns the native store, and how an error gets to
/// call sites of that package, which know nothing of ours.
/// </summary>
internal sealed class OfficialStore(object store)
{
    /// <summary>
    /// The adopted stores: each lives as long as the other one, which it keeps alive in turn. Not in
    /// <see cref="Store"/>: with a static field that is to be initialized there, each entry into a store takes 2 ns
    /// longer.
    /// </summary>
    internal static readonly ConditionalWeakTable<object, Store> Adopted = [];

    [ThreadStatic]
    private static WeakReference? t_lastAdopted;

    private readonly object _store = store;
    private readonly SafeHandle _handle = OfficialPackage.HandleOf(store);

    // The last error of a thunk, and what the package was told of it. Where both meet again, it is that error: one that
    // a call site of the package took is not there any more.
    private Exception? _cause;
    private PendingError _announced;

    /// <summary>The store of this thread's last call, with which comparing is faster than looking for it.</summary>
    internal static WeakReference LastAdopted => t_lastAdopted ??= new WeakReference(null);

    internal bool Is(object store) => store == _store;

    internal nint Native => _handle.DangerousGetHandle();

    /// <summary>Keeps the native store from being deleted, whoever disposes it.</summary>
    /// <returns>False when it is deleted already.</returns>
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
    /// Comes before an error goes to the engine. A call site of the package gets as <c>InnerException</c> what the
    /// package's own callbacks would have left.
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
    /// What a call into the guest ended with: an error of a thunk, an exception of a callback of the package, or
    /// neither.
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

        // by the engine's WASI, which has no exception of ours
        return error != 0 && wasmtime_error_exit_status(error, &exitCode) != 0
            ? new PendingError(new GuestExitException(exitCode), Type: null)
            : default;
    }

    /// <summary>
    /// Whether an exception is what a call site of the package, further in, made of an error of a thunk: that error
    /// then passes on.
    /// </summary>
    internal bool TryUnwrap(Exception exception, out PendingError error)
    {
        error = _announced;
        return _cause is not null && exception.InnerException == _cause && OfficialPackage.IsItsException(exception);
    }
}
