using System.Runtime.InteropServices;

namespace WasmBindgen.Native;

// wasmtime/config.h: what modules may use, and how faults are found
internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial void wasmtime_config_wasm_gc_set(nint config, byte value);

    [LibraryImport(Library)]
    internal static partial void wasmtime_config_wasm_function_references_set(nint config, byte value);

    [LibraryImport(Library)]
    internal static partial void wasmtime_config_wasm_exceptions_set(nint config, byte value);

    [LibraryImport(Library)]
    internal static partial void wasmtime_config_wasm_wide_arithmetic_set(nint config, byte value);

    [LibraryImport(Library)]
    internal static partial void wasmtime_config_wasm_stack_switching_set(nint config, byte value);

    [LibraryImport(Library)]
    internal static partial void wasmtime_config_wasm_tail_call_set(nint config, byte value);

    [LibraryImport(Library)]
    internal static partial void wasmtime_config_wasm_threads_set(nint config, byte value);

    [LibraryImport(Library)]
    internal static partial void wasmtime_config_wasm_memory64_set(nint config, byte value);

    [LibraryImport(Library)]
    internal static partial void wasmtime_config_wasm_multi_memory_set(nint config, byte value);

    [LibraryImport(Library)]
    internal static partial void wasmtime_config_wasm_multi_value_set(nint config, byte value);

    [LibraryImport(Library)]
    internal static partial void wasmtime_config_wasm_bulk_memory_set(nint config, byte value);

    [LibraryImport(Library)]
    internal static partial void wasmtime_config_wasm_reference_types_set(nint config, byte value);

    [LibraryImport(Library)]
    internal static partial void wasmtime_config_wasm_simd_set(nint config, byte value);

    [LibraryImport(Library)]
    internal static partial void wasmtime_config_wasm_relaxed_simd_set(nint config, byte value);

    [LibraryImport(Library)]
    internal static partial void wasmtime_config_wasm_relaxed_simd_deterministic_set(nint config, byte value);

    [LibraryImport(Library)]
    internal static partial void wasmtime_config_wasm_branch_hinting_set(nint config, byte value);

    [LibraryImport(Library)]
    internal static partial void wasmtime_config_wasm_compact_imports_set(nint config, byte value);

    [LibraryImport(Library)]
    internal static partial void wasmtime_config_wasm_component_model_async_set(nint config, byte value);

    [LibraryImport(Library)]
    internal static partial void wasmtime_config_shared_memory_set(nint config, byte value);
}
