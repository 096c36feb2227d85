using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Guests;

/// <summary>
/// The interfaces and worlds of resolved WIT, those of versions of one track as one, without what no feature that is
/// asked for brings.
/// </summary>
internal sealed class WitCatalog
{
    private readonly HashSet<string> _features;
    private readonly Dictionary<string, WitUnit> _units = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WitWorld> _worlds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, WitFunction>> _functions = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<WitTypeId, HashSet<WitTypeId>> _resources = [];

    /// <param name="packages">The packages.</param>
    /// <param name="features">The features that are asked for.</param>
    /// <param name="report">Is told what is wrong between versions.</param>
    internal WitCatalog(WitPackages packages, IEnumerable<string> features, Action<WitFinding> report)
    {
        _features = new HashSet<string>(features, StringComparer.Ordinal);
        foreach (var track in packages.Packages.GroupBy(
            static package => (package.Name.Name, package.Name.Version?.Track ?? "")))
        {
            Tracks.Add(AddTrack([.. track.OrderByDescending(static package => package.Name.Version)], report));
        }

        foreach (KeyValuePair<string, WitUnit> version in _units.Where(static one => one.Key != one.Value.Id))
        {
            CompareFunctions(version.Key, version.Value, report);
        }

        foreach (string feature in _features.Where(feature => !_known.Contains(feature)))
        {
            report(new WitFinding(WitFindingKind.NoFeature, null, new[] { feature }.ToEquatableArray()));
        }
    }

    internal List<WitTrack> Tracks { get; } = [];

    /// <summary>The interface or world of an id, by whatever version; null if there is none.</summary>
    internal WitUnit? Unit(string id) => _units.TryGetValue(id, out WitUnit? unit) ? unit : null;

    /// <summary>The world of an id; null if there is none.</summary>
    internal WitWorld? World(string id) => _worlds.TryGetValue(id, out WitWorld? world) ? world : null;

    /// <summary>A world and those that it includes, of which each may have types.</summary>
    internal IEnumerable<WitUnit> UnitsOf(WitWorld? world) => world is null ? [] : world.Included
        .Prepend(world.Id)
        .Select(Unit)
        .OfType<WitUnit>()
        .Distinct();

    /// <summary>Whether an interface has a function in the version of an id.</summary>
    internal bool Has(string id, string function) =>
        _functions.TryGetValue(id, out Dictionary<string, WitFunction>? functions) && functions.ContainsKey(function);

    /// <summary>Whether a unit has a function in all its versions.</summary>
    internal bool IsInAllVersions(WitUnit unit, string function) =>
        _units.Where(one => one.Value == unit).All(one => Has(one.Key, function));

    internal bool IsEnabled(WitGate gate) => gate.Features.All(_features.Contains);

    /// <summary>The type of an id as its unit has it: in the newest version; null for one that is left out.</summary>
    internal (WitUnit Unit, WitTypeItem Item)? Type(WitTypeId id) =>
        Unit(id.Owner) is { } unit && unit.Types.TryGetValue(id.Name, out WitTypeItem? item) ? (unit, item) : null;

    /// <summary>A type without aliases, and without tuples of one.</summary>
    internal WitType Erase(WitType type)
    {
        while (true)
        {
            switch (type)
            {
                case WitNamedType { Id: { } id } when Type(id) is { Item: WitAlias alias }:
                    type = alias.Type;
                    break;
                case WitTupleType { Items: { Count: 1 } items }:
                    type = items[0];
                    break;
                default:
                    return type;
            }
        }
    }

    /// <summary>The resources of which a type has handles in it.</summary>
    internal HashSet<WitTypeId> ResourcesIn(WitTypeId id)
    {
        if (!_resources.TryGetValue(id, out HashSet<WitTypeId>? resources))
        {
            resources = [];
            _resources.Add(id, resources);
            if (Type(id) is { } found)
            {
                resources.UnionWith(found.Item is WitResource
                    ? [new WitTypeId(found.Unit.Id, id.Name)]
                    : found.Item.Parts.SelectMany(Named).SelectMany(ResourcesIn));
            }
        }

        return resources;
    }

