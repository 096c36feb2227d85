namespace WasmBindgen.CompilerServices;

/// <summary>The functions of an instance that allocate in its memory.</summary>
internal sealed unsafe class GuestAllocator(GuestAllocation allocation, GuestFunction allocate, GuestFunction? free)
{
    internal GuestAllocation Allocation => allocation;

    /// <summary>Whether what a call needs is freed when it has returned. The Canonical ABI leaves that to the guest.</summary>
    internal bool Frees => free is not null;

    /// <summary>Calls it. Its own traps and interrupts are thrown.</summary>
    /// <returns>An address that nothing has checked yet.</returns>
    internal uint Allocate(ulong length, int alignment)
    {
        if (length > uint.MaxValue)
        {
            throw new WasmException($"A value of {length} bytes is larger than a guest's memory can be.");
        }

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

    internal void Free(uint address)
    {
        Slot slot = default;
        slot.U32 = address;
        free!.Value.Call(&slot, 1);
    }
}
