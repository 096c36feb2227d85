using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace WasmBindgen;

/// <summary>
/// The weak references by which the engine knows stores. One is kept, as making them costs more than that.
/// </summary>
internal static class StoreReference
{
    private static nint s_spare;

    /// <summary>A reference to a store, which a finalizer still sees.</summary>
    internal static nint To(Store store)
    {
        nint spare = Interlocked.Exchange(ref s_spare, 0);
        if (spare == 0)
        {
            return GCHandle.ToIntPtr(GCHandle.Alloc(store, GCHandleType.WeakTrackResurrection));
        }

        GCHandle handle = GCHandle.FromIntPtr(spare);
        handle.Target = store;
        return spare;
    }

    /// <summary>The engine's finalizer for them. Runs on the thread that deletes the store.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static void Free(nint reference)
    {
        GCHandle handle = GCHandle.FromIntPtr(reference);
        handle.Target = null;
        if (Interlocked.CompareExchange(ref s_spare, reference, 0) != 0)
        {
            handle.Free();
        }
    }
}
