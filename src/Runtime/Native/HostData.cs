using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace WasmBindgen.Native;

/// <summary>Managed objects that the engine holds as GCHandles.</summary>
internal static class HostData
{
    /// <summary>
    /// The engine's finalizer for them. Runs on the thread that releases the last reference; must not touch a store.
    /// </summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static void Free(nint handle)
    {
        if (handle != 0)
        {
            GCHandle.FromIntPtr(handle).Free();
        }
    }
}
