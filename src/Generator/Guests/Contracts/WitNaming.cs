using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Guests;

/// <summary>
/// What everything of WIT is called in C#. A name depends on the package that it stands in, and not on what of that is
/// used.
/// </summary>
internal sealed class WitNaming
{
    private readonly WitCatalog _catalog;
    private readonly WitOptions _options;
    private readonly Action<WitFinding> _report;
    private readonly Dictionary<WitUnit, string> _namespaces = [];
    private readonly Dictionary<string, WitNameScope> _scopes = new(StringComparer.Ordinal);
    private readonly Dictionary<(WitUnit Unit, string Type), string> _types = [];
    private readonly Dictionary<(WitUnit Unit, string Type), string> _resourceContracts = [];
    private readonly Dictionary<WitUnit, string> _contracts = [];
    private readonly Dictionary<WitUnit, string> _asyncContracts = [];
    private readonly Dictionary<string, (string Path, string Name)> _given = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WitPart> _parts = new(StringComparer.Ordinal);

    // As they are written, by what they mean.
    private readonly Dictionary<string, string> _unusedPaths = new(StringComparer.Ordinal);
    private readonly HashSet<string> _paths = new(StringComparer.Ordinal);

    internal WitNaming(WitCatalog catalog, WitOptions options, Action<WitFinding> report)
    {
        _catalog = catalog;
        _options = options;
        _report = report;
        foreach ((string path, string name) in options.Names)
        {
            string normal = WitPaths.Normal(path);
            if (_given.TryGetValue(normal, out var other) && other.Name != name)
            {
                ReportTwice(path, other.Name, name);
            }

            _given[normal] = (path, name);
            _unusedPaths[normal] = path;
        }

        foreach (WitPart part in options.Parts)
        {
            string key = part.Path is null ? part.FullName : WitPaths.Normal(part.Path);
            if (part.Path is not null)
            {
                _unusedPaths[key] = part.Path;
                if (_parts.TryGetValue(key, out WitPart? other))
                {
                    ReportTwice(part, other);
                    continue;
                }
            }

            _parts[key] = part;
        }

        NameNamespaces();
        foreach (var units in _namespaces.Keys.GroupBy(unit => _namespaces[unit]).ToArray())
        {
            NameTypes(units.Key, [.. units]);
        }
    }

    /// <summary>What others have written of types.</summary>
    internal IEnumerable<WitPart> Parts => _parts.Values;

    internal string NamespaceOf(WitUnit unit) => _namespaces[unit];

    /// <summary>A type as generated code names it.</summary>
    internal string FullName(WitUnit unit, string name) => $"global::{_namespaces[unit]}.{name}";

    /// <summary>The name of a type; of a resource that of the class for a guest's.</summary>
    internal string TypeOf(WitUnit unit, string type) => _types[(unit, type)];

    /// <summary>The name of the contract for a host's resource.</summary>
    internal string ContractOf(WitUnit unit, string resource) => _resourceContracts[(unit, resource)];

    /// <summary>The name of the contract for the functions of an interface or world.</summary>
    internal string ContractOf(WitUnit unit) => _contracts[unit];

    /// <summary>The name of the asynchronous one.</summary>
    internal string AsyncContractOf(WitUnit unit)
    {
        if (!_asyncContracts.TryGetValue(unit, out string? name))
        {
            name = Further(unit, _contracts[unit] + "Async", unit.Path);
            _asyncContracts.Add(unit, name);
        }

        return name;
    }

    /// <summary>What others have written of a type, by its path or else by its name; null for nothing.</summary>
    internal WitPart? PartOf(string path, string fullName)
    {
        if (_parts.Count == 0)
        {
            return null;
        }

        string without = WitPaths.WithoutVersion(path);
        bool isGiven = _parts.TryGetValue(WitPaths.Normal(path), out WitPart? part);
        if (isGiven && without != path && _parts.TryGetValue(without, out WitPart? other))
        {
            ReportTwice(other, part!);
        }

        return part
            ?? (_parts.TryGetValue(without, out other) || _parts.TryGetValue(fullName, out other) ? other : null);
    }

    /// <summary>A name beside those of a namespace's types.</summary>
    internal string Further(WitUnit unit, string name, string path) =>
        _scopes[_namespaces[unit]].Take(name, WitIdentifiers.Type, path, out _);

