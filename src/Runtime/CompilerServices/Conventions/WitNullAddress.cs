using System.ComponentModel;
using System.Diagnostics;

namespace WasmBindgen.CompilerServices;

/// <summary>An address, perhaps with a length behind it, that is 0 for null.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitNullAddress<T, TShape> : ICanonical<T?>
    where T : class
    where TShape : struct, ICanonical<T>
{
    /// <inheritdoc/>
    public static int Size => TShape.Size;

    /// <inheritdoc/>
    public static int Alignment => TShape.Alignment;

    /// <inheritdoc/>
    public static T? Lift(Slot* slots, ref GuestMemory memory) =>
        slots->U32 == 0 ? null : TShape.Lift(slots, ref memory);

    /// <inheritdoc/>
    public static T? Load(uint address, ref GuestMemory memory) =>
        memory.ReadU32(address) == 0 ? null : TShape.Load(address, ref memory);

    /// <inheritdoc/>
    public static void Lower(Slot* slots, T? value, ref GuestMemory memory)
    {
        slots->U32 = 0;
        if (value is not null)
        {
            TShape.Lower(slots, value, ref memory);
        }
    }

    /// <inheritdoc/>
    public static void Store(uint address, T? value, ref GuestMemory memory)
    {
        memory.WriteU32(address, 0);
        if (value is not null)
        {
            TShape.Store(address, value, ref memory);
        }
    }
}
