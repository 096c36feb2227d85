using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace WasmBindgen.CompilerServices;

/// <content>Parts of values, with the names that faults report.</content>
public unsafe partial struct GuestMemory
{
    /// <summary>Lifts a part of a value, and adds its name to faults.</summary>
    public T Lift<T, TShape>(Slot* slots, string name)
        where TShape : struct, ICanonical<T>
    {
        try
        {
            return TShape.Lift(slots, ref this);
        }
        catch (GuestMemoryException fault) when (fault.IsIn(name, _function))
        {
            throw; // never: the filter only records the name
        }
    }

    /// <summary>Loads a part of a value, and adds its name to faults.</summary>
    public T Load<T, TShape>(uint address, string name)
        where TShape : struct, ICanonical<T>
    {
        try
        {
            return TShape.Load(address, ref this);
        }
        catch (GuestMemoryException fault) when (fault.IsIn(name, _function))
        {
            throw;
        }
    }

    /// <summary>
    /// Lowers a part of a value, and adds its name to faults of the guest's allocator, and to mistakes of the host's.
    /// </summary>
    public void Lower<T, TShape>(Slot* slots, T value, string name)
        where TShape : struct, ICanonical<T>
    {
        try
        {
            TShape.Lower(slots, value, ref this);
        }
        catch (GuestMemoryException fault) when (fault.IsIn(name, _function))
        {
            throw;
        }
        catch (ArgumentException mistake) when (Unfit.Is(mistake))
        {
            throw Unfit.In(mistake, name);
        }
    }

    /// <summary>
    /// Stores a part of a value, and adds its name to faults of the guest's allocator, and to mistakes of the host's.
    /// </summary>
    public void Store<T, TShape>(uint address, T value, string name)
        where TShape : struct, ICanonical<T>
    {
        try
        {
            TShape.Store(address, value, ref this);
        }
        catch (GuestMemoryException fault) when (fault.IsIn(name, _function))
        {
            throw;
        }
        catch (ArgumentException mistake) when (Unfit.Is(mistake))
        {
            throw Unfit.In(mistake, name);
        }
    }

    /// <summary>A view of a list, without a copy. An alignment of 0 is the size of an element.</summary>
    /// <remarks>In a memory that may move it is a copy: a view would be one of memory that is gone.</remarks>
    public Span<T> View<T>(Slot* slots, string name, int alignment = 0)
        where T : unmanaged => Show(slots[0].U32, View<T>(slots[0].U32, slots[1].U32, name, alignment), name, false);

    /// <inheritdoc cref="View{T}(Slot*, string, int)"/>
    public Span<T> View<T>(uint address, string name, int alignment = 0)
        where T : unmanaged =>
        Show(ReadU32(address), View<T>(ReadU32(address), ReadU32(address + 4), name, alignment), name, false);

    /// <inheritdoc cref="View{T}(Slot*, string, int)"/>
    /// <remarks>In a memory that may move it is a copy, for <see cref="WriteViews"/>.</remarks>
    public Span<T> WritableView<T>(Slot* slots, string name, int alignment = 0)
        where T : unmanaged => Show(slots[0].U32, View<T>(slots[0].U32, slots[1].U32, name, alignment), name, true);

    /// <inheritdoc cref="WritableView{T}(Slot*, string, int)"/>
    public Span<T> WritableView<T>(uint address, string name, int alignment = 0)
        where T : unmanaged =>
        Show(ReadU32(address), View<T>(ReadU32(address), ReadU32(address + 4), name, alignment), name, true);

    /// <summary>Gives the guest what a host method wrote to views that are copies.</summary>
    public void WriteViews()
    {
        if (_views is null)
        {
            return;
        }

        FollowGuest();
        foreach ((ulong address, Array elements, ulong bytes) in _views)
        {
            fixed (byte* copy = &MemoryMarshal.GetArrayDataReference(elements))
            {
                Buffer.MemoryCopy(copy, _data + address, bytes, bytes); // checked; no memory shrinks
            }
        }
    }

    private Span<T> Show<T>(ulong address, Span<T> view, string name, bool isWritable)
        where T : unmanaged => _memory!.MayMove ? ShowCopy(address, view, name, isWritable) : view;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Span<T> ShowCopy<T>(ulong address, Span<T> view, string name, bool isWritable)
        where T : unmanaged
    {
        T[] copy = Copy<T>(address, view, name);
        if (isWritable)
        {
            (_views ??= []).Add((address, copy, (ulong)copy.Length * (uint)sizeof(T)));
        }

        return copy;
    }

    /// <summary>Copies a list that goes back. An alignment of 0 is the size of an element.</summary>
    public GuestCopy<T> Copy<T>(Slot* slots, string name, int alignment = 0)
        where T : unmanaged =>
        new(slots[0].U32, Copy<T>(slots[0].U32, View<T>(slots[0].U32, slots[1].U32, name, alignment), name));

    /// <summary>Copies a list that goes back. An alignment of 0 is the size of an element.</summary>
    public GuestCopy<T> Copy<T>(uint address, string name, int alignment = 0)
        where T : unmanaged =>
        new(
            ReadU32(address),
            Copy<T>(ReadU32(address), View<T>(ReadU32(address), ReadU32(address + 4), name, alignment), name));

