using System.ComponentModel;

namespace WasmBindgen.CompilerServices;

/// <summary>A user's type, by way of the type that its marshaller gives.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct WitCustom<T, TCrossing, TShape, TMarshaller> : ICanonical<T>
    where TShape : struct, ICanonical<TCrossing>
    where TMarshaller : IWasmMarshaller<T, TCrossing>
{
    /// <inheritdoc/>
    public static int Size => TShape.Size;

    /// <inheritdoc/>
    public static int Alignment => TShape.Alignment;

    /// <inheritdoc/>
    public static T Lift(Slot* slots, ref GuestMemory memory) => FromGuest(TShape.Lift(slots, ref memory), ref memory);

    /// <inheritdoc/>
    public static T Load(uint address, ref GuestMemory memory) => FromGuest(TShape.Load(address, ref memory), ref memory);

    /// <inheritdoc/>
    public static void Lower(Slot* slots, T value, ref GuestMemory memory) => TShape.Lower(slots, ToGuest(value, ref memory), ref memory);

    /// <inheritdoc/>
    public static void Store(uint address, T value, ref GuestMemory memory) => TShape.Store(address, ToGuest(value, ref memory), ref memory);

    private static T FromGuest(TCrossing crossing, ref GuestMemory memory)
    {
        T value = TMarshaller.FromGuest(crossing);
        memory.Refresh(); // a user's code may have called the guest
        return value;
    }

    private static TCrossing ToGuest(T value, ref GuestMemory memory)
    {
        TCrossing crossing = TMarshaller.ToGuest(value);
        memory.Refresh();
        return crossing;
    }
}
