using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Guests;

/// <summary>Puts the WIT of several files and folders together.</summary>
internal static class WitMerge
{
    /// <summary>
    /// All packages; of one that several have, what the first says, and what others have besides. What is written must
    /// say the same. A guest has only what it uses, and so may have more than another one.
    /// </summary>
    /// <param name="written">The packages of files.</param>
    /// <param name="found">Those that the build has found in guests.</param>
    /// <param name="report">Is told what is wrong.</param>
    internal static WitPackages Of(
        IEnumerable<WitPackages> written, IEnumerable<WitPackages> found, Action<WitFinding> report)
    {
        var packages = new Dictionary<WitPackageName, WitPackage>();
        var order = new List<WitPackageName>();
        foreach (WitPackage package in written.SelectMany(static root => root.Packages))
        {
            Add(package, known =>
            {
                Compare(known, package, report);
                return known.Interfaces;
            });
        }

        HashSet<string> ofFiles =
        [
            .. packages.Values.SelectMany(static one => one.Interfaces).Select(static one => one.Id),
            .. packages.Values.SelectMany(static one => one.Worlds).Select(static one => one.Id),
        ];
        foreach (WitPackage package in found.SelectMany(static root => root.Packages))
        {
            Add(package, known =>
            {
                CompareWorlds(known, package.Worlds.Where(one => !ofFiles.Contains(one.Id)), report);
                return known.Interfaces.Select(one =>
                    package.Interfaces.FirstOrDefault(other => other.Id == one.Id) is { } other
                        ? With(one, other, isOfFile: ofFiles.Contains(one.Id))
                        : one);
            });
        }

        return new WitPackages(order.Select(name => packages[name]).ToEquatableArray(), default);

        void Add(WitPackage package, Func<WitPackage, IEnumerable<WitInterface>> interfaces)
        {
            if (!packages.TryGetValue(package.Name, out WitPackage? known))
            {
                packages.Add(package.Name, package);
                order.Add(package.Name);
                return;
            }

            packages[package.Name] = known with
            {
                Interfaces = interfaces(known)
                    .Concat(package.Interfaces.Where(one => !known.Interfaces.Any(other => other.Id == one.Id)))
                    .ToEquatableArray(),
                Worlds = known.Worlds
                    .Concat(package.Worlds.Where(one => !known.Worlds.Any(other => other.Id == one.Id)))
                    .ToEquatableArray(),
            };
        }
    }

    /// <summary>
    /// An interface with what another has besides: all of it, or only what asks nothing of those who implement it.
    /// </summary>
    private static WitInterface With(WitInterface known, WitInterface other, bool isOfFile) => known with
    {
        Items = known.Items
            .Select(item => !isOfFile
                && item is WitResource resource
                && other.Items.FirstOrDefault(one => one.Name == item.Name) is WitResource { Functions: var functions }
                ? resource with
                {
                    Functions = resource.Functions
                        .Concat(functions.Where(function => !resource.Functions.Any(one =>
                            one.Kind == function.Kind && one.Name == function.Name)))
                        .ToEquatableArray(),
                }
                : item)
            .Concat(other.Items.Where(item =>
                !known.Items.Any(one => one.Name == item.Name)
                && !(isOfFile && item is (WitFunction or WitResource))))
            .ToEquatableArray(),
    };

    /// <summary>Reports worlds that two guests have in different ways.</summary>
    private static void CompareWorlds(WitPackage known, IEnumerable<WitWorld> others, Action<WitFinding> report)
    {
        foreach (WitWorld one in others)
        {
            string? differs = known.Worlds.Where(same => same.Id == one.Id)
                .SelectMany(same => Lines(same).Except(Lines(one)).Concat(Lines(one).Except(Lines(same))))
                .FirstOrDefault();
            if (differs is not null)
            {
                report(new WitFinding(
                    WitFindingKind.TrackDiffers,
                    one.Header.Place,
                    new[] { known.Name.Name, Version(known), Version(known), one.Header.Name, differs }
                        .ToEquatableArray()));
            }
        }

        static IEnumerable<string> Lines(WitWorld world) => world.Externs
            .Where(static one => !one.IsImplicit)
            .Select(static one => $"{(one.IsExport ? "export" : "import")} {one.Header.Name}"
                + (one.Function is null ? "" : $": {WitPrinter.Signature(one.Function)}"));
    }

    /// <summary>Reports interfaces that two files of one version have in different ways.</summary>
    private static void Compare(WitPackage known, WitPackage other, Action<WitFinding> report)
    {
        foreach (WitInterface one in other.Interfaces)
        {
            if (known.Interfaces.FirstOrDefault(same => same.Id == one.Id) is not { } first)
            {
                continue;
            }

            Dictionary<string, string> items = Lines(first);
            Dictionary<string, string> others = Lines(one);
            string? differs = items.Keys.Union(others.Keys).OrderBy(static name => name, StringComparer.Ordinal)
                .FirstOrDefault(name =>
                    !items.TryGetValue(name, out string? mine)
                    || !others.TryGetValue(name, out string? theirs)
                    || mine != theirs);
            if (differs is not null)
            {
                WitPlace place = one.Header.Place;
                report(new WitFinding(
                    WitFindingKind.TrackDiffers,
                    place,
                    new[]
                    {
                        known.Name.Name,
                        Version(known),
                        Version(known),
                        differs,
                        $"{(others.TryGetValue(differs, out string? its) ? its : "not here")} / "
                            + $"{(items.TryGetValue(differs, out string? theirs) ? theirs : "not there")} "
                            + $"in {first.Header.Place}",
                    }.ToEquatableArray()));
            }
        }

        static Dictionary<string, string> Lines(WitInterface one)
        {
            var lines = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (WitItem item in one.Items)
            {
                lines[item.Name] = item switch
                {
                    WitFunction function => WitPrinter.Signature(function),
                    WitResource resource => string.Join("; ", resource.Functions.Select(static function =>
                        $"{function.Kind} {function.Name}: {WitPrinter.Signature(function)}")),
                    WitTypeItem type => WitPrinter.Definition(type),
                    _ => "",
                };
            }

            return lines;
        }
    }

    private static string Version(WitPackage package) => package.Name.Version?.ToString() ?? "without a version";
}
