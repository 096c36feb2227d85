using System.ComponentModel;
using WasmBindgen.Wasi;

namespace WasmBindgen.CompilerServices;

/// <summary>What <see cref="WasmWorldAttribute"/> classes need. Only generated code calls it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class World
{
    /// <summary>What the host gives for an import of a world.</summary>
    /// <param name="host">The object; null if there is none.</param>
    /// <param name="property">The property of <c>Imports</c> that has it.</param>
    /// <param name="module">The name that guests import from.</param>
    /// <exception cref="ArgumentNullException">There is none.</exception>
    public static T Given<T>(T? host, string property, string module)
        where T : class => host ?? throw new ArgumentNullException(
            property, $"Guests of the world import '{module}': give '{property}' an object in place of null.");

    /// <summary>A linker for one guest, with WASI if the guest imports that.</summary>
    /// <param name="store">The store that the guest will be in.</param>
    /// <param name="module">The guest.</param>
    public static Linker LinkerFor(Store store, Module module)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(module);
        var linker = new Linker(store.Engine);
        return module.Imports.Any(static import => import.Module == WasiFunction.Module)
            ? linker.DefineWasi()
            : linker;
    }

    /// <summary>A linker for one component.</summary>
    /// <param name="store">The store that the guest will be in.</param>
    /// <param name="component">The guest.</param>
    public static Linker LinkerFor(Store store, Component component)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(component);
        return new Linker(store.Engine);
    }
}
