using System.ComponentModel;
using System.Diagnostics;
using WasmBindgen.Native;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen.CompilerServices;

/// <summary>
/// What a host class throws into its guests as a WebAssembly exception. Only generated code makes one.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public sealed unsafe class HostTag
{
    private readonly string _module;
    private readonly string _name;

    /// <summary>For one exception type.</summary>
    /// <param name="module">The module of the tag's import.</param>
    /// <param name="name">Its name.</param>
    /// <param name="parameters">The core types of the exception's properties.</param>
    /// <param name="needs">What the properties need from the guest.</param>
    public HostTag(
        string module, string name, ReadOnlySpan<ValueKind> parameters, GuestNeeds needs = GuestNeeds.None)
    {
        (_module, _name, Needs) = (module, name, needs);
        Type = new TagType([.. parameters]);
    }

    /// <summary>The type of a tag whose value is the exception itself.</summary>
    internal static TagType OfObject { get; } = new([ValueKind.ExternRef]);

    internal (string Module, string Name) Key => (_module, _name);

    internal TagType Type { get; }

    internal GuestNeeds Needs { get; }

    /// <summary>Throws an exception of which the guest does not want the properties, if that is so.</summary>
    /// <param name="caller">The call.</param>
    /// <param name="exception">The exception.</param>
    /// <param name="module">The import module of the function that threw it.</param>
    /// <param name="function">Its name.</param>
    /// <param name="trap">The trap for the engine.</param>
    /// <exception cref="WasmException">The engine has no room for it.</exception>
    public bool TryThrow(nint caller, Exception exception, string module, string function, out nint trap)
    {
        var store = Store.Of(caller);
        if (store.Official is not null || !store.Engine.HasExceptions || HostCall.IsUncatchable(store, exception))
        {
            trap = HostCall.Interrupt(caller, exception, module, function);
            return true;
        }

        wasmtime_item_t tag = store.Exceptions.OfHost(_module, _name, Type, out TagType type);
        if (!type.Equals(OfObject))
        {
            trap = 0;
            return false;
        }

        wasmtime_val_t value = WasmValue.FromObject(exception).ToItem(store);
        trap = store.Exceptions.Throw(tag, new Span<wasmtime_val_t>(ref value), exception, (module, function));
        return true;
    }

    /// <summary>Throws an exception whose properties have been lowered.</summary>
    /// <returns>The trap for the engine.</returns>
    /// <exception cref="WasmException">The engine has no room for it.</exception>
    public nint Throw(nint caller, Exception exception, string module, string function, Slot* payload)
    {
        var store = Store.Of(caller);
        wasmtime_item_t tag = store.Exceptions.OfHost(_module, _name, Type, out _);
        Span<wasmtime_val_t> values = stackalloc wasmtime_val_t[Type.Parameters.Length];
        for (int i = 0; i < values.Length; i++)
        {
            ref wasmtime_val_t value = ref values[i];
            value = new wasmtime_val_t { kind = (byte)Type.Parameters[i].Kind, of = payload[i] };
            if (Type.Parameters[i] == ValueKind.FuncRef)
            {
                wasmtime_func_t reference = default;
                if (payload[i].U64 != 0)
                {
                    wasmtime_func_from_raw(store.Context, (nint)payload[i].U64, &reference);
                }

                value.func = reference;
            }
            else if (Type.Parameters[i] == ValueKind.ExternRef)
            {
                wasmtime_externref_t reference = default;
                if (payload[i].U32 != 0)
                {
                    wasmtime_externref_from_raw(store.Context, payload[i].U32, &reference);
                }

                value.externref = reference;
            }
        }

        return store.Exceptions.Throw(tag, values, exception, (module, function));
    }
}
