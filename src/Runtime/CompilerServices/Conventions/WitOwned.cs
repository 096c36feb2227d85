using System.ComponentModel;
using System.Diagnostics;

namespace WasmBindgen.CompilerServices;

/// <summary>Text or a list that a guest's function returns, and that the host frees once it is read.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitOwned<T, TShape, TElement, TElementShape> : ICanonical<T>
    where TShape : struct, ICanonical<T>
    where TElementShape : struct, ICanonical<TElement>
{
    /// <inheritdoc/>
    public static int Size => TShape.Size;

    /// <inheritdoc/>
    public static int Alignment => TShape.Alignment;

    /// <inheritdoc/>
    public static T Lift(Slot* slots, ref GuestMemory memory)
    {
        T value = TShape.Lift(slots, ref memory);
        Free(slots[0].U32, slots[1].U32, ref memory);
        return value;
    }

    /// <inheritdoc/>
    public static T Load(uint address, ref GuestMemory memory)
    {
        T value = TShape.Load(address, ref memory);
        Free(memory.ReadU32(address), memory.ReadU32(address + 4), ref memory);
        return value;
    }

    /// <inheritdoc/>
    public static void Lower(Slot* slots, T value, ref GuestMemory memory) =>
        TShape.Lower(slots, value, ref memory);

    /// <inheritdoc/>
    public static void Store(uint address, T value, ref GuestMemory memory) =>
        TShape.Store(address, value, ref memory);

    private static void Free(uint address, uint length, ref GuestMemory memory) =>
        memory.FreeResult(address, (ulong)length * (uint)TElementShape.Size, TElementShape.Alignment);
}

/// <summary>A number that may be none: an i32 that is 0 for none, and the number.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitFlagged<T, TShape> : ICanonical<T?>
    where T : struct
    where TShape : struct, ICanonical<T>
{
    /// <inheritdoc/>
    public static int Size => 2 * TShape.Size;

    /// <inheritdoc/>
    public static int Alignment => TShape.Alignment;

    /// <inheritdoc/>
    public static T? Lift(Slot* slots, ref GuestMemory memory) =>
        slots->U32 == 0 ? null : TShape.Lift(slots + 1, ref memory);

    /// <inheritdoc/>
    public static T? Load(uint address, ref GuestMemory memory) =>
        memory.ReadU32(address) == 0 ? null : TShape.Load(address + (uint)TShape.Size, ref memory);

    /// <inheritdoc/>
    public static void Lower(Slot* slots, T? value, ref GuestMemory memory)
    {
        slots->U32 = value.HasValue ? 1u : 0;
        TShape.Lower(slots + 1, value.GetValueOrDefault(), ref memory);
    }

    /// <inheritdoc/>
    public static void Store(uint address, T? value, ref GuestMemory memory)
    {
        memory.WriteU32(address, value.HasValue ? 1u : 0);
        TShape.Store(address + (uint)TShape.Size, value.GetValueOrDefault(), ref memory);
    }
}