    /// <summary>Interfaces and worlds in order, and those that they take types from.</summary>
    internal IEnumerable<WitUnit> WithNeeded(IEnumerable<WitUnit> units)
    {
        var needed = new HashSet<WitUnit>();
        var open = new Queue<WitUnit>(units);
        while (open.Count > 0)
        {
            WitUnit unit = open.Dequeue();
            if (!needed.Add(unit))
            {
                continue;
            }

            foreach (WitType type in unit.Items.SelectMany(static item => item switch
            {
                WitFunction function => function.Types,
                WitResource resource => resource.Functions.SelectMany(static one => one.Types),
                WitTypeItem other => other.Parts,
                _ => [],
            }))
            {
                foreach (WitTypeId id in Named(type))
                {
                    if (Unit(id.Owner) is { } other)
                    {
                        open.Enqueue(other);
                    }
                }
            }
        }

        return Tracks.SelectMany(static track => track.Units).Where(needed.Contains);
    }

    /// <summary>The types that a type names.</summary>
    internal static IEnumerable<WitTypeId> Named(WitType type) =>
        type is WitNamedType { Id: { } id } ? [id] : type.Parts.SelectMany(Named);

    private WitTrack AddTrack(WitPackage[] versions, Action<WitFinding> report)
    {
        var track = new WitTrack(versions[0].Name);
        var units = new Dictionary<string, WitUnit>(StringComparer.Ordinal);
        foreach (WitPackage package in versions)
        {
            foreach (WitInterface item in package.Interfaces)
            {
                Enter(package, item.Header.Name, item.Id, item.Header.Name, item.Header, item.Items);
            }

            foreach (WitWorld world in package.Worlds)
            {
                Know(world.Header.Gate);
                if (!_worlds.ContainsKey(world.Id))
                {
                    _worlds.Add(world.Id, world);
                }

                Enter(package, world.Header.Name, world.Id, world.Header.Name, world.Header, world.Types);
                foreach (WitWorldExtern one in world.Externs)
                {
                    Know(one.Header.Gate);
                    if (one.Function is { } function)
                    {
                        _functions[world.Id][one.IsExport ? $"export {one.Header.Name}" : $"import {one.Header.Name}"] =
                            function with { Header = one.Header };
                    }

                    // One that a world includes is the other world's.
                    if (one.Inline is { } inline && inline.Id.StartsWith(world.Id + " ", StringComparison.Ordinal))
                    {
                        string label = $"{world.Header.Name}-{inline.Header.Name}";
                        string key = inline.Id.Substring(world.Id.Length) + label;
                        Enter(package, key, inline.Id, label, inline.Header, inline.Items);
                    }
                }
            }
        }

        return track;

        void Enter(
            WitPackage package, string key, string id, string label, WitHeader header, IEnumerable<WitItem> items)
        {
            Know(header.Gate);
            if (!units.TryGetValue(key, out WitUnit? unit))
            {
                unit = new WitUnit(id, label, header, track);
                units.Add(key, unit);
                track.Units.Add(unit);
            }

            _units[id] = unit;
            _functions[id] = new Dictionary<string, WitFunction>(StringComparer.Ordinal);
            foreach ((string name, WitFunction function) in items.SelectMany(static item => item switch
            {
                WitFunction function => [(function.Name, function)],
                WitResource resource => resource.Functions.Select(one => (one.ExternName(resource.Name), one)),
                _ => (IEnumerable<(string, WitFunction)>)[],
            }))
            {
                _functions[id][name] = function;
            }

            foreach (WitItem item in items)
            {
                Know(item.Header.Gate);
                foreach (WitFunction function in (item as WitResource)?.Functions ?? default)
                {
                    Know(function.Header.Gate);
                }

                if (!IsEnabled(header.Gate) || !IsEnabled(item.Header.Gate) || item is WitUsedType)
                {
                    continue;
                }

                if (unit.Types.TryGetValue(item.Name, out WitTypeItem? newer) && item is WitTypeItem older)
                {
                    if (WitPrinter.Definition(newer) != WitPrinter.Definition(older) && item is not WitResource)
                    {
                        report(new WitFinding(
                            WitFindingKind.TrackDiffers,
                            item.Header.Place,
                            new[]
                            {
                                package.Name.Name,
                                $"{package.Name.Version}",
                                $"{track.Name.Version}",
                                item.Name,
                                $"{WitPrinter.Definition(older)} / {WitPrinter.Definition(newer)}",
                            }.ToEquatableArray()));
                    }
                }
                else if (item is WitTypeItem type)
                {
                    unit.Types.Add(item.Name, type);
                    unit.Items.Add(type);
                }
                else if (unit.Id == id)
                {
                    unit.Items.Add(item); // of functions, the newest version's are all
                }
            }
        }
    }