    /// <summary>The names of items of one scope.</summary>
    /// <param name="taken">What is taken beforehand.</param>
    /// <param name="items">The items in order: path, name in C#, the word for what it is, and where it stands.</param>
    internal string[] NamesOf(
        IEnumerable<string> taken, IReadOnlyList<(string Path, string Name, string Word, WitPlace Place)> items) =>
        NamesOf(new WitNameScope(taken), items);

    /// <summary>Reports the paths that name nothing.</summary>
    internal void ReportUnused()
    {
        foreach (string path in _unusedPaths.Values)
        {
            string? nearest = NearestName.Of(path, _paths);
            _report(new WitFinding(
                WitFindingKind.NoPath,
                null,
                (nearest is null ? new[] { path } : [path, nearest]).ToEquatableArray()));
        }
    }

    private string[] NamesOf(
        WitNameScope scope, IReadOnlyList<(string Path, string Name, string Word, WitPlace Place)> items)
    {
        string[] names = new string[items.Count];
        for (int i = 0; i < items.Count; i++)
        {
            if (Given(items[i].Path) is not var (path, name))
            {
                continue;
            }

            if (scope.IsReserved(name))
            {
                _report(new WitFinding(WitFindingKind.NotFree, null, new[] { path, name }.ToEquatableArray()));
                continue;
            }

            names[i] = name;
            if (scope.Give(name, items[i].Path) is { } other)
            {
                Report(WitFindingKind.NameTwice, items[i].Place, name, other, items[i].Path);
            }
        }

        for (int i = 0; i < items.Count; i++)
        {
            if (names[i] is null)
            {
                (string path, string name, string word, WitPlace place) = items[i];
                names[i] = scope.Take(name, word, path, out string? other);
                if (other is not null)
                {
                    Report(WitFindingKind.Renamed, place, path, names[i], other);
                }
            }
        }

        return names;
    }

    private void NameNamespaces()
    {
        foreach (var tracks in _catalog.Tracks.GroupBy(static track => track.Name.Name))
        {
            bool isFirst = true;
            foreach (WitTrack track in tracks.OrderBy(static track => track.Name.Version))
            {
                string own = WitIdentifiers.Namespace(track.Name.Name);
                own = isFirst ? own : $"{own}.{WitIdentifiers.Track(track.Name.Version!.Track)}";
                isFirst = false;
                string ofPackage = GivenNamespace($"{track.Name}") ?? own;
                foreach (WitUnit unit in track.Units)
                {
                    _namespaces.Add(unit, GivenNamespace(unit.Path) ?? ofPackage);
                }
            }
        }

        string[] known =
        [
            .. _catalog.Tracks.SelectMany(static track =>
                track.Units.Select(static unit => unit.Path).Prepend($"{track.Name}")),
        ];
        foreach (var same in _options.Namespaces.GroupBy(static one => WitPaths.Normal(one.Path)))
        {
            if (!Array.Exists(known, path => WitPaths.Means(same.Key, path)))
            {
                _unusedPaths[same.Key] = same.First().Path;
                _paths.UnionWith(known.Select(WitPaths.WithoutVersion));
            }

            if (same.FirstOrDefault(one => one.Namespace != same.First().Namespace) is ({ } path, { } second))
            {
                ReportTwice(path, same.First().Namespace, second);
            }
        }
    }

    private string? GivenNamespace(string path) => _options.Namespaces
        .Where(one => WitPaths.Means(one.Path, path))
        .Select(static one => one.Namespace)
        .FirstOrDefault();

