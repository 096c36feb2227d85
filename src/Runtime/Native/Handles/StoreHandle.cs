using Microsoft.Win32.SafeHandles;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen.Native.Handles;

/// <summary>A store.</summary>
internal sealed class StoreHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    private readonly bool _isBorrowed;

    /// <param name="store">The store.</param>
    /// <param name="isBorrowed">Whether somebody else deletes it.</param>
    internal StoreHandle(nint store, bool isBorrowed = false)
        : base(ownsHandle: true)
    {
        _isBorrowed = isBorrowed;
        SetHandle(store);
    }

    protected override bool ReleaseHandle()
    {
        if (!_isBorrowed)
        {
            wasmtime_store_delete(handle);
        }

        return true;
    }
}
