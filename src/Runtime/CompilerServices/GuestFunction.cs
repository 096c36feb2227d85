using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using WasmBindgen.Native;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen.CompilerServices;

/// <summary>An exported function whose type is checked. Only generated code calls it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct GuestFunction
{
    private readonly Store _store;

    // One element, pinned: the engine reads it where it lies, without a copy for each call.
    private readonly wasmtime_func_t[] _function;
    private readonly string _name;

    internal GuestFunction(Store store, wasmtime_func_t function, string name)
    {
        _store = store;
        _function = GC.AllocateUninitializedArray<wasmtime_func_t>(1, pinned: true);
        _function[0] = function;
        _name = name;
    }

    /// <summary>Calls it: arguments come in and results go out from the first slot on. Throws what the call ended with.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Call(Slot* slots, nuint count)
    {
        Store store = _store;
        wasmtime_func_t[] function = _function;
        nint trap = 0;
        store.Enter();
        nint error = wasmtime_func_call_unchecked(store.Context, AddressOf(function), slots, count, &trap);
        GC.KeepAlive(function);
        if ((error | trap) != 0)
        {
            store.ThrowFailure(error, trap);
        }

        store.Exit();
    }

    /// <summary>Calls it, as <see cref="Call"/> does, and tells what the call ended with instead of throwing it.</summary>
    /// <returns>Whether the guest returned.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryCall(Slot* slots, nuint count, out GuestError failure)
    {
        Store store = _store;
        wasmtime_func_t[] function = _function;
        nint trap = 0;
        store.Enter();
        nint error = wasmtime_func_call_unchecked(store.Context, AddressOf(function), slots, count, &trap);
        GC.KeepAlive(function);
        if ((error | trap) != 0)
        {
            failure = store.TakeFailure(error, trap);
            return false;
        }

        store.Exit();
        failure = default;
        return true;
    }

    /// <summary>The error for a result that is not of its type.</summary>
    public GuestError Fail(GuestMemoryException fault) => new(GuestErrorKind.GuestMemory, default, fault, null, _store, 0);

    /// <summary>The fault of a result that is no member of its enum.</summary>
    public GuestMemoryException InvalidDiscriminant(string parameter, string type, long value) =>
        Fault(GuestMemoryException.InvalidDiscriminant(parameter, type, value));

    /// <summary>The fault of a result that is no Unicode scalar value.</summary>
    public GuestMemoryException InvalidChar(string parameter, uint value) => Fault(GuestMemoryException.InvalidChar(parameter, value));

    private static wasmtime_func_t* AddressOf(wasmtime_func_t[] pinned) =>
        (wasmtime_func_t*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));

    private GuestMemoryException Fault(GuestMemoryException fault)
    {
        fault.Function = _name;
        return fault;
    }
}
