using System.Runtime.InteropServices;

namespace WasmBindgen.Native;

// wasmtime/trap.h and error.h
internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial nint wasmtime_trap_new(byte* message, nuint length);

    /// <remarks>Ends the process for a code that does not exist.</remarks>
    [LibraryImport(Library)]
    internal static partial nint wasmtime_trap_new_code(byte code);

    [LibraryImport(Library)]
    internal static partial byte wasmtime_trap_code(nint trap, byte* code);

    [LibraryImport(Library)]
    internal static partial void wasm_trap_trace(nint trap, wasm_ptr_vec_t* frames);

    [LibraryImport(Library)]
    internal static partial void wasm_trap_delete(nint trap);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint wasmtime_error_new(string message);

    [LibraryImport(Library)]
    internal static partial void wasmtime_error_message(nint error, wasm_byte_vec_t* message);

    [LibraryImport(Library)]
    internal static partial void wasmtime_error_wasm_trace(nint error, wasm_ptr_vec_t* frames);

    [LibraryImport(Library)]
    internal static partial byte wasmtime_error_exit_status(nint error, int* status);

    [LibraryImport(Library)]
    internal static partial void wasmtime_error_delete(nint error);

    [LibraryImport(Library)]
    internal static partial uint wasm_frame_func_index(nint frame);

    [LibraryImport(Library)]
    internal static partial nuint wasm_frame_func_offset(nint frame);

    [LibraryImport(Library)]
    internal static partial nuint wasm_frame_module_offset(nint frame);

    [LibraryImport(Library)]
    internal static partial wasm_byte_vec_t* wasmtime_frame_func_name(nint frame);

    [LibraryImport(Library)]
    internal static partial wasm_byte_vec_t* wasmtime_frame_module_name(nint frame);

    [LibraryImport(Library)]
    internal static partial void wasm_frame_vec_delete(wasm_ptr_vec_t* frames);
}
