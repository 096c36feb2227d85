using System.Runtime.InteropServices;
using WasmBindgen.CompilerServices;
using WasmBindgen.Native.Handles;

namespace WasmBindgen.Native;

// wasmtime/linker.h
internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial nint wasmtime_linker_new(EngineHandle engine);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_linker_clone(LinkerHandle linker);

    [LibraryImport(Library)]
    internal static partial void wasmtime_linker_delete(nint linker);

    [LibraryImport(Library)]
    internal static partial void wasmtime_linker_allow_shadowing(LinkerHandle linker, byte allow);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_linker_define(
        LinkerHandle linker,
        nint context,
        byte* module,
        nuint moduleLength,
        byte* name,
        nuint nameLength,
        wasmtime_extern_t* item);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_linker_define_func_unchecked(
        LinkerHandle linker,
        byte* module,
        nuint moduleLength,
        byte* name,
        nuint nameLength,
        nint type,
        delegate* unmanaged[Cdecl]<nint, nint, Slot*, nuint, nint> callback,
        nint data,
        delegate* unmanaged[Cdecl]<nint, void> finalizer);

    [LibraryImport(Library)]
    internal static partial byte wasmtime_linker_get(
        LinkerHandle linker,
        nint context,
        byte* module,
        nuint moduleLength,
        byte* name,
        nuint nameLength,
        wasmtime_extern_t* item);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_linker_define_instance(
        LinkerHandle linker, nint context, byte* name, nuint nameLength, wasmtime_instance_t* instance);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_linker_instantiate(
        LinkerHandle linker, nint context, WasmModuleHandle module, wasmtime_instance_t* instance, nint* trap);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_linker_instantiate_pre(
        LinkerHandle linker, WasmModuleHandle module, nint* result);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_instance_pre_instantiate(
        InstancePreHandle pre, nint context, wasmtime_instance_t* instance, nint* trap);

    [LibraryImport(Library)]
    internal static partial void wasmtime_instance_pre_delete(nint pre);
}
