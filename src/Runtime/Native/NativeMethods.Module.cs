using System.Runtime.InteropServices;
using WasmBindgen.Native.Handles;

namespace WasmBindgen.Native;

// wasmtime/module.h and wat.h
internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial nint wasmtime_wat2wasm(byte* wat, nuint length, wasm_byte_vec_t* result);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_module_new(EngineHandle engine, byte* wasm, nuint length, nint* result);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_module_validate(EngineHandle engine, byte* wasm, nuint length);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_module_serialize(WasmModuleHandle module, wasm_byte_vec_t* result);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_module_deserialize(
        EngineHandle engine, byte* bytes, nuint length, nint* result);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint wasmtime_module_deserialize_file(EngineHandle engine, string path, nint* result);

    [LibraryImport(Library)]
    internal static partial void wasmtime_module_imports(WasmModuleHandle module, wasm_ptr_vec_t* result);

    [LibraryImport(Library)]
    internal static partial void wasmtime_module_exports(WasmModuleHandle module, wasm_ptr_vec_t* result);

    [LibraryImport(Library)]
    internal static partial void wasmtime_module_delete(nint module);
}
