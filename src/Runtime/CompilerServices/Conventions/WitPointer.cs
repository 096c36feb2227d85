using System.ComponentModel;
using System.Diagnostics;

namespace WasmBindgen.CompilerServices;

/// <summary>An address that is not checked until it is used.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitPointer<T> : ICanonical<GuestPointer<T>>
    where T : unmanaged
{
    /// <inheritdoc/>
    public static int Size => 4;

    /// <inheritdoc/>
    public static int Alignment => 4;

    /// <inheritdoc/>
    public static GuestPointer<T> Lift(Slot* slots, ref GuestMemory memory) => new(memory.Memory, slots->U32);

    /// <inheritdoc/>
    public static GuestPointer<T> Load(uint address, ref GuestMemory memory) =>
        new(memory.Memory, memory.ReadU32(address));

    /// <inheritdoc/>
    public static void Lower(Slot* slots, GuestPointer<T> value, ref GuestMemory memory) =>
        slots->U32 = AddressIn(value, ref memory);

    /// <inheritdoc/>
    public static void Store(uint address, GuestPointer<T> value, ref GuestMemory memory) =>
        memory.WriteU32(address, AddressIn(value, ref memory));

    /// <summary>The host's mistake.</summary>
    internal static ArgumentException Foreign() => new("A pointer for the guest points into another memory.");

    private static uint AddressIn(GuestPointer<T> value, ref GuestMemory memory) =>
        value.Memory is not null && value.Memory != memory.Memory ? throw Foreign()
        : value.Address is >= 0 and <= uint.MaxValue ? (uint)value.Address
        : throw new ArgumentException(
            $"A pointer for the guest is {value.Address}, which is not a 32-bit address.");
}
