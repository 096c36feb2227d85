using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Guests;

/// <summary>Puts the WIT of several files and folders together.</summary>
internal static class WitMerge
{
    /// <summary>
    /// All packages; of one that several have, what the first says, and what others have besides. What is written must
    /// say the same.
    /// </summary>
    /// <param name="written">The packages of files.</param>
    /// <param name="found">Those that the build has found in guests.</param>
    /// <param name="report">Is told what is wrong.</param>
    internal static WitPackages Of(
        IEnumerable<WitPackages> written, IEnumerable<WitPackages> found, Action<WitFinding> report)
    {
        var packages = new Dictionary<WitPackageName, WitPackage>();
        var order = new List<WitPackageName>();
        foreach ((WitPackage package, bool isWritten) in written
            .SelectMany(static root => root.Packages.Select(static package => (package, true)))
            .Concat(found.SelectMany(static root => root.Packages.Select(static package => (package, false)))))
        {
            if (!packages.TryGetValue(package.Name, out WitPackage? known))
            {
                packages.Add(package.Name, package);
                order.Add(package.Name);
                continue;
            }

            if (isWritten)
            {
                Compare(known, package, report);
            }

            packages[package.Name] = known with
            {
                Interfaces = known.Interfaces
                    .Concat(package.Interfaces.Where(one => !known.Interfaces.Any(other => other.Id == one.Id)))
                    .ToEquatableArray(),
                Worlds = known.Worlds
                    .Concat(package.Worlds.Where(one => !known.Worlds.Any(other => other.Id == one.Id)))
                    .ToEquatableArray(),
            };
        }

        return new WitPackages(order.Select(name => packages[name]).ToEquatableArray(), default);
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
                string version = $"{known.Name.Version?.ToString() ?? "without a version"}";
                report(new WitFinding(
                    WitFindingKind.TrackDiffers,
                    place,
                    new[]
                    {
                        known.Name.Name,
                        version,
                        version,
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
}
