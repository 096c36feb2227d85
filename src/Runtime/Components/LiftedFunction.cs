using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using WasmBindgen.Components.Format;
using WasmBindgen.CompilerServices;
using WasmBindgen.Native;
using WasmBindgen.Native.Handles;

namespace WasmBindgen.Components;

/// <summary>A function of a component as the host calls it.</summary>
[StackTraceHidden]
internal sealed unsafe class LiftedFunction
{
    private readonly GuestFunction _callee;
    private readonly GuestFunction? _postReturn;
    private readonly InstanceState _state;
    private readonly int _slots;
    private readonly string _component;
    private readonly string _name;

    private LiftedFunction(ComponentInstance instance, Lift lift, string name, FunctionType type)
    {
        _component = instance.Component.Name;
        _name = name;
        _callee = instance.FunctionOf(lift.Callee, name);
        _postReturn = PostReturn(instance, lift, name);
        _state = instance.ContextOf(lift.Options).State;
        _slots = Math.Max(1, type.Parameters.Length);
    }

    /// <summary>One whose values are all slots: the core function, unless more is to be done for a call.</summary>
    internal static GuestFunction Plain(ComponentInstance instance, Lift lift, string name)
    {
        if (lift.Options.PostReturn is null && !instance.Poisons)
        {
            return instance.FunctionOf(lift.Callee, name);
        }

        FunctionType type = FunctionLayout.Of(lift.Type).Lifted;
        using var handle = new FunctionTypeHandle(type);
        instance.Store.Enter();
        wasmtime_extern_t item = LoweredFunction.New(
            instance.Store,
            handle,
            (nint)(delegate* unmanaged[Cdecl]<nint, nint, Slot*, nuint, nint>)&Call,
            instance.Hold(new LiftedFunction(instance, lift, name, type)),
            &HostData.Free);
        instance.Store.Exit();
        return new GuestFunction(instance.Store, item.func, name);
    }

    /// <summary>One whose values are in memory, or are handles.</summary>
    internal static CanonicalFunction Canonical(ComponentInstance instance, Lift lift, string name) => new(
        instance.FunctionOf(lift.Callee, name), instance.ContextOf(lift.Options), PostReturn(instance, lift, name));

    private static GuestFunction? PostReturn(ComponentInstance instance, Lift lift, string name) =>
        lift.Options.PostReturn is { } postReturn ? instance.FunctionOf(postReturn, name) : null;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint Call(nint self, nint caller, Slot* slots, nuint count)
    {
        var function = Unsafe.As<LiftedFunction>(GCHandle.FromIntPtr(self).Target!);
        try
        {
            function.Run(slots);
            return 0;
        }
        catch (Exception exception)
        {
            return HostCall.Abort(caller, exception, function._component, function._name);
        }
    }

    private void Run(Slot* slots)
    {
        InstanceState.Entered entered = _state.Enter();
        bool isCompleted = false;
        try
        {
            _callee.CallWithin(slots, (nuint)_slots);
            if (_postReturn is { } postReturn)
            {
                Slot result = *slots;
                using (_state.Stay())
                {
                    postReturn.CallWithin(&result, 1);
                }
            }

            isCompleted = true;
        }
        finally
        {
            entered.End(isCompleted);
        }
    }
}
