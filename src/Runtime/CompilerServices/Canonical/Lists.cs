using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace WasmBindgen.CompilerServices;

/// <summary>Shared by all shapes of lists: an address, and the number of the contiguous elements.</summary>
[StackTraceHidden]
internal static unsafe class Lists
{
    internal const int Size = 8;
    internal const int Alignment = 4;

    // Between two looks at the limits of the call; a power of two.
    private const int ManyElements = 1 << 14;

    /// <summary>Checks that a list is inside the memory, before anything is allocated for it.</summary>
    /// <returns>The number of its elements.</returns>
    internal static int Check<T, TShape>(uint address, uint count, ref GuestMemory memory)
        where TShape : struct, ICanonical<T>
    {
        ulong length = (ulong)count * (uint)TShape.Size;
        memory.CheckCopy(address, length, TShape.Alignment);
        return count <= Array.MaxLength ? (int)count : throw GuestMemoryException.TooLong(address, (long)length);
    }

    /// <summary>Reads the elements of a checked list.</summary>
    internal static void Read<T, TShape>(uint address, Span<T> elements, ref GuestMemory memory)
        where TShape : struct, ICanonical<T>
    {
        if (TShape.IsBlittable)
        {
            fixed (byte* target = &Bytes(elements))
            {
                memory.Read(address, target, (ulong)elements.Length * (uint)TShape.Size);
            }

            return;
        }

        int i = 0;
        try
        {
            for (; i < elements.Length; i++)
            {
                elements[i] = TShape.Load(address + ((uint)i * (uint)TShape.Size), ref memory);
                if ((i & (ManyElements - 1)) == ManyElements - 1)
                {
                    memory.HeedLimits();
                }
            }
        }
        catch (GuestMemoryException fault) when (fault.IsAt(i))
        {
            throw; // never: the filter only records the index
        }
    }

    /// <summary>Reads a list into a new array.</summary>
    internal static T[] ReadArray<T, TShape>(uint address, uint length, ref GuestMemory memory)
        where TShape : struct, ICanonical<T>
    {
        int count = Check<T, TShape>(address, length, ref memory);
        if (count == 0)
        {
            return [];
        }

        T[] elements;
        try
        {
            elements = TShape.IsBlittable ? GC.AllocateUninitializedArray<T>(count) : new T[count];
        }
        catch (OutOfMemoryException)
        {
            throw GuestMemoryException.TooLong(address, (long)length * TShape.Size);
        }

        Read<T, TShape>(address, elements, ref memory);
        return elements;
    }

    /// <summary>Writes elements to an area that the guest allocates, and its address and length to two slots.</summary>
    internal static void Lower<T, TShape>(Slot* slots, ReadOnlySpan<T> elements, ref GuestMemory memory)
        where TShape : struct, ICanonical<T>
    {
        slots[0].U32 = Write<T, TShape>(elements, ref memory);
        slots[1].S32 = elements.Length;
    }

    /// <summary>Writes elements to an area that the guest allocates, and its address and length to memory.</summary>
    internal static void Store<T, TShape>(uint address, ReadOnlySpan<T> elements, ref GuestMemory memory)
        where TShape : struct, ICanonical<T>
    {
        uint start = Write<T, TShape>(elements, ref memory);
        memory.WriteU32(address, start);
        memory.WriteU32(address + 4, (uint)elements.Length);
    }

    /// <summary>The elements of a list of the host's.</summary>
    /// <exception cref="ArgumentNullException">There is none.</exception>
    internal static ReadOnlySpan<T> ToSpan<T>(IReadOnlyList<T>? list) =>
        list is T[] array ? array : [.. list ?? throw Unfit.Null("list")];

    /// <summary>Writes elements to a checked area.</summary>
    internal static void WriteTo<T, TShape>(uint address, ReadOnlySpan<T> elements, ref GuestMemory memory)
        where TShape : struct, ICanonical<T>
    {
        if (TShape.IsBlittable)
        {
            fixed (byte* source = &Bytes(elements))
            {
                memory.Write(address, source, (ulong)elements.Length * (uint)TShape.Size);
            }

            return;
        }

        int i = 0;
        try
        {
            for (; i < elements.Length; i++)
            {
                TShape.Store(address + ((uint)i * (uint)TShape.Size), elements[i], ref memory);
                if ((i & (ManyElements - 1)) == ManyElements - 1)
                {
                    memory.HeedLimits();
                }
            }
        }
        catch (GuestMemoryException fault) when (fault.IsAt(i))
        {
            throw;
        }
        catch (ArgumentException mistake) when (Unfit.Is(mistake))
        {
            throw Unfit.At(mistake, i);
        }
    }

    private static uint Write<T, TShape>(ReadOnlySpan<T> elements, ref GuestMemory memory)
        where TShape : struct, ICanonical<T>
    {
        uint address = (uint)memory.AllocateFor(
            ref elements, (ulong)elements.Length * (uint)TShape.Size, TShape.Alignment);
        WriteTo<T, TShape>(address, elements, ref memory);
        return address;
    }

    /// <summary>The first byte of elements with a blittable shape.</summary>
    private static ref byte Bytes<T>(ReadOnlySpan<T> elements) =>
        ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(elements));
}
