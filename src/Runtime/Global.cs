using System.Diagnostics;
using WasmBindgen.CompilerServices;
using WasmBindgen.Native;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <summary>A global of a store.</summary>
[DebuggerDisplay("{DebuggerDisplay,nq}")]
public sealed unsafe class Global
{
    /// <summary>Creates a global that guests can import.</summary>
    /// <exception cref="ArgumentException">The value is not of the global's type.</exception>
    public Global(Store store, GlobalType type, WasmValue value)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(type);
        if (!type.Content.CanBeCreated)
        {
            throw new ArgumentException($"A host cannot create a `{type}`: its values are a guest's.", nameof(type));
        }

        Store = store;
        Type = type;
        ThrowIfUnfit(value);
        store.Enter();
        try
        {
            wasmtime_val_t native = value.ToItem(store);
            nint nativeType = TypeReader.NewGlobal(type);
            wasmtime_item_t item;
            nint error = wasmtime_global_new(store.Context, nativeType, &native, &item);
            wasm_globaltype_delete(nativeType);
            wasmtime_val_unroot(&native);
            EngineMessage.ThrowIfFailed(error);
            Native = item;
        }
        finally
        {
            store.Exit();
        }
    }

    internal Global(Store store, wasmtime_item_t item)
    {
        Store = store;
        Native = item;
        store.Enter();
        nint type = wasmtime_global_type(store.Context, &item);
        store.Exit();
        Type = TypeReader.ReadGlobal(type);
        wasm_globaltype_delete(type);
    }

    /// <summary>The store that holds it.</summary>
    public Store Store { get; }

    /// <summary>Its type.</summary>
    public GlobalType Type { get; }

    /// <summary>Its value.</summary>
    /// <exception cref="ArgumentException">The value set is not of the global's type.</exception>
    /// <exception cref="InvalidOperationException">The global is not mutable.</exception>
    /// <exception cref="NotSupportedException">It is a reference to the guest's own heap.</exception>
    /// <exception cref="GuestMemoryException">It is an externref of a value of the guest's own.</exception>
    public WasmValue Value
    {
        get
        {
            if (Type.Content.HostKind is null)
            {
                throw new NotSupportedException($"A `{Type}` cannot be read: its value is the guest's own.");
            }

            Store.Enter();
            try
            {
                wasmtime_item_t item = Native;
                wasmtime_val_t value;
                wasmtime_global_get(Store.Context, &item, &value);
                return WasmValue.Take(Store, &value);
            }
            finally
            {
                Store.Exit();
            }
        }

        set
        {
            if (!Type.IsMutable)
            {
                throw new InvalidOperationException($"A `{Type}` cannot be set.");
            }

            ThrowIfUnfit(value);
            Store.Enter();
            try
            {
                wasmtime_item_t item = Native;
                wasmtime_val_t native = value.ToItem(Store);
                nint error = wasmtime_global_set(Store.Context, &item, &native);
                wasmtime_val_unroot(&native);
                EngineMessage.ThrowIfFailed(error);
            }
            finally
            {
                Store.Exit();
            }
        }
    }

    private string DebuggerDisplay => Type.ToString();

    internal wasmtime_item_t Native { get; }

    /// <summary>Reads a number, for generated code, which has checked <see cref="Type"/>.</summary>
    internal Slot Read()
    {
        wasmtime_item_t item = Native;
        wasmtime_val_t value;
        Store.Enter();
        wasmtime_global_get(Store.Context, &item, &value);
        Store.Exit();
        return value.of;
    }

    /// <summary>Writes a number; see <see cref="Read"/>.</summary>
    internal void Write(Slot slot)
    {
        wasmtime_item_t item = Native;
        var value = new wasmtime_val_t { kind = (byte)Type.Content.Kind, of = slot };
        Store.Enter();
        nint error = wasmtime_global_set(Store.Context, &item, &value);
        Store.Exit();
        EngineMessage.ThrowIfFailed(error);
    }

    [StackTraceHidden]
    private void ThrowIfUnfit(WasmValue value)
    {
        if (!value.Fits(Type.Content))
        {
            throw new ArgumentException($"A `{Type}` cannot hold {value}.", nameof(value));
        }
    }
}
