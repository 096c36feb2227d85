using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen.Loading;

/// <summary>Makes an engine take its instances from a pool.</summary>
internal static unsafe class Pool
{
    // The engine's defaults.
    private const long Reservation = 1L << 32;
    private const long Guard = 32 << 20;
    private const int Number = 1000;
    private const int TableElements = 20_000;

    // What an element of a table takes, at most.
    private const int ElementSize = 16;

    // The engine aborts the process when it cannot have what it asks for, so less is allowed here.
    private const double Margin = 1.125;

    /// <summary>Checks what the engine would end the process for.</summary>
    /// <exception cref="ArgumentException">A size is negative, or contradicts another.</exception>
    /// <exception cref="WasmException">The process has not that much address space left.</exception>
    internal static void Check(EngineOptions options, PoolingOptions pool)
    {
        if (options.CountMemory || options.MemoryLimitInterrupts)
        {
            throw new ArgumentException(
                "EngineOptions.Pooling excludes CountMemory and MemoryLimitInterrupts: the pool's memories are the "
                + "engine's own.",
                nameof(options));
        }

        foreach ((string name, long? value) in new (string, long?)[]
        {
            (nameof(pool.MaxInstances), pool.MaxInstances),
            (nameof(pool.MaxMemories), pool.MaxMemories),
            (nameof(pool.MaxTables), pool.MaxTables),
            (nameof(pool.MaxMemoriesPerModule), pool.MaxMemoriesPerModule),
            (nameof(pool.MaxTablesPerModule), pool.MaxTablesPerModule),
            (nameof(pool.MaxMemoryBytes), pool.MaxMemoryBytes),
            (nameof(pool.MaxTableElements), pool.MaxTableElements),
            (nameof(pool.MaxInstanceBytes), pool.MaxInstanceBytes),
            (nameof(pool.KeepResidentBytes), pool.KeepResidentBytes),
        })
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value ?? 0, $"{nameof(options.Pooling)}.{name}");
        }

        long reservation = options.MemoryReservation ?? Reservation;
        long most = pool.MaxMemoryBytes ?? reservation;
        if (most > reservation || pool.KeepResidentBytes > most)
        {
            throw new ArgumentException(
                $"PoolingOptions.MaxMemoryBytes, {most}, cannot exceed EngineOptions.MemoryReservation, {reservation}, "
                + "nor KeepResidentBytes exceed that.",
                nameof(options));
        }

        double memory = (double)reservation + (options.MemoryGuardSize ?? Guard);
        double table = (double)(pool.MaxTableElements ?? TableElements) * ElementSize;
        double bytes = (((pool.MaxMemories ?? Number) + 1) * memory)
            + ((pool.MaxTables ?? Number) * table)
            + ((double)(pool.MaxInstances ?? Number) * (pool.MaxInstanceBytes ?? 1 << 20));
        if (!CanReserve(bytes * Margin))
        {
            throw new WasmException(
                $"The process has no {bytes:N0} bytes of address space left for the pool: EngineOptions.Pooling asks "
                + $"for {pool.MaxMemories ?? Number} memories of {memory:N0} bytes. Lower PoolingOptions.MaxMemories "
                + "or EngineOptions.MemoryReservation.");
        }
    }

    internal static string InWords(PoolingOptions pool) =>
        $" (PoolingOptions: {nameof(pool.MaxInstances)} = {pool.MaxInstances ?? Number}, "
        + $"{nameof(pool.MaxMemories)} = {pool.MaxMemories ?? Number}, "
        + $"{nameof(pool.MaxTables)} = {pool.MaxTables ?? Number})";

    internal static void Use(nint config, EngineOptions options, PoolingOptions pool)
    {
        nint native = wasmtime_pooling_allocation_config_new();
        wasmtime_pooling_allocation_config_total_stacks_set(native, 0); // only asynchronous calls use them
        wasmtime_pooling_allocation_config_max_memory_size_set(
            native, (nuint)(pool.MaxMemoryBytes ?? options.MemoryReservation ?? Reservation));
        Set(pool.MaxInstances, &wasmtime_pooling_allocation_config_total_core_instances_set);
        Set(pool.MaxMemories, &wasmtime_pooling_allocation_config_total_memories_set);
        Set(pool.MaxMemories, &wasmtime_pooling_allocation_config_total_gc_heaps_set);
        Set(pool.MaxTables, &wasmtime_pooling_allocation_config_total_tables_set);
        Set(pool.MaxMemoriesPerModule, &wasmtime_pooling_allocation_config_max_memories_per_module_set);
        Set(pool.MaxTablesPerModule, &wasmtime_pooling_allocation_config_max_tables_per_module_set);
        SetSize(pool.MaxTableElements, &wasmtime_pooling_allocation_config_table_elements_set);
        SetSize(pool.MaxInstanceBytes, &wasmtime_pooling_allocation_config_max_core_instance_size_set);
        SetSize(pool.KeepResidentBytes, &wasmtime_pooling_allocation_config_linear_memory_keep_resident_set);
        wasmtime_pooling_allocation_strategy_set(config, native);
        wasmtime_pooling_allocation_config_delete(native);

        void Set(int? number, delegate*<nint, uint, void> set)
        {
            if (number is { } value)
            {
                set(native, (uint)value);
            }
        }

        void SetSize(long? size, delegate*<nint, nuint, void> set)
        {
            if (size is { } value)
            {
                set(native, (nuint)value);
            }
        }
    }

    private static bool CanReserve(double bytes)
    {
        if (bytes > long.MaxValue)
        {
            return false;
        }

        byte* pages = AddressSpace.Reserve((nuint)bytes);
        if (pages != null)
        {
            AddressSpace.Release(pages, (nuint)bytes);
        }

        return pages != null;
    }
}
