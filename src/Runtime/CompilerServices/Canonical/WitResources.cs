using System.ComponentModel;
using System.Diagnostics;

namespace WasmBindgen.CompilerServices;

/// <summary>own: a handle whose receiver becomes the owner.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitOwn<T> : ICanonical<T>
    where T : class
{
    /// <inheritdoc/>
    public static int Size => 4;

    /// <inheritdoc/>
    public static int Alignment => 4;

    /// <inheritdoc/>
    public static T Lift(Slot* slots, ref GuestMemory memory) => memory.Resources.Take<T>(slots->S32);

    /// <inheritdoc/>
    public static T Load(uint address, ref GuestMemory memory) =>
        memory.Resources.Take<T>((int)memory.ReadU32(address));

    /// <inheritdoc/>
    public static void Lower(Slot* slots, T value, ref GuestMemory memory) =>
        slots->S32 = memory.Resources.Add(value, isLent: false, memory.IsOfCall);

    /// <inheritdoc/>
    public static void Store(uint address, T value, ref GuestMemory memory) =>
        memory.WriteU32(address, (uint)memory.Resources.Add(value, isLent: false, memory.IsOfCall));
}

/// <summary>borrow: a handle whose owner stays the same.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitBorrow<T> : ICanonical<Borrow<T>>
    where T : class
{
    /// <inheritdoc/>
    public static int Size => 4;

    /// <inheritdoc/>
    public static int Alignment => 4;

    /// <inheritdoc/>
    public static Borrow<T> Lift(Slot* slots, ref GuestMemory memory) => memory.Resources.Borrow<T>(slots->S32);

    /// <inheritdoc/>
    public static Borrow<T> Load(uint address, ref GuestMemory memory) =>
        memory.Resources.Borrow<T>((int)memory.ReadU32(address));

    /// <inheritdoc/>
    public static void Lower(Slot* slots, Borrow<T> value, ref GuestMemory memory) =>
        slots->S32 = memory.Resources.Add(value.Value, isLent: true, memory.IsOfCall);

    /// <inheritdoc/>
    public static void Store(uint address, Borrow<T> value, ref GuestMemory memory) =>
        memory.WriteU32(address, (uint)memory.Resources.Add(value.Value, isLent: true, memory.IsOfCall));
}
