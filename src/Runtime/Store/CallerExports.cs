using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using WasmBindgen.CompilerServices;
using WasmBindgen.Native;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <summary>
/// What host functions need from the instance that calls them. Remembered while only one instance can be the caller.
/// </summary>
[StackTraceHidden]
internal sealed unsafe class CallerExports(Store store)
{
    private readonly Dictionary<(uint, uint), Memory> _memories = [];
    private readonly Dictionary<(nint, GuestAllocation), GuestAllocator> _allocators = [];

    private int _instances;
    private Memory? _soleMemory;
    private byte[]? _soleMemoryName;
    private Memory? _lastMemory;
    private GuestAllocator? _soleAllocator;

    /// <summary>The modules that have instances in the store.</summary>
    internal ImmutableArray<Module> Modules { get; private set; } = [];

    /// <summary>
    /// Must be called before the engine creates an instance, even if that then fails: a failed instance may live on in
    /// tables.
    /// </summary>
    internal void CountInstance(Module module)
    {
        _instances++;
        if (!Modules.Contains(module))
        {
            Modules = Modules.Add(module);
        }

        _soleMemory = null;
        _soleAllocator = null;
    }

    /// <summary>What toolchains call a guest's memory, in UTF-8.</summary>
    internal static byte[] DefaultMemory { get; } = "memory"u8.ToArray();

    /// <summary>The memory that the calling instance exports as <c>memory</c>.</summary>
    internal Memory Memory(nint caller) => Memory(caller, DefaultMemory);

    /// <summary>
    /// A memory that the calling instance exports, by its name in UTF-8. While the store has only one instance, it is
    /// always the same; with more instances, the engine is asked for the caller.
    /// </summary>
    internal Memory Memory(nint caller, byte[] name)
    {
        if (_soleMemory is { } memory && name == _soleMemoryName)
        {
            return memory;
        }

        memory = FindMemory(caller, name) ?? throw GuestBacktrace.BeginInFlight(new WasmException(
            "A host method needs the guest's memory, but the calling instance exports no memory named "
            + $"`{Encoding.UTF8.GetString(name)}`."));
        if (_instances == 1)
        {
            (_soleMemory, _soleMemoryName) = (memory, name);
        }

        return memory;
    }

    private Memory? FindMemory(nint caller, byte[] name)
    {
        fixed (byte* bytes = name)
        {
            wasmtime_extern_t item;
            if (wasmtime_caller_export_get(caller, bytes, (nuint)name.Length, &item) == 0)
            {
                return null;
            }

            if (item.kind == ExternKind.SharedMemory)
            {
                wasmtime_extern_delete(&item);
            }

            return Items.AsMemory(store, item);
        }
    }

    /// <summary>One object for each memory, so that passing it to a host method allocates only once.</summary>
    internal Memory Intern(wasmtime_item_t memory)
    {
        // Only these 32-bit fields of a wasmtime_memory_t count: between them is padding with arbitrary content.
        (uint, uint) key = KeyOf(memory);
        if (_lastMemory is { } last && KeyOf(last.Native) == key)
        {
            return last;
        }

        store.Enter(); // a look-up that found the memory has left the store, and another thread may have entered since
        if (!_memories.TryGetValue(key, out Memory? known))
        {
            known = new Memory(store, memory);
            _memories.Add(key, known);
        }

        store.Exit();
        _lastMemory = known;
        return known;

        static (uint, uint) KeyOf(wasmtime_item_t memory) =>
            (unchecked((uint)memory.index), unchecked((uint)memory.sub_index));
    }

    /// <summary>
    /// The allocator that the calling instance exports. As for the memory, it is looked up once while there is only one
    /// instance.
    /// </summary>
    internal GuestAllocator Allocator(nint caller, GuestAllocation allocation)
    {
        if (_soleAllocator is { } sole && sole.Allocation == allocation)
        {
            return sole;
        }

        // The exported function identifies the calling instance.
        nint function = Find(caller, allocation.Name, allocation.Type).func.index;
        if (!_allocators.TryGetValue((function, allocation), out GuestAllocator? allocator))
        {
            allocator = allocation.Bind(
                (name, type) => new GuestFunction(store, Find(caller, name, type).func, name),
                (name, type) => new Global(store, Find(caller, name, type).item).Read().U32);
            _allocators.Add((function, allocation), allocator);
        }

        if (_instances == 1)
        {
            _soleAllocator = allocator;
        }

        return allocator;
    }

    /// <summary>
    /// Linking has checked the exports of the importing instance, but a function may also be passed to another
    /// instance, or called by the host.
    /// </summary>
    private wasmtime_extern_t Find(nint caller, string name, ExternType want)
    {
        byte[] utf8 = Utf8Name.Encode(name);
        wasmtime_extern_t item;
        fixed (byte* bytes = utf8)
        {
            if (wasmtime_caller_export_get(caller, bytes, (nuint)utf8.Length, &item) != 0
                && Items.TypeOf(store, item)?.Equals(want) == true)
            {
                return item;
            }
        }

        throw GuestBacktrace.BeginInFlight(new WasmException(
            "A host method passes a string, list or the like to the guest, but the calling instance exports no "
            + $"`{name}` of type {want} to allocate it."));
    }
}
