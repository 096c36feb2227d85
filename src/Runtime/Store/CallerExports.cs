using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using WasmBindgen.CompilerServices;
using WasmBindgen.Native;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <summary>
/// What host functions want of the instance that calls them, remembered while there is just one that it can be.
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
    /// Must be called before the engine makes an instance, even if that then fails: a failed one may live on in tables.
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
    /// A memory that the calling instance exports, by its name in UTF-8. While the store holds one instance, that is always the same; with
    /// more of them the engine is asked who calls.
    /// </summary>
    internal Memory Memory(nint caller, byte[] name)
    {
        if (_soleMemory is { } memory && name == _soleMemoryName)
        {
            return memory;
        }

        memory = FindMemory(caller, name) ?? throw GuestBacktrace.BeginInFlight(new WasmException(
            "A host method wants the guest's memory, but the calling instance exports no memory named "
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

    /// <summary>
    /// One object for each memory, so that handing it to a host method allocates only the first time.
    /// </summary>
    internal Memory Intern(wasmtime_item_t memory)
    {
        // Of a wasmtime_memory_t only these 32-bit fields count: what lies between them is padding, with anything in
        // it.
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
    /// The allocator that the calling instance exports. As with its memory, it is asked for once while there is one
    /// instance.
    /// </summary>
    internal GuestAllocator Allocator(nint caller, GuestAllocation allocation)
    {
        if (_soleAllocator is { } sole && sole.Allocation == allocation)
        {
            return sole;
        }

        // Which instance calls shows in the function that it exports.
        nint function = FindFunction(caller, allocation.Name, allocation.Type).index;
        if (!_allocators.TryGetValue((function, allocation), out GuestAllocator? allocator))
        {
            allocator = allocation.Bind(
                (name, type) => new GuestFunction(store, FindFunction(caller, name, type), name));
            _allocators.Add((function, allocation), allocator);
        }

        if (_instances == 1)
        {
            _soleAllocator = allocator;
        }

        return allocator;
    }

    /// <summary>
    /// Linking has checked what the importing instance exports; but a function may also come to another one, or be
    /// called by the host.
    /// </summary>
    private wasmtime_func_t FindFunction(nint caller, string name, FunctionType want)
    {
        byte[] utf8 = Utf8Name.Encode(name);
        wasmtime_extern_t item;
        fixed (byte* bytes = utf8)
        {
            if (wasmtime_caller_export_get(caller, bytes, (nuint)utf8.Length, &item) != 0
                && Items.TypeOf(store, item) is FunctionType have && have.Equals(want))
            {
                return item.func;
            }
        }

        throw GuestBacktrace.BeginInFlight(new WasmException(
            $"A host method gives the guest a string, list or the like, but the calling instance exports no `{name}` "
            + $"as {want} to allocate it."));
    }
}
