namespace WasmBindgen.Generator.Guests;

/// <summary>What classes leave out, or take over, by the names that they give.</summary>
/// <param name="sides">The classes.</param>
/// <param name="needed">Finds the interfaces and worlds that a class needs.</param>
internal sealed class WitSkips(WitSides[] sides, Func<WitSides[], IEnumerable<WitUnit>> needed)
{
    private readonly bool _isUsed = sides.Any(static side => side.Binding.Skipped.Count > 0);

    /// <summary>
    /// Whether all classes that have an interface or world leave a function of it out; of one that none has, those that
    /// take types from it.
    /// </summary>
    internal bool IsSkippedByAll(WitUnit unit, string path)
    {
        if (!_isUsed)
        {
            return false;
        }

        WitSides[] having = [.. sides.Where(side => side.Has(unit))];
        having = having.Length > 0 ? having : [.. sides.Where(side => needed([side]).Contains(unit))];
        return having.All(side => side.Binding.Skips(path));
    }

    /// <summary>The names that mean nothing, and what may be meant in place of each.</summary>
    internal IEnumerable<(string Member, string Name, string? Nearest)> UnknownOf(WitSides side)
    {
        if (side.Binding.Skipped.Count > 0)
        {
            string[] known = [.. needed([side]).SelectMany(PathsOf).Concat(PathsOf(side))];
            foreach (string name in side.Binding.Skipped.Where(name =>
                !Array.Exists(known, path => WitBinding.IsFunction(name, path))))
            {
                yield return ("Skip", name, NearestName.Of(name, known.SelectMany(static path =>
                    new[] { WitPaths.Function(path), WitPaths.WithoutVersion(path), path }).Distinct()));
            }
        }

        string[] imports = side.Binding.Own.Count == 0 ? [] :
        [
            .. (side.World?.Externs ?? default)
                .Where(static one => !one.IsExport)
                .Select(static one => one.Interface)
                .OfType<string>(),
        ];
        foreach (string name in side.Binding.Own.Where(name => !Array.Exists(imports, id => WitPaths.Means(name, id))))
        {
            yield return ("Own", name, NearestName.Of(name, imports.Select(WitPaths.WithoutVersion)));
        }
    }

    private static IEnumerable<string> PathsOf(WitUnit unit) => unit.Items.SelectMany(item => item switch
    {
        WitFunction function => [WitMethods.PathOf(unit, function, null)],
        WitResource resource => resource.Functions.Select(one => WitMethods.PathOf(unit, one, resource)),
        _ => (IEnumerable<string>)[],
    });

    private static IEnumerable<string> PathsOf(WitSides side) => (side.World?.Externs ?? default)
        .Where(static one => one.Function is not null)
        .Select(one => WitMethods.PathOf(side.Worlds[0], one.Function! with { Header = one.Header }, null));
}
