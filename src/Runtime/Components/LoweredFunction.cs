using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using WasmBindgen.Components.Format;
using WasmBindgen.CompilerServices;
using WasmBindgen.Native;
using WasmBindgen.Native.Handles;
using static WasmBindgen.Native.NativeMethods;

namespace WasmBindgen.Components;

/// <summary>
/// A host function as a component imports it: the thunk that core modules call too, whose host object also says how
/// values cross.
/// </summary>
[StackTraceHidden]
internal sealed unsafe class LoweredFunction
{
    private readonly HostFunction _function;
    private readonly string _interface;
    private readonly InstanceState _state;

    private LoweredFunction(HostFunction function, string @interface, InstanceState state)
    {
        _function = function;
        _interface = @interface;
        _state = state;
    }

    /// <summary>
    /// Makes the function. It is of the type of the C# method, with which the component's has been compared: the engine
    /// refuses a core module that wants another.
    /// </summary>
    internal static wasmtime_extern_t New(
        ComponentInstance instance, BoundFunction bound, Lower lower, FunctionTypeHandle type)
    {
        HostFunction function = bound.Function;
        CanonicalContext canonical = instance.ContextOf(lower.Options);
        (nint thunk, nint env) = function.Data switch
        {
            HostContext context => (function.Thunk, instance.Hold(context.For(canonical))),
            UnknownImport import => (function.Thunk, instance.Hold(import)),
            { } host => (
                function.Thunk,
                HostData.KeepOnly(instance.Hold(
                    new HostContext(function.Thunks!, host, GuestAbi.Canonical).For(canonical)))),
            null => (
                (nint)(delegate* unmanaged[Cdecl]<nint, nint, Slot*, nuint, nint>)&Call,
                instance.Hold(new LoweredFunction(function, bound.Interface, canonical.State))),
        };
        if (bound.Trace is null && !Telemetry.HearsHostCalls)
        {
            return New(instance.Store, type, thunk, env, &HostData.Free);
        }

        HostFunction observed = function with { Thunk = thunk, Memory = WeakMemory(canonical) };
        return New(
            instance.Store,
            type,
            ObservedFunction.Thunk,
            GCHandle.ToIntPtr(
                GCHandle.Alloc(new ObservedFunction(bound.Interface, observed, env, bound.Trace))),
            &ObservedFunction.Free);
    }

    private static WeakReference<Memory>? WeakMemory(CanonicalContext canonical) =>
        canonical.Memory is { } memory ? new(memory) : null;

    /// <summary>Makes a function of a store. The engine owns <paramref name="env"/> from now on.</summary>
    internal static wasmtime_extern_t New(
        Store store,
        FunctionTypeHandle type,
        nint thunk,
        nint env,
        delegate* unmanaged[Cdecl]<nint, void> free)
    {
        wasmtime_func_t made;
        wasmtime_func_new_unchecked(
            store.Context,
            type.DangerousGetHandle(),
            (delegate* unmanaged[Cdecl]<nint, nint, Slot*, nuint, nint>)thunk,
            env,
            free,
            &made);
        GC.KeepAlive(type);
        return new wasmtime_extern_t { kind = ExternKind.Func, func = made };
    }

    /// <summary>The thunk of a function that has no host object by which it could see who calls.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint Call(nint self, nint caller, Slot* slots, nuint count)
    {
        var function = Unsafe.As<LoweredFunction>(GCHandle.FromIntPtr(self).Target!);
        try
        {
            function._state.RequireLeave();
        }
        catch (TrapException exception)
        {
            return HostCall.Abort(caller, exception, function._interface, function._function.Name);
        }

        return ((delegate* unmanaged[Cdecl]<nint, nint, Slot*, nuint, nint>)function._function.Thunk)(
            HostData.KeepOnly(self), caller, slots, count);
    }
}

/// <summary>A host function that a component imports.</summary>
/// <param name="Interface">The interface as the linker has it.</param>
/// <param name="Function">The function.</param>
/// <param name="Trace">Gets a line for each call; null for none.</param>
internal sealed record BoundFunction(string Interface, HostFunction Function, Action<string>? Trace);
