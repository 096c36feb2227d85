using System.ComponentModel;
using System.Diagnostics;

namespace WasmBindgen.CompilerServices;

/// <summary>
/// list of a fixed length: its elements lie where the list does, or in slots one after the other. Only generated code
/// calls it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public static unsafe class FixedList
{
    /// <summary>Reads from slots.</summary>
    /// <param name="slots">The first slot.</param>
    /// <param name="length">The number of elements.</param>
    /// <param name="width">The number of slots of each.</param>
    /// <param name="memory">The memory.</param>
    public static T[] Lift<T, TShape>(Slot* slots, int length, int width, ref GuestMemory memory)
        where TShape : struct, ICanonical<T>
    {
        var elements = new T[length];
        int i = 0;
        try
        {
            for (; i < length; i++)
            {
                elements[i] = TShape.Lift(slots + (i * width), ref memory);
            }
        }
        catch (GuestMemoryException fault) when (fault.IsAt(i))
        {
            throw; // never: the filter only records the index
        }

        return elements;
    }

    /// <summary>Reads from a checked area.</summary>
    public static T[] Load<T, TShape>(uint address, int length, ref GuestMemory memory)
        where TShape : struct, ICanonical<T>
    {
        var elements = new T[length];
        Lists.Read<T, TShape>(address, elements, ref memory);
        return elements;
    }

    /// <summary>The elements of a list in an array; null for none.</summary>
    public static T[] Array<T>(IReadOnlyList<T>? list) => list as T[] ?? list?.ToArray()!;

    /// <summary>Writes to slots.</summary>
    /// <inheritdoc cref="Lift"/>
    /// <exception cref="ArgumentException">The list is null, or has another length.</exception>
    public static void Lower<T, TShape>(Slot* slots, T[] list, int length, int width, ref GuestMemory memory)
        where TShape : struct, ICanonical<T> =>
        LowerSpan<T, TShape>(slots, list ?? throw Unfit.Null("list"), length, width, ref memory);

    /// <summary>Writes to a checked area.</summary>
    /// <exception cref="ArgumentException">The list is null, or has another length.</exception>
    public static void Store<T, TShape>(uint address, T[] list, int length, ref GuestMemory memory)
        where TShape : struct, ICanonical<T> =>
        StoreSpan<T, TShape>(address, list ?? throw Unfit.Null("list"), length, ref memory);

    internal static void LowerSpan<T, TShape>(
        Slot* slots, ReadOnlySpan<T> elements, int length, int width, ref GuestMemory memory)
        where TShape : struct, ICanonical<T>
    {
        Check(elements.Length, length);
        int i = 0;
        try
        {
            for (; i < length; i++)
            {
                TShape.Lower(slots + (i * width), elements[i], ref memory);
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

    internal static void StoreSpan<T, TShape>(
        uint address, ReadOnlySpan<T> elements, int length, ref GuestMemory memory)
        where TShape : struct, ICanonical<T>
    {
        Check(elements.Length, length);
        Lists.WriteTo<T, TShape>(address, elements, ref memory);
    }

    private static void Check(int length, int wanted)
    {
        if (length != wanted)
        {
            throw Unfit.Length(length, wanted);
        }
    }
}
