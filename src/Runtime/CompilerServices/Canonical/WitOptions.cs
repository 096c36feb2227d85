using System.ComponentModel;
using System.Diagnostics;

namespace WasmBindgen.CompilerServices;

/// <summary>option as a nullable value.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitNullable<T, TShape> : ICanonical<T?>
    where T : struct
    where TShape : struct, ICanonical<T>
{
    /// <inheritdoc/>
    public static int Size => Cases.Size(1, TShape.Size, TShape.Alignment);

    /// <inheritdoc/>
    public static int Alignment => TShape.Alignment;

    /// <inheritdoc/>
    public static T? Lift(Slot* slots, ref GuestMemory memory) =>
        Cases.Check(slots->U32, 2, "option") == 0 ? null : TShape.Lift(slots + 1, ref memory);

    /// <inheritdoc/>
    public static T? Load(uint address, ref GuestMemory memory) =>
        Cases.Check(memory.ReadU8(address), 2, "option") == 0
            ? null
            : TShape.Load(address + (uint)TShape.Alignment, ref memory);

    /// <inheritdoc/>
    public static void Lower(Slot* slots, T? value, ref GuestMemory memory)
    {
        if (value.HasValue)
        {
            slots->U32 = 1;
            TShape.Lower(slots + 1, value.GetValueOrDefault(), ref memory);
        }
    }

    /// <inheritdoc/>
    public static void Store(uint address, T? value, ref GuestMemory memory)
    {
        memory.WriteU8(address, value.HasValue ? (byte)1 : (byte)0);
        if (value.HasValue)
        {
            TShape.Store(address + (uint)TShape.Alignment, value.GetValueOrDefault(), ref memory);
        }
    }
}

/// <summary>option as a nullable reference.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitOptional<T, TShape> : ICanonical<T?>
    where T : class
    where TShape : struct, ICanonical<T>
{
    /// <inheritdoc/>
    public static int Size => Cases.Size(1, TShape.Size, TShape.Alignment);

    /// <inheritdoc/>
    public static int Alignment => TShape.Alignment;

    /// <inheritdoc/>
    public static T? Lift(Slot* slots, ref GuestMemory memory) =>
        Cases.Check(slots->U32, 2, "option") == 0 ? null : TShape.Lift(slots + 1, ref memory);

    /// <inheritdoc/>
    public static T? Load(uint address, ref GuestMemory memory) =>
        Cases.Check(memory.ReadU8(address), 2, "option") == 0
            ? null
            : TShape.Load(address + (uint)TShape.Alignment, ref memory);

    /// <inheritdoc/>
    public static void Lower(Slot* slots, T? value, ref GuestMemory memory)
    {
        if (value is not null)
        {
            slots->U32 = 1;
            TShape.Lower(slots + 1, value, ref memory);
        }
    }

    /// <inheritdoc/>
    public static void Store(uint address, T? value, ref GuestMemory memory)
    {
        memory.WriteU8(address, value is not null ? (byte)1 : (byte)0);
        if (value is not null)
        {
            TShape.Store(address + (uint)TShape.Alignment, value, ref memory);
        }
    }
}

/// <summary>option as an Option.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitOption<T, TShape> : ICanonical<Option<T>>
    where TShape : struct, ICanonical<T>
{
    /// <inheritdoc/>
    public static int Size => Cases.Size(1, TShape.Size, TShape.Alignment);

    /// <inheritdoc/>
    public static int Alignment => TShape.Alignment;

    /// <inheritdoc/>
    public static Option<T> Lift(Slot* slots, ref GuestMemory memory) =>
        Cases.Check(slots->U32, 2, "option") == 0 ? default : new Option<T>(TShape.Lift(slots + 1, ref memory));

    /// <inheritdoc/>
    public static Option<T> Load(uint address, ref GuestMemory memory) =>
        Cases.Check(memory.ReadU8(address), 2, "option") == 0
            ? default
            : new Option<T>(TShape.Load(address + (uint)TShape.Alignment, ref memory));

    /// <inheritdoc/>
    public static void Lower(Slot* slots, Option<T> value, ref GuestMemory memory)
    {
        if (value.HasValue)
        {
            slots->U32 = 1;
            TShape.Lower(slots + 1, value.Value, ref memory);
        }
    }

    /// <inheritdoc/>
    public static void Store(uint address, Option<T> value, ref GuestMemory memory)
    {
        memory.WriteU8(address, value.HasValue ? (byte)1 : (byte)0);
        if (value.HasValue)
        {
            TShape.Store(address + (uint)TShape.Alignment, value.Value, ref memory);
        }
    }
}
