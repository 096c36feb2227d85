using System.Diagnostics;
using WasmBindgen.Native;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <summary>
/// A table of a store. Its elements can be read and set if they are functions; tables of externref can only be passed
/// on, measured and grown.
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
        if (type.Element is not { Kind: ValueKind.FuncRef or ValueKind.ExternRef, IsNullable: true })
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
        wasmtime_val_t initial = NullOf(type.Element);
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

    /// <summary>The function at an index; null for a null reference.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    /// <exception cref="NotSupportedException">The elements are not functions.</exception>
    public Function? this[long index]
    {
        get
        {
            RequireFunctions();
            wasmtime_item_t item = Native;
            wasmtime_val_t value;
            Store.Enter();
            bool exists = wasmtime_table_get(Store.Context, &item, (ulong)index, &value) != 0;
            Store.Exit();
            if (!exists)
            {
                throw new ArgumentOutOfRangeException(nameof(index), index, $"The table has {Length} elements.");
            }

            return value.func.store_id == 0 ? null : new Function(Store, value.func);
        }

        set
        {
            RequireFunctions();
            value?.ThrowIfForeign(Store);
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Length);
            wasmtime_item_t item = Native;
            var native = new wasmtime_val_t { kind = (byte)ValueKind.FuncRef, func = value?.Native ?? default };
            Store.Enter();
            nint error = wasmtime_table_set(Store.Context, &item, (ulong)index, &native);
            Store.Exit();
            EngineMessage.ThrowIfFailed(error);
        }
    }

    /// <summary>Grows the table by null references.</summary>
    /// <returns>The previous number of elements.</returns>
    /// <exception cref="WasmException">Its maximum or a limit of the store does not allow it.</exception>
    /// <exception cref="NotSupportedException">The elements are neither funcref nor externref.</exception>
    public long Grow(long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (Type.Element is not { Kind: ValueKind.FuncRef or ValueKind.ExternRef, IsNullable: true })
        {
            throw new NotSupportedException($"A table of {Type.Element} cannot be grown yet.");
        }

        wasmtime_item_t item = Native;
        wasmtime_val_t initial = NullOf(Type.Element);
        ulong previous;
        Store.Enter();
        nint error = wasmtime_table_grow(Store.Context, &item, (ulong)count, &initial, &previous);
        Store.Exit();
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

    /// <summary>A null reference: a store id of 0.</summary>
    private static wasmtime_val_t NullOf(WasmValueType element) => new() { kind = (byte)element.Kind };

    [StackTraceHidden]
    private void RequireFunctions()
    {
        if (Type.Element != ValueKind.FuncRef)
        {
            throw new NotSupportedException($"Elements of a table of {Type.Element} cannot be read or set yet.");
        }
    }
}
