using System.Diagnostics;
using WasmBindgen.Native;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <summary>
/// A table of a store: of functions, or of objects of the host that the guest can hold but not look into (externref).
/// A table keeps its objects alive until they are replaced, or the store is disposed.
/// </summary>
[DebuggerDisplay("{DebuggerDisplay,nq}")]
public sealed unsafe class Table
{
    private TableType? _type;

    /// <summary>Creates a table of null references that guests can import.</summary>
    /// <exception cref="ArgumentException">
    /// The elements are neither funcref nor externref, or the limits contradict each other.
    /// </exception>
    /// <exception cref="WasmException">The store's limits do not allow it.</exception>
    public Table(Store store, TableType type)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(type);
        if (!type.Element.CanBeCreated || type.Element.Kind <= ValueKind.V128)
        {
            throw new ArgumentException(
                $"The elements of a host's table are funcref or externref, not {type.Element}.", nameof(type));
        }

        if (type.Minimum > type.Maximum)
        {
            throw new ArgumentOutOfRangeException(nameof(type), $"The limits of `{type}` contradict each other.");
        }

        Store = store;
        store.Enter();
        nint native = TypeReader.NewTable(type);
        wasmtime_item_t item;
        var initial = new wasmtime_val_t { kind = (byte)type.Element.Kind }; // null: a store id of 0
        nint error = wasmtime_table_new(store.Context, native, &initial, &item);
        wasm_tabletype_delete(native);
        store.Exit();
        EngineMessage.ThrowIfFailed(error);
        Native = item;
    }

    internal Table(Store store, wasmtime_item_t item)
    {
        Store = store;
        Native = item;
    }

    /// <summary>The store that holds it.</summary>
    public Store Store { get; }

    /// <summary>Its type as declared; the minimum is its initial size. Read from the engine on first use.</summary>
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    public TableType Type => _type ??= ReadType();

    /// <summary>The current number of elements.</summary>
    public long Length
    {
        get
        {
            wasmtime_item_t item = Native;
            Store.Enter();
            ulong size = wasmtime_table_size(Store.Context, &item);
            Store.Exit();
            return (long)size;
        }
    }

    private string DebuggerDisplay => _type?.ToString() ?? "table";

    /// <summary>
    /// The type as which it can be imported now: an import's minimum is compared with the current size.
    /// </summary>
    internal TableType PresentType => Type with { Minimum = (uint)Length };

    internal wasmtime_item_t Native { get; }

    /// <summary>
    /// The element at an index: a <see cref="Function"/>, or the object of an externref; null for a null reference.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    /// <exception cref="ArgumentException">The value set is not of the elements' type.</exception>
    /// <exception cref="NotSupportedException">The elements are references to the guest's own heap.</exception>
    /// <exception cref="GuestMemoryException">It is an externref of a value of the guest's own.</exception>
    public object? this[long index]
    {
        get
        {
            bool isOfFunctions = HostKind == ValueKind.FuncRef;
            wasmtime_item_t item = Native;
            wasmtime_val_t value;
            Store.Enter();
            try
            {
                if (wasmtime_table_get(Store.Context, &item, (ulong)index, &value) == 0)
                {
                    throw new ArgumentOutOfRangeException(nameof(index), index, $"The table has {Length} elements.");
                }

                var element = WasmValue.Take(Store, &value);
                return isOfFunctions ? element.AsFunction() : element.AsObject();
            }
            finally
            {
                Store.Exit();
            }
        }

        set
        {
            WasmValue element = ElementOf(value, nameof(value));
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Length);
            wasmtime_item_t item = Native;
            Store.Enter();
            try
            {
                wasmtime_val_t native = element.ToItem(Store);
                nint error = wasmtime_table_set(Store.Context, &item, (ulong)index, &native);
                wasmtime_val_unroot(&native);
                EngineMessage.ThrowIfFailed(error);
            }
            finally
            {
                Store.Exit();
            }
        }
    }

    /// <summary>Grows the table.</summary>
    /// <param name="count">The number of new elements.</param>
    /// <param name="value">What they are: a <see cref="Function"/>, the object of an externref, or null.</param>
    /// <returns>The previous number of elements.</returns>
    /// <exception cref="WasmException">Its maximum or a limit of the store does not allow it.</exception>
    /// <exception cref="ArgumentException">The value is not of the elements' type.</exception>
    /// <exception cref="NotSupportedException">The elements are references to the guest's own heap.</exception>
    public long Grow(long count, object? value = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        WasmValue element = ElementOf(value, nameof(value));
        wasmtime_item_t item = Native;
        ulong previous;
        nint error;
        Store.Enter();
        try
        {
            wasmtime_val_t initial = element.ToItem(Store);
            error = wasmtime_table_grow(Store.Context, &item, (ulong)count, &initial, &previous);
            wasmtime_val_unroot(&initial);
        }
        finally
        {
            Store.Exit();
        }

        return error == 0 ? (long)previous : throw new WasmException(
            $"A {PresentType} cannot grow by {count} elements: {EngineMessage.Take(error)}. "
            + $"Its maximum or StoreOptions.{nameof(StoreOptions.MaxTableElements)} does not allow it.");
    }

    private TableType ReadType()
    {
        wasmtime_item_t item = Native;
        Store.Enter();
        nint native = wasmtime_table_type(Store.Context, &item);
        Store.Exit();
        TableType type = TypeReader.ReadTable(native);
        wasm_tabletype_delete(native);
        return type;
    }

    private ValueKind HostKind => Type.Element.HostKind ?? throw new NotSupportedException(
        $"The elements of a table of {Type.Element} cannot be read or set: they are the guest's own.");

    [StackTraceHidden]
    private WasmValue ElementOf(object? value, string parameter)
    {
        bool isOfFunctions = HostKind == ValueKind.FuncRef;
        if ((value is null && !Type.Element.IsNullable) || (isOfFunctions && value is not (null or Function)))
        {
            throw new ArgumentException(
                $"A table of {Type.Element} cannot hold {value?.GetType().ToString() ?? "null"}.", parameter);
        }

        return isOfFunctions ? WasmValue.FromFunction((Function?)value) : WasmValue.FromObject(value);
    }
}
