namespace WasmBindgen.CompilerServices;

/// <content>References and callbacks.</content>
public unsafe partial struct GuestMemory
{
    /// <summary>The delegate for a funcref; null for null.</summary>
    /// <exception cref="GuestMemoryException">The function has another type.</exception>
    public readonly TDelegate? Callback<TDelegate>(
        Slot slot,
        ReadOnlySpan<ValueKind> parameters,
        ReadOnlySpan<ValueKind> results,
        Func<GuestFunction, TDelegate> bind)
        where TDelegate : Delegate => _store.References.Callback((nint)slot.S64, parameters, results, bind);

    /// <summary>The delegate for an index into a table of the instance; null for null.</summary>
    /// <exception cref="GuestMemoryException">There is no such function, or it has another type.</exception>
    public readonly TDelegate? CallbackOfTable<TDelegate>(
        Slot slot,
        string table,
        ReadOnlySpan<ValueKind> parameters,
        ReadOnlySpan<ValueKind> results,
        Func<GuestFunction, TDelegate> bind)
        where TDelegate : Delegate =>
        _store.References.Callback(FunctionOfTable(slot, table), parameters, results, bind);

    /// <summary>The delegate for a funcref, whose values do not all fit into slots; null for null.</summary>
    /// <exception cref="GuestMemoryException">The function has another type.</exception>
    public TDelegate? Callback<TDelegate>(
        Slot slot,
        ReadOnlySpan<ValueKind> parameters,
        ReadOnlySpan<ValueKind> results,
        GuestNeeds needs,
        Func<CanonicalFunction, TDelegate> bind)
        where TDelegate : Delegate => Callback((nint)slot.S64, parameters, results, needs, bind);

    /// <summary>
    /// The delegate for an index into a table of the instance, whose values do not all fit into slots; null for null.
    /// </summary>
    /// <exception cref="GuestMemoryException">There is no such function, or it has another type.</exception>
    public TDelegate? CallbackOfTable<TDelegate>(
        Slot slot,
        string table,
        ReadOnlySpan<ValueKind> parameters,
        ReadOnlySpan<ValueKind> results,
        GuestNeeds needs,
        Func<CanonicalFunction, TDelegate> bind)
        where TDelegate : Delegate => Callback(FunctionOfTable(slot, table), parameters, results, needs, bind);

    /// <summary>The funcref of a delegate.</summary>
    /// <param name="value">The delegate; null for a null reference.</param>
    /// <param name="parameters">The parameters of its function.</param>
    /// <param name="results">Its results.</param>
    /// <param name="thunks">The class of the thunk, whose assembly stays loaded.</param>
    /// <param name="thunk">What the guest calls, if the delegate is not the guest's own function.</param>
    public readonly Slot Function(
        Delegate? value,
        ReadOnlySpan<ValueKind> parameters,
        ReadOnlySpan<ValueKind> results,
        Type thunks,
        delegate* unmanaged[Cdecl]<nint, nint, Slot*, nuint, nint> thunk) => new()
        {
            S64 = value is null ? 0 : _store.Delegates.Raw(value, parameters, results, thunks, (nint)thunk, _abi),
        };

    /// <summary>The index of a delegate in a table of the instance, where it is put if need be; 0 for null.</summary>
    /// <param name="value">The delegate; null for a null reference.</param>
    /// <param name="table">The name under which the instance exports the table.</param>
    /// <param name="parameters">The parameters of its function.</param>
    /// <param name="results">Its results.</param>
    /// <param name="thunks">The class of the thunk, whose assembly stays loaded.</param>
    /// <param name="thunk">What the guest calls, if the delegate is not the guest's own function.</param>
    /// <exception cref="WasmException">There is no such table, or it has no room.</exception>
    public readonly Slot TableIndex(
        Delegate? value,
        string table,
        ReadOnlySpan<ValueKind> parameters,
        ReadOnlySpan<ValueKind> results,
        Type thunks,
        delegate* unmanaged[Cdecl]<nint, nint, Slot*, nuint, nint> thunk) => new()
        {
            U32 = value is null ? 0 : _store.Tables.IndexOf(
                _store.Tables.Find(_caller, _instance, table)
                    ?? throw GuestBacktrace.BeginInFlight(new WasmException(
                        "A delegate is passed as an index, but the guest exports no table of functions named "
                        + $"`{table}`.")),
                table,
                _store.Delegates.Raw(value, parameters, results, thunks, (nint)thunk, _abi)),
        };

    internal readonly object? Object(uint raw) => _store.References.Object(raw);

    // a host function has one result
    internal readonly uint Reference(object value) => _store.References.Reference(value, isLast: _caller != 0);

    private readonly nint FunctionOfTable(Slot slot, string table) =>
        _store.Tables.Function(_store.Tables.Find(_caller, _instance, table), table, slot.U32);

    private TDelegate? Callback<TDelegate>(
        nint raw,
        ReadOnlySpan<ValueKind> parameters,
        ReadOnlySpan<ValueKind> results,
        GuestNeeds needs,
        Func<CanonicalFunction, TDelegate> bind)
        where TDelegate : Delegate
    {
        // What the function needs is that of the instance that hands it over.
        GuestAllocator? allocator = raw != 0 && needs == GuestNeeds.Allocator ? Allocator : null;
        (Memory? memory, GuestAbi abi) = (needs == GuestNeeds.None ? null : _memory, _abi);
        return _store.References.Callback(
            raw,
            parameters,
            results,
            function => bind(new CanonicalFunction(function, memory, allocator, postReturn: null, abi, instance: null)),
            memory);
    }
}
