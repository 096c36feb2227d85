using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using WasmBindgen.Components.Format;
using WasmBindgen.CompilerServices;
using WasmBindgen.Native;
using WasmBindgen.Native.Handles;

namespace WasmBindgen.Components;

/// <summary>
/// A function of one component as another one imports it: values are copied from the caller to the callee, and back
/// (Component Model, Canonical ABI: canon_lower of what canon_lift has made).
/// </summary>
[StackTraceHidden]
internal sealed unsafe class FusedFunction
{
    private readonly CanonicalContext _caller;
    private readonly CanonicalContext _callee;
    private readonly GuestFunction _function;
    private readonly GuestFunction? _postReturn;
    private readonly FunctionLayout _layout;

    private FusedFunction(ComponentInstance instance, Lower lower, Lift lift)
    {
        _caller = instance.ContextOf(lower.Options);
        _callee = instance.ContextOf(lift.Options);
        _function = instance.FunctionOf(lift.Callee, "component");
        _postReturn = lift.Options.PostReturn is { } postReturn ? instance.FunctionOf(postReturn, "component") : null;
        _layout = FunctionLayout.Of(lift.Type);
    }

    internal static wasmtime_extern_t New(ComponentInstance instance, Lower lower, FunctionTypeHandle type) =>
        LoweredFunction.New(
            instance.Store,
            type,
            (nint)(delegate* unmanaged[Cdecl]<nint, nint, Slot*, nuint, nint>)&Call,
            instance.Hold(new FusedFunction(instance, lower, (Lift)lower.Function.Origin!)),
            &HostData.Free);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint Call(nint self, nint caller, Slot* slots, nuint count)
    {
        var function = Unsafe.As<FusedFunction>(GCHandle.FromIntPtr(self).Target!);
        try
        {
            function.Run(caller, slots);
            return 0;
        }
        catch (Exception exception)
        {
            return HostCall.Abort(caller, exception, "component", "function");
        }
    }

    private void Run(nint caller, Slot* slots)
    {
        _caller.State.RequireLeave();
        if (_caller.State == _callee.State)
        {
            throw GuestBacktrace.BeginInFlight(TrapException.Create(TrapCode.CannotEnterComponent));
        }

        Store store = _caller.Instance.Store;
        var source = new GuestMemory(store, _caller, caller);
        var target = new GuestMemory(store, _callee, caller);
        var handles = new CallHandles(store, _callee.State);
        int held = _caller.State.Resources.HeldCount;
        InstanceState.Entered entered = _callee.State.Enter(_caller.State);
        bool isCompleted = false;
        try
        {
            Slot* core = stackalloc Slot[TypeLayout.MaxParameters];
            CopyParameters(slots, core, ref source, ref target);
            _function.CallWithin(core, TypeLayout.MaxParameters);
            if (handles.HasLoans)
            {
                throw GuestMemoryException.KeptLoan();
            }

            Slot result = core[0];
            CopyResult(slots, core, ref target, ref source);
            if (_postReturn is { } postReturn)
            {
                using (_callee.State.Stay())
                {
                    postReturn.CallWithin(&result, 1);
                }
            }

            isCompleted = true;
        }
        finally
        {
            entered.End(isCompleted);
            _caller.State.Resources.Release(held);
            handles.End();
        }
    }

    private void CopyParameters(Slot* slots, Slot* core, ref GuestMemory source, ref GuestMemory target)
    {
        TypeLayout all = _layout.Parameters;
        if (!_layout.ParametersSpill)
        {
            ValueCopier.Copy(all, slots, core, ref source, ref target);
            return;
        }

        uint from = source.Check(slots->U32, all.Size, all.Alignment);
        uint to = target.Reallocate(0, 0, all.Alignment, (uint)all.Size);
        source.Refresh();
        ValueCopier.Copy(all, from, to, ref source, ref target);
        core->U32 = to;
    }

    private void CopyResult(Slot* slots, Slot* core, ref GuestMemory source, ref GuestMemory target)
    {
        if (_layout.Result is not { } layout)
        {
            return;
        }

        if (!_layout.ResultSpills) // one slot: a number or a handle
        {
            Slot result = *core;
            ValueCopier.Copy(layout, &result, slots, ref source, ref target);
            return;
        }

        source.Refresh();
        target.Refresh();
        int area = _layout.ParametersSpill ? 1 : _layout.Parameters.Flat.Length;
        uint from = source.Check(core->U32, layout.Size, layout.Alignment);
        uint to = target.Check(slots[area].U32, layout.Size, layout.Alignment);
        ValueCopier.Copy(layout, from, to, ref source, ref target);
    }
}
