namespace WasmBindgen.CompilerServices;

/// <summary>The functions of an instance that allocate in its memory.</summary>
internal sealed unsafe class GuestAllocator(GuestAllocation allocation, GuestFunction allocate, GuestFunction? free, GuestFunction? pin)
{
    internal GuestAllocation Allocation => allocation;

    /// <summary>Whether what a call needs is freed when it has returned. The Canonical ABI leaves that to the guest.</summary>
    internal bool Frees => free is not null;

    /// <summary>Calls it. Its own traps and interrupts are thrown.</summary>
    /// <returns>An address that nothing has checked yet.</returns>
    internal uint Allocate(ulong length, int alignment)
    {
        RequireSize(length);
        Slot* slots = stackalloc Slot[4];
        if (allocation.IsCanonical)
        {
            slots[0].U32 = 0;
            slots[1].U32 = 0;
            slots[2].S32 = alignment;
            slots[3].U32 = (uint)length;
            allocate.Call(slots, 4);
        }
        else
        {
            slots[0].U32 = (uint)length;
            allocate.Call(slots, 1);
            if (slots[0].U32 == 0 && length > 0)
            {
                throw GuestMemoryException.InvalidValue($"The guest's `{allocation.Name}` has no {length} bytes left.");
            }
        }

        return slots[0].U32;
    }

    /// <summary>Makes an object of a class, where the guest's runtime collects garbage.</summary>
    /// <returns>An address that nothing has checked yet.</returns>
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

    internal void Free(uint address, uint length)
    {
        Slot* slots = stackalloc Slot[2];
        slots[0].U32 = address;
        slots[1].U32 = length;
        free!.Value.Call(slots, allocation.FreeTakesLength ? 2u : 1u);
    }

    private static void RequireSize(ulong length)
    {
        if (length > uint.MaxValue)
        {
            throw new WasmException($"A value of {length} bytes is larger than a guest's memory can be.");
        }
    }
}
