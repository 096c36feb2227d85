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
        if (store.LimitsCalls)
        {
            Call(slots, count, 0, default);
            return;
        }

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

    /// <summary>Calls it, as <see cref="Call(Slot*, nuint)"/> does, and tells what the call ended with instead of throwing it.</summary>
    /// <returns>Whether the guest returned.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryCall(Slot* slots, nuint count, out GuestError failure)
    {
        Store store = _store;
        if (store.LimitsCalls)
        {
            return TryCall(slots, count, 0, default, out failure);
        }

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

    /// <summary>Calls it within a time, 0 for any, and as long as the token is not cancelled. Throws what the call ended with.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Call(Slot* slots, nuint count, int milliseconds, CancellationToken token)
    {
        if (!TryCall(slots, count, milliseconds, token, out GuestError failure))
        {
            failure.Throw();
        }
    }

    /// <summary>Calls it within a time, 0 for any, and as long as the token is not cancelled, and tells what the call ended with.</summary>
    /// <returns>Whether the guest returned.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool TryCall(Slot* slots, nuint count, int milliseconds, CancellationToken token, out GuestError failure)
    {
        Store store = _store;
        wasmtime_func_t[] function = _function;
        if (token.IsCancellationRequested)
        {
            failure = new GuestError(GuestErrorKind.Cancelled, default, token, CancellationType.Instance, null, 0);
            return false;
        }

        TimeSpan? timeout = milliseconds > 0 ? TimeSpan.FromMilliseconds(milliseconds) : null;
        bool isLimited = timeout is not null || token.CanBeCanceled || store.LimitsCalls;
        if (isLimited)
        {
            store.RequireInterruption();
        }

        nint trap = 0;
        store.Enter();
        if (isLimited)
        {
            store.PushLimit(timeout, token);
        }

        nint error = wasmtime_func_call_unchecked(store.Context, AddressOf(function), slots, count, &trap);
        GC.KeepAlive(function);
        store.EndCall(isLimited);
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
