using System.Collections.Immutable;
using System.Diagnostics;
using WasmBindgen.CompilerServices;
using WasmBindgen.Native;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <summary>What an instance built by emscripten exports for the <c>invoke_*</c> functions that it imports.</summary>
[StackTraceHidden]
internal sealed unsafe class InvokeExports
{
    /// <summary>The table that the functions to call are in.</summary>
    internal const string Table = "__indirect_function_table";

    private readonly Store _store;
    private readonly wasmtime_item_t _table;
    private readonly wasmtime_func_t _stackSave;
    private readonly wasmtime_func_t _stackRestore;
    private readonly wasmtime_func_t _setThrew;

    // The engine does not check the type of what is called.
    private readonly HashSet<(nint Function, InvokeFunction Invoke)> _fitting = [];

    /// <summary>Of the calling instance.</summary>
    /// <exception cref="WasmException">It does not export all of them.</exception>
    internal InvokeExports(Store store, nint caller)
    {
        _store = store;
        _table = store.Tables.Find(caller, instance: null, Table) ?? throw Missing($"table `{Table}`");
        _stackSave = Find(store, caller, StackSave);
        _stackRestore = Find(store, caller, StackRestore);
        _setThrew = Find(store, caller, SetThrew);
    }

    /// <summary>Tells that a call ended early.</summary>
    internal static InvokeExport SetThrew { get; } = new(["setThrew"], [ValueKind.I32, ValueKind.I32], []);

    /// <summary>Gives the address of the stack's top.</summary>
    internal static InvokeExport StackSave { get; } =
        new(["emscripten_stack_get_current", "stackSave"], [], [ValueKind.I32]);

    /// <summary>Sets the address of the stack's top.</summary>
    internal static InvokeExport StackRestore { get; } =
        new(["_emscripten_stack_restore", "stackRestore"], [ValueKind.I32], []);

    /// <summary>Finds an export of the calling instance.</summary>
    /// <exception cref="WasmException">It has none of the names and the type.</exception>
    internal static wasmtime_func_t Find(Store store, nint caller, InvokeExport export)
    {
        foreach (string name in export.Names)
        {
            if (store.Callers.TryFindExport(caller, Utf8Name.Encode(name), out wasmtime_extern_t item)
                && Items.TypeOf(store, item).Equals(export.Type))
            {
                return item.func;
            }
        }

        throw Missing($"function `{export.Names[^1]}`");
    }

    /// <summary>Finds the function at an index of the table.</summary>
    /// <param name="index">The index.</param>
    /// <param name="invoke">The import that calls it, which determines its type.</param>
    /// <param name="function">The function.</param>
    /// <returns>The trap, as of the guest's own indirect call, if there is no such function; otherwise 0.</returns>
    internal nint Find(uint index, InvokeFunction invoke, out wasmtime_func_t function)
    {
        wasmtime_val_t element;
        wasmtime_item_t table = _table;
        TrapCode? fault =
            wasmtime_table_get(_store.Context, &table, index, &element) == 0 ? TrapCode.TableOutOfBounds
            : element.func.store_id == 0 ? TrapCode.IndirectCallToNull
            : Fits(element.func, invoke) ? null
            : TrapCode.BadSignature;
        function = fault is null ? element.func : default;
        return fault is { } code ? wasmtime_trap_new_code(EngineGeneration.WriteTrapCode(code)) : 0;
    }

    /// <summary>Saves the top of the stack.</summary>
    /// <returns>The trap of the guest, or 0.</returns>
    internal nint Save(out uint top)
    {
        Slot slot = default;
        nint trap = Call(_stackSave, &slot, 1);
        top = slot.U32;
        return trap;
    }

    /// <summary>Restores the top of the stack, and tells the guest that its call ended early.</summary>
    /// <returns>The trap of the guest, or 0.</returns>
    internal nint Restore(uint top)
    {
        Slot* slots = stackalloc Slot[2];
        slots[0].U32 = top;
        nint trap = Call(_stackRestore, slots, 1);
        if (trap != 0)
        {
            return trap;
        }

        slots[0].U32 = 1;
        slots[1].U32 = 0;
        return Call(_setThrew, slots, 2);
    }

    /// <summary>Calls a function of the guest for a running call, whose limits go on to apply.</summary>
    /// <returns>The trap of the guest, or 0.</returns>
    internal nint Call(wasmtime_func_t function, Slot* slots, int count)
    {
        nint trap = 0;
        nint error = wasmtime_func_call_unchecked(_store.Context, &function, slots, (nuint)count, &trap);
        return error == 0 ? trap : _store.Failures.PassOn(error);
    }

    private bool Fits(wasmtime_func_t function, InvokeFunction invoke)
    {
        if (_fitting.Contains((function.index, invoke)))
        {
            return true;
        }

        bool fits = Items.FunctionType(_store, function).Equals(invoke.Called);
        if (fits)
        {
            _fitting.Add((function.index, invoke));
        }

        return fits;
    }

    private static WasmException Missing(string what) => GuestBacktrace.BeginInFlight(new WasmException(
        $"An invoke function needs the {what} of the instance that calls it, which exports none of that type."));
}

/// <summary>A function that emscripten's glue calls.</summary>
/// <param name="Names">Its name, in later versions first.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Results">Its results.</param>
internal sealed record InvokeExport(
    string[] Names, ImmutableArray<WasmValueType> Parameters, ImmutableArray<WasmValueType> Results)
{
    internal FunctionType Type { get; } = new(Parameters, Results);
}
