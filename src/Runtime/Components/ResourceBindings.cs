using WasmBindgen.Components.Format;
using WasmBindgen.CompilerServices;

namespace WasmBindgen.Components;

/// <summary>The C# types of the resources of a component, as a linker has them.</summary>
/// <param name="classes">All classes of the linker that show resources of guests.</param>
internal sealed class ResourceBindings(HashSet<Type> classes)
{
    private readonly Dictionary<ResourceOrigin, Type> _ofHost = [];
    private readonly Dictionary<Type, (DefinedResource Resource, GuestResourceType Type)> _ofGuest = [];

    internal void Add(ImportedResource resource, Type type) => _ofHost[resource] = type;

    internal void Add(DefinedResource resource, GuestResourceType type) => _ofGuest[type.Shown] = (resource, type);

    /// <summary>What tables know the objects of a resource by.</summary>
    internal object KindOf(ResourceOrigin resource) =>
        _ofHost.TryGetValue(resource, out Type? type) ? type : resource;

    /// <summary>The resource of the guest that a class shows.</summary>
    /// <exception cref="InvalidOperationException">The linker had no such class.</exception>
    /// <exception cref="GuestMemoryException">The component exports no such resource.</exception>
    internal DefinedResource Of<T>() => Find<T>().Resource;

    /// <summary>What makes an object that shows a resource of the guest.</summary>
    internal Func<GuestResource, IGuestResource> CreatorOf<T>() => Find<T>().Type.Show;

    private (DefinedResource Resource, GuestResourceType Type) Find<T>() =>
        _ofGuest.TryGetValue(typeof(T), out (DefinedResource, GuestResourceType) known) ? known
        : classes.Contains(typeof(T)) ? throw GuestMemoryException.NoResource(typeof(T))
        : throw GuestBacktrace.BeginInFlight(new InvalidOperationException(
            $"The component was linked without {typeof(T)}, which shows one of its resources: call "
                + "DefineResources(linker) of the class that has its functions."));
}
