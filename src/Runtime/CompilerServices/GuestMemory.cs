using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using WasmBindgen.Components;
using WasmBindgen.Native;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen.CompilerServices;

/// <summary>
/// The guest's memory while the values of one call cross: its current address, and its allocator. The store stays
/// entered as long as this is used. Only generated code calls it.
/// </summary>
[StackTraceHidden]
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe partial struct GuestMemory
{
    // The number of bytes that any guest may pass in one call, however small its memory.
    private const ulong MinBudget = 16 << 20;

    // How many bytes cross between two looks at the limits of the call.
    private const ulong Piece = 1 << 20;

    private readonly Store _store;

    // Null if no value needs it.
    private readonly Memory? _memory;
    private readonly nint _caller;

    // What finds the allocator of the instance that calls.
    private readonly GuestAbi _abi;

    // The instance that the host calls; null in a call of the host, and of a guest's function without instance.
    private readonly Instance? _instance;

    // How values cross to a component; null for a core module.
    private readonly CanonicalContext? _canonical;

    // What to free after the call has returned: arguments, or results.
    private readonly List<(ulong Address, ulong Length, int Alignment)>? _allocated;

    // The name of a guest's function; a host function's name is filled in by its thunk.
    private readonly string? _function;

    // Views that are copies, as the memory may move.
    private List<(ulong Address, Array Elements, ulong Bytes)>? _views;
    private GuestAllocator? _allocator;
    private byte* _data;
    private ulong _length;

    // The memory's address when the values were passed, before the guest allocated for any of them.
    private byte* _givenData;
    private ulong _givenLength;
    private ulong _copied;

    // Up to here, what is copied needs no look at anything.
    private ulong _unchecked = Piece;
    private int _reentries;

    // What a result takes of the guest's stack.
    private int _stackSize;

    /// <summary>The memory of the instance that calls the host.</summary>
    internal GuestMemory(Store store, Memory? memory, nint caller, GuestAbi abi)
    {
        _store = store;
        _abi = abi;
        _memory = memory;
        _caller = caller;
        Refresh();
    }

    /// <summary>The memory of a component that calls the host.</summary>
    internal GuestMemory(Store store, CanonicalContext canonical, nint caller)
    {
        _store = store;
        _abi = GuestAbi.Canonical;
        _memory = canonical.Memory;
        _allocator = canonical.Allocator;
        _canonical = canonical;
        _caller = caller;
        Refresh();
    }

    /// <summary>The memory of a component that the host calls.</summary>
    internal GuestMemory(in GuestFunction function, CanonicalContext canonical)
        : this(function, canonical.Memory, canonical.Allocator, GuestAbi.Canonical, instance: null) =>
        _canonical = canonical;

    /// <summary>The memory of an instance that the host calls.</summary>
    internal GuestMemory(
        in GuestFunction function, Memory? memory, GuestAllocator? allocator, GuestAbi abi, Instance? instance)
    {
        _store = function.Store;
        _memory = memory;
        _function = function.Name;
        _abi = abi;
        _instance = instance;
        _allocator = allocator;
        _allocated = allocator?.Frees == true ? [] : null;
        Refresh();
    }

    internal readonly Memory Memory => _memory!;

    private GuestAllocator Allocator => _allocator ??= _store.Callers.Allocator(_caller, _abi.Allocation);

    internal readonly Store OfStore => _store;

    /// <summary>The instance that is called, or that calls; null if it is not known.</summary>
    internal readonly Instance? Guest => _instance ?? (IsOfCall ? null : _store.Callers.Instances.Of(_caller));

    internal readonly ResourceTable Resources => _canonical?.State.Resources ?? _store.Resources;

    /// <summary>How values cross to a component; null for a core module.</summary>
    internal readonly CanonicalContext? Canonical => _canonical;

    /// <summary>Whether it is for a call of a guest's function, and not of a host's.</summary>
    internal readonly bool IsOfCall => _function is not null;

    /// <summary>Reads the memory's current address. Needed after anything that may have run the guest.</summary>
    public void Refresh()
    {
        Locate();
        _givenData = _data;
        _givenLength = _length;
    }

    /// <summary>
    /// Returns the value of a user's constructor or property, which may have called the guest and moved the memory.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T FromUser<T>(T value)
    {
        FollowGuest();
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void FollowGuest()
    {
        if (_memory is not null && _store.Reentries != _reentries)
        {
            Locate();
        }
    }

    /// <summary>Checks that an area is inside the memory and aligned.</summary>
    /// <returns>Its address.</returns>
    /// <exception cref="GuestMemoryException">It is not.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly uint Check(uint address, ulong length, int alignment)
    {
        // The sum is below 2^64, since an address is below 2^32 and a length at most 2^32 times a type's size.
        if (address + length > _length || (address & (uint)(alignment - 1)) != 0)
        {
            ThrowMisplaced(address, length, alignment);
        }

        return address;
    }

    /// <summary>
    /// Checks an area that is about to be copied. One call copies no more than the size of the memory in total: lists
    /// of lists may point at the same bytes again and again, and a small guest could make the host allocate without
    /// end.
    /// </summary>
    /// <exception cref="GuestMemoryException">The area is not inside the memory, or too large.</exception>
    internal void CheckCopy(uint address, ulong length, int alignment)
    {
        Check(address, length, alignment);
        CountCopy(address, length);
    }

    /// <summary>Makes the guest allocate, and reads the memory's new address.</summary>
    /// <exception cref="GuestMemoryException">The guest's allocator returned an invalid address.</exception>
    internal uint Allocate(ulong length, int alignment)
    {
        ulong address = AllocateAny(length, alignment);
        return Check((uint)address, length, alignment);
    }

    /// <summary>
    /// Makes a component allocate, or change what it has allocated, and reads the memory's new address.
    /// </summary>
    /// <exception cref="GuestMemoryException">The guest's allocator returned an invalid address.</exception>
    internal uint Reallocate(uint old, uint oldSize, int alignment, uint size)
    {
        uint address;
        using (_canonical!.State.Stay())
        {
            address = _allocator!.Reallocate(old, oldSize, alignment, size);
        }

        Locate();
        return Check(address, size, alignment);
    }

    /// <summary>Where AssemblyScript's table of classes is: an unchecked address.</summary>
    internal uint Classes => Allocator.Classes;

    /// <summary>Makes AssemblyScript's runtime create an object; an argument is pinned until the call ends.</summary>
    /// <param name="length">Its number of bytes.</param>
    /// <param name="alignment">Its alignment.</param>
    /// <param name="kind">The number of its class.</param>
    /// <param name="isPinned">Whether it is pinned in any case, until <see cref="Unpin"/>.</param>
    /// <exception cref="GuestMemoryException">The runtime returned an invalid address.</exception>
    internal uint AllocateObject(ulong length, int alignment, uint kind, bool isPinned = false)
    {
        GuestAllocator allocator = Allocator;
        uint address = allocator.New(length, kind);
        if (isPinned || _allocated is not null) // what a host method returns goes to the guest at once
        {
            allocator.Pin(address);
        }

        _allocated?.Add((address, length, alignment));
        Locate();
        return Check(address, length, alignment);
    }

    /// <summary>Ends the pinning of an object, unless it is an argument.</summary>
    /// <returns>The object.</returns>
    internal uint Unpin(uint address)
    {
        if (_allocated is null)
        {
            Allocator.Free(address, length: 0, alignment: 0);
            Locate();
        }

        return address;
    }

    /// <summary>Makes the guest allocate a copy of elements, which may be in its own memory and move with it.</summary>
    /// <returns>Its checked address.</returns>
    internal ulong AllocateFor<T>(ref ReadOnlySpan<T> elements, ulong length, int alignment)
    {
        byte* data = _data;
        ulong size = _length;
        ulong address = Check(AllocateAny(length, alignment), length, alignment);
        elements = Follow(elements, data, size);
        return address;
    }

    /// <summary>
    /// A span that was passed before anything was allocated for the call. It may be in the memory, which may have moved
    /// since.
    /// </summary>
    private readonly ReadOnlySpan<T> Follow<T>(ReadOnlySpan<T> given) => Follow(given, _givenData, _givenLength);

    /// <summary>Follows a span that was in the memory before the memory moved.</summary>
    private readonly ReadOnlySpan<T> Follow<T>(ReadOnlySpan<T> elements, byte* data, ulong size)
    {
        long offset = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(elements)) - data;
        return data != _data && offset >= 0 && (ulong)offset < size
            ? MemoryMarshal.CreateReadOnlySpan(ref Unsafe.AsRef<T>(_data + offset), elements.Length)
            : elements;
    }

    /// <summary>Frees what belongs to the host when a call has returned: its arguments, or its result.</summary>
    internal readonly void Free()
    {
        if (_allocated is { } allocated)
        {
            foreach ((ulong address, ulong length, int alignment) in allocated)
            {
                _allocator!.Free(address, length, alignment);
            }
        }

        if (_stackSize > 0)
        {
            _allocator!.MoveStack(_stackSize);
        }
    }

    /// <summary>
    /// A view of a checked area. It becomes invalid with the next <see cref="Allocate"/> or <see cref="Refresh"/>.
    /// </summary>
    public readonly Span<T> Span<T>(uint address, int count)
        where T : unmanaged => new(_data + address, count);

    /// <summary>Copies from a checked area.</summary>
    internal readonly void Read(uint address, byte* target, ulong length) =>
        Buffer.MemoryCopy(_data + address, target, length, length);

    /// <summary>Copies into a checked area.</summary>
    internal readonly void Write(uint address, byte* source, ulong length) =>
        Buffer.MemoryCopy(source, _data + address, length, length);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void ThrowMisplaced(ulong address, ulong length, int alignment) =>
        throw (length > _length || address > _length - length
            ? GuestMemoryException.OutOfBounds((long)address, (long)length, _length)
            : GuestMemoryException.Misaligned((long)address, (long)length, alignment));

    private void CountCopy(ulong address, ulong length)
    {
        _copied += length;
        if (_copied > _unchecked)
        {
            CountMuch(address, length);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void CountMuch(ulong address, ulong length)
    {
        ulong most = Math.Max(_length, MinBudget);
        if (_copied > most)
        {
            throw GuestMemoryException.TooMuch((long)address, (long)length, most);
        }

        _unchecked = Math.Min(_copied + Piece, most);
        HeedLimits();
    }

    /// <summary>
    /// Ends a call whose values take longer than it may. Called now and then: the guest may pass millions of them.
    /// </summary>
    internal readonly void HeedLimits()
    {
        if (_store.Limits.IsPassed(out _))
        {
            throw GuestBacktrace.BeginInFlight(_store.Limits.TimedOut());
        }
    }

    /// <summary>
    /// Reads the memory's address while values cross: the next value may be a view of the memory's old place.
    /// </summary>
    private void Locate()
    {
        if (_memory is null)
        {
            return;
        }

        _reentries = _store.Reentries;
        wasmtime_item_t item = _memory.Native;
        nint context = _store.Context;
        _length = wasmtime_memory_data_size(context, &item);
        _data = wasmtime_memory_data(context, &item);
    }

    private ulong AllocateAny(ulong length, int alignment)
    {
        GuestAllocator allocator = Allocator;
        if (length == 0 && allocator.Allocation.IsRustWasmBindgen)
        {
            return (uint)alignment; // what Rust itself has for nothing, which it does not free
        }

        ulong address;
        if (_canonical is { } canonical)
        {
            using (canonical.State.Stay())
            {
                address = allocator.Allocate(length, alignment);
            }
        }
        else
        {
            address = allocator.Allocate(length, alignment);
        }

        Locate();
        if (!allocator.Allocation.IsRustWasmBindgen)
        {
            _allocated?.Add((address, length, alignment));
        }

        return address;
    }
}
