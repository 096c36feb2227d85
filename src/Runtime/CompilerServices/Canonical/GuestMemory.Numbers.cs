using System.Runtime.CompilerServices;

namespace WasmBindgen.CompilerServices;

/// <content>Numbers at addresses that are checked.</content>
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

    /// <summary>Writes u8.</summary>
    public readonly void WriteU8(uint address, byte value) => _data[address] = value;

    /// <summary>Writes u16.</summary>
    public readonly void WriteU16(uint address, ushort value) => Unsafe.WriteUnaligned(_data + address, value);

    /// <summary>Writes u32.</summary>
    public readonly void WriteU32(uint address, uint value) => Unsafe.WriteUnaligned(_data + address, value);

    /// <summary>Writes u64.</summary>
    public readonly void WriteU64(uint address, ulong value) => Unsafe.WriteUnaligned(_data + address, value);

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
