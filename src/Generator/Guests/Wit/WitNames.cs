using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Guests;

/// <summary>The names in interfaces and worlds, and the items with every name in them looked up.</summary>
/// <param name="resolver">Knows the packages, and is told errors.</param>
internal sealed class WitNames(WitResolver resolver)
{
    private readonly Dictionary<WitOwner, Dictionary<string, Entry>> _entries = [];
    private readonly Dictionary<WitOwner, List<WitItem>> _items = [];

    /// <summary>All types, of which <see cref="WitDefinitions"/> replaces those that cannot be.</summary>
    internal Dictionary<WitTypeId, WitTypeItem> Types { get; } = [];

    /// <summary>All functions.</summary>
    internal List<WitFunction> Functions { get; } = [];

    internal void Resolve(WitOwner[] owners)
    {
        foreach (WitOwner owner in owners)
        {
            _entries.Add(owner, Enter(owner));
        }

        foreach (Entry entry in owners.SelectMany(owner => _entries[owner].Values))
        {
            DefinitionOf(entry);
        }

        WitDependencies.Order(
            owners.Where(static owner => !owner.IsWorld),
            static owner => owner.Used,
            (way, place) => resolver.Report(
                place,
                WitErrorKind.Cycle,
                $"interface '{way[0].Id}' uses itself: "
                    + WitDependencies.Text(way.Select(static owner => owner.Header.Name))));
        foreach (WitOwner owner in owners)
        {
            _items.Add(owner, ItemsOf(owner));
            CheckGates(owner);
        }
    }

    /// <summary>An interface with its types as they are now.</summary>
    internal WitInterface Interface(WitOwner owner) => new(
        owner.Id,
        owner.Header,
        _items[owner].Select(item => Final(owner, item)).ToEquatableArray());

    /// <summary>The items of an interface or world, without imports and exports.</summary>
    internal IEnumerable<WitItem> ItemsIn(WitOwner owner) => _items[owner];

    /// <summary>The types that a world defines, as they are now.</summary>
    internal EquatableArray<WitTypeItem> TypesOf(WitOwner owner) =>
        _items[owner].OfType<WitTypeItem>().Select(item => (WitTypeItem)Final(owner, item)).ToEquatableArray();

