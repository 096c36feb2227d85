using System.Diagnostics;
using WasmBindgen.CompilerServices;
using WasmBindgen.Native;

namespace WasmBindgen;

/// <summary>The tables of externrefs in which guests of wasm-bindgen hold objects by index.</summary>
[StackTraceHidden]
internal sealed class ObjectTables(Store store)
{
    private readonly Dictionary<(uint, uint), ObjectTable> _known = [];

    /// <summary>The table that an instance exports under a name.</summary>
    /// <param name="caller">The call, if the guest calls the host.</param>
    /// <param name="instance">The instance otherwise; null if it is not known.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="WasmException">There is none.</exception>
    internal ObjectTable Find(nint caller, Instance? instance, string name)
    {
        if (!TryFind(caller, instance, name, out wasmtime_extern_t item) || item.kind != ExternKind.Table)
        {
            throw Missing(name, "table of externrefs");
        }

        if (!_known.TryGetValue(Items.KeyOf(item.item), out ObjectTable? table))
        {
            var elements = new Table(store, item.item);
            table = elements.Type.Element.Kind == ValueKind.ExternRef
                ? new ObjectTable(elements)
                : throw Missing(name, "table of externrefs");
            _known.Add(Items.KeyOf(item.item), table);
        }

        return table;
    }

    /// <summary>A function that an instance exports beside its table.</summary>
    /// <exception cref="WasmException">There is none.</exception>
    internal GuestFunction Function(nint caller, Instance? instance, string name, FunctionType type) =>
        TryFind(caller, instance, name, out wasmtime_extern_t item) && type.Equals(Items.TypeOf(store, item))
            ? new GuestFunction(store, item.func, name)
            : throw Missing(name, $"function {type}");

    private static bool TryFind(nint caller, Instance? instance, string name, out wasmtime_extern_t item)
    {
        item = default;
        return caller == 0
            ? instance?.Find(name, out item) == true
            : Items.TryFindExport(caller, Utf8Name.Encode(name), out item);
    }

    private static WasmException Missing(string name, string what) => GuestBacktrace.BeginInFlight(new WasmException(
        $"An object crosses by its index in a table of the guest, but the guest exports no {what} named `{name}`."));
}

/// <summary>One of these tables, whose free elements the guest keeps.</summary>
/// <param name="table">The table.</param>
[StackTraceHidden]
internal sealed unsafe class ObjectTable(Table table)
{
    private GuestFunction? _allocate;
    private GuestFunction? _free;
    private GuestFunction? _freeSlice;

    /// <summary>Gives the guest an object; 0 for null. May run the guest.</summary>
    internal uint Add(object? value, nint caller, Instance? instance)
    {
        if (value is null)
        {
            return 0;
        }

        Slot slot = default;
        Find(ref _allocate, "__externref_table_alloc", new([], [ValueKind.I32]), caller, instance)
            .CallWithin(&slot, 1);
        Check(slot.U32);
        table[slot.U32] = value;
        return slot.U32;
    }

    /// <summary>Takes the object of an index. Runs the guest.</summary>
    internal object? Take(uint index, nint caller, Instance? instance)
    {
        object? value = Get(index);
        Slot slot = new() { U32 = index };
        Find(ref _free, "__externref_table_dealloc", new([ValueKind.I32], []), caller, instance).CallWithin(&slot, 1);
        return value;
    }

    /// <summary>Takes the object of an index that lies at an address. Runs the guest.</summary>
    internal object? TakeAt(uint address, uint index, nint caller, Instance? instance)
    {
        object? value = Get(index);
        Slot* slots = stackalloc Slot[2];
        (slots[0].U32, slots[1].U32) = (address, 1);
        Find(ref _freeSlice, "__externref_drop_slice", new([ValueKind.I32, ValueKind.I32], []), caller, instance)
            .CallWithin(slots, 2);
        return value;
    }

    private GuestFunction Find(
        ref GuestFunction? known, string name, FunctionType type, nint caller, Instance? instance) =>
        known ??= table.Store.ObjectTables.Function(caller, instance, name, type);

    private object? Get(uint index)
    {
        Check(index);
        return table[index];
    }

    private void Check(uint index)
    {
        if (index >= table.Length)
        {
            throw GuestMemoryException.InvalidReference(
                $"{index} is not an index into the guest's table of {table.Length} objects.");
        }
    }
}
