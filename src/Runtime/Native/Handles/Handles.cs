using Microsoft.Win32.SafeHandles;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen.Native.Handles;

// The engine counts references itself: an engine, module or linker may go before whatever still uses it, in any order.

internal sealed class EngineHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    internal EngineHandle(nint engine)
        : base(ownsHandle: true) => SetHandle(engine);

    protected override bool ReleaseHandle()
    {
        wasm_engine_delete(handle);
        return true;
    }
}

internal sealed class WasmModuleHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    internal WasmModuleHandle(nint module)
        : base(ownsHandle: true) => SetHandle(module);

    protected override bool ReleaseHandle()
    {
        wasmtime_module_delete(handle);
        return true;
    }
}

internal sealed class LinkerHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    internal LinkerHandle(nint linker, bool isBorrowed = false)
        : base(ownsHandle: !isBorrowed) => SetHandle(linker);

    protected override bool ReleaseHandle()
    {
        wasmtime_linker_delete(handle);
        return true;
    }
}

internal sealed class InstancePreHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    internal InstancePreHandle(nint pre)
        : base(ownsHandle: true) => SetHandle(pre);

    protected override bool ReleaseHandle()
    {
        wasmtime_instance_pre_delete(handle);
        return true;
    }
}

/// <summary>A <c>wasm_trap_t</c> or <c>wasmtime_error_t</c>, kept for the frames that it can still be asked for.</summary>
internal sealed class FaultHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    internal FaultHandle(nint fault, bool isTrap, FaultOrigin origin)
        : base(ownsHandle: true)
    {
        SetHandle(fault);
        IsTrap = isTrap;
        Origin = origin;
    }

    internal bool IsTrap { get; }

    /// <summary>What its frames do not tell.</summary>
    internal FaultOrigin Origin { get; }

    internal static void Delete(nint fault, bool isTrap)
    {
        if (isTrap)
        {
            wasm_trap_delete(fault);
        }
        else
        {
            wasmtime_error_delete(fault);
        }
    }

    protected override bool ReleaseHandle()
    {
        Delete(handle, IsTrap);
        return true;
    }
}
