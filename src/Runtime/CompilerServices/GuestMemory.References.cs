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

    /// <summary>The delegate for an index into a table of the calling instance; null for null.</summary>
    /// <exception cref="GuestMemoryException">There is no such function, or it has another type.</exception>
    public readonly TDelegate? CallbackOfTable<TDelegate>(
        Slot slot,
        string table,
        ReadOnlySpan<ValueKind> parameters,
        ReadOnlySpan<ValueKind> results,
        Func<GuestFunction, TDelegate> bind)
        where TDelegate : Delegate =>
        _store.References.Callback(
            _store.References.FunctionOfTable(_caller, table, slot.U32), parameters, results, bind);

    /// <summary>The funcref of a delegate that came from the guest.</summary>
    public readonly Slot Function(Delegate? value) => new() { S64 = _store.References.Function(value) };

    internal readonly object? Object(uint raw) => _store.References.Object(raw);

    // a host function has one result
    internal readonly uint Reference(object value) => _store.References.Reference(value, isLast: _caller != 0);
}
