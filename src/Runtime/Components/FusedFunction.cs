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
    private readonly FunctionEntity _type;
    private readonly FunctionLayout _layout;
    private readonly string _component;
    private readonly string _name;

    private FusedFunction(ComponentInstance instance, Lower lower, Lift lift)
    {
        _caller = instance.ContextOf(lower.Options);
        _callee = instance.ContextOf(lift.Options);
        _component = instance.Component.Name;
        _name = (lift.Callee as CoreExport)?.Name ?? "function"; // by what instances within call it, none has a name
        _function = instance.FunctionOf(lift.Callee, _name);
        _postReturn = lift.Options.PostReturn is { } postReturn ? instance.FunctionOf(postReturn, _name) : null;
        _type = lift.Type;
        _layout = FunctionLayout.Of(_type);
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
            return HostCall.Abort(caller, exception, function._component, function._name);
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
        uint from = 0;
        uint to = 0;
        if (_layout.ParametersSpill)
        {
            from = source.Check(slots->U32, all.Size, all.Alignment);
            to = target.Reallocate(0, 0, all.Alignment, (uint)all.Size);
            source.Refresh();
            core->U32 = to;
        }

        int i = 0;
        try
        {
            for (int slot = 0; i < all.Parts.Length; i++)
            {
                if (_layout.ParametersSpill)
                {
                    ValueCopier.Copy(
                        all.Parts[i]!, from + all.Offsets[i], to + all.Offsets[i], ref source, ref target);
                }
                else
                {
                    slot += ValueCopier.Copy(all.Parts[i]!, slots + slot, core + slot, ref source, ref target);
                }
            }
        }
        catch (GuestMemoryException fault) when (fault.IsIn(_type.Parameters[i].Name))
        {
            throw; // never: the filter only records the name
        }
    }

    private void CopyResult(Slot* slots, Slot* core, ref GuestMemory source, ref GuestMemory target)
    {
        if (_layout.Result is not { } layout)
        {
            return;
        }

        try
        {
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
        catch (GuestMemoryException fault) when (fault.IsIn("return"))
        {
            throw; // never: the filter only records the name
        }
    }
}
