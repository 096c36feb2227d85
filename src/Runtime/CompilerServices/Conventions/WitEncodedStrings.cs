using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace WasmBindgen.CompilerServices;

/// <summary>The address of UTF-8 that ends with a zero byte: C's <c>char*</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitCString : ICanonical<string>
{
    /// <inheritdoc/>
    public static int Size => 4;

    /// <inheritdoc/>
    public static int Alignment => 4;

    /// <inheritdoc/>
    public static string Lift(Slot* slots, ref GuestMemory memory) => Read(slots->U32, ref memory);

    /// <inheritdoc/>
    public static string Load(uint address, ref GuestMemory memory) => Read(memory.ReadU32(address), ref memory);

    /// <inheritdoc/>
    public static void Lower(Slot* slots, string value, ref GuestMemory memory) =>
        slots->U32 = Write(value, ref memory);

    /// <inheritdoc/>
    public static void Store(uint address, string value, ref GuestMemory memory) =>
        memory.WriteU32(address, Write(value, ref memory));

    private static string Read(uint address, ref GuestMemory memory) =>
        WitString.Read(address, memory.LengthToZero(address), ref memory);

    private static uint Write(string value, ref GuestMemory memory)
    {
        if ((value ?? throw Unfit.Null("string")).Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException(
                "A C string for the guest contains U+0000, which would end it there.");
        }

        int length = Encoding.UTF8.GetByteCount(value);
        uint start = memory.Allocate((ulong)length + 1, alignment: 1);
        Encoding.UTF8.GetBytes(value, memory.Span<byte>(start, length));
        memory.WriteU8(start + (uint)length, 0);
        return start;
    }
}

/// <summary>UTF-16: its address and number of code units.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitUtf16 : ICanonical<string>
{
    /// <inheritdoc/>
    public static int Size => 8;

    /// <inheritdoc/>
    public static int Alignment => 4;

    /// <inheritdoc/>
    public static string Lift(Slot* slots, ref GuestMemory memory) =>
        WitString.ReadUtf16(slots[0].U32, slots[1].U32, ref memory);

    /// <inheritdoc/>
    public static string Load(uint address, ref GuestMemory memory) =>
        WitString.ReadUtf16(memory.ReadU32(address), memory.ReadU32(address + 4), ref memory);

    /// <inheritdoc/>
    public static void Lower(Slot* slots, string value, ref GuestMemory memory) =>
        Lists.Lower<ushort, WitU16>(slots, Units(value), ref memory);

    /// <inheritdoc/>
    public static void Store(uint address, string value, ref GuestMemory memory) =>
        Lists.Store<ushort, WitU16>(address, Units(value), ref memory);

    private static ReadOnlySpan<ushort> Units(string value) =>
        MemoryMarshal.Cast<char, ushort>(value ?? throw Unfit.Null("string"));
}

/// <summary>Latin-1: its address and number of bytes.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitLatin1 : ICanonical<string>
{
    /// <inheritdoc/>
    public static int Size => 8;

    /// <inheritdoc/>
    public static int Alignment => 4;

    /// <inheritdoc/>
    public static string Lift(Slot* slots, ref GuestMemory memory) =>
        Read(slots[0].U32, slots[1].U32, ref memory);

    /// <inheritdoc/>
    public static string Load(uint address, ref GuestMemory memory) =>
        Read(memory.ReadU32(address), memory.ReadU32(address + 4), ref memory);

    /// <inheritdoc/>
    public static void Lower(Slot* slots, string value, ref GuestMemory memory) =>
        Lists.Lower<byte, WitU8>(slots, Bytes(value), ref memory);

    /// <inheritdoc/>
    public static void Store(uint address, string value, ref GuestMemory memory) =>
        Lists.Store<byte, WitU8>(address, Bytes(value), ref memory);

    private static string Read(uint address, uint length, ref GuestMemory memory)
    {
        int count = Lists.Check<byte, WitU8>(address, length, ref memory);
        try
        {
            return Encoding.Latin1.GetString(memory.Span<byte>(address, count));
        }
        catch (OutOfMemoryException)
        {
            throw GuestMemoryException.TooLong(address, length);
        }
    }

    private static byte[] Bytes(string value) =>
        (value ?? throw Unfit.Null("string")).AsSpan().IndexOfAnyExceptInRange('\0', '\u00ff') is var other and >= 0
            ? throw new ArgumentException($"Latin-1 text for the guest contains U+{(int)value[other]:X4}.")
            : Encoding.Latin1.GetBytes(value);
}

/// <summary>A string or list whose address and length are one i64, with the address in the upper half.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitPacked<T, TShape> : ICanonical<T>
    where TShape : struct, ICanonical<T>
{
    /// <inheritdoc/>
    public static int Size => 8;

    /// <inheritdoc/>
    public static int Alignment => 8;

    /// <inheritdoc/>
    public static T Lift(Slot* slots, ref GuestMemory memory) => Unpack(slots->U64, ref memory);

    /// <inheritdoc/>
    public static T Load(uint address, ref GuestMemory memory) => Unpack(memory.ReadU64(address), ref memory);

    /// <inheritdoc/>
    public static void Lower(Slot* slots, T value, ref GuestMemory memory) => slots->U64 = Pack(value, ref memory);

    /// <inheritdoc/>
    public static void Store(uint address, T value, ref GuestMemory memory) =>
        memory.WriteU64(address, Pack(value, ref memory));

    private static T Unpack(ulong packed, ref GuestMemory memory)
    {
        Slot* pair = stackalloc Slot[2];
        pair[0].U64 = packed >> 32;
        pair[1].U64 = packed & uint.MaxValue;
        return TShape.Lift(pair, ref memory);
    }

    private static ulong Pack(T value, ref GuestMemory memory)
    {
        Slot* pair = stackalloc Slot[2];
        TShape.Lower(pair, value, ref memory);
        return ((ulong)pair[0].U32 << 32) | pair[1].U32;
    }
}
