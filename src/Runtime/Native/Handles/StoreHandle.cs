using Microsoft.Win32.SafeHandles;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen.Native.Handles;

/// <summary>A store.</summary>
internal sealed class StoreHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    private readonly Store _owner;
    private readonly bool _isBorrowed;

    /// <param name="store">The store.</param>
    /// <param name="owner">The object of that store, which must not use it any more when this has deleted it.</param>
    /// <param name="isBorrowed">Whether another owner deletes it.</param>
    internal StoreHandle(nint store, Store owner, bool isBorrowed = false)
        : base(ownsHandle: true)
    {
        _owner = owner;
        _isBorrowed = isBorrowed;
        SetHandle(store);
    }

    protected override bool ReleaseHandle()
    {
        if (!TryDelete())
        {
            _ = new Later(this);
        }

        return true;
    }

    private bool TryDelete()
    {
        if (!_owner.TryClose())
        {
            return false;
        }

        if (!_isBorrowed)
        {
            wasmtime_store_delete(handle);
        }

        _owner.CloseFiles();
        return true;
    }

    /// <summary>Tries again with each garbage collection, until no thread is inside the store.</summary>
    private sealed class Later(StoreHandle store)
    {
        ~Later()
        {
            if (!store.TryDelete())
            {
                GC.ReRegisterForFinalize(this);
            }
        }
    }
}
