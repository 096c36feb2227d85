using System.Runtime.InteropServices;

namespace WasmBindgen.Native;

// wasm.h: types and vectors. What a "const" function returns is borrowed from its argument.
internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial void wasm_byte_vec_delete(wasm_byte_vec_t* vec);

    [LibraryImport(Library)]
    internal static partial nint wasm_valtype_new(byte kind);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_wasm_valtype_v128();

    [LibraryImport(Library)]
    internal static partial void wasmtime_valtype_new(nint type, wasmtime_valtype_t* result);

    [LibraryImport(Library)]
    internal static partial void wasmtime_valtype_delete(wasmtime_valtype_t* type);

    [LibraryImport(Library)]
    internal static partial void wasm_valtype_vec_new(wasm_ptr_vec_t* result, nuint count, nint* elements);

    [LibraryImport(Library)]
    internal static partial nint wasm_functype_new(wasm_ptr_vec_t* parameters, wasm_ptr_vec_t* results);

    [LibraryImport(Library)]
    internal static partial wasm_ptr_vec_t* wasm_functype_params(nint type);

    [LibraryImport(Library)]
    internal static partial wasm_ptr_vec_t* wasm_functype_results(nint type);

    [LibraryImport(Library)]
    internal static partial void wasm_functype_delete(nint type);

    [LibraryImport(Library)]
    internal static partial nint wasm_globaltype_new(nint valtype, byte mutability);

    [LibraryImport(Library)]
    internal static partial nint wasm_globaltype_content(nint type);

    [LibraryImport(Library)]
    internal static partial byte wasm_globaltype_mutability(nint type);

    [LibraryImport(Library)]
    internal static partial void wasm_globaltype_delete(nint type);

    [LibraryImport(Library)]
    internal static partial nint wasm_tabletype_new(nint valtype, wasm_limits_t* limits);

    [LibraryImport(Library)]
    internal static partial nint wasm_tabletype_element(nint type);

    [LibraryImport(Library)]
    internal static partial wasm_limits_t* wasm_tabletype_limits(nint type);

    [LibraryImport(Library)]
    internal static partial void wasm_tabletype_delete(nint type);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_memorytype_new(
        ulong min, byte maxPresent, ulong max, byte is64, byte shared, byte pageSizeLog2, nint* result);

    [LibraryImport(Library)]
    internal static partial ulong wasmtime_memorytype_minimum(nint type);

    [LibraryImport(Library)]
    internal static partial byte wasmtime_memorytype_maximum(nint type, ulong* maximum);

    [LibraryImport(Library)]
    internal static partial byte wasmtime_memorytype_is64(nint type);

    [LibraryImport(Library)]
    internal static partial byte wasmtime_memorytype_isshared(nint type);

    [LibraryImport(Library)]
    internal static partial void wasm_memorytype_delete(nint type);

    [LibraryImport(Library)]
    internal static partial wasm_byte_vec_t* wasm_importtype_module(nint type);

    [LibraryImport(Library)]
    internal static partial wasm_byte_vec_t* wasm_importtype_name(nint type);

    [LibraryImport(Library)]
    internal static partial nint wasm_importtype_type(nint type);

    [LibraryImport(Library)]
    internal static partial void wasm_importtype_vec_delete(wasm_ptr_vec_t* vec);

    [LibraryImport(Library)]
    internal static partial wasm_byte_vec_t* wasm_exporttype_name(nint type);

    [LibraryImport(Library)]
    internal static partial nint wasm_exporttype_type(nint type);

    [LibraryImport(Library)]
    internal static partial void wasm_exporttype_vec_delete(wasm_ptr_vec_t* vec);

    [LibraryImport(Library)]
    internal static partial byte wasm_externtype_kind(nint type);

    [LibraryImport(Library)]
    internal static partial nint wasm_externtype_as_functype_const(nint type);

    [LibraryImport(Library)]
    internal static partial nint wasm_externtype_as_globaltype_const(nint type);

    [LibraryImport(Library)]
    internal static partial nint wasm_externtype_as_tabletype_const(nint type);

    [LibraryImport(Library)]
    internal static partial nint wasm_externtype_as_memorytype_const(nint type);

    [LibraryImport(Library)]
    internal static partial nint wasm_externtype_as_tagtype_const(nint type);

    /// <summary>Takes ownership of the function type.</summary>
    [LibraryImport(Library)]
    internal static partial nint wasm_tagtype_new(nint functionType);

    [LibraryImport(Library)]
    internal static partial nint wasm_tagtype_functype(nint type);

    [LibraryImport(Library)]
    internal static partial void wasm_tagtype_delete(nint type);
}
