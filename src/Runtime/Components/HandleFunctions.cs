using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using WasmBindgen.Components.Format;
using WasmBindgen.CompilerServices;
using WasmBindgen.Native;
using WasmBindgen.Native.Handles;

namespace WasmBindgen.Components;

/// <summary>
/// What an instance of a component does with handles (Component Model, Canonical ABI: canon resource.new, resource.rep,
/// resource.drop).
/// </summary>
[StackTraceHidden]
internal sealed unsafe class HandleFunctions(ComponentInstance instance, HandleItem item)
{
    private readonly InstanceState _state = instance.StateOf(item.Instance);
    private readonly object _kind = instance.Resources.KindOf(item.Resource);

    internal static wasmtime_extern_t New(ComponentInstance instance, HandleItem item, FunctionTypeHandle type)
    {
        delegate* unmanaged[Cdecl]<nint, nint, Slot*, nuint, nint> thunk = item.Operation switch
        {
            HandleOperation.New => &New,
            HandleOperation.Represent => &Represent,
            _ => &Drop,
        };
        return LoweredFunction.New(
            instance.Store,
            type,
            (nint)thunk,
            instance.Hold(new HandleFunctions(instance, item)),
            &HostData.Free);
    }

    private static HandleFunctions Of(nint self) => Unsafe.As<HandleFunctions>(GCHandle.FromIntPtr(self).Target!);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint New(nint self, nint caller, Slot* slots, nuint count)
    {
        HandleFunctions functions = Of(self);
        try
        {
            functions.New(slots);
            return 0;
        }
        catch (Exception exception)
        {
            return HostCall.Abort(caller, exception, "canon", "resource.new");
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint Represent(nint self, nint caller, Slot* slots, nuint count)
    {
        HandleFunctions functions = Of(self);
        try
        {
            slots->U32 = ((GuestResource)functions._state.Resources.Peek(slots->S32, functions._kind)).Representation;
            return 0;
        }
        catch (Exception exception)
        {
            return HostCall.Abort(caller, exception, "canon", "resource.rep");
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint Drop(nint self, nint caller, Slot* slots, nuint count)
    {
        HandleFunctions functions = Of(self);
        try
        {
            functions.Drop(slots->S32);
            return 0;
        }
        catch (Exception exception)
        {
            return HostCall.Abort(caller, exception, "canon", "resource.drop");
        }
    }

    private void New(Slot* slots)
    {
        _state.RequireLeave();
        var resource = new GuestResource(instance, (DefinedResource)item.Resource, slots->U32);
        slots->S32 = _state.Resources.Add(resource, _kind, isLent: false, isArgument: false);
    }

    private void Drop(int handle)
    {
        _state.RequireLeave();
        switch (_state.Resources.Remove(handle, _kind))
        {
            case GuestResource resource:
                resource.End();
                Slot representation = default;
                representation.U32 = resource.Representation;
                instance.DestructorOf(resource.Type!)?.CallWithin(&representation, 1);
                break;
            case { } ofHost:
                ResourceTable.Dispose(ofHost);
                break;
        }
    }
}
