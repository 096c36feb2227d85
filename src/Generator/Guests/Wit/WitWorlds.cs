using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Guests;

/// <summary>The imports and exports of worlds, with those of the worlds that they include.</summary>
/// <param name="resolver">Knows the packages, and is told errors.</param>
/// <param name="names">Has the worlds' items.</param>
internal sealed class WitWorlds(WitResolver resolver, WitNames names)
{
    // Each of n worlds may include the one before it: that makes n * n items.
    private const int MaxIncluded = 100_000;

    private readonly Dictionary<WitOwner, List<Extern>> _worlds = [];

    /// <summary>The interfaces that a world, or one that it includes, takes types from.</summary>
    private readonly Dictionary<WitOwner, HashSet<WitOwner>> _used = [];

    private readonly Dictionary<WitOwner, List<WitOwner>> _includes = [];

    private int _included;

    internal void Resolve(WitOwner[] worlds)
    {
        List<WitOwner> order = WitDependencies.Order(
            worlds,
            Included,
            (way, place) => resolver.Report(
                place,
                WitErrorKind.Cycle,
                $"world '{way[0].Id}' includes itself: "
                    + WitDependencies.Text(way.Select(static world => world.Header.Name))));
        foreach (WitOwner world in order)
        {
            _worlds.Add(world, Externs(world));
            var used = new HashSet<WitOwner>(world.Used.Select(static one => one.Owner));
            List<WitOwner> includes = [];
            _includes.Add(world, includes);
            foreach ((WitOwner included, _) in Included(world))
            {
                includes.AddRange(new[] { included }
                    .Concat(_includes.TryGetValue(included, out List<WitOwner>? further) ? further : [])
                    .Where(one => !includes.Contains(one))
                    .ToArray());
                used.UnionWith(_used.TryGetValue(included, out HashSet<WitOwner>? its) ? its : []);
            }

            _used.Add(world, used);
        }
    }

    /// <summary>A world with all that it imports and exports.</summary>
    internal WitWorld World(WitOwner owner)
    {
        List<Extern> externs = _worlds[owner];
        return new WitWorld(
            owner.Id,
            owner.Header,
            names.TypesOf(owner),
            externs.Select(ToModel).Concat(Implicit(_used[owner], externs)).ToEquatableArray())
        {
            Included = _includes[owner].Select(static one => one.Id).ToEquatableArray(),
        };
    }

    private IEnumerable<(WitOwner, WitPlace)> Included(WitOwner world)
    {
        foreach (WitInclude include in world.Items.OfType<WitInclude>())
        {
            if (world.Find(include.Path, isWorld: true, resolver) is { } other)
            {
                yield return (other, include.Path.Place);
            }
        }
    }

    private List<Extern> Externs(WitOwner world)
    {
        var externs = new List<Extern>();
        var known = new Dictionary<(bool IsExport, string Name), WitPlace>();
        // The same interface by way of several worlds is one.
        var fromOthers = new HashSet<(bool, string)>();
        foreach (WitTypeItem type in names.ItemsIn(world).OfType<WitTypeItem>())
        {
            known[(false, type.Name.ToLowerInvariant())] = type.Header.Place;
        }

        foreach (WitItem item in names.ItemsIn(world))
        {
            if (item is WitExtern one && Own(world, one) is { } own)
            {
                Add(own, "");
            }
            else if (item is WitInclude include
                && world.Find(include.Path, isWorld: true, resolver) is { } other
                && _worlds.TryGetValue(other, out List<Extern>? included))
            {
                Include(include, included);
            }
        }

        return externs;

        void Include(WitInclude include, List<Extern> included)
        {
            names.CheckDistinct(include.Names.Select(static name => (name.Name, name.Place)), "renamed item");
            var renames = new Dictionary<string, WitRename>(StringComparer.Ordinal);
            foreach (WitRename name in include.Names)
            {
                renames[name.Name] = name;
            }

            var others = new HashSet<string>(
                included.Where(static one => one.HasName).Select(static one => one.Header.Name),
                StringComparer.Ordinal);
            foreach (WitRename name in include.Names.Where(name => !others.Contains(name.Name)))
            {
                resolver.Report(
                    name.Place,
                    WitErrorKind.NotFound,
                    $"world '{include.Path}' has no import or export '{name.Name}' that can be renamed");
            }

            _included += included.Count;
            if (_included > MaxIncluded)
            {
                resolver.Report(
                    include.Path.Place,
                    WitErrorKind.TooLarge,
                    $"worlds include more than {MaxIncluded} imports and exports");
                return;
            }

            foreach (Extern one in included)
            {
                WitGate gate = Both(include.Header.Gate, one.Header.Gate);
                WitHeader header = one.HasName && renames.TryGetValue(one.Header.Name, out WitRename? rename)
                    ? one.Header with { Name = rename.As, Gate = gate }
                    : one.Header with { Gate = gate };
                Add(one with { Header = header }, $" of '{include.Path}'", include.Path.Place);
                fromOthers.Add((one.IsExport, header.Name.ToLowerInvariant()));
            }
        }

        void Add(Extern one, string whose, WitPlace? place = null)
        {
            (bool, string) key = (one.IsExport, one.Header.Name.ToLowerInvariant());
            if (!known.TryGetValue(key, out WitPlace first))
            {
                known.Add(key, place ?? one.Header.Place);
                externs.Add(one);
            }
            else if (one.HasName || (place is null && !fromOthers.Contains(key)))
            {
                string what = one.IsExport ? "export" : "import";
                resolver.Report(
                    place ?? one.Header.Place,
                    WitErrorKind.Duplicate,
                    $"{what} '{one.Header.Name}'{whose} has a name that is taken, at {first}"
                        + (place is null ? "" : ": rename it with 'with'"));
            }
        }
    }

