using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace WasmBindgen.CompilerServices;

/// <summary>list as an array.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitArray<T, TShape> : ICanonical<T[]>
    where TShape : struct, ICanonical<T>
{
    /// <inheritdoc/>
    public static int Size => Lists.Size;

    /// <inheritdoc/>
    public static int Alignment => Lists.Alignment;

    /// <inheritdoc/>
    public static T[] Lift(Slot* slots, ref GuestMemory memory) =>
        Lists.ReadArray<T, TShape>(slots[0].U32, slots[1].U32, ref memory);

    /// <inheritdoc/>
    public static T[] Load(uint address, ref GuestMemory memory) =>
        Lists.ReadArray<T, TShape>(memory.ReadU32(address), memory.ReadU32(address + 4), ref memory);

    /// <inheritdoc/>
    public static void Lower(Slot* slots, T[] value, ref GuestMemory memory) =>
        Lists.Lower<T, TShape>(slots, value ?? throw Unfit.Null("list"), ref memory);

    /// <inheritdoc/>
    public static void Store(uint address, T[] value, ref GuestMemory memory) =>
        Lists.Store<T, TShape>(address, value ?? throw Unfit.Null("list"), ref memory);
}

/// <summary>list as a List.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitList<T, TShape> : ICanonical<List<T>>
    where TShape : struct, ICanonical<T>
{
    /// <inheritdoc/>
    public static int Size => Lists.Size;

    /// <inheritdoc/>
    public static int Alignment => Lists.Alignment;

    /// <inheritdoc/>
    public static List<T> Lift(Slot* slots, ref GuestMemory memory) =>
        Read(slots[0].U32, slots[1].U32, ref memory);

    /// <inheritdoc/>
    public static List<T> Load(uint address, ref GuestMemory memory) =>
        Read(memory.ReadU32(address), memory.ReadU32(address + 4), ref memory);

    /// <inheritdoc/>
    public static void Lower(Slot* slots, List<T> value, ref GuestMemory memory) =>
        Lists.Lower<T, TShape>(slots, CollectionsMarshal.AsSpan(value ?? throw Unfit.Null("list")), ref memory);

    /// <inheritdoc/>
    public static void Store(uint address, List<T> value, ref GuestMemory memory) =>
        Lists.Store<T, TShape>(address, CollectionsMarshal.AsSpan(value ?? throw Unfit.Null("list")), ref memory);

    private static List<T> Read(uint address, uint length, ref GuestMemory memory)
    {
        int count = Lists.Check<T, TShape>(address, length, ref memory);
        var elements = new List<T>(count);
        CollectionsMarshal.SetCount(elements, count);
        Lists.Read<T, TShape>(address, CollectionsMarshal.AsSpan(elements), ref memory);
        return elements;
    }
}

/// <summary>list as an ImmutableArray; an uninitialised one is passed as empty.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitImmutableArray<T, TShape> : ICanonical<ImmutableArray<T>>
    where TShape : struct, ICanonical<T>
{
    /// <inheritdoc/>
    public static int Size => Lists.Size;

    /// <inheritdoc/>
    public static int Alignment => Lists.Alignment;

    /// <inheritdoc/>
    public static ImmutableArray<T> Lift(Slot* slots, ref GuestMemory memory) =>
        ImmutableCollectionsMarshal.AsImmutableArray(
            Lists.ReadArray<T, TShape>(slots[0].U32, slots[1].U32, ref memory));

    /// <inheritdoc/>
    public static ImmutableArray<T> Load(uint address, ref GuestMemory memory) =>
        ImmutableCollectionsMarshal.AsImmutableArray(
            Lists.ReadArray<T, TShape>(memory.ReadU32(address), memory.ReadU32(address + 4), ref memory));

    /// <inheritdoc/>
    public static void Lower(Slot* slots, ImmutableArray<T> value, ref GuestMemory memory) =>
        Lists.Lower<T, TShape>(slots, value.IsDefault ? default : value.AsSpan(), ref memory);

    /// <inheritdoc/>
    public static void Store(uint address, ImmutableArray<T> value, ref GuestMemory memory) =>
        Lists.Store<T, TShape>(address, value.IsDefault ? default : value.AsSpan(), ref memory);
}

/// <summary>list as an IReadOnlyList; the host gets an array.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitReadOnlyList<T, TShape> : ICanonical<IReadOnlyList<T>>
    where TShape : struct, ICanonical<T>
{
    /// <inheritdoc/>
    public static int Size => Lists.Size;

    /// <inheritdoc/>
    public static int Alignment => Lists.Alignment;

    /// <inheritdoc/>
    public static IReadOnlyList<T> Lift(Slot* slots, ref GuestMemory memory) =>
        Lists.ReadArray<T, TShape>(slots[0].U32, slots[1].U32, ref memory);

    /// <inheritdoc/>
    public static IReadOnlyList<T> Load(uint address, ref GuestMemory memory) =>
        Lists.ReadArray<T, TShape>(memory.ReadU32(address), memory.ReadU32(address + 4), ref memory);

    /// <inheritdoc/>
    public static void Lower(Slot* slots, IReadOnlyList<T> value, ref GuestMemory memory) =>
        Lists.Lower<T, TShape>(slots, Lists.ToSpan(value), ref memory);

    /// <inheritdoc/>
    public static void Store(uint address, IReadOnlyList<T> value, ref GuestMemory memory) =>
        Lists.Store<T, TShape>(address, Lists.ToSpan(value), ref memory);
}

/// <summary>list as a ReadOnlyMemory. What comes in is a copy, which may be kept.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitReadOnlyMemory<T, TShape> : ICanonical<ReadOnlyMemory<T>>
    where TShape : struct, ICanonical<T>
{
    /// <inheritdoc/>
    public static int Size => Lists.Size;

    /// <inheritdoc/>
    public static int Alignment => Lists.Alignment;

    /// <inheritdoc/>
    public static ReadOnlyMemory<T> Lift(Slot* slots, ref GuestMemory memory) =>
        Lists.ReadArray<T, TShape>(slots[0].U32, slots[1].U32, ref memory);

    /// <inheritdoc/>
    public static ReadOnlyMemory<T> Load(uint address, ref GuestMemory memory) =>
        Lists.ReadArray<T, TShape>(memory.ReadU32(address), memory.ReadU32(address + 4), ref memory);

    /// <inheritdoc/>
    public static void Lower(Slot* slots, ReadOnlyMemory<T> value, ref GuestMemory memory) =>
        Lists.Lower<T, TShape>(slots, value.Span, ref memory);

    /// <inheritdoc/>
    public static void Store(uint address, ReadOnlyMemory<T> value, ref GuestMemory memory) =>
        Lists.Store<T, TShape>(address, value.Span, ref memory);
}
