using System.Buffers.Binary;

namespace WasmBindgen.Binary;

/// <summary>
/// Reads the elements of the binary formats of WebAssembly (core specification, section 5.2) and DWARF: little-endian
/// numbers, LEB128 numbers, counted bytes.
/// </summary>
/// <exception cref="InvalidDataException">Thrown by every method when the bytes end too early.</exception>
internal ref struct WasmReader(ReadOnlySpan<byte> content)
{
    private readonly int _length = content.Length;
    private ReadOnlySpan<byte> _rest = content;

    /// <summary>Whether everything has been read.</summary>
    internal readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>The number of bytes that have been read.</summary>
    internal readonly int Position => _length - _rest.Length;

    /// <summary>The number of bytes that have not been read.</summary>
    internal readonly int Remaining => _rest.Length;

    internal byte Byte() => Bytes(1)[0];

    /// <summary>The next byte, which is not read.</summary>
    internal readonly byte Peek() => _rest.IsEmpty ? throw EndsTooEarly() : _rest[0];

    internal ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2));

    internal uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

    internal ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(8));

    /// <summary>A DWARF offset, whose size depends on the format (DWARF 5, section 7.4).</summary>
    internal ulong Offset(bool is64Bit) => is64Bit ? UInt64() : UInt32();

    /// <summary>An unsigned LEB128 number; bits beyond 64 are lost.</summary>
    internal ulong Number() => Leb128(out _, out _);

    /// <summary>A signed LEB128 number; bits beyond 64 are lost.</summary>
    internal long SignedNumber()
    {
        ulong number = Leb128(out int bits, out byte last);
        return bits < 64 && (last & 0x40) != 0 ? (long)(number | (ulong.MaxValue << bits)) : (long)number;
    }

    /// <summary>A value type (core specification, section 5.3).</summary>
    internal WasmType ValueType()
    {
        byte code = Byte();
        return new WasmType(code, code is WasmType.NullableReference or WasmType.Reference ? SignedNumber() : 0);
    }

    /// <summary>The limits of a table or memory.</summary>
    internal WasmLimits Limits()
    {
        byte flags = Byte();
        return new WasmLimits(
            flags,
            Number(),
            (flags & WasmLimits.HasMaximum) != 0 ? Number() : null,
            (flags & WasmLimits.HasPageSize) != 0 ? Number() : null);
    }

    internal ReadOnlySpan<byte> Bytes(ulong count)
    {
        if (count > (ulong)_rest.Length)
        {
            throw EndsTooEarly();
        }

        ReadOnlySpan<byte> bytes = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return bytes;
    }

    /// <summary>Bytes preceded by their count, like names and sections.</summary>
    internal ReadOnlySpan<byte> CountedBytes() => Bytes(Number());

    /// <summary>Bytes up to a zero byte, which is also read.</summary>
    internal ReadOnlySpan<byte> ZeroTerminated()
    {
        int length = _rest.IndexOf((byte)0);
        ReadOnlySpan<byte> bytes = Bytes(length < 0 ? ulong.MaxValue : (ulong)length);
        Byte();
        return bytes;
    }

    private ulong Leb128(out int bits, out byte last)
    {
        ulong number = 0;
        bits = 0;
        do
        {
            last = Byte();
            number |= bits < 64 ? (ulong)(last & 0x7F) << bits : 0;
            bits += 7;
        }
        while (last >= 0x80);
        return number;
    }

    private static InvalidDataException EndsTooEarly() => new("it ends too early");
}
