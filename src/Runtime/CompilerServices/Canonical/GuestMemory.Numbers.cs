using System.Runtime.CompilerServices;

namespace WasmBindgen.CompilerServices;

/// <content>Numbers at checked addresses.</content>
public unsafe partial struct GuestMemory
{
    /// <summary>Reads u8.</summary>
    public readonly byte ReadU8(uint address) => _data[address];

    /// <summary>Reads u16.</summary>
    public readonly ushort ReadU16(uint address) => Unsafe.ReadUnaligned<ushort>(_data + address);

    /// <summary>Reads u32.</summary>
    public readonly uint ReadU32(uint address) => Unsafe.ReadUnaligned<uint>(_data + address);

    /// <summary>Reads u64.</summary>
    public readonly ulong ReadU64(uint address) => Unsafe.ReadUnaligned<ulong>(_data + address);

    /// <summary>Reads s8.</summary>
    public readonly sbyte ReadS8(uint address) => unchecked((sbyte)ReadU8(address));

    /// <summary>Reads s16.</summary>
    public readonly short ReadS16(uint address) => unchecked((short)ReadU16(address));

    /// <summary>Reads s32.</summary>
    public readonly int ReadS32(uint address) => unchecked((int)ReadU32(address));

    /// <summary>Reads s64.</summary>
    public readonly long ReadS64(uint address) => unchecked((long)ReadU64(address));

    /// <summary>Reads f32; the bits of a NaN are kept.</summary>
    public readonly float ReadF32(uint address) => BitConverter.UInt32BitsToSingle(ReadU32(address));

    /// <summary>Reads f64; the bits of a NaN are kept.</summary>
    public readonly double ReadF64(uint address) => BitConverter.UInt64BitsToDouble(ReadU64(address));

    /// <summary>Reads bool: any non-zero value is true.</summary>
    public readonly bool ReadBool(uint address) => ReadU8(address) != 0;

    /// <summary>Writes u8.</summary>
    public readonly void WriteU8(uint address, byte value) => _data[address] = value;

    /// <summary>Writes u16.</summary>
    public readonly void WriteU16(uint address, ushort value) => Unsafe.WriteUnaligned(_data + address, value);

    /// <summary>Writes u32.</summary>
    public readonly void WriteU32(uint address, uint value) => Unsafe.WriteUnaligned(_data + address, value);

    /// <summary>Writes u64.</summary>
    public readonly void WriteU64(uint address, ulong value) => Unsafe.WriteUnaligned(_data + address, value);

    /// <summary>Writes s8.</summary>
    public readonly void WriteS8(uint address, sbyte value) => WriteU8(address, unchecked((byte)value));

    /// <summary>Writes s16.</summary>
    public readonly void WriteS16(uint address, short value) => WriteU16(address, unchecked((ushort)value));

    /// <summary>Writes s32.</summary>
    public readonly void WriteS32(uint address, int value) => WriteU32(address, unchecked((uint)value));

    /// <summary>Writes s64.</summary>
    public readonly void WriteS64(uint address, long value) => WriteU64(address, unchecked((ulong)value));

    /// <summary>Writes f32; the bits of a NaN are kept.</summary>
    public readonly void WriteF32(uint address, float value) =>
        WriteU32(address, BitConverter.SingleToUInt32Bits(value));

    /// <summary>Writes f64; the bits of a NaN are kept.</summary>
    public readonly void WriteF64(uint address, double value) =>
        WriteU64(address, BitConverter.DoubleToUInt64Bits(value));

    /// <summary>Writes bool.</summary>
    public readonly void WriteBool(uint address, bool value) => WriteU8(address, value ? (byte)1 : (byte)0);

    /// <summary>Reads the number of a case, which is as wide as the number of cases needs.</summary>
    /// <param name="address">Where it lies.</param>
    /// <param name="width">1, 2 or 4 bytes.</param>
    public readonly uint ReadCase(uint address, int width) => width switch
    {
        1 => ReadU8(address),
        2 => ReadU16(address),
        _ => ReadU32(address),
    };

    /// <summary>Writes the number of a case.</summary>
    public readonly void WriteCase(uint address, int width, uint value)
    {
        switch (width)
        {
            case 1:
                WriteU8(address, (byte)value);
                break;
            case 2:
                WriteU16(address, (ushort)value);
                break;
            default:
                WriteU32(address, value);
                break;
        }
    }
}