    private Extern? Own(WitOwner world, WitExtern one)
    {
        if (one.Function is not null)
        {
            return new Extern(one.Header, one.IsExport, one.Function, null, HasName: true);
        }

        if (one.Path is null)
        {
            return new Extern(one.Header, one.IsExport, null, world.Inlines[one], HasName: true);
        }

        // What the world imports is not what it takes types from.
        WitOwner? found = one.Path.Name.Length > 0 ? resolver.Find(one.Path, world, isWorld: false) : null;
        bool hasName = one.Header.Name.Length > 0;
        return found is null
            ? null
            : new Extern(
                hasName ? one.Header : one.Header with { Name = found.Id }, one.IsExport, null, found, hasName);
    }

    private WitWorldExtern ToModel(Extern one)
    {
        bool isInline = one.Interface is { IsInline: true };
        return new WitWorldExtern(
            one.Header,
            one.IsExport,
            one.Function,
            isInline ? names.Interface(one.Interface!) : null,
            one.Interface?.Id,
            one.HasName && one.Function is null && !isInline,
            IsImplicit: false);
    }

    /// <summary>The interfaces that are imported because others, or the world itself, take types from them.</summary>
    private static IEnumerable<WitWorldExtern> Implicit(
        HashSet<WitOwner> ofWorld, List<Extern> externs)
    {
        var imported = new HashSet<WitOwner>(externs
            .Where(static one => !one.IsExport && !one.HasName).Select(static one => one.Interface!));
        var exported = new HashSet<WitOwner>(externs
            .Where(static one => one.IsExport && !one.HasName).Select(static one => one.Interface!));
        var needed = new List<WitOwner>();
        Need(ofWorld, isOfExport: false);
        foreach (Extern one in externs.Where(static one => one.Interface is not null))
        {
            Need(one.Interface!.Used.Select(static used => used.Owner), one.IsExport);
        }

        for (int i = 0; i < needed.Count; i++)
        {
            Need(needed[i].Used.Select(static used => used.Owner), isOfExport: false);
        }

        return needed.Select(static owner => new WitWorldExtern(
            owner.Header with { Name = owner.Id, ExternalId = null },
            IsExport: false,
            null,
            null,
            owner.Id,
            IsNamed: false,
            IsImplicit: true));

        void Need(IEnumerable<WitOwner> used, bool isOfExport)
        {
            needed.AddRange(used.Where(owner => !(isOfExport && exported.Contains(owner)) && imported.Add(owner)));
        }
    }

    private static WitGate Both(WitGate outer, WitGate inner) => outer == WitGate.None ? inner : new WitGate(
        inner.Since is { } since && (outer.Since is null || outer.Since.CompareTo(since) < 0) ? since : outer.Since,
        outer.Features.Concat(inner.Features).Distinct().ToEquatableArray(),
        inner.Deprecated ?? outer.Deprecated);

    /// <summary>An import or export.</summary>
    /// <param name="Header">What every item has; its name is that of the import or export.</param>
    /// <param name="IsExport">Whether it is an export.</param>
    /// <param name="Function">The function; null for an interface.</param>
    /// <param name="Interface">The interface; null for a function.</param>
    /// <param name="HasName">Whether its name is the world's choice, and not that of an interface.</param>
    private sealed record Extern(
        WitHeader Header, bool IsExport, WitFunction? Function, WitOwner? Interface, bool HasName);
}
