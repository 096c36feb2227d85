using System.Diagnostics;
using System.Runtime.InteropServices;
using WasmBindgen.CompilerServices;
using WasmBindgen.Native;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen;

/// <summary>The delegates that guests can call, each with a function of the store.</summary>
[StackTraceHidden]
internal sealed unsafe class DelegateTable(Store store)
{
    // The engine deletes no function before its store, so a released one serves the next delegate of its type.
    private readonly Dictionary<(nint Thunk, GuestAbi Abi), Stack<HostFunctionReference>> _free = [];

    // By their equality: a method of an object is a new delegate each time it is named.
    private readonly Dictionary<Delegate, List<HostFunctionReference>> _used = [];

    /// <summary>The funcref of a delegate: the guest's own function, or one that calls the delegate.</summary>
    internal nint Raw(
        Delegate value,
        ReadOnlySpan<ValueKind> parameters,
        ReadOnlySpan<ValueKind> results,
        Type thunks,
        nint thunk,
        GuestAbi abi)
    {
        if (value.Target is GuestCallback callback && callback.Function.Store == store && IsOne(value))
        {
            return callback.Function.Raw;
        }

        if (!_used.TryGetValue(value, out List<HostFunctionReference>? functions))
        {
            _used.Add(value, functions = []);
        }

        foreach (HostFunctionReference known in functions)
        {
            if (known.Thunk == thunk && known.Context.Abi == abi)
            {
                return known.Raw;
            }
        }

        HostFunctionReference function =
            _free.TryGetValue((thunk, abi), out Stack<HostFunctionReference>? free) && free.TryPop(out var released)
                ? released
                : Create(thunks, parameters, results, thunk, abi);
        function.Context.Host = value;
        functions.Add(function);
        return function.Raw;
    }

    /// <summary>Ends what <see cref="Raw"/> began, and frees its places in tables.</summary>
    /// <returns>Whether a guest had the delegate.</returns>
    internal bool Release(Delegate value)
    {
        if (!_used.Remove(value, out List<HostFunctionReference>? functions))
        {
            return false;
        }

        foreach (HostFunctionReference function in functions)
        {
            function.Context.Host = null;
            store.Tables.Free(function.Raw);
            (nint Thunk, GuestAbi Abi) key = (function.Thunk, function.Context.Abi);
            if (!_free.TryGetValue(key, out Stack<HostFunctionReference>? free))
            {
                _free.Add(key, free = []);
            }

            free.Push(function);
        }

        return true;
    }

    private HostFunctionReference Create(
        Type thunks,
        ReadOnlySpan<ValueKind> parameters,
        ReadOnlySpan<ValueKind> results,
        nint thunk,
        GuestAbi abi)
    {
        var context = new HostContext(thunks, host: null, abi);
        nint type = TypeReader.NewFunction(parameters.ToArray(), results.ToArray());
        wasmtime_func_t function;
        wasmtime_func_new_unchecked(
            store.Context,
            type,
            (delegate* unmanaged[Cdecl]<nint, nint, Slot*, nuint, nint>)thunk,
            GCHandle.ToIntPtr(GCHandle.Alloc(context)),
            &HostData.Free,
            &function);
        wasm_functype_delete(type);
        return new(wasmtime_func_to_raw(store.Context, &function), thunk, context);
    }

    private static bool IsOne(Delegate value) =>
#if NET9_0_OR_GREATER
        value.HasSingleTarget;
#else
        value.GetInvocationList() is [_];
#endif

    /// <param name="Raw">The function as a funcref.</param>
    /// <param name="Thunk">What it calls.</param>
    /// <param name="Context">What the thunk gets, with the delegate.</param>
    private sealed record HostFunctionReference(nint Raw, nint Thunk, HostContext Context);
}
