using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Guests;

/// <summary>What is generated of resolved WIT, and what is told of it.</summary>
/// <param name="Declarations">What is generated.</param>
/// <param name="Findings">What is told.</param>
internal sealed record WitResult(Declarations Declarations, EquatableArray<WitFinding> Findings)
{
    /// <summary>Where types and contracts are in WIT, by their names as generated code has them.</summary>
    internal EquatableArray<(string FullName, WitPlace Place)> Places { get; init; }

    /// <summary>The contracts and classes that are not generated, as authors have others of their names.</summary>
    internal EquatableArray<string> Taken { get; init; }

    /// <summary>The types that are for items of WIT, and that others cannot see who see what has them.</summary>
    internal EquatableArray<WitPart> Hidden { get; init; }
}

/// <summary>Declares in C# what the classes of a project are bound to in WIT.</summary>
internal sealed class WitDeclarer
{
    private readonly List<WitFinding> _findings = [];
    private readonly HashSet<WitFinding> _told = [];
    private readonly WitCatalog _catalog;
    private readonly WitNaming _naming;
    private readonly WitShapes _shapes;
    private readonly WitMethods _methods;
    private readonly WitGuests _guests;
    private readonly WitSides[] _sides;
    private readonly WitSides[] _compiled;
    private readonly WitSkips _skips;

    // What authors have themselves under the names of what is generated.
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    private WitDeclarer(WitPackages packages, IEnumerable<WitBinding> bindings, WitOptions options)
    {
        _catalog = new WitCatalog(packages, options.Features, Report);
        _naming = new WitNaming(_catalog, options, Report);
        _shapes = new WitShapes(_catalog, _naming, Report);
        _sides = [.. bindings.Select(binding => WitSides.Of(binding, _catalog))];
        _compiled = [.. options.Compiled.Select(binding => WitSides.Of(binding, _catalog))];
        _skips = new WitSkips(_sides, Needed);
        _methods = new WitMethods(_catalog, _naming, _shapes, _skips.IsSkippedByAll, Report);
        _guests = new WitGuests(_catalog, _naming, _methods, RootNames);
    }

    /// <summary>Declares what bindings need, and the same for the same arguments.</summary>
    internal static WitResult Declare(WitPackages packages, IEnumerable<WitBinding> bindings, WitOptions options) =>
        new WitDeclarer(packages, bindings, options).Declare();

    private WitResult Declare()
    {
        var imported = new HashSet<string>(_sides.SelectMany(static one => one.Imports), StringComparer.Ordinal);
        var exported = new HashSet<string>(_sides.SelectMany(static one => one.Exports), StringComparer.Ordinal);
        // To a host function, a resource is a guest's only if no host has one of it.
        var guests = new HashSet<string>(exported.Where(id => !imported.Contains(id)), StringComparer.Ordinal);
        WitUnit[] needed = [.. Needed(_sides)];
        foreach (WitUnit unit in needed.Where(unit => !guests.Contains(unit.Id)))
        {
            _shapes.DeclareTypes(unit, guests);
        }

        WitUnit[] compiled = [.. Needed(_compiled)];
        foreach (WitUnit unit in compiled)
        {
            _shapes.DeclareTypes(unit, guests: [], withoutHandles: true);
        }

        var contracts = new List<(WitUnit Unit, Contract Contract)>();
        var handles = new List<(WitUnit Unit, HandleClass Handle)>();
        var hosts = new List<(WitUnit Unit, DeclaredHost Host)>();
        foreach (WitUnit unit in needed)
        {
            bool isGuests = guests.Contains(unit.Id);
            foreach (WitResource resource in unit.Items.OfType<WitResource>().Where(_ => !isGuests))
            {
                Contract contract = ResourceContract(unit, resource, guests);
                contracts.Add((unit, contract));
                if (HostOf(contract) is { } host)
                {
                    hosts.Add((unit, host));
                }
            }

            bool[] wanted =
            [
                .. _sides.Where(one => one.Imports.Contains(unit.Id)).Select(static one => one.Binding.IsAsync),
                .. exported.Contains(unit.Id) && _methods.IsFakeable(unit) ? (bool[])[false] : [],
            ];
            if (wanted.Length > 0 && _methods.HasContract(unit))
            {
                contracts.AddRange(InAllForms(unit, InterfaceContract(unit, guests), wanted));
            }

            if (exported.Contains(unit.Id))
            {
                HashSet<string> around = _sides.First(one => one.Exports.Contains(unit.Id)).Exports;
                _shapes.DeclareTypes(unit, around);
                handles.AddRange(unit.Items.OfType<WitResource>()
                    .Select(resource => (unit, Handle(unit, resource, around))));
            }
        }

        // Several classes may be bound to one world.
        contracts.AddRange(_sides.Where(static one => one.World is not null)
            .Select(static one => one.Worlds[0])
            .Distinct()
            .SelectMany(unit => WorldContract(unit, guests).SelectMany(contract => InAllForms(
                unit,
                contract,
                _sides.Where(side => side.Worlds.FirstOrDefault() == unit)
                    .Select(static one => one.Binding.IsAsync)))));
        DeclaredGuest[] bound =
        [
            .. _sides.Select(side => _guests.Of(side) with
            {
                Unsupported = UnsupportedOf(side).ToEquatableArray(),
                Unknown = _skips.UnknownOf(side).ToEquatableArray(),
            }),
        ];
        _naming.ReportUnused();
        DeclaredNamespace[] spaces =
        [
            .. Namespaces(
                [.. Needed(_sides.Where(static one => one.Binding.IsPublic)), .. compiled], contracts, handles, hosts),
        ];
        WitPart[] hidden = WitExposure.Of(spaces, _naming.Parts, Report);
        return new WitResult(
            new Declarations(spaces.ToEquatableArray(), bound.ToEquatableArray()), _findings.ToEquatableArray())
        {
            Taken = _taken.ToEquatableArray(),
            Hidden = hidden.ToEquatableArray(),
            Places = _shapes.Declared
                .Select(one => (one.Type.FullName, _catalog.Type(one.Id)!.Value.Item.Header.Place))
                .Concat(contracts.Select(static one => (one.Contract.FullName, one.Unit.Header.Place)))
                .Concat(handles.Select(static one => (one.Handle.FullName, one.Unit.Header.Place)))
                .ToEquatableArray(),
        };
    }

