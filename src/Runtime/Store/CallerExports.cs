using System.Collections.Immutable;
using System.Diagnostics;
using WasmBindgen.CompilerServices;
using WasmBindgen.Native;

namespace WasmBindgen;

/// <summary>
/// What host functions need from the instance that calls them. Remembered while only one instance can be the caller.
/// </summary>
[StackTraceHidden]
internal sealed unsafe class CallerExports(Store store)
{
    // Only of stores with several instances.
    private Dictionary<(uint, uint), Memory>? _memories;
    private Dictionary<(nint, GuestAllocation), GuestAllocator>? _allocators;
    private Dictionary<nint, InvokeExports>? _invokes;

    // Of the only instance, if several are asked for.
    private Dictionary<MemoryName, Memory>? _soleMemories;

    private Memory? _soleMemory;
    private MemoryName? _soleMemoryName;
    private Memory? _lastMemory;
    private GuestAllocator? _soleAllocator;
    private InvokeExports? _soleInvoke;

    /// <summary>Which instances may call.</summary>
    internal CallingInstances Instances { get; } = new();

    /// <summary>The modules that have instances in the store.</summary>
    internal ImmutableArray<Module> Modules { get; private set; } = [];

    /// <summary>
    /// Must be called before the engine creates an instance, even if that then fails: a failed instance may live on in
    /// tables.
    /// </summary>
    internal void BeginInstance(Linkage linkage)
    {
        Instances.Begin(linkage);
        if (!Modules.Contains(linkage.Module))
        {
            Modules = Modules.Add(linkage.Module);
        }

        _soleMemory = null;
        _soleMemories = null;
        _soleAllocator = null;
        _soleInvoke = null;
    }

    /// <summary>The memory of the calling instance that is named <c>memory</c>.</summary>
    internal Memory Memory(nint caller) => Memory(caller, MemoryName.Default);

    /// <summary>
    /// The memory that the calling instance exports under a name, or else imports. While the store has only one
    /// instance, it is always the same; with more instances, the engine is asked for the caller.
    /// </summary>
    internal Memory Memory(nint caller, MemoryName name) =>
        _soleMemory is { } memory && name == _soleMemoryName ? memory : FindMemory(caller, name);

    private Memory FindMemory(nint caller, MemoryName name)
    {
        if (_soleMemories?.TryGetValue(name, out Memory? memory) != true)
        {
            memory = FindExported(caller, name)
                ?? FindImported(caller, name.Text)
                ?? throw GuestBacktrace.BeginInFlight(new WasmException(
                    "A host method needs the guest's memory, but the calling instance has no memory named "
                    + $"`{name.Text}`."));
            if (Instances.Count != 1)
            {
                return memory;
            }

            if (_soleMemory is not null)
            {
                _soleMemories ??= new() { [_soleMemoryName!] = _soleMemory };
                _soleMemories[name] = memory;
            }
        }

        (_soleMemory, _soleMemoryName) = (memory, name);
        return memory!;
    }

    /// <summary>
    /// Finds what the calling instance exports under a name in UTF-8. The engine knows no caller of a host function
    /// that the host itself calls, be it by its index in a table of the guest; if there is only one instance, that is
    /// the one that has it.
    /// </summary>
    /// <param name="caller">The call.</param>
    /// <param name="name">The name.</param>
    /// <param name="item">What it exports.</param>
    /// <param name="acceptsShared">Whether it may be a shared memory, which is then to be released.</param>
    internal bool TryFindExport(nint caller, byte[] name, out wasmtime_extern_t item, bool acceptsShared = false) =>
        Items.TryFindExport(caller, name, out item, acceptsShared)
        || Instances.Sole?.TryFindExport(name, out item, acceptsShared) == true;

    private Memory? FindExported(nint caller, MemoryName name) =>
        TryFindExport(caller, name.Utf8, out wasmtime_extern_t item) ? Items.AsMemory(store, item) : null;

    private Memory? FindImported(nint caller, string name) =>
        Instances.Find(caller, linkage => linkage.FindMemory(name)) is { } item ? Items.AsMemory(store, item) : null;

    /// <summary>One object for each memory, so that passing it to a host method allocates only once.</summary>
    internal Memory Intern(wasmtime_item_t memory)
    {
        (uint, uint) key = Items.KeyOf(memory);
        if (_lastMemory is { } last && Items.KeyOf(last.Native) == key)
        {
            return last;
        }

        store.Enter(); // a look-up that found the memory has left the store, and another thread may have entered since
        _memories ??= [];
        if (!_memories.TryGetValue(key, out Memory? known))
        {
            known = new Memory(store, memory);
            _memories.Add(key, known);
        }

        store.Exit();
        _lastMemory = known;
        return known;
    }

    /// <summary>
    /// The allocator of the calling instance: its own exports, or those of another instance that its linker had. As for
    /// the memory, it is looked up once while there is only one instance.
    /// </summary>
    internal GuestAllocator Allocator(nint caller, GuestAllocation allocation)
    {
        if (_soleAllocator is { } sole && sole.Allocation == allocation)
        {
            return sole;
        }

        // The function identifies the instance that allocates.
        nint function = Find(caller, allocation.Module, allocation.Name, allocation.Type).func.index;
        _allocators ??= [];
        if (!_allocators.TryGetValue((function, allocation), out GuestAllocator? allocator))
        {
            allocator = allocation.Bind(
                (name, type) => new GuestFunction(store, Find(caller, allocation.Module, name, type).func, name),
                (name, type) => new Global(store, Find(caller, allocation.Module, name, type).item).Read().U32);
            _allocators.Add((function, allocation), allocator);
        }

        if (Instances.Count == 1)
        {
            _soleAllocator = allocator;
        }

        return allocator;
    }

    /// <summary>What the calling instance exports for its <c>invoke_*</c> functions.</summary>
    internal InvokeExports Invoke(nint caller) => _soleInvoke ?? FindInvoke(caller);

    private InvokeExports FindInvoke(nint caller)
    {
        // The function identifies the instance.
        nint function = InvokeExports.Find(store, caller, InvokeExports.SetThrew).index;
        _invokes ??= [];
        if (!_invokes.TryGetValue(function, out InvokeExports? invoke))
        {
            _invokes.Add(function, invoke = new InvokeExports(store, caller));
        }

        if (Instances.Count == 1)
        {
            _soleInvoke = invoke;
        }

        return invoke;
    }

    /// <summary>
    /// Linking has checked the importing instance, but a function may also be passed to another instance, or called by
    /// the host.
    /// </summary>
    private wasmtime_extern_t Find(nint caller, string? module, string name, ExternType want)
    {
        wasmtime_extern_t? found =
            module is not null ? Instances.Find(caller, linkage => linkage.Find(module, name))
            : TryFindExport(caller, Utf8Name.Encode(name), out wasmtime_extern_t export) ? export
            : null;
        if (found is { } item && Items.TypeOf(store, item).Equals(want))
        {
            return item;
        }

        throw GuestBacktrace.BeginInFlight(new WasmException(
            "A host method passes a string, list or the like to the guest, but "
            + (module is null ? $"the calling instance exports no `{name}`" : $"its linker had no `{module}.{name}`")
            + $" of type {want} to allocate it."));
    }
}
