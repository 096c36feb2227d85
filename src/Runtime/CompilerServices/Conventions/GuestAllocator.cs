using System.Diagnostics;

namespace WasmBindgen.CompilerServices;

/// <summary>The functions of an instance that allocate in its memory.</summary>
[StackTraceHidden]
internal sealed unsafe class GuestAllocator(
    GuestAllocation allocation, GuestFunction allocate, GuestFunction? free, GuestFunction? pin, uint classes)
{
    internal GuestAllocation Allocation => allocation;

    /// <summary>
    /// Whether the arguments of a call are freed after it has returned. The Canonical ABI leaves that to the guest.
    /// </summary>
    internal bool Frees => free is not null;

    /// <summary>Where AssemblyScript's table of classes is: an unchecked address.</summary>
    internal uint Classes => classes;

    /// <summary>Calls the allocator. Throws its traps and interrupts.</summary>
    /// <returns>An unchecked address.</returns>
    internal ulong Allocate(ulong length, int alignment)
    {
        RequireSize(length);

        // The lower half of a slot is the same value as an i32.
        Slot* slots = stackalloc Slot[4];
        if (allocation.IsRealloc)
        {
            slots[0].U64 = 0;
            slots[1].U64 = 0;
            slots[2].U64 = (uint)alignment;
            slots[3].U64 = length;
            allocate.Call(slots, 4);
            return Address(slots[0]);
        }

        slots[0].U64 = length;
        allocate.Call(slots, 1);
        ulong address = Address(slots[0]);
        return address != 0 || length == 0
            ? address
            : throw GuestMemoryException.InvalidValue(
                $"The guest's `{allocation.Name}` could not allocate {length} bytes.");
    }

    /// <summary>Creates an object of a class in a guest with garbage collection.</summary>
    /// <returns>An unchecked address.</returns>
    internal uint New(ulong length, uint kind)
    {
        RequireSize(length);
        Slot* slots = stackalloc Slot[2];
        slots[0].U32 = (uint)length;
        slots[1].U32 = kind;
        allocate.Call(slots, 2);
        return slots[0].U32;
    }

    /// <summary>Keeps an object until it is freed.</summary>
    internal void Pin(uint address)
    {
        Slot slot = default;
        slot.U32 = address;
        pin!.Value.Call(&slot, 1);
    }

    internal void Free(ulong address, ulong length)
    {
        Slot* slots = stackalloc Slot[2];
        slots[0].U64 = address;
        slots[1].U64 = length;
        free!.Value.Call(slots, allocation.FreeTakesLength ? 2u : 1u);
    }

    private ulong Address(Slot slot) => allocation.Is64Bit ? slot.U64 : slot.U32;

    private void RequireSize(ulong length)
    {
        if (length > uint.MaxValue && !allocation.Is64Bit)
        {
            throw new WasmException($"A value of {length} bytes is larger than a guest's memory can be.");
        }
    }
}
