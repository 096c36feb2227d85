using System.Runtime.InteropServices;

namespace WasmBindgen.Native;

// wasmtime/config.h: the pooling allocator
internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial nint wasmtime_pooling_allocation_config_new();

    [LibraryImport(Library)]
    internal static partial void wasmtime_pooling_allocation_config_delete(nint pool);

    /// <summary>Copies the sizes.</summary>
    [LibraryImport(Library)]
    internal static partial void wasmtime_pooling_allocation_strategy_set(nint config, nint pool);

    [LibraryImport(Library)]
    internal static partial void wasmtime_pooling_allocation_config_total_core_instances_set(nint pool, uint value);

    [LibraryImport(Library)]
    internal static partial void wasmtime_pooling_allocation_config_total_memories_set(nint pool, uint value);

    [LibraryImport(Library)]
    internal static partial void wasmtime_pooling_allocation_config_total_tables_set(nint pool, uint value);

    [LibraryImport(Library)]
    internal static partial void wasmtime_pooling_allocation_config_total_stacks_set(nint pool, uint value);

    [LibraryImport(Library)]
    internal static partial void wasmtime_pooling_allocation_config_total_gc_heaps_set(nint pool, uint value);

    [LibraryImport(Library)]
    internal static partial void wasmtime_pooling_allocation_config_max_memories_per_module_set(nint pool, uint value);

    [LibraryImport(Library)]
    internal static partial void wasmtime_pooling_allocation_config_max_tables_per_module_set(nint pool, uint value);

    [LibraryImport(Library)]
    internal static partial void wasmtime_pooling_allocation_config_max_memory_size_set(nint pool, nuint value);

    [LibraryImport(Library)]
    internal static partial void wasmtime_pooling_allocation_config_table_elements_set(nint pool, nuint value);

    [LibraryImport(Library)]
    internal static partial void wasmtime_pooling_allocation_config_max_core_instance_size_set(nint pool, nuint value);

    [LibraryImport(Library)]
    internal static partial void wasmtime_pooling_allocation_config_linear_memory_keep_resident_set(
        nint pool, nuint value);
}
