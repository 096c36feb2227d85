using System.ComponentModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using WasmBindgen.Native;

namespace WasmBindgen.CompilerServices;

/// <summary>What a thunk needs to serve a call. Only generated code calls it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public static unsafe class HostCall
{
    /// <summary>The host object: the one that was defined, or otherwise the one of the caller's store.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Host<T>(nint host, nint caller)
        where T : class => HostData.IsData(host)
            ? Unsafe.As<T>(GCHandle.FromIntPtr(host).Target!)
            : HostOfOther<T>(host, caller);

    /// <summary>The same, of a function with values in memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T HostOf<T>(nint context, nint caller)
        where T : class => HostContext.Of(context).Host is { } host ? Unsafe.As<T>(host) : HostOfStore<T>(caller);

    /// <summary>The delegate that the guest calls.</summary>
    /// <exception cref="ObjectDisposedException">It was released.</exception>
    public static T Delegate<T>(nint context)
        where T : Delegate => HostContext.Of(context).Host is { } host
            ? Unsafe.As<T>(host)
            : throw new ObjectDisposedException(
                typeof(T).ToString(), "The guest called a delegate that was released by Store.Release.");

    /// <summary>The injected <see cref="WasmBindgen.Caller"/>.</summary>
    public static Caller Caller(nint caller) => new(caller);

    /// <summary>The injected <see cref="WasmBindgen.Memory"/>.</summary>
    public static Memory Memory(nint context, nint caller) =>
        HostContext.Of(context).Memory(WasmBindgen.Store.Of(caller), caller);

    /// <summary>The injected guest class: the object that shows the calling instance.</summary>
    /// <exception cref="LinkException">The instance does not export what the class needs.</exception>
    public static T Guest<T>(nint caller, Func<Instance, T> create)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(create);
        if (WasmBindgen.Store.Of(caller).Callers.Instances.Of(caller) is not { } instance)
        {
            throw GuestBacktrace.BeginInFlight(new InvalidOperationException(
                $"A host method takes a {typeof(T)}, but the calling instance is not known: its start function still "
                + "runs, it exports no function of its own, or the official package made it."));
        }

        try
        {
            GuestObjects guests = instance.Component?.Guests ?? instance.Guests;
            return guests.Find<T>() ?? (instance.Component is null ? create(instance) : throw NotBound(typeof(T)));
        }
        catch (LinkException exception)
        {
            throw GuestBacktrace.BeginInFlight(exception);
        }
    }

    private static InvalidOperationException NotBound(Type guest) => GuestBacktrace.BeginInFlight(
        new InvalidOperationException(
            $"A host method takes a {guest}, but there is none for the component that calls: construct it first."));

    /// <summary>The memory that strings, lists and the like lie in.</summary>
    public static GuestMemory GuestMemory(nint context, nint caller)
    {
        return HostContext.Of(context).Values(WasmBindgen.Store.Of(caller), caller);
    }

    /// <summary>For values that need the store but no memory, such as references.</summary>
    public static GuestMemory NoMemory(nint caller) =>
        new(WasmBindgen.Store.Of(caller), null, caller, GuestAbi.Canonical);

    /// <summary>For handles, which an instance of a component has by itself.</summary>
    public static GuestMemory NoMemory(nint context, nint caller)
    {
        Store store = WasmBindgen.Store.Of(caller);
        if (HostContext.Of(context).Canonical is not { } canonical)
        {
            return new GuestMemory(store, null, caller, GuestAbi.Canonical);
        }

        canonical.State.RequireLeave();
        return new GuestMemory(store, canonical, caller);
    }

    /// <summary>Starts holding the handles that the guest passes to a host method.</summary>
    public static HeldHandles Hold(in GuestMemory memory) => new(memory.Resources);

    /// <summary>Drops a handle for the guest.</summary>
    public static void Drop<T>(nint caller, int handle)
        where T : class
    {
        try
        {
            WasmBindgen.Store.Of(caller).Resources.Drop<T>(handle);
        }
        catch (GuestMemoryException fault) when (fault.IsIn("handle"))
        {
            throw; // never: the filter only records the name
        }
    }

    /// <summary>The injected <see cref="WasmBindgen.Store"/>.</summary>
    public static Store Store(nint caller) => WasmBindgen.Store.Of(caller);

    /// <summary>The injected <see cref="System.Threading.CancellationToken"/>.</summary>
    public static CancellationToken CancellationToken(nint caller) => WasmBindgen.Store.Of(caller).Limits.Token;

    /// <summary>Takes the price of the function from the guest's fuel.</summary>
    /// <exception cref="OutOfFuelException">Less fuel is left.</exception>
    public static void Charge(nint caller, ulong fuel)
    {
        Store store = WasmBindgen.Store.Of(caller);
        if (store.Engine.ConsumesFuel)
        {
            store.Tank.Charge(fuel);
        }
    }

    /// <summary>The fault of a value that is not a member of its enum.</summary>
    public static GuestMemoryException InvalidDiscriminant(string parameter, string type, long value) =>
        GuestMemoryException.InvalidDiscriminant(parameter, type, value);

    /// <summary>The fault of a char that is not a Unicode scalar value.</summary>
    public static GuestMemoryException InvalidChar(string parameter, uint value) =>
        GuestMemoryException.InvalidChar(parameter, value);

    /// <summary>
    /// Whether an exception ended an inner guest call, and is not the method's own. It is passed on, whatever the
    /// method declares.
    /// </summary>
    public static bool IsInFlight(nint caller, Exception exception) =>
        GuestBacktrace.IsInFlight(exception, WasmBindgen.Store.Of(caller));

    /// <summary>
    /// Whether an exception may be an error in the result that the guest gets: it is the method's own, and neither a
    /// fault of the guest's arguments nor the end of the call.
    /// </summary>
    public static bool IsResult(nint caller, Exception exception)
    {
        Store store = WasmBindgen.Store.Of(caller);
        return !GuestBacktrace.IsInFlight(exception, store)
            && !IsUncatchable(store, exception)
            && store.Official?.TryUnwrap(exception, out _) != true;
    }

    /// <summary>
    /// An exception's message; its type where it fails to tell one. Thunks ask in catch clauses, and on .NET 8 nothing
    /// catches what is thrown there.
    /// </summary>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever a message fails with, the guest gets an error.")]
    public static string MessageOf(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        try
        {
            return exception.Message ?? exception.GetType().ToString();
        }
        catch (Exception)
        {
            return exception.GetType().ToString();
        }
    }

    /// <summary>Aborts the guest with a declared interrupt, which arrives at the call site as itself.</summary>
    /// <returns>The trap for the engine.</returns>
    public static nint Interrupt(nint caller, Exception exception, string module, string function) =>
        Trap(caller, exception, module, function, isDeclared: true);

    /// <summary>
    /// Aborts the guest with an exception that the method did not declare, which arrives wrapped. An inner guest's
    /// interrupt or trap, and a fault in the guest's own arguments, keep their type.
    /// </summary>
    /// <returns>The trap for the engine.</returns>
    public static nint Abort(nint caller, Exception exception, string module, string function) =>
        Trap(caller, exception, module, function, isDeclared: false);

    /// <summary>Aborts the guest with an error that the method returned. No exception is created on the way.</summary>
    /// <returns>The trap for the engine.</returns>
    public static nint InterruptWith<TError>(nint caller, TError error, string module, string function) =>
        error is Exception exception
            ? Interrupt(caller, exception, module, function)
            : Trap(WasmBindgen.Store.Of(caller), new(error, InterruptType<TError>.Instance), (module, function));

    /// <summary>Ends a guest that calls an import that nothing defines. No exception is created on the way.</summary>
    /// <returns>The trap for the engine.</returns>
    internal static nint EndAtUnknown(nint caller, UnknownImport import) =>
        Trap(WasmBindgen.Store.Of(caller), new(import, UnknownImportType.Instance), (import.Module, import.Name));

    /// <summary>
    /// Whether no guest may catch an exception, whatever the method declares: a fault of the guest's arguments, and one
    /// by which the method obeyed a limit of the running call.
    /// </summary>
    internal static bool IsUncatchable(Store store, Exception exception) =>
        exception is GuestMemoryException
        || (exception is OperationCanceledException { CancellationToken: var token }
            && ((token.IsCancellationRequested && store.Limits.IsCallerToken(token))
                || store.Limits.IsPassed(out _)));

    /// <summary>The host object for a component, or that of the caller's store.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static T HostOfOther<T>(nint host, nint caller)
        where T : class
    {
        if (HostData.Target(host) is HostContext { Canonical: { } canonical } context)
        {
            canonical.State.RequireLeave();
            return Unsafe.As<T>(context.Host!);
        }

        return HostOfStore<T>(caller);
    }

    /// <summary>Separate, so that thunks that never get here stay small.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static T HostOfStore<T>(nint caller)
        where T : class => WasmBindgen.Store.Of(caller).Host<T>();

    private static nint Trap(nint caller, Exception exception, string module, string function, bool isDeclared)
    {
        Store store = WasmBindgen.Store.Of(caller);
        if (store.Official is { } official && official.TryUnwrap(exception, out PendingError inner))
        {
            return Trap(store, inner, default);
        }

        if (!GuestBacktrace.IsInFlight(exception, store))
        {
            bool isInterrupt = isDeclared;
            if (exception is GuestMemoryException fault)
            {
                fault.Function ??= $"{module}.{function}";
                isInterrupt = false;
            }
            else if (
                exception is OperationCanceledException { CancellationToken: { IsCancellationRequested: true } token }
                && store.Limits.IsCallerToken(token))
            {
                isInterrupt = false; // the method obeyed the token of the running call
            }
            else if (exception is OperationCanceledException canceled
                && (!isDeclared || store.Limits.IsHostToken(canceled.CancellationToken))
                && store.Limits.IsPassed(out PendingError limit))
            {
                // it obeyed a token that is linked to it, perhaps by a deadline
                return Trap(store, limit, (module, function));
            }
            else if (!isDeclared)
            {
                exception = new HostFunctionException(module, function, exception);
            }

            return Trap(
                store,
                new(exception, Type: null, isInterrupt ? Journey.BeginsAsInterrupt : Journey.Begins),
                (module, function));
        }

        return Trap(store, new(exception, Type: null), default);
    }

    /// <summary>
    /// The engine passes on no host data, so the error waits in the store for the engine's return, a moment later.
    /// </summary>
    private static nint Trap(Store store, PendingError pending, (string?, string?) import)
    {
        store.Pending = pending;
        store.PendingImport = import;
        if (store.Official is not { } official)
        {
            // nobody reads the code, and a message takes longer
            return NativeMethods.wasmtime_trap_new_code(EngineGeneration.InterruptCode);
        }

        official.Announce(pending); // with an error: for a trap with a code, the package would not look for it
        ReadOnlySpan<byte> message = "interrupted by the host"u8;
        fixed (byte* bytes = message)
        {
            return NativeMethods.wasmtime_trap_new(bytes, (nuint)message.Length);
        }
    }
}
