using System.ComponentModel;
using System.Diagnostics;

namespace WasmBindgen.CompilerServices;

/// <summary>A user's type, converted by its marshaller to a type that can cross.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitCustom<T, TCrossing, TShape, TMarshaller> : ICanonical<T>
    where TShape : struct, ICanonical<TCrossing>
    where TMarshaller : IWasmMarshaller<T, TCrossing>
{
    /// <inheritdoc/>
    public static int Size => TShape.Size;

    /// <inheritdoc/>
    public static int Alignment => TShape.Alignment;

    /// <inheritdoc/>
    public static T Lift(Slot* slots, ref GuestMemory memory) =>
        memory.FromUser(TMarshaller.FromGuest(TShape.Lift(slots, ref memory)));

    /// <inheritdoc/>
    public static T Load(uint address, ref GuestMemory memory) =>
        memory.FromUser(TMarshaller.FromGuest(TShape.Load(address, ref memory)));

    /// <inheritdoc/>
    public static void Lower(Slot* slots, T value, ref GuestMemory memory) =>
        TShape.Lower(slots, memory.FromUser(TMarshaller.ToGuest(value)), ref memory);

    /// <inheritdoc/>
    public static void Store(uint address, T value, ref GuestMemory memory) =>
        TShape.Store(address, memory.FromUser(TMarshaller.ToGuest(value)), ref memory);
}
