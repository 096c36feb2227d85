using System.Collections.Immutable;
using System.Diagnostics;

namespace WasmBindgen.CompilerServices;

/// <summary>The functions of an instance that allocate in its memory.</summary>
[StackTraceHidden]
internal sealed class GuestAllocator(
    GuestAllocation allocation,
    BoundAllocatorFunction allocate,
    BoundAllocatorFunction? free,
    BoundAllocatorFunction? pin,
    BoundAllocatorFunction? stack,
    uint classes)
{
    internal GuestAllocation Allocation => allocation;

    /// <summary>
    /// Whether the arguments or results of a call are freed after it has returned. The Canonical ABI leaves that to the
    /// guest.
    /// </summary>
    internal bool Frees => free is not null;

    /// <summary>Where AssemblyScript's table of classes is: an unchecked address.</summary>
    internal uint Classes => classes;

    /// <summary>Calls the allocator. Throws its traps and interrupts.</summary>
    /// <returns>An unchecked address.</returns>
    internal ulong Allocate(ulong length, int alignment)
    {
        RequireSize(length);
        ulong address = Address(allocate.Call(0, length, alignment, 0));
        return address != 0 || length == 0 || allocate.IsRealloc
            ? address
            : throw GuestMemoryException.InvalidValue(
                $"The guest's `{allocation.Name}` could not allocate {length} bytes.");
    }

    /// <summary>Calls the Canonical ABI's function for what may be allocated already.</summary>
    /// <returns>An unchecked address.</returns>
    internal uint Reallocate(uint old, uint oldSize, int alignment, uint size) =>
        allocate.Call(old, size, alignment, 0, oldSize).U32;

    /// <summary>Creates an object of a class in a guest with garbage collection.</summary>
    /// <returns>An unchecked address.</returns>
    internal uint New(ulong length, uint kind)
    {
        RequireSize(length);
        return allocate.Call(0, length, 0, kind).U32;
    }

    /// <summary>Keeps an object until it is freed.</summary>
    internal void Pin(uint address) => pin!.Call(address, 0, 0, 0);

    internal void Free(ulong address, ulong length, int alignment) => free!.Call(address, length, alignment, 0);

    /// <summary>Moves the guest's stack pointer, down by a negative number of bytes.</summary>
    /// <returns>Its new value: an unchecked address.</returns>
    internal uint MoveStack(int bytes) => stack!.Call(0, unchecked((uint)bytes), 0, 0).U32;

    private ulong Address(Slot slot) => allocation.Is64Bit ? slot.U64 : slot.U32;

    private void RequireSize(ulong length)
    {
        if (length > uint.MaxValue && !allocation.Is64Bit)
        {
            throw new WasmException($"A value of {length} bytes is larger than a guest's memory can be.");
        }
    }
}

/// <summary>A function of an instance that allocates or frees.</summary>
[StackTraceHidden]
internal sealed unsafe class BoundAllocatorFunction(GuestFunction function, ImmutableArray<AllocatorArgument> arguments)
{
    // The C API takes the number of slots, of which a function has at least that of its result.
    private readonly int _slots = Math.Max(1, arguments.Length);

    /// <summary>Whether it makes an area larger, as C's <c>realloc</c> does. Then it need not return null.</summary>
    internal bool IsRealloc { get; } = arguments.Contains(AllocatorArgument.OldAddress);

    /// <summary>Calls it with those of these that it takes. Throws its traps and interrupts.</summary>
    /// <returns>Its result, if it has one.</returns>
    internal Slot Call(ulong address, ulong size, int alignment, uint kind, uint oldSize = 0)
    {
        Slot* slots = stackalloc Slot[_slots];
        for (int i = 0; i < arguments.Length; i++)
        {
            // The lower half of a slot is the same value as an i32.
            slots[i].U64 = arguments[i] switch
            {
                AllocatorArgument.Size => size,
                AllocatorArgument.Alignment => (uint)alignment,
                AllocatorArgument.Address => address,
                AllocatorArgument.OldAddress => oldSize == 0 ? 0 : address,
                AllocatorArgument.OldSize => oldSize,
                AllocatorArgument.Class => kind,
                _ => 0,
            };
        }

        function.CallWithin(slots, (nuint)_slots);
        return slots[0];
    }
}
