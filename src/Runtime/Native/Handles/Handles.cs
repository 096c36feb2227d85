using Microsoft.Win32.SafeHandles;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen.Native.Handles;

// The engine counts references itself: engines, modules and linkers may be released in any order, even while in use.

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

internal sealed class SharedMemoryHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    internal SharedMemoryHandle(nint memory)
        : base(ownsHandle: true) => SetHandle(memory);

    protected override bool ReleaseHandle()
    {
        wasmtime_sharedmemory_delete(handle);
        return true;
    }
}

/// <summary>
/// A type, which the engine knows for as long as this exists: functions of it are then cheap to make.
/// </summary>
internal sealed class FunctionTypeHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    internal FunctionTypeHandle(FunctionType type)
        : base(ownsHandle: true) => SetHandle(TypeReader.NewFunction(
            [.. type.Parameters.Select(static parameter => parameter.Kind)],
            [.. type.Results.Select(static result => result.Kind)]));

    protected override bool ReleaseHandle()
    {
        wasm_functype_delete(handle);
        return true;
    }
}
