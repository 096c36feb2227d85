using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using WasmBindgen.Native;

namespace WasmBindgen.CompilerServices;

/// <summary>
/// An import <c>invoke_*</c> of a module built by emscripten: it calls a function of the guest's table by its index,
/// and returns to the guest even if that call ends with an error of one type.
/// </summary>
/// <param name="name">Its name.</param>
/// <param name="type">Its type: an index, and what the function takes and returns.</param>
[StackTraceHidden]
internal abstract unsafe class InvokeFunction(string name, FunctionType type)
{
    /// <summary>The import module.</summary>
    internal const string Module = "env";

    /// <summary>What its name begins with.</summary>
    internal const string Prefix = "invoke_";

    /// <summary>The type of the functions that it calls.</summary>
    internal FunctionType Called { get; } = new(type.Parameters.RemoveAt(0), type.Results);

    /// <summary>The same, for a linker.</summary>
    internal HostFunction HostFunction => new(
        name,
        [.. type.Parameters.Select(static parameter => parameter.Kind)],
        [.. type.Results.Select(static result => result.Kind)],
        (nint)(delegate* unmanaged[Cdecl]<nint, nint, Slot*, nuint, nint>)&Call,
        this,
        InvokeRequirement.Instance);

    /// <summary>Whether an import is such a function. Values that are references cannot be passed on.</summary>
    internal static bool Is(ImportType import) =>
        import.Module == Module
        && import.Name.StartsWith(Prefix, StringComparison.Ordinal)
        && import.Type is FunctionType { Parameters: [{ Kind: ValueKind.I32 }, ..] } type
        && type.Parameters.Concat(type.Results).All(static value => value.Kind <= ValueKind.V128);

    /// <summary>Whether the guest goes on after an error.</summary>
    private protected abstract bool Catches(in PendingError error);

    /// <summary>No exception leaves a thunk.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint Call(nint self, nint caller, Slot* slots, nuint count)
    {
        var invoke = Unsafe.As<InvokeFunction>(GCHandle.FromIntPtr(self).Target!);
        try
        {
            return invoke.Run(caller, slots);
        }
        catch (Exception exception)
        {
            return HostCall.Abort(caller, exception, Module, invoke.Name);
        }
    }

    private string Name => name;

    private nint Run(nint caller, Slot* slots)
    {
        var store = Store.Of(caller);
        InvokeExports guest = store.Callers.Invoke(caller);
        nint trap = guest.Find(slots[0].U32, this, out wasmtime_func_t function);
        if (trap != 0 || (trap = guest.Save(out uint top)) != 0)
        {
            return trap;
        }

        int count = Called.SlotCount;
        Slot* values = stackalloc Slot[count];
        new ReadOnlySpan<Slot>(slots + 1, Called.Parameters.Length).CopyTo(new Span<Slot>(values, count));
        trap = guest.Call(function, values, count);
        if (trap != 0)
        {
            if (!Catches(store.Pending))
            {
                return trap; // the very same one, with the frames of the guest's innermost functions
            }

            store.Pending = default;
            store.PendingImport = default;
            NativeMethods.wasm_trap_delete(trap);
            if ((trap = guest.Restore(top)) != 0)
            {
                return trap;
            }

            new Span<Slot>(values, count).Clear();
        }

        new ReadOnlySpan<Slot>(values, Called.Results.Length).CopyTo(new Span<Slot>(slots, Called.Results.Length));
        return 0;
    }
}

/// <summary>One that ends with errors of a type that host methods declare.</summary>
internal sealed class InvokeFunction<TError>(string name, FunctionType type) : InvokeFunction(name, type)
{
    private protected override bool Catches(in PendingError error) => error.Type is null
        ? error is { Journey: Journey.BeginsAsInterrupt, Payload: TError }
        : error.Type is InterruptType<TError>;
}

/// <summary>What a module must export that imports <c>invoke_*</c>.</summary>
internal sealed record InvokeRequirement : GuestRequirement
{
    internal static InvokeRequirement Instance { get; } = new();

    internal override void FindLacks(IGuestItems guest, string function, List<LinkProblem> problems)
    {
        ExternType? table = guest.Export(InvokeExports.Table);
        if (table is not TableType { Element.Kind: ValueKind.FuncRef })
        {
            AddOnce(problems, InvokeExports.Table, $"table funcref, for `{function}`", table);
        }

        foreach (InvokeExport want in (InvokeExport[])
            [InvokeExports.StackSave, InvokeExports.StackRestore, InvokeExports.SetThrew])
        {
            if (!want.Names.Any(name => want.Type.Equals(guest.Export(name))))
            {
                string name = want.Names[^1];
                AddOnce(problems, name, $"{want.Type}, for `{function}`", guest.Export(name));
            }
        }
    }
}
