using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Guests;

/// <summary>
/// The types that the build compiles, so that other generators see them. A build knows none of the project's classes,
/// and so leaves out what depends on these: contracts, and types with handles in them.
/// </summary>
internal static class WitCompiled
{
    /// <summary>The types of items with <c>Types="Compile"</c>, and the same for the same arguments.</summary>
    internal static EquatableArray<DeclaredNamespace> Declare(IEnumerable<WitInput> inputs)
    {
        (WitInput[] Inputs, WitPackages Packages)[] roots =
        [
            .. RootsOf(inputs)
                .Select(static root => (
                    root.ToArray(), WitPackages.Resolve(root.Key, root.Select(static input => input.File))))
                .Where(static root => root.Item2.Errors.Count == 0), // which only the generator reports
        ];
        WitPackages all = WitMerge.Of(
            roots.Where(static root => !root.Inputs[0].IsOfBinary).Select(static root => root.Packages),
            roots.Where(static root => root.Inputs[0].IsOfBinary).Select(static root => root.Packages),
            Ignore);
        var options = new WitOptions(
            roots.SelectMany(static root => root.Inputs)
                .SelectMany(static input => input.Features)
                .Distinct()
                .ToEquatableArray(),
            roots.SelectMany(static root => WitInput.NamespacesOf(root.Packages, root.Inputs))
                .Where(static one => WitIdentifiers.IsNamespace(one.Namespace))
                .ToEquatableArray(),
            Names: default);
        var catalog = new WitCatalog(all, options.Features, Ignore);
        var naming = new WitNaming(catalog, options, Ignore);
        var shapes = new WitShapes(catalog, naming, Ignore);
        IEnumerable<WitUnit> named = roots
            .SelectMany(static root => BindingsOf(root.Packages, WorldOf(root.Inputs)))
            .SelectMany(binding => WitSides.Of(binding, catalog).Units(catalog));
        foreach (WitUnit unit in catalog.WithNeeded(named))
        {
            shapes.DeclareTypes(unit, guests: [], withoutHandles: true);
        }

        return catalog.Tracks.SelectMany(static track => track.Units)
            .GroupBy(naming.NamespaceOf)
            .Select(units => new DeclaredNamespace(
                $"{units.First().Track.Name}",
                units.Key,
                IsPublic: true,
                shapes.DeclaredIn(units).ToEquatableArray(),
                Contracts: default,
                Handles: default))
            .Where(static space => !space.IsEmpty)
            .ToEquatableArray();

        static void Ignore(WitFinding finding)
        {
        }
    }

    /// <summary>The files and folders of which types are compiled, each with its files.</summary>
    internal static IEnumerable<IGrouping<string, WitInput>> RootsOf(IEnumerable<WitInput> inputs) => inputs
        .Where(static input => input.CompiledRoot is { } root && WitPackages.IsPartOf(root, input.File.Path))
        .OrderBy(static input => input.File.Path, StringComparer.Ordinal)
        .GroupBy(static input => input.CompiledRoot!);

    /// <summary>The world that is meant; null for all that there is.</summary>
    internal static string? WorldOf(IEnumerable<WitInput> inputs) =>
        inputs.Select(static input => input.World).OfType<string>().FirstOrDefault();

    /// <summary>All that is in a package, or one of its worlds.</summary>
    internal static IEnumerable<WitBinding> BindingsOf(WitPackages packages, string? world)
    {
        WitPackage[] own = [.. packages.Packages.Where(static package => package.IsRoot)];
        IEnumerable<string> interfaces = world is null
            ? own.SelectMany(static package => package.Interfaces).Select(static one => one.Id)
            : [];
        return own
            .SelectMany(static package => package.Worlds)
            .Where(one => world is null || one.Is(world))
            .Select(static one => new WitBinding("", one.Id, default, default))
            .Prepend(new WitBinding("", null, interfaces.ToEquatableArray(), default));
    }
}
