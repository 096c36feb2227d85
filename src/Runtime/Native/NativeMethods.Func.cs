using System.Runtime.InteropServices;
using WasmBindgen.CompilerServices;
using WasmBindgen.Native.Handles;

namespace WasmBindgen.Native;

// wasmtime/func.h and the parts of extern.h and instance.h that reach a store's items
internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial nint wasmtime_func_call_unchecked(
        nint context, wasmtime_func_t* func, Slot* slots, nuint count, nint* trap);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_func_type(nint context, wasmtime_func_t* func);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_func_to_raw(nint context, wasmtime_func_t* func);

    [LibraryImport(Library)]
    internal static partial void wasmtime_func_new_unchecked(
        nint context,
        nint type,
        delegate* unmanaged[Cdecl]<nint, nint, Slot*, nuint, nint> callback,
        nint env,
        delegate* unmanaged[Cdecl]<nint, void> finalizer,
        wasmtime_func_t* result);

    [LibraryImport(Library)]
    internal static partial void wasmtime_func_from_raw(nint context, nint raw, wasmtime_func_t* result);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial nint wasmtime_caller_context(nint caller);

    [LibraryImport(Library)]
    internal static partial byte wasmtime_caller_export_get(
        nint caller, byte* name, nuint nameLength, wasmtime_extern_t* result);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_instance_new(
        nint context,
        WasmModuleHandle module,
        wasmtime_extern_t* imports,
        nuint importCount,
        wasmtime_instance_t* instance,
        nint* trap);

    [LibraryImport(Library)]
    internal static partial byte wasmtime_instance_export_get(
        nint context, wasmtime_instance_t* instance, byte* name, nuint nameLength, wasmtime_extern_t* result);

    [LibraryImport(Library)]
    internal static partial byte wasmtime_instance_export_nth(
        nint context,
        wasmtime_instance_t* instance,
        nuint index,
        byte** name,
        nuint* nameLength,
        wasmtime_extern_t* result);

    [LibraryImport(Library)]
    internal static partial void wasmtime_extern_delete(wasmtime_extern_t* item);
}
