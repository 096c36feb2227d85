using System.Runtime.InteropServices;

namespace WasmBindgen.Native;

// wasmtime/config.h, wasmtime/engine.h and the engine part of wasm.h
internal static unsafe partial class NativeMethods
{
    internal const string Library = "wasmtime";

    [LibraryImport(Library)]
    internal static partial nint wasm_config_new();

    [LibraryImport(Library)]
    internal static partial void wasmtime_config_consume_fuel_set(nint config, byte value);

    [LibraryImport(Library)]
    internal static partial void wasmtime_config_debug_info_set(nint config, byte value);

    [LibraryImport(Library)]
    internal static partial void wasmtime_config_max_wasm_stack_set(nint config, nuint bytes);

    [LibraryImport(Library)]
    internal static partial void wasmtime_config_async_stack_size_set(nint config, nuint bytes);

    [LibraryImport(Library)]
    internal static partial void wasmtime_config_parallel_compilation_set(nint config, byte value);

    [LibraryImport(Library)]
    internal static partial void wasmtime_config_cranelift_nan_canonicalization_set(nint config, byte value);

    [LibraryImport(Library)]
    internal static partial void wasmtime_config_cranelift_opt_level_set(nint config, byte level);

    [LibraryImport(Library)]
    internal static partial void wasmtime_config_memory_may_move_set(nint config, byte value);

    [LibraryImport(Library)]
    internal static partial void wasmtime_config_memory_reservation_set(nint config, ulong bytes);

    [LibraryImport(Library)]
    internal static partial void wasmtime_config_memory_reservation_for_growth_set(nint config, ulong bytes);

    [LibraryImport(Library)]
    internal static partial void wasmtime_config_memory_guard_size_set(nint config, ulong bytes);

    [LibraryImport(Library)]
    internal static partial void wasmtime_config_memory_init_cow_set(nint config, byte value);

    /// <summary>Copies the creator, and takes ownership of what its finalizer frees.</summary>
    [LibraryImport(Library)]
    internal static partial void wasmtime_config_host_memory_creator_set(
        nint config, wasmtime_memory_creator_t* creator);

    [LibraryImport(Library)]
    internal static partial void wasmtime_config_epoch_interruption_set(nint config, byte value);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint wasmtime_config_cache_config_load(nint config, string path);

    [LibraryImport(Library)]
    internal static partial void wasmtime_config_signals_based_traps_set(nint config, byte value);

    [LibraryImport(Library)]
    internal static partial void wasmtime_config_profiler_set(nint config, byte value);

    [LibraryImport(Library)]
    internal static partial void wasm_config_delete(nint config);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_engine_clone(SafeHandle engine);

    // An atomic addition, from any thread.
    [LibraryImport(Library), SuppressGCTransition]
    internal static partial void wasmtime_engine_increment_epoch(nint engine);

    [LibraryImport(Library)]
    internal static partial nint wasm_engine_new_with_config(nint config);

    [LibraryImport(Library)]
    internal static partial void wasm_engine_delete(nint engine);
}
