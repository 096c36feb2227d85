using System.Diagnostics;
using WasmBindgen.CompilerServices;
using WasmBindgen.Native;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <summary>
/// A function of a store, for calls whose type is known only at run time. If the type is known at compile time, use a
/// <see cref="WasmExportAttribute"/> class: it is typed, checked once, and allocates nothing.
/// </summary>
[DebuggerDisplay("{DebuggerDisplay,nq}")]
public sealed unsafe class Function
{
    internal Function(Store store, wasmtime_func_t function)
    {
        Store = store;
        Native = function;
        store.Enter();
        Type = Items.FunctionType(store, function);
        store.Exit();
    }

    /// <summary>The store that holds it.</summary>
    public Store Store { get; }

    /// <summary>Its type.</summary>
    public FunctionType Type { get; }

    private string DebuggerDisplay => Type.ToString();

    internal wasmtime_func_t Native { get; }

    /// <summary>Calls the function.</summary>
    /// <returns>Its results, in order.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit <see cref="Type"/>.</exception>
    /// <exception cref="NotSupportedException">
    /// A result is a reference to the guest's own heap.
    /// </exception>
    /// <exception cref="GuestMemoryException">A result is an externref of a value of the guest's own.</exception>
    /// <exception cref="TrapException">The guest trapped.</exception>
    /// <exception cref="HostFunctionException">
    /// A host method that the guest called threw an undeclared exception.
    /// </exception>
    /// <remarks>If a host method threw a declared interrupt, that exception is thrown.</remarks>
    public WasmValue[] Call(params ReadOnlySpan<WasmValue> arguments)
    {
        Check(arguments);
        GuestError failure;
        using (new CallScope(Store, function: null))
        {
            if (Store.LacksStack)
            {
                throw Store.NoStack();
            }

            Slot* slots = stackalloc Slot[Type.SlotCount];
            var handles = new CallHandles(Store);
            try
            {
                for (int i = 0; i < arguments.Length; i++)
                {
                    slots[i] = arguments[i].Lower(Store);
                }

                nint trap = 0;
                wasmtime_func_t function = Native;
                nint error =
                    wasmtime_func_call_unchecked(Store.Context, &function, slots, (nuint)Type.SlotCount, &trap);
                if (!Store.HasFailed(error, trap))
                {
                    return Lift(slots);
                }

                failure = Store.Failures.Read(error, trap);
            }
            finally
            {
                handles.End();
            }
        }

        failure.Throw();
        throw new UnreachableException();
    }

    /// <summary>The engine aborts the process when a reference is used in another store.</summary>
    [StackTraceHidden]
    internal void ThrowIfForeign(Store store)
    {
        if (Store != store)
        {
            throw new ArgumentException("The function belongs to another store.");
        }
    }

    private WasmValue[] Lift(Slot* slots)
    {
        var results = new WasmValue[Type.Results.Length];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = WasmValue.Lift(Store, Type.Results[i].HostKind!.Value, slots[i]);
        }

        return results;
    }

    [StackTraceHidden]
    private void Check(ReadOnlySpan<WasmValue> arguments)
    {
        foreach (WasmValueType result in Type.Results)
        {
            if (result.HostKind is null)
            {
                throw new NotSupportedException($"Results of type {result} cannot be read: they are the guest's own.");
            }
        }

        if (arguments.Length != Type.Parameters.Length)
        {
            throw new ArgumentException(
                $"{Type} takes {Type.Parameters.Length} argument{(Type.Parameters.Length == 1 ? "" : "s")}, not "
                    + $"{arguments.Length}.",
                nameof(arguments));
        }

        for (int i = 0; i < arguments.Length; i++)
        {
            // The engine does not check the arguments, and what a typed function is, is not known here.
            if (arguments[i].Kind != Type.Parameters[i].Kind || !arguments[i].Fits(Type.Parameters[i]))
            {
                throw new ArgumentException(
                    $"Argument {i} of {Type} must be {Type.Parameters[i]}, not {arguments[i]}.", nameof(arguments));
            }

            if (arguments[i].Kind == ValueKind.FuncRef)
            {
                arguments[i].AsFunction()?.ThrowIfForeign(Store);
            }
        }
    }
}