    /// <summary>
    /// Types of one interface win over its contract, contracts over types of others; of types with one name in several
    /// interfaces, each gets its interface's name before it.
    /// </summary>
    private void NameTypes(string space, WitUnit[] units)
    {
        // No type can be called like a namespace in its own.
        var scope = new WitNameScope(_namespaces.Values
            .Where(other => other.StartsWith(space + ".", StringComparison.Ordinal))
            .Select(other => other.Substring(space.Length + 1).Split('.')[0]));
        _scopes.Add(space, scope);
        var owners = new Dictionary<string, WitUnit[]>(StringComparer.Ordinal);
        foreach (var same in units
            .SelectMany(static unit => Named(unit).Select(item => (Name: WitIdentifiers.Pascal(item.Name), Unit: unit)))
            .GroupBy(static one => one.Name))
        {
            owners.Add(same.Key, [.. same.Select(static one => one.Unit).Distinct()]);
        }

        // What is not generated has a name too, so that no other name depends on what is.
        foreach (WitUnit unit in units)
        {
            bool isWorld = _catalog.World(unit.Id) is not null;
            if (!isWorld && !unit.Items.Exists(IsOfContract))
            {
                continue;
            }

            string contract = "I" + WitIdentifiers.Pascal(unit.Label) + (isWorld ? "Imports" : "");
            WitTypeItem? own = Named(unit).FirstOrDefault(item =>
                Candidate(unit, item) == contract
                    || (item is WitResource && "I" + Candidate(unit, item) == contract));
            string name = own is null ? contract : contract + WitIdentifiers.Interface;
            _contracts.Add(unit, NamesOf(scope, [(unit.Path, name, WitIdentifiers.Interface, unit.Header.Place)])[0]);
            if (own is not null)
            {
                Report(
                    WitFindingKind.Renamed,
                    unit.Header.Place,
                    unit.Path,
                    _contracts[unit],
                    $"{unit.Path}#{own.Name}");
            }
        }

        foreach (WitUnit unit in units)
        {
            foreach (WitTypeItem item in Named(unit))
            {
                NameType(scope, unit, item, Candidate(unit, item));
                string pascal = WitIdentifiers.Pascal(item.Name);
                if (owners[pascal].Length > 1)
                {
                    WitUnit other = owners[pascal].First(other => other != unit);
                    Report(
                        WitFindingKind.Renamed,
                        item.Header.Place,
                        $"{unit.Path}#{item.Name}",
                        _types[(unit, item.Name)],
                        $"{other.Path}#{other.Items.First(one => WitIdentifiers.Pascal(one.Name) == pascal).Name}");
                }
            }
        }

        string Candidate(WitUnit unit, WitTypeItem item)
        {
            string pascal = WitIdentifiers.Pascal(item.Name);
            return owners[pascal].Length > 1 ? WitIdentifiers.Pascal(unit.Label) + pascal : pascal;
        }
    }

    private void NameType(WitNameScope scope, WitUnit unit, WitTypeItem item, string candidate)
    {
        string path = $"{unit.Path}#{item.Name}";
        string name = NamesOf(scope, [(path, candidate, WitIdentifiers.Type, item.Header.Place)])[0];
        _types.Add((unit, item.Name), name);
        Use(path);
        if (item is WitResource)
        {
            string contract = scope.Take("I" + name, WitIdentifiers.Type, path, out string? other);
            _resourceContracts.Add((unit, item.Name), contract);
            if (other is not null)
            {
                Report(WitFindingKind.Renamed, item.Header.Place, path, contract, other);
            }
        }
    }

    /// <summary>The types that have a name of their own in C#.</summary>
    private static IEnumerable<WitTypeItem> Named(WitUnit unit) =>
        unit.Items.OfType<WitTypeItem>().Where(static item => item is not WitAlias);

    /// <summary>Whether an item is one of an interface's contract.</summary>
    private static bool IsOfContract(WitItem item) => item is WitFunction
        || (item is WitResource { Functions: var functions }
            && functions.Any(static one => one.Kind != WitFunctionKind.Method));

    private (string Path, string Name)? Given(string path)
    {
        if (_given.Count == 0)
        {
            return null;
        }

        Use(path);
        bool isGiven = _given.TryGetValue(WitPaths.Normal(path), out var given);
        string without = WitPaths.WithoutVersion(path);
        bool isForAll = _given.TryGetValue(without, out var other);
        if (isGiven && isForAll && other.Name != given.Name)
        {
            ReportTwice(other.Path, other.Name, given.Name);
        }

        return isGiven ? given : isForAll ? other : null;
    }

    /// <summary>Knows that a path names something.</summary>
    private void Use(string path)
    {
        if (_unusedPaths.Count == 0)
        {
            return;
        }

        string without = WitPaths.WithoutVersion(path);
        _paths.Add(without);
        _unusedPaths.Remove(WitPaths.Normal(path));
        _unusedPaths.Remove(without);
    }

    private void ReportTwice(WitPart part, WitPart other) => _report(new WitFinding(
        WitFindingKind.NotThatType,
        null,
        new[] { part.DisplayName, part.Path!, $"it is '{other.DisplayName}' already" }.ToEquatableArray()));

    private void ReportTwice(string path, string name, string other) => _report(new WitFinding(
        WitFindingKind.GivenTwice, null, new[] { path, name, other }.ToEquatableArray()));

    private void Report(WitFindingKind kind, WitPlace place, params string[] arguments) =>
        _report(new WitFinding(kind, place, arguments.ToEquatableArray()));
}
