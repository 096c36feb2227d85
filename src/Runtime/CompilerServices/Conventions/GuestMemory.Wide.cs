using System.Text;

namespace WasmBindgen.CompilerServices;

/// <content>64-bit memories: addresses and lengths are i64.</content>
public unsafe partial struct GuestMemory
{
    /// <summary>An address that is not checked until it is used.</summary>
    public readonly GuestPointer<T> WidePointer<T>(Slot* slot)
        where T : unmanaged => new(_memory!, slot->S64);

    /// <summary>Passes an address on.</summary>
    public readonly void LowerWidePointer<T>(Slot* slot, GuestPointer<T> value)
        where T : unmanaged =>
        slot->S64 = value.Memory is null || value.Memory == _memory ? value.Address : throw WitPointer<T>.Foreign();

    /// <summary>Text in UTF-8.</summary>
    public string WideText(Slot* slots, string name)
    {
        ReadOnlySpan<byte> bytes = WideView<byte>(slots[0].U64, slots[1].U64, name, alignment: 1);
        try
        {
            CountCopy(slots[0].U64, (ulong)bytes.Length);
            return WitString.Decode(bytes, slots[0].S64);
        }
        catch (GuestMemoryException fault) when (fault.IsIn(name, _function))
        {
            throw; // never: the filter only records the name
        }
    }

    /// <summary>A view of a list, without a copy. An alignment of 0 is the size of an element.</summary>
    public Span<T> WideView<T>(Slot* slots, string name, int alignment = 0)
        where T : unmanaged =>
        Show(slots[0].U64, WideView<T>(slots[0].U64, slots[1].U64, name, alignment), name, false);

    /// <inheritdoc cref="WritableView{T}(Slot*, string, int)"/>
    public Span<T> WritableWideView<T>(Slot* slots, string name, int alignment = 0)
        where T : unmanaged =>
        Show(slots[0].U64, WideView<T>(slots[0].U64, slots[1].U64, name, alignment), name, true);

    /// <summary>Copies a list. An alignment of 0 is the size of an element.</summary>
    public T[] WideArray<T>(Slot* slots, string name, int alignment = 0)
        where T : unmanaged
    {
        ReadOnlySpan<T> elements = WideView<T>(slots[0].U64, slots[1].U64, name, alignment);
        try
        {
            CountCopy(slots[0].U64, (ulong)elements.Length * (uint)sizeof(T));
            return ToArray(elements, slots[0].U64);
        }
        catch (GuestMemoryException fault) when (fault.IsIn(name, _function))
        {
            throw;
        }
    }

    /// <summary>Copies a list that goes back. An alignment of 0 is the size of an element.</summary>
    public GuestCopy<T> WideCopy<T>(Slot* slots, string name, int alignment = 0)
        where T : unmanaged =>
        new(slots[0].U64, Copy<T>(slots[0].U64, WideView<T>(slots[0].U64, slots[1].U64, name, alignment), name));

    /// <summary>The value that a pointer of C's refers to.</summary>
    public readonly GuestReference<T> WideRef<T>(Slot* slot, string name, int alignment = 0)
        where T : unmanaged => new(slot->U64, WideView<T>(slot->U64, 1, name, alignment)[0]);

    /// <summary>Writes text to an area that the guest allocates.</summary>
    public void LowerWideText(Slot* slots, string value, string name)
    {
        ArgumentNullException.ThrowIfNull(value, name);
        LowerWideText(slots, value.AsSpan(), name);
    }

    /// <summary>Writes text to an area that the guest allocates.</summary>
    public void LowerWideText(Slot* slots, ReadOnlySpan<char> value, string name)
    {
        value = Follow(value);
        int length = Encoding.UTF8.GetByteCount(value);
        ulong address = AllocateWide(ref value, (ulong)length, alignment: 1, name);
        Encoding.UTF8.GetBytes(value, WideView<byte>(address, (ulong)length, name, alignment: 1));
        slots[0].U64 = address;
        slots[1].S64 = length;
    }

    /// <summary>
    /// Writes a list to an area that the guest allocates. An alignment of 0 is the size of an element.
    /// </summary>
    public void LowerWide<T>(Slot* slots, T[] value, string name, int alignment = 0)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(value, name);
        WriteWide(slots, value, name, alignment);
    }

    /// <inheritdoc cref="LowerWide{T}(Slot*, T[], string, int)"/>
    public void LowerWide<T>(Slot* slots, ReadOnlyMemory<T> value, string name, int alignment = 0)
        where T : unmanaged => WriteWide(slots, value.Span, name, alignment);

    /// <inheritdoc cref="LowerWide{T}(Slot*, T[], string, int)"/>
    public void LowerWide<T>(Slot* slots, ReadOnlySpan<T> value, string name, int alignment = 0)
        where T : unmanaged => WriteWide(slots, Follow(value), name, alignment);

    /// <summary>Makes the guest allocate a value that it may change, for a C pointer to one value.</summary>
    /// <returns>Its address, for <see cref="TakeWide{T}"/>.</returns>
    public ulong PlaceWide<T>(T value, string name, int alignment = 0)
        where T : unmanaged
    {
        ReadOnlySpan<byte> none = default;
        ulong address = AllocateWide(ref none, (uint)sizeof(T), alignment == 0 ? sizeof(T) : alignment, name);
        WideView<T>(address, 1, name, alignment)[0] = value;
        return address;
    }

    /// <summary>Reads the value after the guest may have changed it.</summary>
    public readonly T TakeWide<T>(ulong address)
        where T : unmanaged => System.Runtime.CompilerServices.Unsafe.ReadUnaligned<T>(_data + address);

    private void WriteWide<T>(Slot* slots, ReadOnlySpan<T> value, string name, int alignment)
        where T : unmanaged
    {
        ulong address = AllocateWide(
            ref value, (ulong)value.Length * (uint)sizeof(T), alignment == 0 ? sizeof(T) : alignment, name);
        value.CopyTo(WideView<T>(address, (ulong)value.Length, name, alignment));
        slots[0].U64 = address;
        slots[1].S64 = value.Length;
    }

    private ulong AllocateWide<T>(ref ReadOnlySpan<T> elements, ulong length, int alignment, string name)
    {
        try
        {
            return AllocateFor(ref elements, length, alignment);
        }
        catch (GuestMemoryException fault) when (fault.IsIn(name, _function))
        {
            throw;
        }
    }

    private readonly Span<T> WideView<T>(ulong address, ulong count, string name, int alignment)
        where T : unmanaged
    {
        try
        {
            ulong length = count <= ulong.MaxValue / (uint)sizeof(T) ? count * (uint)sizeof(T) : ulong.MaxValue;
            Check(address, length, alignment == 0 ? sizeof(T) : alignment);
            return count <= int.MaxValue
                ? new Span<T>(_data + address, (int)count)
                : throw GuestMemoryException.TooLong((long)address, (long)length);
        }
        catch (GuestMemoryException fault) when (fault.IsIn(name, _function))
        {
            throw;
        }
    }

    private readonly ulong Check(ulong address, ulong length, int alignment)
    {
        if (length > _length || address > _length - length || (address & (uint)(alignment - 1)) != 0)
        {
            ThrowMisplaced(address, length, alignment);
        }

        return address;
    }
}
