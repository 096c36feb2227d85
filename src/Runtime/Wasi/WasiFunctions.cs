using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using WasmBindgen.CompilerServices;

namespace WasmBindgen.Wasi;

/// <summary>Defines WASI in a linker.</summary>
/// <remarks>
/// All functions are ours, and some call the engine's: its <c>proc_exit</c> refuses codes above 125, its streams cannot
/// be .NET streams, its sleep ignores limits, and it reports bad addresses only as text.
/// </remarks>
internal static unsafe class WasiFunctions
{
    // WASI fixes the name (application ABI: all but the most trivial programs export "memory").
    private static readonly ValueRequirement s_memory =
        new(GuestNeeds.Memory, GuestAbi.Canonical);

    /// <summary>The functions, for a linker.</summary>
    internal static IReadOnlyList<HostFunction> All { get; } =
    [
        .. WasiFunction.All.Select(static function => new HostFunction(
            function.Name,
            function.Parameters,
            function.Results,
            (nint)(delegate* unmanaged[Cdecl]<nint, nint, Slot*, nuint, nint>)&Call,
            function,
            function.NeedsMemory ? s_memory : null,
            function.Signature)),
    ];

    /// <summary>Calls the function of which it gets a handle. No exception leaves a thunk.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint Call(nint handle, nint caller, Slot* slots, nuint count)
    {
        WasiFunction function = Unsafe.As<WasiFunction>(GCHandle.FromIntPtr(handle).Target!);
        try
        {
            slots[0].S32 = function.Implementation(new WasiCall(function, Store.Of(caller), caller, slots));
            return 0;
        }
        catch (GuestExitException exit)
        {
            return HostCall.Interrupt(caller, exit, WasiFunction.Module, function.Name);
        }
        catch (Exception exception)
        {
            return HostCall.Abort(caller, exception, WasiFunction.Module, function.Name);
        }
    }
}
