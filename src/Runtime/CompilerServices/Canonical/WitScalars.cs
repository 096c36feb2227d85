using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace WasmBindgen.CompilerServices;

/// <summary>bool: any non-zero value is true.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitBool : ICanonical<bool>
{
    /// <inheritdoc/>
    public static int Size => 1;

    /// <inheritdoc/>
    public static int Alignment => 1;

    /// <inheritdoc/>
    public static bool Lift(Slot* slots, ref GuestMemory memory) => slots->Bool;

    /// <inheritdoc/>
    public static bool Load(uint address, ref GuestMemory memory) => memory.ReadBool(address);

    /// <inheritdoc/>
    public static void Lower(Slot* slots, bool value, ref GuestMemory memory) => slots->Bool = value;

    /// <inheritdoc/>
    public static void Store(uint address, bool value, ref GuestMemory memory) => memory.WriteBool(address, value);
}

/// <summary>u8.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitU8 : ICanonical<byte>
{
    /// <inheritdoc/>
    public static int Size => 1;

    /// <inheritdoc/>
    public static int Alignment => 1;

    /// <inheritdoc/>
    public static bool IsBlittable => true;

    /// <inheritdoc/>
    public static byte Lift(Slot* slots, ref GuestMemory memory) => slots->U8;

    /// <inheritdoc/>
    public static byte Load(uint address, ref GuestMemory memory) => memory.ReadU8(address);

    /// <inheritdoc/>
    public static void Lower(Slot* slots, byte value, ref GuestMemory memory) => slots->U8 = value;

    /// <inheritdoc/>
    public static void Store(uint address, byte value, ref GuestMemory memory) => memory.WriteU8(address, value);
}

/// <summary>s8.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitS8 : ICanonical<sbyte>
{
    /// <inheritdoc/>
    public static int Size => 1;

    /// <inheritdoc/>
    public static int Alignment => 1;

    /// <inheritdoc/>
    public static bool IsBlittable => true;

    /// <inheritdoc/>
    public static sbyte Lift(Slot* slots, ref GuestMemory memory) => slots->S8;

    /// <inheritdoc/>
    public static sbyte Load(uint address, ref GuestMemory memory) => memory.ReadS8(address);

    /// <inheritdoc/>
    public static void Lower(Slot* slots, sbyte value, ref GuestMemory memory) => slots->S8 = value;

    /// <inheritdoc/>
    public static void Store(uint address, sbyte value, ref GuestMemory memory) => memory.WriteS8(address, value);
}

/// <summary>u16.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitU16 : ICanonical<ushort>
{
    /// <inheritdoc/>
    public static int Size => 2;

    /// <inheritdoc/>
    public static int Alignment => 2;

    /// <inheritdoc/>
    public static bool IsBlittable => true;

    /// <inheritdoc/>
    public static ushort Lift(Slot* slots, ref GuestMemory memory) => slots->U16;

    /// <inheritdoc/>
    public static ushort Load(uint address, ref GuestMemory memory) => memory.ReadU16(address);

    /// <inheritdoc/>
    public static void Lower(Slot* slots, ushort value, ref GuestMemory memory) => slots->U16 = value;

    /// <inheritdoc/>
    public static void Store(uint address, ushort value, ref GuestMemory memory) => memory.WriteU16(address, value);
}

/// <summary>s16.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitS16 : ICanonical<short>
{
    /// <inheritdoc/>
    public static int Size => 2;

    /// <inheritdoc/>
    public static int Alignment => 2;

    /// <inheritdoc/>
    public static bool IsBlittable => true;

    /// <inheritdoc/>
    public static short Lift(Slot* slots, ref GuestMemory memory) => slots->S16;

    /// <inheritdoc/>
    public static short Load(uint address, ref GuestMemory memory) => memory.ReadS16(address);

    /// <inheritdoc/>
    public static void Lower(Slot* slots, short value, ref GuestMemory memory) => slots->S16 = value;

    /// <inheritdoc/>
    public static void Store(uint address, short value, ref GuestMemory memory) => memory.WriteS16(address, value);
}

/// <summary>u32.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitU32 : ICanonical<uint>
{
    /// <inheritdoc/>
    public static int Size => 4;

    /// <inheritdoc/>
    public static int Alignment => 4;

    /// <inheritdoc/>
    public static bool IsBlittable => true;

    /// <inheritdoc/>
    public static uint Lift(Slot* slots, ref GuestMemory memory) => slots->U32;

    /// <inheritdoc/>
    public static uint Load(uint address, ref GuestMemory memory) => memory.ReadU32(address);

    /// <inheritdoc/>
    public static void Lower(Slot* slots, uint value, ref GuestMemory memory) => slots->U32 = value;

    /// <inheritdoc/>
    public static void Store(uint address, uint value, ref GuestMemory memory) => memory.WriteU32(address, value);
}

