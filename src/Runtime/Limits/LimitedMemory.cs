using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using WasmBindgen.Native;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <summary>
/// A guest's memory that this library creates instead of the engine: only the creator of a memory learns how large it
/// is, and that a guest asked for too much. The guest gets -1 as usual, but its store knows.
/// </summary>
/// <remarks>
/// C API: <c>wasmtime_memory_creator_t</c>. Laid out like the engine's own: a reservation that is filled from the
/// front, with a guard behind it.
/// </remarks>
internal sealed unsafe class LimitedMemory
{
    // The store for which the engine is about to create memories on this thread.
    [ThreadStatic]
    private static WeakReference<Store>? t_store;

    private readonly EngineOptions _options;
    private readonly WeakReference<Store>? _store;
    private readonly nuint _guard;
    private byte* _pages;
    private nuint _capacity;
    private nuint _size;

    private LimitedMemory(EngineOptions options, WeakReference<Store>? store, nuint capacity, nuint guard)
    {
        _options = options;
        _store = store;
        _capacity = capacity;
        _guard = nuint.Max(guard, 1); // because the system cannot map 0 bytes
    }

    /// <summary>Null for a store that is gone, and while the engine frees its memories.</summary>
    private MemoryLimiter? Limiter =>
        _store is not null && _store.TryGetTarget(out Store? store) && !store.IsDisposed ? store.MemoryLimiter : null;

    /// <summary>Makes an engine create its memories here.</summary>
    internal static void Use(nint config, EngineOptions options)
    {
        var creator = new wasmtime_memory_creator_t
        {
            env = GCHandle.ToIntPtr(GCHandle.Alloc(options)),
            new_memory = &New,
            finalizer = &HostData.Free,
        };
        wasmtime_config_host_memory_creator_set(config, &creator);
        // otherwise the engine aborts: it can map data only into its own memories
        wasmtime_config_memory_init_cow_set(config, 0);
    }

    /// <summary>Must be called before anything that makes the engine create a memory.</summary>
    internal static void BeginFor(WeakReference<Store>? store) => t_store = store;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint New(
        nint options,
        nint type,
        nuint minimum,
        nuint maximum,
        nuint reserved,
        nuint guard,
        wasmtime_linear_memory_t* result)
    {
        var memory = new LimitedMemory(
            Unsafe.As<EngineOptions>(GCHandle.FromIntPtr(options).Target!),
            t_store,
            nuint.Max(minimum, reserved),
            guard);
        if (memory.Limiter?.Allows(0, minimum) == false)
        {
            return wasmtime_error_new("the memory's initial size exceeds a limit of the store");
        }

        memory._pages = memory.Reserve(memory._capacity, minimum);
        if (memory._pages == null)
        {
            return wasmtime_error_new("the system has no room for the memory");
        }

        memory.Resize(minimum);
        *result = new wasmtime_linear_memory_t
        {
            env = GCHandle.ToIntPtr(GCHandle.Alloc(memory)),
            get_memory = &Get,
            grow_memory = &Grow,
            finalizer = &Free,
        };
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte* Get(nint self, nuint* size, nuint* capacity)
    {
        LimitedMemory memory = Of(self);
        *size = memory._size;
        *capacity = memory._capacity;
        return memory._pages;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint Grow(nint self, nuint size)
    {
        LimitedMemory memory = Of(self);
        return memory.Limiter?.Allows(memory._size, size) == false ? wasmtime_error_new("a limit of the store")
            : memory.TryGrow(size) ? 0
            : wasmtime_error_new("the system has no room for it");
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Free(nint self)
    {
        LimitedMemory memory = Of(self);
        memory.Resize(0);
        AddressSpace.Release(memory._pages, memory._capacity + memory._guard);
        GCHandle.FromIntPtr(self).Free();
    }

    private static LimitedMemory Of(nint self) => Unsafe.As<LimitedMemory>(GCHandle.FromIntPtr(self).Target!);

    private void Resize(nuint size)
    {
        Limiter?.Count(_size, size);
        Telemetry.CountMemory(_size, size);
        _size = size;
    }

    private bool TryGrow(nuint size)
    {
        if (size > _capacity ? !TryMove(size) : !AddressSpace.Commit(_pages, size))
        {
            return false;
        }

        Resize(size);
        return true;
    }

    private bool TryMove(nuint size)
    {
        const long TwoGigabytes = 1L << 31;
        nuint capacity = size + (nuint)(_options.MemoryReservationForGrowth ?? TwoGigabytes);
        byte* pages = !_options.MayMemoriesMove ? null : Reserve(capacity, size);
        if (pages == null)
        {
            return false;
        }

        Buffer.MemoryCopy(_pages, pages, _size, _size);
        AddressSpace.Release(_pages, _capacity + _guard);
        _pages = pages;
        _capacity = capacity;
        return true;
    }

    /// <summary>
    /// Finds room for a memory and its guard. A 64-bit guest may ask for so much that sizes overflow.
    /// </summary>
    /// <returns>The first page, or null.</returns>
    private byte* Reserve(nuint capacity, nuint size)
    {
        nuint bytes = capacity + _guard;
        byte* pages = capacity < size || bytes < capacity ? null : AddressSpace.Reserve(bytes);
        if (pages != null && !AddressSpace.Commit(pages, size))
        {
            AddressSpace.Release(pages, bytes);
            return null;
        }

        return pages;
    }
}
