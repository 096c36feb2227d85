using System.ComponentModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using WasmBindgen.Native;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen.CompilerServices;

/// <summary>An exported function whose type has been checked. Only generated code calls it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct GuestFunction
{
    private readonly Store _store;

    // One pinned element: the engine reads it in place, without a copy for each call.
    private readonly wasmtime_func_t[] _function;
    private readonly string _name;

    internal GuestFunction(Store store, wasmtime_func_t function, string name)
    {
        _store = store;
        _function = GC.AllocateUninitializedArray<wasmtime_func_t>(1, pinned: true);
        _function[0] = function;
        _name = name;
    }

    /// <summary>Whether the guest has it.</summary>
    public bool IsPresent => _store is not null;

    internal Store Store => _store;

    internal string Name => _name;

    /// <summary>As a funcref.</summary>
    internal nint Raw => wasmtime_func_to_raw(_store.Context, AddressOf(_function));

    /// <summary>
    /// Calls the function: arguments and results start at the first slot. Throws the error of the call.
    /// </summary>
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
        if (store.LacksStack)
        {
            store.Exit();
            throw store.NoStack();
        }

        nint error = wasmtime_func_call_unchecked(store.Context, AddressOf(function), slots, count, &trap);
        GC.KeepAlive(function);
        if ((error | trap) != 0)
        {
            store.FailureOf(error, trap).Throw(); // here, as each extra frame costs .NET a third of a microsecond
        }

        store.Exit();
    }

    /// <summary>
    /// Like <see cref="Call(Slot*, nuint)"/>, but returns the error of the call instead of throwing it.
    /// </summary>
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
        if (store.LacksStack)
        {
            store.Exit();
            failure = Fail(store.NoStack());
            return false;
        }

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

    /// <summary>
    /// Calls the function with a token, and with limits of time and fuel, 0 for none. Throws the error of the call.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    [SuppressMessage(
        "Design", "CA1068", Justification = "A generated stub passes what it has, and fuel is the rarest.")]
    public void Call(Slot* slots, nuint count, int milliseconds, CancellationToken token, ulong fuel = 0)
    {
        if (!TryCall(slots, count, milliseconds, token, out GuestError failure, fuel))
        {
            failure.Throw();
        }
    }

    /// <summary>
    /// Calls the function with a token, and with limits of time and fuel, 0 for none. Returns the error of the call.
    /// </summary>
    /// <returns>Whether the guest returned.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    [SuppressMessage(
        "Design", "CA1068", Justification = "A generated stub passes what it has, and fuel is the rarest.")]
    public bool TryCall(
        Slot* slots, nuint count, int milliseconds, CancellationToken token, out GuestError failure, ulong fuel = 0)
    {
        if (token.IsCancellationRequested)
        {
            failure = Cancelled(token);
            return false;
        }

        if (_store.IsDead)
        {
            failure = _store.Death!.Value;
            return false;
        }

        using var scope = new CallScope(_store, _name, milliseconds, fuel, token);
        return TryInvoke(slots, count, out failure);
    }

    /// <summary>Queues a call on the store's own thread.</summary>
    public Task<T> RunAsync<T>(Func<T> call, CancellationToken token = default) => _store.Thread.Run(call, token);

    /// <inheritdoc cref="RunAsync{T}"/>
    public Task RunAsync(Action call, CancellationToken token = default) => _store.Thread.Run(call, token);

    /// <summary>
    /// Calls the function for a running call, whose limits go on to apply. Throws the error of the call.
    /// </summary>
    internal void CallWithin(Slot* slots, nuint count)
    {
        if (_store.IsDead)
        {
            _store.Death!.Value.Throw();
        }

        bool hasReturned;
        GuestError failure;
        _store.EnterWithin();
        try
        {
            hasReturned = TryInvoke(slots, count, out failure);
        }
        finally
        {
            _store.Exit();
        }

        if (!hasReturned)
        {
            failure.Throw();
        }
    }

    /// <summary>Calls the function while the store is entered.</summary>
    /// <returns>Whether the guest returned.</returns>
    internal bool TryInvoke(Slot* slots, nuint count, out GuestError failure)
    {
        wasmtime_func_t[] function = _function;
        nint trap = 0;
        if (_store.LacksStack)
        {
            failure = Fail(_store.NoStack());
            return false;
        }

        MemoryLimiter? limiter = _store.MemoryLimiter;
        MemoryRefusal? outer = limiter?.Take();
        nint error = wasmtime_func_call_unchecked(_store.Context, AddressOf(function), slots, count, &trap);
        GC.KeepAlive(function);
        if ((error | trap) == 0 && limiter is not { IsRefused: true })
        {
            limiter?.Restore(outer);
            failure = default;
            return true;
        }

        failure = _store.Failures.Read(error, trap);
        limiter?.Restore(outer);
        return false;
    }

    /// <summary>The error of a call whose token was cancelled before it began.</summary>
    internal static GuestError Cancelled(CancellationToken token) =>
        new(GuestErrorKind.Cancelled, default, token, CancellationType.Instance, null, 0);

    /// <summary>
    /// The error for an invalid result, or for an exception that came out of the guest while values crossed.
    /// </summary>
    public GuestError Fail(Exception exception)
    {
        if (exception is GuestMemoryException { Function: null } fault)
        {
            fault.Function = _name;
        }

        return new GuestError(
            GuestBacktrace.KindOfAny(exception),
            (exception as TrapException)?.Code ?? default,
            exception,
            null,
            _store,
            0);
    }

    /// <summary>The fault of a result that is not a member of its enum.</summary>
    public GuestMemoryException InvalidDiscriminant(string parameter, string type, long value) =>
        Fault(GuestMemoryException.InvalidDiscriminant(parameter, type, value));

    /// <summary>The fault of a result that is not a Unicode scalar value.</summary>
    public GuestMemoryException InvalidChar(string parameter, uint value) =>
        Fault(GuestMemoryException.InvalidChar(parameter, value));

    private static wasmtime_func_t* AddressOf(wasmtime_func_t[] pinned) =>
        (wasmtime_func_t*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));

    private GuestMemoryException Fault(GuestMemoryException fault)
    {
        fault.Function = _name;
        return fault;
    }
}
