using System.Diagnostics;
using WasmBindgen.Native;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <summary>The tables of guests' functions, and which of their elements the host has put there.</summary>
[StackTraceHidden]
internal sealed unsafe class FunctionTables(Store store)
{
    private readonly Dictionary<string, byte[]> _names = [];
    private readonly HashSet<(uint, uint)> _functionTables = [];
    private readonly Dictionary<((uint, uint) Table, nint Function), (wasmtime_item_t Table, uint Index)> _places = [];
    private readonly Dictionary<(uint, uint), Stack<uint>> _free = [];

    /// <summary>The table of functions that an instance exports under a name; null if there is none.</summary>
    /// <param name="caller">The call, if the guest calls the host.</param>
    /// <param name="instance">The instance otherwise; null if it is not known.</param>
    /// <param name="name">The name.</param>
    internal wasmtime_item_t? Find(nint caller, Instance? instance, string name)
    {
        wasmtime_extern_t item;
        if (caller == 0)
        {
            return instance?.Find(name, out item) == true && IsOfFunctions(item) ? item.item : null;
        }

        if (!_names.TryGetValue(name, out byte[]? utf8))
        {
            _names.Add(name, utf8 = Utf8Name.Encode(name));
        }

        return store.Callers.TryFindExport(caller, utf8, out item) && IsOfFunctions(item) ? item.item : null;
    }

    /// <summary>The funcref at an index; 0 for null.</summary>
    /// <exception cref="GuestMemoryException">There is no such element.</exception>
    internal nint Function(wasmtime_item_t? table, string name, uint index)
    {
        if (table is not { } item)
        {
            throw GuestMemoryException.InvalidReference(
                $"{index} is an index into a table, but the guest exports no table of functions named `{name}`.");
        }

        return TryGet(item, index, out nint function) ? function : throw GuestMemoryException.InvalidReference(
            $"{index} is not an index into the guest's table `{name}` of "
            + $"{wasmtime_table_size(store.Context, &item)} elements.");
    }

    /// <summary>The index of a function that the host passes, for which the table grows if it must.</summary>
    /// <exception cref="WasmException">The table has no room.</exception>
    internal uint IndexOf(wasmtime_item_t table, string name, nint function)
    {
        (uint, uint) key = Items.KeyOf(table);
        if (_places.TryGetValue((key, function), out (wasmtime_item_t Table, uint Index) place)
            && TryGet(table, place.Index, out nint there)
            && there == function) // the table is the guest's, which may have put another one there
        {
            return place.Index;
        }

        wasmtime_val_t element = Element(function);
        uint index;
        if (TryTakeFree(table, key, out index))
        {
            EngineMessage.ThrowIfFailed(wasmtime_table_set(store.Context, &table, index, &element));
        }
        else
        {
            // In C and Rust, index 0 is null.
            ulong size = wasmtime_table_size(store.Context, &table);
            ulong previous = 0;
            nint error = size < uint.MaxValue
                ? wasmtime_table_grow(store.Context, &table, size == 0 ? 2u : 1u, &element, &previous)
                : 0;
            if (size == uint.MaxValue || error != 0)
            {
                if (error != 0)
                {
                    wasmtime_error_delete(error);
                }

                throw GuestBacktrace.BeginInFlight(new WasmException(
                    $"The guest's table `{name}` of {size} elements has no room for a delegate. Let it grow, as "
                    + "`--growable-table` of wasm-ld does, or raise StoreOptions.MaxTableElements."));
            }

            index = size == 0 ? 1 : (uint)previous;
            if (size == 0)
            {
                wasmtime_val_t none = Element(0);
                EngineMessage.ThrowIfFailed(wasmtime_table_set(store.Context, &table, 0, &none));
            }
        }

        _places[(key, function)] = (table, index);
        return index;
    }

    /// <summary>Frees the elements that hold a function.</summary>
    internal void Free(nint function)
    {
        foreach (var place in _places.Keys.Where(place => place.Function == function).ToArray())
        {
            _places.Remove(place, out (wasmtime_item_t Table, uint Index) at);
            if (TryGet(at.Table, at.Index, out nint there) && there == function)
            {
                wasmtime_val_t none = Element(0);
                EngineMessage.ThrowIfFailed(wasmtime_table_set(store.Context, &at.Table, at.Index, &none));
                if (!_free.TryGetValue(place.Table, out Stack<uint>? free))
                {
                    _free.Add(place.Table, free = []);
                }

                free.Push(at.Index);
            }
        }
    }

    /// <summary>A freed element that the guest has not taken meanwhile.</summary>
    private bool TryTakeFree(wasmtime_item_t table, (uint, uint) key, out uint index)
    {
        if (_free.TryGetValue(key, out Stack<uint>? free))
        {
            while (free.TryPop(out index))
            {
                if (TryGet(table, index, out nint there) && there == 0)
                {
                    return true;
                }
            }
        }

        index = 0;
        return false;
    }

    private bool TryGet(wasmtime_item_t table, uint index, out nint function)
    {
        wasmtime_val_t element;
        function = 0;
        if (wasmtime_table_get(store.Context, &table, index, &element) == 0)
        {
            return false;
        }

        if (element.func.store_id != 0)
        {
            function = wasmtime_func_to_raw(store.Context, &element.func);
        }

        return true;
    }

    private wasmtime_val_t Element(nint function)
    {
        var element = new wasmtime_val_t { kind = (byte)ValueKind.FuncRef };
        if (function != 0)
        {
            wasmtime_func_t reference;
            wasmtime_func_from_raw(store.Context, function, &reference);
            element.func = reference;
        }

        return element;
    }

    private bool IsOfFunctions(in wasmtime_extern_t item)
    {
        (uint, uint) key = Items.KeyOf(item.item);
        return item.kind == ExternKind.Table
            && (_functionTables.Contains(key)
            || (Items.TypeOf(store, item) is TableType { Element.Kind: ValueKind.FuncRef }
                && _functionTables.Add(key)));
    }
}