    /// <summary>The interfaces and worlds that bindings name, and those that they take types from.</summary>
    private IEnumerable<WitUnit> Needed(IEnumerable<WitSides> sides) =>
        _catalog.WithNeeded(sides.SelectMany(one => one.Units(_catalog)));

    private Contract InterfaceContract(WitUnit unit, HashSet<string> guests)
    {
        string name = _naming.ContractOf(unit);
        return new Contract(
            name,
            _naming.FullName(unit, name),
            WitDocs.Of(unit.Header, unit.Path),
            unit.Id,
            null,
            _methods.Of(unit, guests).ToEquatableArray())
        {
            IsPublic = PartOf(unit, name, unit.Path, WitPartKind.Interface)?.IsPublic,
        };
    }

    private Contract ResourceContract(WitUnit unit, WitResource resource, HashSet<string> guests)
    {
        string name = _naming.ContractOf(unit, resource.Name);
        return new Contract(
            name,
            _naming.FullName(unit, name),
            WitDocs.Of(resource.Header, $"{unit.Path}#{resource.Name}"),
            unit.Id,
            resource.Name,
            _methods.Of(unit, resource, guests).ToEquatableArray())
        {
            IsPublic = PartOf(unit, name, $"{unit.Path}#{resource.Name}", WitPartKind.Interface)?.IsPublic,
        };
    }

    /// <summary>What its author wrote of a contract, or of the class for a guest's resource.</summary>
    private WitPart? PartOf(WitUnit unit, string name, string path, WitPartKind kind)
    {
        string fullName = _naming.FullName(unit, name);
        WitPart? part = _naming.PartOf(fullName, fullName);
        if (part is { FieldCount: null } && (part.Kind != kind || !part.IsPartial))
        {
            string what = kind == WitPartKind.Interface ? "interface" : "class";
            Report(new WitFinding(
                WitFindingKind.NotThatType,
                null,
                new[] { part.DisplayName, path, $"it has its name, and is no partial {what}: rename it" }
                    .ToEquatableArray()));
            _taken.Add(fullName);
        }

        return part;
    }

    /// <summary>The class that its author wrote for a resource; null for none.</summary>
    private DeclaredHost? HostOf(Contract contract)
    {
        if (_naming.PartOf(contract.Docs.Path, contract.FullName) is not { Path: not null } part)
        {
            return null;
        }

        if (part is { Kind: WitPartKind.Class or WitPartKind.RecordClass, IsPartial: true, Problem: null })
        {
            string kind = part.Kind == WitPartKind.Class ? "class" : "record";
            return new DeclaredHost(part.Namespace, $"partial {kind} {part.Name}", contract.FullName);
        }

        Report(new WitFinding(
            WitFindingKind.NotThatType,
            null,
            new[] { part.DisplayName, contract.Docs.Path, part.Problem ?? "it must be a partial class" }
                .ToEquatableArray()));
        return null;
    }

    private HandleClass Handle(WitUnit unit, WitResource resource, HashSet<string> guests)
    {
        string name = _naming.TypeOf(unit, resource.Name);
        return new HandleClass(
            name,
            _naming.FullName(unit, name),
            WitDocs.Of(resource.Header, $"{unit.Path}#{resource.Name}"),
            unit.Id,
            resource.Name,
            _methods.Of(unit, resource, guests).ToEquatableArray())
        {
            IsPublic = PartOf(unit, name, $"{unit.Path}#{resource.Name}", WitPartKind.Class)?.IsPublic,
        };
    }