/// <summary>s32.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitS32 : ICanonical<int>
{
    /// <inheritdoc/>
    public static int Size => 4;

    /// <inheritdoc/>
    public static int Alignment => 4;

    /// <inheritdoc/>
    public static bool IsBlittable => true;

    /// <inheritdoc/>
    public static int Lift(Slot* slots, ref GuestMemory memory) => slots->S32;

    /// <inheritdoc/>
    public static int Load(uint address, ref GuestMemory memory) => memory.ReadS32(address);

    /// <inheritdoc/>
    public static void Lower(Slot* slots, int value, ref GuestMemory memory) => slots->S32 = value;

    /// <inheritdoc/>
    public static void Store(uint address, int value, ref GuestMemory memory) => memory.WriteS32(address, value);
}

/// <summary>u64.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitU64 : ICanonical<ulong>
{
    /// <inheritdoc/>
    public static int Size => 8;

    /// <inheritdoc/>
    public static int Alignment => 8;

    /// <inheritdoc/>
    public static bool IsBlittable => true;

    /// <inheritdoc/>
    public static ulong Lift(Slot* slots, ref GuestMemory memory) => slots->U64;

    /// <inheritdoc/>
    public static ulong Load(uint address, ref GuestMemory memory) => memory.ReadU64(address);

    /// <inheritdoc/>
    public static void Lower(Slot* slots, ulong value, ref GuestMemory memory) => slots->U64 = value;

    /// <inheritdoc/>
    public static void Store(uint address, ulong value, ref GuestMemory memory) => memory.WriteU64(address, value);
}

/// <summary>s64.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitS64 : ICanonical<long>
{
    /// <inheritdoc/>
    public static int Size => 8;

    /// <inheritdoc/>
    public static int Alignment => 8;

    /// <inheritdoc/>
    public static bool IsBlittable => true;

    /// <inheritdoc/>
    public static long Lift(Slot* slots, ref GuestMemory memory) => slots->S64;

    /// <inheritdoc/>
    public static long Load(uint address, ref GuestMemory memory) => memory.ReadS64(address);

    /// <inheritdoc/>
    public static void Lower(Slot* slots, long value, ref GuestMemory memory) => slots->S64 = value;

    /// <inheritdoc/>
    public static void Store(uint address, long value, ref GuestMemory memory) => memory.WriteS64(address, value);
}

/// <summary>f32; the bits of a NaN are kept.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitF32 : ICanonical<float>
{
    /// <inheritdoc/>
    public static int Size => 4;

    /// <inheritdoc/>
    public static int Alignment => 4;

    /// <inheritdoc/>
    public static bool IsBlittable => true;

    /// <inheritdoc/>
    public static float Lift(Slot* slots, ref GuestMemory memory) => slots->F32;

    /// <inheritdoc/>
    public static float Load(uint address, ref GuestMemory memory) => memory.ReadF32(address);

    /// <inheritdoc/>
    public static void Lower(Slot* slots, float value, ref GuestMemory memory) => slots->F32 = value;

    /// <inheritdoc/>
    public static void Store(uint address, float value, ref GuestMemory memory) => memory.WriteF32(address, value);
}

/// <summary>f64; the bits of a NaN are kept.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitF64 : ICanonical<double>
{
    /// <inheritdoc/>
    public static int Size => 8;

    /// <inheritdoc/>
    public static int Alignment => 8;

    /// <inheritdoc/>
    public static bool IsBlittable => true;

    /// <inheritdoc/>
    public static double Lift(Slot* slots, ref GuestMemory memory) => slots->F64;

    /// <inheritdoc/>
    public static double Load(uint address, ref GuestMemory memory) => memory.ReadF64(address);

    /// <inheritdoc/>
    public static void Lower(Slot* slots, double value, ref GuestMemory memory) => slots->F64 = value;

    /// <inheritdoc/>
    public static void Store(uint address, double value, ref GuestMemory memory) => memory.WriteF64(address, value);
}

/// <summary>char: a Unicode scalar value.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitChar : ICanonical<Rune>
{
    /// <inheritdoc/>
    public static int Size => 4;

    /// <inheritdoc/>
    public static int Alignment => 4;

    /// <inheritdoc/>
    public static Rune Lift(Slot* slots, ref GuestMemory memory) => FromCore(slots->U32);

    /// <inheritdoc/>
    public static Rune Load(uint address, ref GuestMemory memory) => FromCore(memory.ReadU32(address));

    /// <inheritdoc/>
    public static void Lower(Slot* slots, Rune value, ref GuestMemory memory) => slots->U32 = (uint)value.Value;

    /// <inheritdoc/>
    public static void Store(uint address, Rune value, ref GuestMemory memory) =>
        memory.WriteU32(address, (uint)value.Value);

    private static Rune FromCore(uint value) =>
        Rune.IsValid(value) ? new Rune(value) : throw GuestMemoryException.InvalidChar(null, value);
}
