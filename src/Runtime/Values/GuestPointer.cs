namespace WasmBindgen;

/// <summary>
/// An address of values of one type in a guest's memory: C's <c>T*</c>. Every access is checked against the memory's
/// current size. Unlike a span it may be kept, but the guest may free what it points to.
/// </summary>
/// <typeparam name="T">
/// A number, or a struct of numbers with the same layout as in C. Read and written in the host's byte order.
/// </typeparam>
/// <param name="Memory">The memory.</param>
/// <param name="Address">The address in bytes, which need not be aligned.</param>
public readonly record struct GuestPointer<T>(Memory Memory, long Address)
    where T : unmanaged
{
    /// <summary>Whether it is C's null pointer.</summary>
    public bool IsNull => Address == 0;

    /// <summary>The value that it points to.</summary>
    /// <exception cref="GuestMemoryException">It does not point into the memory.</exception>
    public T Value
    {
        get => Memory.Read<T>(Address);
        set => Memory.Write(Address, value);
    }

    /// <summary>The value at an index, counted in values.</summary>
    /// <exception cref="GuestMemoryException">It is not inside the memory.</exception>
    public T this[long index]
    {
        get => (this + index).Value;
        set => Memory.Write((this + index).Address, value);
    }

    /// <summary>Moves the pointer forward by a number of values.</summary>
    /// <exception cref="OverflowException">There is no such address.</exception>
    public static unsafe GuestPointer<T> operator +(GuestPointer<T> start, long count) =>
        start with { Address = checked(start.Address + (count * sizeof(T))) };

    /// <summary>Moves the pointer back by a number of values.</summary>
    /// <exception cref="OverflowException">There is no such address.</exception>
    public static unsafe GuestPointer<T> operator -(GuestPointer<T> start, long count) =>
        start with { Address = checked(start.Address - (count * sizeof(T))) };

    /// <summary>Moves the pointer forward by a number of values.</summary>
    /// <exception cref="OverflowException">There is no such address.</exception>
    public static GuestPointer<T> Add(GuestPointer<T> start, long count) => start + count;

    /// <summary>Moves the pointer back by a number of values.</summary>
    /// <exception cref="OverflowException">There is no such address.</exception>
    public static GuestPointer<T> Subtract(GuestPointer<T> start, long count) => start - count;

    /// <summary>The same address, as a pointer to another type.</summary>
    public GuestPointer<TOther> As<TOther>()
        where TOther : unmanaged => new(Memory, Address);

    /// <summary>A view of values in the guest's memory. Do not use the span after the guest has run.</summary>
    /// <param name="count">
    /// The number of values. A negative number is treated as a large unsigned one, as guests may pass unsigned lengths.
    /// </param>
    /// <exception cref="GuestMemoryException">They are not inside the memory.</exception>
    public Span<T> AsSpan(int count) => Memory.GetGuestSpan<T>(Address, unchecked((uint)count));

    /// <summary>The address, as in <c>0x1000</c>.</summary>
    public override string ToString() => $"0x{Address:x}";
}
