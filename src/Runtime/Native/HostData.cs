using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace WasmBindgen.Native;

/// <summary>Managed objects that the engine holds as GCHandles.</summary>
internal static class HostData
{
    // Handles are addresses of pointers, so this bit is free.
    private const nint KeptOnly = 2;

    /// <summary>A handle that only keeps an object alive.</summary>
    internal static nint Keep(object kept) => GCHandle.ToIntPtr(GCHandle.Alloc(kept)) | KeptOnly;

    /// <summary>A handle that does not keep an object alive, which the store has to do.</summary>
    internal static nint Weak(object data) =>
        GCHandle.ToIntPtr(GCHandle.Alloc(data, GCHandleType.WeakTrackResurrection));

    /// <summary>The same handle, for a thunk that must not take it for its data.</summary>
    internal static nint KeepOnly(nint handle) => handle | KeptOnly;

    /// <summary>Whether a thunk's first argument is a handle of data for the thunk.</summary>
    internal static bool IsData(nint handle) => (handle & KeptOnly) == 0;

    /// <summary>The object of a handle, of whichever kind.</summary>
    internal static object Target(nint handle) => GCHandle.FromIntPtr(handle & ~KeptOnly).Target!;

    /// <summary>
    /// The engine's finalizer for them. Runs on the thread that releases the last reference; must not touch a store.
    /// </summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static void Free(nint handle) => Release(handle);

    /// <summary>Frees a handle.</summary>
    internal static void Release(nint handle)
    {
        if (handle != 0)
        {
            GCHandle.FromIntPtr(handle & ~KeptOnly).Free();
        }
    }
}
