namespace WasmBindgen.CompilerServices;

/// <content>Objects, results and errors of guests made by wasm-bindgen.</content>
public unsafe partial struct GuestMemory
{
    /// <summary>The objects that guests hold by index.</summary>
    internal readonly ObjectHeap Objects => _store.Objects;

    private readonly ObjectTable ObjectTable =>
        _store.ObjectTables.Find(_caller, _instance, _abi.Allocation.ObjectTable!);

    /// <summary>Gives the guest an object, in its own table.</summary>
    /// <returns>Its index; 0 for null.</returns>
    internal uint AddTableObject(object? value)
    {
        uint index = ObjectTable.Add(value, _caller, _instance);
        Locate();
        return index;
    }

    /// <summary>Takes an object out of the guest's table.</summary>
    /// <exception cref="GuestMemoryException">There is no such element.</exception>
    internal object? TakeTableObject(uint index)
    {
        object? value = ObjectTable.Take(index, _caller, _instance);
        Locate();
        return value;
    }

    /// <summary>Takes an object, whose index lies at a checked address, out of the guest's table.</summary>
    /// <exception cref="GuestMemoryException">There is no such element.</exception>
    internal object? TakeTableObjectAt(uint address)
    {
        object? value = ObjectTable.TakeAt(address, ReadU32(address), _caller, _instance);
        Locate();
        return value;
    }

    /// <summary>Has the result of a guest's function freed when it has been read; not what a guest passes.</summary>
    internal readonly void FreeResult(uint address, ulong length, int alignment) =>
        _allocated?.Add((address, length, alignment));

    /// <summary>Makes room on the guest's stack for a result, until the call has returned.</summary>
    /// <returns>Its checked address.</returns>
    public uint StackArea(int size, int alignment, string name)
    {
        try
        {
            _stackSize = (size + 15) & -16;
            uint address = Allocator.MoveStack(-_stackSize);
            Locate();
            return Check(address, (ulong)size, alignment);
        }
        catch (GuestMemoryException fault) when (fault.IsIn(name, _function))
        {
            throw;
        }
    }

    /// <summary>Reads a value or an error, which lie behind each other in core results.</summary>
    /// <param name="slots">The first result.</param>
    /// <param name="error">The number of results of the value, before those of the error.</param>
    /// <param name="name">What faults are blamed on.</param>
    public Result<T, TError> LiftResult<T, TShape, TError, TErrorShape>(Slot* slots, int error, string name)
        where TShape : struct, ICanonical<T>
        where TErrorShape : struct, ICanonical<TError> =>
        slots[error + 1].U32 == 0
            ? Result<T, TError>.Ok(Lift<T, TShape>(slots, name))
            : Result<T, TError>.Error(Lift<TError, TErrorShape>(slots + error, name));

    /// <summary>Reads a value or an error, which lie behind each other in memory.</summary>
    /// <param name="address">Where the value lies.</param>
    /// <param name="error">How far behind it the error does.</param>
    /// <param name="name">What faults are blamed on.</param>
    public Result<T, TError> LoadResult<T, TShape, TError, TErrorShape>(uint address, int error, string name)
        where TShape : struct, ICanonical<T>
        where TErrorShape : struct, ICanonical<TError> =>
        ReadU32(address + (uint)error + 4) == 0
            ? Result<T, TError>.Ok(Load<T, TShape>(address, name))
            : Result<T, TError>.Error(Load<TError, TErrorShape>(address + (uint)error, name));
}
