using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace WasmBindgen.CompilerServices;

/// <summary>A function that a module imports and nothing defines. It ends the guest that calls it.</summary>
internal sealed unsafe record UnknownImport(string Module, string Name)
{
    /// <summary>What the engine calls, with a handle of the import.</summary>
    internal static nint Thunk => (nint)(delegate* unmanaged[Cdecl]<nint, nint, Slot*, nuint, nint>)&Call;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint Call(nint handle, nint caller, Slot* slots, nuint count) =>
        HostCall.EndAtUnknown(caller, Unsafe.As<UnknownImport>(GCHandle.FromIntPtr(handle).Target!));
}
