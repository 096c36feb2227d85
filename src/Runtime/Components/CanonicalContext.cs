using System.Diagnostics;
using WasmBindgen.Components.Format;
using WasmBindgen.CompilerServices;

namespace WasmBindgen.Components;

/// <summary>
/// How values cross between a component and the host, as a canonical definition says (Component Model, Canonical ABI:
/// LiftLowerContext).
/// </summary>
/// <param name="instance">The instance of the whole component.</param>
/// <param name="number">The number of the component instance within it whose definition it is.</param>
/// <param name="encoding">How texts are encoded.</param>
/// <param name="memory">The memory that values lie in; null for none.</param>
/// <param name="allocator">What allocates there; null for nothing.</param>
[StackTraceHidden]
internal sealed class CanonicalContext(
    ComponentInstance instance, int number, StringEncoding encoding, Memory? memory, GuestAllocator? allocator)
{
    internal ComponentInstance Instance => instance;

    internal StringEncoding Encoding => encoding;

    internal Memory? Memory => memory;

    internal GuestAllocator? Allocator => allocator;

    internal InstanceState State { get; } = instance.StateOf(number);

    internal static WasmException NoMemory() => GuestBacktrace.BeginInFlight(new WasmException(
        "A host method asks for the guest's memory, but the component has named none for this function."));

    /// <summary>Whether a resource is the component instance's own.</summary>
    internal bool Defines(ResourceOrigin resource) =>
        resource is DefinedResource defined && defined.Instance == number;

    /// <summary>The object of a handle that the guest gives away.</summary>
    /// <exception cref="GuestMemoryException">It is no handle of such an object that the guest owns.</exception>
    internal T Take<T>(int handle)
        where T : class, IGuestResource
    {
        var taken = (GuestResource)State.Resources.Take(handle, instance.Resources.Of<T>());
        taken.Take();
        return Show<T>(taken);
    }

    /// <summary>The object of a handle that stays the guest's.</summary>
    /// <exception cref="GuestMemoryException">It is no handle of such an object.</exception>
    internal T Borrow<T>(int handle)
        where T : class, IGuestResource =>
        Show<T>((GuestResource)State.Resources.Borrow(handle, instance.Resources.Of<T>()));

    /// <summary>A handle for the guest of an object that it now owns.</summary>
    internal int Give(GuestResource resource, bool isArgument)
    {
        int handle = State.Resources.Add(resource, resource.Type!, isLent: false, isArgument);
        resource.Give();
        return handle;
    }

    /// <summary>
    /// What the guest gets of an object that it may use during the call: what it knows its own objects by, and of those
    /// of others a handle (Canonical ABI, lower_borrow).
    /// </summary>
    internal uint Lend(GuestResource resource, bool isArgument)
    {
        if (!Defines(resource.Type!))
        {
            return (uint)State.Resources.Add(resource, resource.Type!, isLent: true, isArgument);
        }

        State.Resources.Lend(resource);
        return resource.Representation;
    }

    private T Show<T>(GuestResource resource)
        where T : class, IGuestResource => (T)resource.Show(instance.Resources.CreatorOf<T>());
}
