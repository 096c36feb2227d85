using System.Runtime.CompilerServices;

namespace WasmBindgen.CompilerServices;

/// <content>What C's pointers refer to.</content>
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

    /// <summary>
    /// A value where it lies: C's pointer to one. It dies with the next <see cref="Allocate"/> or
    /// <see cref="Refresh"/>.
    /// </summary>
    public readonly ref T Ref<T>(Slot* slot, string name, int alignment = 0)
        where T : unmanaged => ref View<T>(slot->U32, 1, name, alignment)[0];

    /// <summary>A value where it lies, whose address lies in memory.</summary>
    public readonly ref T Ref<T>(uint address, string name, int alignment = 0)
        where T : unmanaged => ref View<T>(ReadU32(address), 1, name, alignment)[0];

    /// <summary>Has the guest allocate a value that it may change: C's pointer to one.</summary>
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

    /// <summary>What the guest made of the value.</summary>
    public readonly T Take<T>(uint address)
        where T : unmanaged => Unsafe.ReadUnaligned<T>(_data + address);
}
