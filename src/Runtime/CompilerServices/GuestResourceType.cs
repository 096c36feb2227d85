using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace WasmBindgen.CompilerServices;

/// <summary>
/// What guests import for a resource of their own: they make handles of objects, ask what an object is, and drop
/// handles (Component Model, Canonical ABI: resource.new, resource.rep, resource.drop). Only generated code calls it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public abstract unsafe class GuestResourceType
{
    private readonly string _module;
    private readonly string _resource;

    private GuestResourceType(string module, string resource) => (_module, _resource) = (module, resource);

    /// <summary>Defines the functions in a linker.</summary>
    /// <param name="linker">The linker.</param>
    /// <param name="name">The interface that exports the resource.</param>
    /// <param name="resource">The resource's name there.</param>
    /// <param name="create">Makes the object that shows one of it.</param>
    public static void Define<T>(Linker linker, string name, string resource, Func<GuestResource, T> create)
        where T : class, IGuestResource
    {
        ArgumentNullException.ThrowIfNull(linker);
        string module = $"[export]{name}";
        var type = new Of<T>(module, resource, create);
        linker.DefineFunctions(
            module,
            [
                Function("[resource-new]", [ValueKind.I32], &New),
                Function("[resource-rep]", [ValueKind.I32], &Rep),
                Function("[resource-drop]", [], &Drop),
            ]);

        HostFunction Function(
            string what, ValueKind[] results, delegate* unmanaged[Cdecl]<nint, nint, Slot*, nuint, nint> thunk) =>
            new(what + resource, [ValueKind.I32], results, (nint)thunk, type, Requirement: null);
    }

    /// <summary>The class whose objects show the resource.</summary>
    internal abstract Type Shown { get; }

    /// <summary>Makes the object that shows one.</summary>
    internal abstract IGuestResource Show(GuestResource resource);

    private protected abstract void Create(nint caller, Slot* slots);

    private protected abstract void Represent(nint caller, Slot* slots);

    private protected abstract void Drop(nint caller, int handle);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint New(nint context, nint caller, Slot* slots, nuint count) =>
        Run(context, caller, slots, "[resource-new]", static (type, caller, slots) => type.Create(caller, slots));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint Rep(nint context, nint caller, Slot* slots, nuint count) =>
        Run(context, caller, slots, "[resource-rep]", static (type, caller, slots) => type.Represent(caller, slots));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint Drop(nint context, nint caller, Slot* slots, nuint count) =>
        Run(context, caller, slots, "[resource-drop]", static (type, caller, slots) => type.Drop(caller, slots->S32));

    /// <summary>Does what a function is for, and lets no exception out.</summary>
    private static nint Run(nint context, nint caller, Slot* slots, string what, Act act)
    {
        GuestResourceType type = TypeOf(context);
        try
        {
            act(type, caller, slots);
            return 0;
        }
        catch (Exception exception)
        {
            return HostCall.Abort(caller, exception, type._module, what + type._resource);
        }
    }

    private delegate void Act(GuestResourceType type, nint caller, Slot* slots);

    private static GuestResourceType TypeOf(nint context) =>
        Unsafe.As<GuestResourceType>(GCHandle.FromIntPtr(context).Target!);

    private sealed class Of<T>(string module, string resource, Func<GuestResource, T> create)
        : GuestResourceType(module, resource)
        where T : class, IGuestResource
    {
        internal override Type Shown => typeof(T);

        internal override IGuestResource Show(GuestResource resource) => create(resource);

        private protected override void Create(nint caller, Slot* slots)
        {
            Store store = Store.Of(caller);
            var guests = new GuestResource(store, store.Callers.Instances.Of(caller), slots->U32);
            T shown = create(guests);
            guests.Owner = shown;
            slots->S32 = store.Resources.Add(shown, isLent: false, isArgument: false);
        }

        private protected override void Represent(nint caller, Slot* slots) =>
            slots->U32 = Find(caller, slots->S32).Representation;

        private protected override void Drop(nint caller, int handle)
        {
            Find(caller, handle);
            Store.Of(caller).Resources.Drop<T>(handle);
        }

        private static GuestResource Find(nint caller, int handle)
        {
            Store store = Store.Of(caller);
            GuestResource found = store.Resources.Peek<T>(handle).Resource;
            return found.IsOf(store.Callers.Instances.Of(caller))
                ? found
                : throw GuestMemoryException.InvalidHandle(handle, typeof(T).Name);
        }
    }
}