    /// <summary>What the versions of a world that classes name import themselves; of one function the newest.</summary>
    private IEnumerable<(WitUnit Unit, WitFunction Function, WitResource? Resource)> RootFunctions(WitUnit world) =>
        _sides.Where(side => side.Worlds.FirstOrDefault() == world)
            .OrderByDescending(side => side.World!.Id == world.Id)
            .ThenByDescending(static side => side.World!.Id, StringComparer.Ordinal)
            .SelectMany(_guests.RootFunctions)
            .GroupBy(static one => one.Function.ExternName(one.Resource?.Name))
            .Select(static same => same.First());

    private IEnumerable<string> RootNames(WitUnit world) =>
        RootFunctions(world).Select(static one => one.Function.ExternName(one.Resource?.Name));

    /// <summary>A contract, asynchronous or not, as classes want it.</summary>
    private IEnumerable<(WitUnit, Contract)> InAllForms(WitUnit unit, Contract contract, IEnumerable<bool> wanted) =>
        wanted.Distinct().OrderBy(static isAsync => isAsync).Select(isAsync =>
        {
            if (!isAsync)
            {
                return (unit, contract);
            }

            string name = _naming.AsyncContractOf(unit);
            return (unit, contract with
            {
                Name = name,
                FullName = _naming.FullName(unit, name),
                Methods = contract.Methods.Select(static method => method.Async()).ToEquatableArray(),
                IsPublic = PartOf(unit, name, unit.Path, WitPartKind.Interface)?.IsPublic,
            });
        });

    private IEnumerable<Contract> WorldContract(WitUnit unit, HashSet<string> guests)
    {
        (WitUnit Unit, WitFunction Function, WitResource? Resource)[] functions = [.. RootFunctions(unit)];
        if (functions.Length == 0)
        {
            yield break;
        }

        string name = _naming.ContractOf(unit);
        string[] names = _naming.NamesOf(
            WitIdentifiers.OfContract,
            [.. functions.Select(static one => WitMethods.Named(one.Unit, one.Function, one.Resource))]);
        yield return new Contract(
            name,
            _naming.FullName(unit, name),
            WitDocs.Of(unit.Header, unit.Path),
            "$root",
            null,
            functions
                .Select((one, i) => _methods.Of(
                    one.Unit,
                    one.Function,
                    one.Resource,
                    one.Function.ExternName(one.Resource?.Name),
                    names[i],
                    guests))
                .OfType<DeclaredMethod>()
                .ToEquatableArray())
        {
            IsPublic = PartOf(unit, name, unit.Path, WitPartKind.Interface)?.IsPublic,
        };
    }

    private IEnumerable<DeclaredNamespace> Namespaces(
        HashSet<WitUnit> seen,
        List<(WitUnit Unit, Contract Contract)> contracts,
        List<(WitUnit Unit, HandleClass Handle)> handles,
        List<(WitUnit Unit, DeclaredHost Host)> hosts)
    {
        ILookup<WitUnit, Contract> contractsOf = contracts.ToLookup(static one => one.Unit, static one => one.Contract);
        ILookup<WitUnit, HandleClass> handlesOf = handles.ToLookup(static one => one.Unit, static one => one.Handle);
        ILookup<WitUnit, DeclaredHost> hostsOf = hosts.ToLookup(static one => one.Unit, static one => one.Host);
        foreach (var units in _catalog.Tracks.SelectMany(static track => track.Units).GroupBy(_naming.NamespaceOf))
        {
            var space = new DeclaredNamespace(
                $"{units.First().Track.Name}",
                units.Key,
                units.Any(seen.Contains),
                _shapes.DeclaredIn(units).ToEquatableArray(),
                units.SelectMany(unit => contractsOf[unit]).ToEquatableArray(),
                units.SelectMany(unit => handlesOf[unit]).ToEquatableArray())
            {
                Hosts = units.SelectMany(unit => hostsOf[unit]).ToEquatableArray(),
            };
            if (!space.IsEmpty)
            {
                yield return space;
            }
        }
    }

    private IEnumerable<(string Path, string What)> UnsupportedOf(WitSides side) => _findings
        .Where(finding => finding is { Kind: WitFindingKind.Unsupported, Unit: { } unit }
            && (side.Imports.Contains(unit)
                || side.Exports.Contains(unit)
                || Array.Exists(side.Worlds, one => one.Id == unit))
            && !side.Binding.Skips(finding.Arguments[0]))
        .Select(static finding => (finding.Arguments[0], finding.Arguments[1]));

    private void Report(WitFinding finding)
    {
        if (_told.Add(finding))
        {
            _findings.Add(finding);
        }
    }
}
