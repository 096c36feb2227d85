namespace WasmBindgen;

/// <summary>
/// An address in a guest's memory, of values of one type: C's <c>T*</c>. Every access is checked against the memory as
/// it is then. Unlike a span it may be kept, but what it points at is the guest's to free.
/// </summary>
/// <typeparam name="T">
/// A number, or a struct of such that lies in memory as in C. Read and written in the host's byte order.
/// </typeparam>
/// <param name="Memory">The memory.</param>
/// <param name="Address">The address in bytes, which need not be aligned.</param>
public readonly record struct GuestPointer<T>(Memory Memory, long Address)
    where T : unmanaged
{
    /// <summary>Whether it is C's null pointer.</summary>
    public bool IsNull => Address == 0;

    /// <summary>What it points at.</summary>
    /// <exception cref="GuestMemoryException">It does not point into the memory.</exception>
    public T Value
    {
        get => Memory.Read<T>(Address);
        set => Memory.Write(Address, value);
    }

    /// <summary>The value so many places further on.</summary>
    /// <exception cref="GuestMemoryException">It is not inside the memory.</exception>
    public T this[long index]
    {
        get => (this + index).Value;
        set => Memory.Write((this + index).Address, value);
    }

    /// <summary>So many values further on.</summary>
    /// <exception cref="OverflowException">There is no such address.</exception>
    public static unsafe GuestPointer<T> operator +(GuestPointer<T> start, long count) =>
        start with { Address = checked(start.Address + (count * sizeof(T))) };

    /// <summary>So many values before.</summary>
    /// <exception cref="OverflowException">There is no such address.</exception>
    public static unsafe GuestPointer<T> operator -(GuestPointer<T> start, long count) =>
        start with { Address = checked(start.Address - (count * sizeof(T))) };

    /// <summary>So many values further on.</summary>
    /// <exception cref="OverflowException">There is no such address.</exception>
    public static GuestPointer<T> Add(GuestPointer<T> start, long count) => start + count;

    /// <summary>So many values before.</summary>
    /// <exception cref="OverflowException">There is no such address.</exception>
    public static GuestPointer<T> Subtract(GuestPointer<T> start, long count) => start - count;

    /// <summary>The same address, of values of another type.</summary>
    public GuestPointer<TOther> As<TOther>()
        where TOther : unmanaged => new(Memory, Address);

    /// <summary>Shows values where they lie. The span dies when the guest runs.</summary>
    /// <param name="count">
    /// How many. A number that the guest gave may be negative, and then is a large one of its own, which is not signed.
    /// </param>
    /// <exception cref="GuestMemoryException">They are not inside the memory.</exception>
    public Span<T> AsSpan(int count) => Memory.GetGuestSpan<T>(Address, unchecked((uint)count));

    /// <summary>The address, as in <c>0x1000</c>.</summary>
    public override string ToString() => $"0x{Address:x}";
}