    /// <summary>Gives the guest what a host method made of a copy.</summary>
    public void WriteBack<T>(in GuestCopy<T> copy)
        where T : unmanaged
    {
        FollowGuest();
        copy.Elements.CopyTo(new Span<T>(_data + copy.Address, copy.Elements.Length)); // checked; no memory shrinks
    }

    private static T[] ToArray<T>(ReadOnlySpan<T> view, ulong address)
        where T : unmanaged
    {
        try
        {
            return view.ToArray();
        }
        catch (OutOfMemoryException)
        {
            throw GuestMemoryException.TooLong((long)address, (long)view.Length * sizeof(T));
        }
    }

    private T[] Copy<T>(ulong address, ReadOnlySpan<T> view, string name)
        where T : unmanaged
    {
        try
        {
            CountCopy(address, (ulong)view.Length * (uint)sizeof(T));
            return ToArray(view, address);
        }
        catch (GuestMemoryException fault) when (fault.IsIn(name, _function))
        {
            throw;
        }
    }

    /// <summary>Lowers a span as a list.</summary>
    public void LowerSpan<T, TShape>(Slot* slots, ReadOnlySpan<T> elements, string name)
        where TShape : struct, ICanonical<T>
    {
        try
        {
            Lists.Lower<T, TShape>(slots, Follow(elements), ref this);
        }
        catch (GuestMemoryException fault) when (fault.IsIn(name, _function))
        {
            throw;
        }
        catch (ArgumentException mistake) when (Unfit.Is(mistake))
        {
            throw Unfit.In(mistake, name);
        }
    }

    /// <summary>Stores a span as a list.</summary>
    public void StoreSpan<T, TShape>(uint address, ReadOnlySpan<T> elements, string name)
        where TShape : struct, ICanonical<T>
    {
        try
        {
            Lists.Store<T, TShape>(address, Follow(elements), ref this);
        }
        catch (GuestMemoryException fault) when (fault.IsIn(name, _function))
        {
            throw;
        }
        catch (ArgumentException mistake) when (Unfit.Is(mistake))
        {
            throw Unfit.In(mistake, name);
        }
    }

    /// <summary>Lowers a span as a list of a fixed length.</summary>
    public void LowerFixed<T, TShape>(
        Slot* slots, ReadOnlySpan<T> elements, int length, int width, string name)
        where TShape : struct, ICanonical<T>
    {
        try
        {
            FixedList.LowerSpan<T, TShape>(slots, Follow(elements), length, width, ref this);
        }
        catch (GuestMemoryException fault) when (fault.IsIn(name, _function))
        {
            throw;
        }
        catch (ArgumentException mistake) when (Unfit.Is(mistake))
        {
            throw Unfit.In(mistake, name);
        }
    }

    /// <summary>Stores a span as a list of a fixed length.</summary>
    public void StoreFixed<T, TShape>(uint address, ReadOnlySpan<T> elements, int length, string name)
        where TShape : struct, ICanonical<T>
    {
        try
        {
            FixedList.StoreSpan<T, TShape>(address, Follow(elements), length, ref this);
        }
        catch (GuestMemoryException fault) when (fault.IsIn(name, _function))
        {
            throw;
        }
        catch (ArgumentException mistake) when (Unfit.Is(mistake))
        {
            throw Unfit.In(mistake, name);
        }
    }

    /// <summary>Lowers text as a string.</summary>
    public void LowerText(Slot* slots, ReadOnlySpan<char> text, string name)
    {
        try
        {
            slots[0].U32 = WitString.Write(Follow(text), out uint length, ref this);
            slots[1].U32 = length;
        }
        catch (GuestMemoryException fault) when (fault.IsIn(name, _function))
        {
            throw;
        }
    }

    /// <summary>Stores text as a string.</summary>
    public void StoreText(uint address, ReadOnlySpan<char> text, string name)
    {
        try
        {
            uint start = WitString.Write(Follow(text), out uint length, ref this);
            WriteU32(address, start);
            WriteU32(address + 4, length);
        }
        catch (GuestMemoryException fault) when (fault.IsIn(name, _function))
        {
            throw;
        }
    }

    /// <summary>
    /// Checks an area that the guest provides, for more than 16 slots of parameters, or for a result of more than one
    /// slot.
    /// </summary>
    /// <returns>Its address.</returns>
    public readonly uint Area(Slot slot, int size, int alignment, string name)
    {
        try
        {
            return Check(slot.U32, (ulong)size, alignment);
        }
        catch (GuestMemoryException fault) when (fault.IsIn(name, _function))
        {
            throw;
        }
    }

    /// <summary>Makes the guest allocate an area for more than 16 slots of parameters.</summary>
    /// <returns>Its address.</returns>
    public uint AllocateArea(int size, int alignment, string name)
    {
        try
        {
            return Allocate((ulong)size, alignment);
        }
        catch (GuestMemoryException fault) when (fault.IsIn(name, _function))
        {
            throw;
        }
    }

    private readonly Span<T> View<T>(uint address, uint count, string name, int alignment)
        where T : unmanaged
    {
        try
        {
            Check(address, (ulong)count * (uint)sizeof(T), alignment == 0 ? sizeof(T) : alignment);
            return count <= int.MaxValue
                ? new Span<T>(_data + address, (int)count)
                : throw GuestMemoryException.TooLong(address, (long)count * sizeof(T));
        }
        catch (GuestMemoryException fault) when (fault.IsIn(name, _function))
        {
            throw;
        }
    }
}