    /// <summary>Reports each name that another one before it has, in any case of letters.</summary>
    internal void CheckDistinct(IEnumerable<(string Name, WitPlace Place)> names, string what)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, WitPlace place) in names)
        {
            string lower = name.ToLowerInvariant();
            if (!known.TryGetValue(lower, out string? first))
            {
                known.Add(lower, name);
            }
            else if (name.Length > 0)
            {
                resolver.Report(place, WitErrorKind.Duplicate, first == name
                    ? $"there is a {what} '{name}' already"
                    : $"there is a {what} '{first}' already, and names must differ by more than case");
            }
        }
    }

    private WitItem Final(WitOwner owner, WitItem item) =>
        item is WitTypeItem and not WitUsedType ? Types[new WitTypeId(owner.Id, item.Name)] : item;

    private Dictionary<string, Entry> Enter(WitOwner owner)
    {
        var entries = new Dictionary<string, Entry>(StringComparer.Ordinal);
        var all = new List<(string, WitPlace)>();
        foreach (WitItem item in owner.Items)
        {
            if (item is WitUse use)
            {
                foreach (WitRename name in use.Names)
                {
                    all.Add((name.As, name.AsPlace));
                    if (!entries.ContainsKey(name.As))
                    {
                        entries.Add(name.As, new Entry(owner, item, name));
                    }
                }
            }
            else if (item is WitTypeItem || (item is WitFunction && !owner.IsWorld))
            {
                all.Add((item.Name, item.Header.Place));
                if (!entries.ContainsKey(item.Name))
                {
                    entries.Add(item.Name, new Entry(owner, item, null));
                }
            }
        }

        CheckDistinct(all, "type or function");
        return entries;
    }

    /// <summary>The type that a name stands for, behind all <c>use</c>s; null if there is none.</summary>
    private WitTypeId? DefinitionOf(Entry entry)
    {
        var chain = new List<Entry>();
        WitTypeId? definition = null;
        for (Entry? next = entry; next is not null; next = Target(next))
        {
            if (next.State == State.Known || next.Item is WitTypeItem)
            {
                definition = next.Item is WitTypeItem ? new WitTypeId(next.Owner.Id, next.Item.Name) : next.Definition;
                break;
            }

            if (next.Item is WitFunction)
            {
                break;
            }

            if (next.State == State.Searched)
            {
                resolver.Report(
                    entry.Place, WitErrorKind.Cycle, $"'{entry.Name}' is used from where it is used from here");
                break;
            }

            next.State = State.Searched;
            chain.Add(next);
        }

        foreach (Entry known in chain)
        {
            known.State = State.Known;
            known.Definition = definition;
        }

        return definition;
    }

    /// <summary>What a <c>use</c> names; null if that is no type.</summary>
    private Entry? Target(Entry entry)
    {
        var use = (WitUse)entry.Item;
        string name = entry.Rename!.Name;
        if (entry.Owner.Find(use.Path, isWorld: false, resolver) is not { } target || name.Length == 0)
        {
            return null;
        }

        if (!_entries[target].TryGetValue(name, out Entry? found))
        {
            if (resolver.CanReport)
            {
                resolver.Report(
                    entry.Rename.Place,
                    WitErrorKind.NotFound,
                    $"interface '{target.Id}' has no type '{name}': found {WitResolver.List(_entries[target].Values
                        .Where(static other => other.Item is not WitFunction)
                        .Select(static other => other.Name))}");
            }

            return null;
        }

        if (found.Item is WitFunction)
        {
            resolver.Report(
                entry.Rename.Place,
                WitErrorKind.Invalid,
                $"'{name}' of interface '{target.Id}' is a function, not a type");
            return null;
        }

        return found;
    }

    private List<WitItem> ItemsOf(WitOwner owner)
    {
        var items = new List<WitItem>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (WitItem item in owner.Items)
        {
            if (item is WitUse use)
            {
                foreach (WitRename name in use.Names)
                {
                    if (seen.Add(name.As) && DefinitionOf(_entries[owner][name.As]) is { } definition)
                    {
                        WitHeader header = use.Header with { Name = name.As, Place = name.AsPlace };
                        items.Add(new WitUsedType(header, definition));
                    }
                }
            }
            else if (item is WitTypeItem type && seen.Add(item.Name))
            {
                WitTypeItem resolved = Definition(owner, type);
                Types.Add(new WitTypeId(owner.Id, item.Name), resolved);
                items.Add(resolved);
            }
            else if (item is WitFunction function && seen.Add(item.Name))
            {
                items.Add(Function(owner, function));
            }
            else if (item is WitExtern { Function: { } free } import)
            {
                items.Add(import with { Function = Function(owner, free) });
            }
            else if (item is WitExtern or WitInclude)
            {
                items.Add(item);
            }
        }

        return items;
    }

    private WitTypeItem Definition(WitOwner owner, WitTypeItem item)
    {
        switch (item)
        {
            case WitAlias alias:
                return alias with { Type = Type(owner, alias.Type) };
            case WitRecord record:
                CheckDistinct(record.Fields.Select(static one => (one.Name, one.Place)), "field");
                return record with
                {
                    Fields = record.Fields.Select(one => one with { Type = Type(owner, one.Type) }).ToEquatableArray(),
                };
            case WitVariant variant:
                CheckDistinct(variant.Cases.Select(static one => (one.Name, one.Place)), "case");
                return variant with
                {
                    Cases = variant.Cases
                        .Select(one => one.Type is { } type ? one with { Type = Type(owner, type) } : one)
                        .ToEquatableArray(),
                };
            case WitEnum numbers:
                CheckDistinct(numbers.Cases.Select(static one => (one.Name, one.Place)), "case");
                return item;
            case WitFlags flags:
                CheckDistinct(flags.Flags.Select(static one => (one.Name, one.Place)), "flag");
                return item;
            case WitResource resource:
                CheckDistinct(
                    resource.Functions
                        .Where(static one => one.Kind != WitFunctionKind.Constructor)
                        .Select(static one => (one.Name, one.Header.Place)),
                    "function");
                return resource with
                {
                    Functions = resource.Functions.Select(one => Function(owner, one)).ToEquatableArray(),
                };
            default:
                return item;
        }
    }

    private WitFunction Function(WitOwner owner, WitFunction function)
    {
        IEnumerable<(string, WitPlace)> parameters = function.Parameters.Select(static one => (one.Name, one.Place));
        CheckDistinct(
            function.Kind == WitFunctionKind.Method ? parameters.Prepend(("self", function.Header.Place)) : parameters,
            "parameter");
        WitFunction resolved = function with
        {
            Parameters = function.Parameters
                .Select(parameter => parameter with { Type = Type(owner, parameter.Type) })
                .ToEquatableArray(),
            Result = function.Result is { } result ? Type(owner, result) : null,
        };
        Functions.Add(resolved);
        return resolved;
    }

    private WitType Type(WitOwner owner, WitType type)
    {
        switch (type)
        {
            case WitNamedType named:
                return Named(owner, named) ?? WitParser.NoType;
            case WitHandleType handle:
                return Named(owner, handle.Resource) is { } resource
                    ? handle with { Resource = resource }
                    : WitParser.NoType;
            case WitListType list:
                return list with { Element = Type(owner, list.Element) };
            case WitMapType map:
                return new WitMapType(Type(owner, map.Key), Type(owner, map.Value));
            case WitOptionType option:
                return new WitOptionType(Type(owner, option.Value));
            case WitResultType result:
                return new WitResultType(
                    result.Ok is { } ok ? Type(owner, ok) : null,
                    result.Error is { } error ? Type(owner, error) : null);
            case WitTupleType tuple:
                return new WitTupleType(tuple.Items.Select(item => Type(owner, item)).ToEquatableArray());
            case WitAsyncType { Item: { } item } later:
                return later with { Item = Type(owner, item) };
            default:
                return type;
        }
    }

    private WitNamedType? Named(WitOwner owner, WitNamedType named)
    {
        Dictionary<string, Entry> entries = _entries[owner];
        if (entries.TryGetValue(named.Name, out Entry? entry))
        {
            if (entry.Item is not WitFunction)
            {
                return DefinitionOf(entry) is { } id ? named with { Id = id } : null; // null is told at the 'use'
            }

            resolver.Report(named.Place, WitErrorKind.Invalid, $"'{named.Name}' is a function, not a type");
        }
        else if (resolver.CanReport)
        {
            // as they were called once
            string? now = named.Name == "float32" ? "f32" : named.Name == "float64" ? "f64" : null;
            resolver.Report(
                named.Place,
                WitErrorKind.NotFound,
                $"there is no type '{named.Name}' here" + (now is null
                    ? $": found {WitResolver.List(entries.Values
                        .Where(static other => other.Item is not WitFunction)
                        .Select(static other => other.Name))}"
                    : $": write '{now}'"));
        }

        return null;
    }

    /// <summary>That what has a version to be compared with is in a package that has one.</summary>
    private void CheckGates(WitOwner owner)
    {
        if (owner.Package.Name.Version is not { } version)
        {
            WitHeader? gated = owner.Items.Select(static item => item.Header).Prepend(owner.Header)
                .FirstOrDefault(static header => header.Gate.Since is not null || header.Gate.Deprecated is not null);
            if (gated is not null && !owner.Package.IsToldToLackVersion)
            {
                owner.Package.IsToldToLackVersion = true;
                resolver.Report(
                    gated.Place,
                    WitErrorKind.Invalid,
                    $"package '{owner.Package.Name}' has no version, so '@since' and '@deprecated' mean nothing in it");
            }

            return;
        }

        foreach (WitHeader header in owner.Items.Select(static item => item.Header).Prepend(owner.Header))
        {
            if (header.Gate.Since is { } since && since.CompareTo(version) > 0)
            {
                resolver.Report(
                    header.Place,
                    WitErrorKind.Invalid,
                    $"'@since' names version {since}, but the package is of version {version}");
            }
        }
    }

    private enum State
    {
        Unknown,
        Searched,
        Known,
    }

    /// <summary>What a name stands for.</summary>
    private sealed class Entry(WitOwner owner, WitItem item, WitRename? rename)
    {
        internal WitOwner Owner => owner;

        internal WitItem Item => item;

        internal WitRename? Rename => rename;

        internal string Name => rename?.As ?? item.Name;

        internal WitPlace Place => rename?.AsPlace ?? item.Header.Place;

        internal State State { get; set; }

        internal WitTypeId? Definition { get; set; }
    }
}
