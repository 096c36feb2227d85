using System.Runtime.CompilerServices;

namespace WasmBindgen.CompilerServices;

/// <content>The targets of C pointers.</content>
public unsafe partial struct GuestMemory
{
    /// <summary>The number of bytes before the first zero byte.</summary>
    internal readonly uint LengthToZero(uint address)
    {
        Check(address, 1, alignment: 1);
        ulong most = Math.Min(_length - address, int.MaxValue);
        int length = new ReadOnlySpan<byte>(_data + address, (int)most).IndexOf((byte)0);
        return length >= 0 ? (uint)length : throw GuestMemoryException.OutOfBounds(address, (long)most + 1, _length);
    }

    /// <summary>The value that a pointer of C's refers to.</summary>
    public readonly GuestReference<T> Ref<T>(Slot* slot, string name, int alignment = 0)
        where T : unmanaged => new(slot->U32, View<T>(slot->U32, 1, name, alignment)[0]);

    /// <summary>The value that a pointer of C's refers to, which lies in memory itself.</summary>
    public readonly GuestReference<T> Ref<T>(uint address, string name, int alignment = 0)
        where T : unmanaged => new(ReadU32(address), View<T>(ReadU32(address), 1, name, alignment)[0]);

    /// <summary>Gives the guest the value of an <c>out</c> parameter.</summary>
    public void WriteOut<T>(in GuestReference<T> reference)
        where T : unmanaged
    {
        FollowGuest();
        Unsafe.WriteUnaligned(_data + reference.Address, reference.Value); // checked before; no memory shrinks
    }

    /// <summary>
    /// Gives the guest the value of a <c>ref</c> parameter; if it is the same, nothing, for the guest may have written
    /// another one meanwhile.
    /// </summary>
    public void WriteRef<T>(in GuestReference<T> reference)
        where T : unmanaged
    {
        if (reference.HasChanged)
        {
            WriteOut(reference);
        }
    }

    /// <summary>Makes the guest allocate a value that it may change, for a C pointer to one value.</summary>
    /// <returns>Its address, for <see cref="Take{T}"/>.</returns>
    public uint Place<T>(T value, string name, int alignment = 0)
        where T : unmanaged
    {
        try
        {
            uint address = Allocate((uint)sizeof(T), alignment == 0 ? sizeof(T) : alignment);
            View<T>(address, 1, name, alignment)[0] = value;
            return address;
        }
        catch (GuestMemoryException fault) when (fault.IsIn(name, _function))
        {
            throw;
        }
    }

    /// <summary>Reads the value after the guest may have changed it.</summary>
    public readonly T Take<T>(uint address)
        where T : unmanaged => Unsafe.ReadUnaligned<T>(_data + address);
}
