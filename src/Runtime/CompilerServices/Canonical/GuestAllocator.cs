namespace WasmBindgen.CompilerServices;

/// <summary>The function of an instance that allocates in its memory: <c>cabi_realloc</c>.</summary>
internal sealed unsafe class GuestAllocator(GuestFunction realloc)
{
    internal const string Name = "cabi_realloc";

    /// <summary>(old address, old size, alignment, new size) to address.</summary>
    internal static readonly FunctionType Type = new([ValueKind.I32, ValueKind.I32, ValueKind.I32, ValueKind.I32], [ValueKind.I32]);

    /// <summary>Calls it. Its own traps and interrupts are thrown.</summary>
    /// <returns>An address that nothing has checked yet.</returns>
    internal uint Allocate(ulong length, int alignment)
    {
        if (length > uint.MaxValue)
        {
            throw new WasmException($"A value of {length} bytes is larger than a guest's memory can be.");
        }

        Slot* slots = stackalloc Slot[4];
        slots[0].U32 = 0;
        slots[1].U32 = 0;
        slots[2].S32 = alignment;
        slots[3].U32 = (uint)length;
        realloc.Call(slots, 4);
        return slots[0].U32;
    }
}
