using System.ComponentModel;
using System.Diagnostics;

namespace WasmBindgen.CompilerServices;

/// <summary>An object by its index in the host's heap, which the receiver owns.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitObjectIndex<T> : ICanonical<T?>
    where T : class
{
    /// <inheritdoc/>
    public static int Size => 4;

    /// <inheritdoc/>
    public static int Alignment => 4;

    /// <inheritdoc/>
    public static T? Lift(Slot* slots, ref GuestMemory memory) => References.As<T>(memory.Objects.Take(slots->U32));

    /// <inheritdoc/>
    public static T? Load(uint address, ref GuestMemory memory) =>
        References.As<T>(memory.Objects.Take(memory.ReadU32(address)));

    /// <inheritdoc/>
    public static void Lower(Slot* slots, T? value, ref GuestMemory memory) =>
        slots->U32 = memory.Objects.Add(value, memory.IsOfCall);

    /// <inheritdoc/>
    public static void Store(uint address, T? value, ref GuestMemory memory) =>
        memory.WriteU32(address, memory.Objects.Add(value, memory.IsOfCall));
}

/// <summary>The same, whose owner stays the same.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitLentObjectIndex<T> : ICanonical<Borrow<T>>
    where T : class
{
    /// <inheritdoc/>
    public static int Size => 4;

    /// <inheritdoc/>
    public static int Alignment => 4;

    /// <inheritdoc/>
    public static Borrow<T> Lift(Slot* slots, ref GuestMemory memory) =>
        new(References.NotNull(WitNullableLentObjectIndex<T>.Lift(slots, ref memory).Value));

    /// <inheritdoc/>
    public static Borrow<T> Load(uint address, ref GuestMemory memory) =>
        new(References.NotNull(WitNullableLentObjectIndex<T>.Load(address, ref memory).Value));

    /// <inheritdoc/>
    public static void Lower(Slot* slots, Borrow<T> value, ref GuestMemory memory) =>
        slots->U32 = memory.Objects.Lend(value.Value ?? throw Unfit.Null("object"));

    /// <inheritdoc/>
    public static void Store(uint address, Borrow<T> value, ref GuestMemory memory) =>
        memory.WriteU32(address, memory.Objects.Lend(value.Value ?? throw Unfit.Null("object")));
}

/// <summary>Like <see cref="WitLentObjectIndex{T}"/>, but allows null.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitNullableLentObjectIndex<T> : ICanonical<Borrow<T?>>
    where T : class
{
    /// <inheritdoc/>
    public static int Size => 4;

    /// <inheritdoc/>
    public static int Alignment => 4;

    /// <inheritdoc/>
    public static Borrow<T?> Lift(Slot* slots, ref GuestMemory memory) =>
        new(References.As<T>(memory.Objects.Get(slots->U32)));

    /// <inheritdoc/>
    public static Borrow<T?> Load(uint address, ref GuestMemory memory) =>
        new(References.As<T>(memory.Objects.Get(memory.ReadU32(address))));

    /// <inheritdoc/>
    public static void Lower(Slot* slots, Borrow<T?> value, ref GuestMemory memory) =>
        slots->U32 = memory.Objects.Lend(value.Value);

    /// <inheritdoc/>
    public static void Store(uint address, Borrow<T?> value, ref GuestMemory memory) =>
        memory.WriteU32(address, memory.Objects.Lend(value.Value));
}

/// <summary>An object by its index in the guest's table of objects, which the receiver owns.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitTableObject<T> : ICanonical<T?>
    where T : class
{
    /// <inheritdoc/>
    public static int Size => 4;

    /// <inheritdoc/>
    public static int Alignment => 4;

    /// <inheritdoc/>
    public static T? Lift(Slot* slots, ref GuestMemory memory) => References.As<T>(memory.TakeTableObject(slots->U32));

    /// <inheritdoc/>
    public static T? Load(uint address, ref GuestMemory memory) =>
        References.As<T>(memory.TakeTableObjectAt(address));

    /// <inheritdoc/>
    public static void Lower(Slot* slots, T? value, ref GuestMemory memory) =>
        slots->U32 = memory.AddTableObject(value);

    /// <inheritdoc/>
    public static void Store(uint address, T? value, ref GuestMemory memory)
    {
        uint index = memory.AddTableObject(value); // which may move the memory
        memory.WriteU32(address, index);
    }
}

/// <summary>One of the former that is not null.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitPresent<T, TShape> : ICanonical<T>
    where T : class
    where TShape : struct, ICanonical<T?>
{
    /// <inheritdoc/>
    public static int Size => TShape.Size;

    /// <inheritdoc/>
    public static int Alignment => TShape.Alignment;

    /// <inheritdoc/>
    public static T Lift(Slot* slots, ref GuestMemory memory) => References.NotNull(TShape.Lift(slots, ref memory));

    /// <inheritdoc/>
    public static T Load(uint address, ref GuestMemory memory) =>
        References.NotNull(TShape.Load(address, ref memory));

    /// <inheritdoc/>
    public static void Lower(Slot* slots, T value, ref GuestMemory memory) =>
        TShape.Lower(slots, value ?? throw Unfit.Null("object"), ref memory);

    /// <inheritdoc/>
    public static void Store(uint address, T value, ref GuestMemory memory) =>
        TShape.Store(address, value ?? throw Unfit.Null("object"), ref memory);
}