    /// <summary>Reports functions of an older version that have another type in the newest one.</summary>
    private void CompareFunctions(string id, WitUnit unit, Action<WitFinding> report)
    {
        foreach (KeyValuePair<string, WitFunction> one in _functions[id])
        {
            if (_functions[unit.Id].TryGetValue(one.Key, out WitFunction? newest)
                && IsEnabled(newest.Header.Gate)
                && TypeOf(one.Value) != TypeOf(newest))
            {
                report(new WitFinding(
                    WitFindingKind.TrackDiffers,
                    one.Value.Header.Place,
                    new[]
                    {
                        unit.Track.Name.Name,
                        VersionOf(id),
                        VersionOf(unit.Id),
                        one.Key.Substring(one.Key.IndexOf(' ') + 1),
                        $"{WitPrinter.Signature(one.Value)} / {WitPrinter.Signature(newest)}",
                    }.ToEquatableArray()));
            }
        }

        static string VersionOf(string id) => id.Substring(id.LastIndexOf('@') + 1).Split(' ')[0];
    }

    /// <summary>What of a function's signature counts: names of parameters and other names of types do not.</summary>
    private string TypeOf(WitFunction function)
    {
        IEnumerable<string> parameters = function.Parameters.Select(one => Text(one.Type));
        return $"{function.IsAsync} {string.Join(", ", parameters)}"
            + $" -> {Text(function.Result)}";

        string Text(WitType? type) => (type is null ? null : Erase(type)) switch
        {
            WitNamedType { Id: { } id } => $"{Unit(id.Owner)?.Id}#{id.Name}",
            WitHandleType { IsBorrow: false } own => Text(own.Resource),
            WitHandleType borrow => $"borrow<{Text(borrow.Resource)}>",
            var other => WitPrinter.Type(other, Text),
        };
    }

    private void Know(WitGate gate) => _known.UnionWith(gate.Features);
}

/// <summary>The versions of a package that can stand for each other.</summary>
/// <param name="name">The newest one's name.</param>
internal sealed class WitTrack(WitPackageName name)
{
    internal WitPackageName Name => name;

    /// <summary>Its interfaces and worlds in order, the newest version's first.</summary>
    internal List<WitUnit> Units { get; } = [];
}

/// <summary>An interface or world that has types: of all versions of one track.</summary>
/// <param name="id">The id of the newest one.</param>
/// <param name="label">Its name in WIT; of an interface in a world also the world's before it.</param>
/// <param name="header">What every item has.</param>
/// <param name="track">Its package.</param>
internal sealed class WitUnit(string id, string label, WitHeader header, WitTrack track)
{
    internal string Id => id;

    internal string Label => label;

    /// <summary>Whether it is an interface that stands in a world.</summary>
    internal bool IsInline => id.IndexOf(' ') >= 0;

    internal WitHeader Header => header;

    internal WitTrack Track => track;

    /// <summary>Its path, as attributes and documentation write it.</summary>
    internal string Path => track.Name.Of(label);

    internal Dictionary<string, WitTypeItem> Types { get; } = new(StringComparer.Ordinal);

    /// <summary>Its types and functions in order.</summary>
    internal List<WitItem> Items { get; } = [];
}
