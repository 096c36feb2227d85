using WasmBindgen.CompilerServices;
using WasmBindgen.Native;

namespace WasmBindgen;

/// <content>Values as the engine has them.</content>
public readonly partial struct WasmValue
{
    /// <summary>Reads a slot of a call; the store must be entered.</summary>
    /// <exception cref="GuestMemoryException">It is an externref of a value of the guest's own.</exception>
    internal static unsafe WasmValue Lift(Store store, ValueKind kind, Slot slot)
    {
        switch (kind)
        {
            case ValueKind.FuncRef:
                nint raw = (nint)slot.U64;
                if (raw == 0)
                {
                    return FromFunction(null);
                }

                wasmtime_func_t function;
                NativeMethods.wasmtime_func_from_raw(store.Context, raw, &function);
                return FromFunction(new Function(store, function));
            case ValueKind.ExternRef:
                return FromObject(store.References.Object(slot.U32));
            case ValueKind.V128:
                return FromV128(slot.Bits);
            case ValueKind.I32 or ValueKind.F32:
                return new WasmValue(kind, slot.U32);
            default:
                return new WasmValue(kind, slot.U64);
        }
    }

    /// <summary>
    /// Writes a slot of a call; the store must be entered, and a function must be known to belong to it. An externref
    /// is held until <see cref="CallHandles.End"/>.
    /// </summary>
    internal unsafe Slot Lower(Store store)
    {
        Slot slot = default;
        if (_reference is null)
        {
            slot.Bits = _bits;
        }
        else if (Kind == ValueKind.FuncRef)
        {
            wasmtime_func_t function = AsFunction()!.Native;
            slot.U64 = (ulong)NativeMethods.wasmtime_func_to_raw(store.Context, &function);
        }
        else
        {
            slot.U32 = store.References.Reference(_reference, isLast: false);
        }

        return slot;
    }

    /// <summary>
    /// Takes a value out of a table, a global or an exception; the store must be entered. One of the guest's own heap
    /// has nothing but its kind.
    /// </summary>
    /// <exception cref="GuestMemoryException">It is an externref of a value of the guest's own.</exception>
    internal static unsafe WasmValue Take(Store store, wasmtime_val_t* value)
    {
        try
        {
            // wasmtime_valkind_t numbers the kinds as ValueKind does.
            return (ValueKind)value->kind switch
            {
                ValueKind.FuncRef => FromFunction(
                    value->func.store_id == 0 ? null : new Function(store, value->func)),
                ValueKind.ExternRef => FromObject(store.References.Object(&value->externref)),
                > ValueKind.ExternRef and var kind => new WasmValue(kind, 0),
                var kind => Lift(store, kind, value->of),
            };
        }
        finally
        {
            NativeMethods.wasmtime_val_unroot(value);
        }
    }

    /// <summary>As <see cref="Take"/>, but an externref of a value of the guest's own is that, an anyref.</summary>
    internal static unsafe WasmValue TakeAny(Store store, wasmtime_val_t* value)
    {
        try
        {
            return Take(store, value);
        }
        catch (GuestMemoryException)
        {
            return new WasmValue(ValueKind.AnyRef, 0);
        }
    }

    /// <summary>
    /// The value for a table, a global or an exception, to be released by <c>wasmtime_val_unroot</c>. The store must
    /// be entered.
    /// </summary>
    /// <exception cref="ArgumentException">It is a function of another store.</exception>
    internal wasmtime_val_t ToItem(Store store)
    {
        var item = new wasmtime_val_t { kind = (byte)Kind };
        if (Kind == ValueKind.FuncRef)
        {
            Function? function = AsFunction();
            function?.ThrowIfForeign(store);
            item.func = function?.Native ?? default;
        }
        else if (Kind == ValueKind.ExternRef)
        {
            item.externref = _reference is null ? default : store.References.Root(_reference);
        }
        else
        {
            item.of = Lower(store);
        }

        return item;
    }
}
