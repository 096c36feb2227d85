using Microsoft.Win32.SafeHandles;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen.Native.Handles;

/// <summary>
/// A store, and with it the engine's trap or error of its last failure: an error that nobody asks for its backtrace
/// then costs no object, and one that is asked late still has it.
/// </summary>
internal sealed class StoreHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    private readonly object _gate = new();
    private readonly bool _isBorrowed;
    private nint _fault;
    private bool _faultIsTrap;
    private bool _faultLanded;
    private FaultOrigin _faultOrigin;
    private int _faultNumber;
    private GuestBacktrace? _backtrace;
    private FaultBatch? _batch;

    /// <param name="store">The store.</param>
    /// <param name="isBorrowed">Whether somebody else deletes it.</param>
    internal StoreHandle(nint store, bool isBorrowed = false)
        : base(ownsHandle: true)
    {
        _isBorrowed = isBorrowed;
        SetHandle(store);
    }

    /// <summary>Takes over the engine's trap or error, in place of that of the failure before.</summary>
    /// <returns>The failure's number, for <see cref="ReadFault"/>.</returns>
    internal int KeepFault(nint error, nint trap, bool landed, FaultOrigin origin)
    {
        lock (_gate)
        {
            DeleteFault();
            (_fault, _faultIsTrap) = trap != 0 ? (trap, true) : (error, false);
            _faultLanded = landed;
            _faultOrigin = origin;
            _backtrace = null;
            return ++_faultNumber;
        }
    }

    /// <summary>The backtrace of a failure, if that was the last one.</summary>
    internal GuestBacktrace? ReadFault(int number, out bool landed)
    {
        lock (_gate)
        {
            landed = _faultLanded;
            return number == _faultNumber ? ReadLastFault() : null;
        }
    }

    /// <summary>
    /// The backtrace of the last failure, which from now on needs the store no more; null if there was no failure.
    /// </summary>
    internal GuestBacktrace? ReadLastFault()
    {
        lock (_gate)
        {
            if (_fault != 0)
            {
                if (_batch?.TryAdd(_fault, _faultIsTrap, out int index) is not true)
                {
                    _batch = new FaultBatch();
                    _ = _batch.TryAdd(_fault, _faultIsTrap, out index);
                }

                _backtrace = new GuestBacktrace(new KeptFault(_batch, index, _faultOrigin));
                _fault = 0;
            }

            return _backtrace;
        }
    }

    protected override bool ReleaseHandle()
    {
        if (!_isBorrowed)
        {
            wasmtime_store_delete(handle);
        }

        lock (_gate)
        {
            DeleteFault();
        }

        return true;
    }

    private void DeleteFault()
    {
        if (_fault != 0)
        {
            FaultBatch.Delete(_fault, _faultIsTrap);
            _fault = 0;
        }
    }
}
