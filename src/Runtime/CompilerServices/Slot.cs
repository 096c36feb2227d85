using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace WasmBindgen.CompilerServices;

/// <summary>
/// One argument or result between generated code and the engine: <c>wasmtime_val_raw_t</c>, 16 bytes, little-endian
/// like every supported host. Each property reads or writes one WIT type. Getters take the low bits of the core value,
/// so a guest's dirty upper bits never reach a narrow C# type. Setters sign- or zero-extend by their type, as the
/// Canonical ABI requires.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StructLayout(LayoutKind.Sequential, Size = 16)]
public struct Slot
{
    private ulong _low;
    private ulong _high;

    /// <summary>The whole value, for v128.</summary>
    public UInt128 Bits
    {
        readonly get => new(_high, _low);
        set
        {
            _low = (ulong)value;
            _high = (ulong)(value >> 64);
        }
    }

    /// <summary>Reads v128 as a vector.</summary>
    public readonly Vector128<T> GetVector<T>() => Vector128.Create(_low, _high).As<ulong, T>();

    /// <summary>Writes a vector as v128.</summary>
    public void SetVector<T>(Vector128<T> value)
    {
        Vector128<ulong> halves = value.As<T, ulong>();
        _low = halves.GetElement(0);
        _high = halves.GetElement(1);
    }

    /// <summary>i64 read as u64.</summary>
    public ulong U64
    {
        readonly get => _low;
        set => _low = value;
    }

    /// <summary>i32 read as u32.</summary>
    public uint U32
    {
        readonly get => unchecked((uint)U64);
        set => U64 = value;
    }

    /// <summary>i64.</summary>
    public long S64
    {
        readonly get => unchecked((long)U64);
        set => U64 = unchecked((ulong)value);
    }

    /// <summary>i32.</summary>
    public int S32
    {
        readonly get => unchecked((int)U32);
        set => U32 = unchecked((uint)value);
    }

    /// <summary>The low 16 bits of an i32, zero-extended.</summary>
    public ushort U16
    {
        readonly get => unchecked((ushort)U32);
        set => U32 = value;
    }

    /// <summary>The low 16 bits of an i32, sign-extended.</summary>
    public short S16
    {
        readonly get => unchecked((short)U32);
        set => S32 = value;
    }

    /// <summary>The low 8 bits of an i32, zero-extended.</summary>
    public byte U8
    {
        readonly get => unchecked((byte)U32);
        set => U32 = value;
    }

    /// <summary>The low 8 bits of an i32, sign-extended.</summary>
    public sbyte S8
    {
        readonly get => unchecked((sbyte)U32);
        set => S32 = value;
    }

    /// <summary>An i32 of which any non-zero value is true.</summary>
    public bool Bool
    {
        readonly get => U32 != 0;
        set => U32 = value ? 1u : 0u;
    }

    /// <summary>f32; the bits of a NaN are kept.</summary>
    public float F32
    {
        readonly get => BitConverter.UInt32BitsToSingle(U32);
        set => U32 = BitConverter.SingleToUInt32Bits(value);
    }

    /// <summary>f64; the bits of a NaN are kept.</summary>
    public double F64
    {
        readonly get => BitConverter.UInt64BitsToDouble(U64);
        set => U64 = BitConverter.DoubleToUInt64Bits(value);
    }
}
