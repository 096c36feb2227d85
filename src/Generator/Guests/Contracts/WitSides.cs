namespace WasmBindgen.Generator.Guests;

/// <summary>What a binding's guest imports and exports.</summary>
/// <param name="Class">The name of the class that is bound.</param>
/// <param name="World">The world; null for interfaces alone.</param>
/// <param name="Worlds">The units of the world, and of those that it includes.</param>
/// <param name="Imports">The interfaces that the host implements, by the ids of their units.</param>
/// <param name="Exports">The interfaces that the guest does.</param>
/// <param name="Binding">The binding.</param>
internal sealed record WitSides(
    string Class,
    WitWorld? World,
    WitUnit[] Worlds,
    HashSet<string> Imports,
    HashSet<string> Exports,
    WitBinding Binding)
{
    private const string Wasi = "wasi:";

    internal static WitSides Of(WitBinding binding, WitCatalog catalog)
    {
        WitWorld? world = binding.World is { } id ? catalog.World(id) : null;
        WitWorldExtern[] externs =
            [.. world?.Externs.Where(one => one.Interface is not null
                && !binding.IsRootOnly
                && catalog.IsEnabled(one.Header.Gate)
                && (one.IsExport || (!binding.IsExportOnly && IsHosts(one.Interface, binding)))) ?? []];
        return new WitSides(
            binding.Class,
            world,
            [.. catalog.UnitsOf(world)],
            Units(binding.Imports, isExport: false),
            Units(binding.Exports, isExport: true),
            binding);

        // By the newest version's id, whatever version a binding or world names.
        HashSet<string> Units(IEnumerable<string> ids, bool isExport) => new(
            ids.Concat(externs.Where(one => one.IsExport == isExport).Select(static one => one.Interface!))
                .Select(catalog.Unit)
                .OfType<WitUnit>()
                .Select(static unit => unit.Id),
            StringComparer.Ordinal);
    }

    /// <summary>Whether the host implements an import: what is WASI's is left to the linker.</summary>
    private static bool IsHosts(string id, WitBinding binding) =>
        !id.StartsWith(Wasi, StringComparison.Ordinal)
        || binding.Own.Any(own => WitPaths.Means(own, id));

    /// <summary>Whether it has an interface or world, and does not only take types from it.</summary>
    internal bool Has(WitUnit unit) =>
        Imports.Contains(unit.Id) || Exports.Contains(unit.Id) || Worlds.Contains(unit);

    /// <summary>Whether the host implements what the world imports.</summary>
    internal bool HasImports => !Binding.IsExportOnly;

    /// <summary>The interfaces, and the world that has types of its own.</summary>
    internal IEnumerable<WitUnit> Units(WitCatalog catalog)
    {
        IEnumerable<string> functions = World?.Externs
            .Where(static one => one.Function is not null)
            .SelectMany(static one => one.Function!.Types)
            .SelectMany(WitCatalog.Named)
            .Select(static id => id.Owner) ?? [];
        return Imports.Concat(Exports)
            .Concat(functions)
            .Select(catalog.Unit)
            .OfType<WitUnit>()
            .Concat(Worlds);
    }
}
