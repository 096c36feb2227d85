using WasmBindgen.Generator.Diagnostics;
using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Guests;

/// <summary>Finds the WIT that the classes of a project name, and declares it.</summary>
internal sealed class WitBinder
{
    private const int MaxListed = 10;

    private readonly WitInput[] _inputs;
    private readonly WitSettings _settings;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<string, WitPackages> _roots = new(StringComparer.Ordinal);
    private readonly HashSet<WitInput> _used = [];
    private readonly HashSet<WitPackageName> _unshared = [];
    private readonly List<(string Path, string Namespace)> _namespaces;
    private readonly List<Finding> _findings = [];
    private readonly List<(string Path, Finding Problem)> _ofNames = [];

    private WitBinder(IEnumerable<WitInput> inputs, WitSettings settings, CancellationToken cancellation)
    {
        _inputs = [.. inputs.OrderBy(static input => input.File.Path, StringComparer.Ordinal)];
        _settings = settings;
        _namespaces = [.. settings.Namespaces];
        _cancellation = cancellation;
    }

    /// <summary>Binds classes to WIT, and the same for the same arguments.</summary>
    /// <param name="targets">What classes are bound to.</param>
    /// <param name="inputs">The project's WIT.</param>
    /// <param name="settings">What the project says of names.</param>
    /// <param name="cancellation">Ends the work.</param>
    internal static WitProject Bind(
        IEnumerable<WitTarget> targets,
        IEnumerable<WitInput> inputs,
        WitSettings settings,
        CancellationToken cancellation) =>
        new WitBinder(inputs, settings, cancellation).Bind(
            [.. targets.OrderBy(static target => target.Class, StringComparer.Ordinal)]);

    private WitProject Bind(WitTarget[] targets)
    {
        var bindings = new List<(WitTarget Target, WitBinding Binding, WitPackages Packages)>();
        var unbound = new List<WitBound>();
        foreach (WitTarget target in targets)
        {
            Finding? problem = null;
            if (Find(target, ref problem) is ({ } packages, { } world)
                && BindingOf(target, packages, world, ref problem) is { } binding)
            {
                bindings.Add((target, binding with { Skipped = target.Skipped, IsAsync = target.IsAsync }, packages));
            }
            else if (problem is not null)
            {
                unbound.Add(new WitBound(target.Class, null, default, default, problem, null, false));
            }
        }

        // What is written goes before what the build has found in guests. What the build compiles is there too, whether
        // or not a class names it, since names depend on it.
        (WitPackages Packages, WitInput Input, string? World)[] compiled =
        [
            .. WitCompiled.RootsOf(_inputs)
                .Select(root => (Packages: Resolve(root.Key, [.. root]), root.First(), WitCompiled.WorldOf(root)))
                .Where(static root => root.Packages.Errors.Count == 0),
        ];
        _findings.AddRange(compiled.Select(static root => ProblemOf(root.Packages, root.Input, root.World))
            .OfType<Finding>());
        (WitPackages Packages, bool IsFound)[] bound =
        [
            .. compiled.Select(static root => (root.Packages, root.Input.IsOfBinary)),
            .. bindings.Select(static one => (one.Packages, one.Target.Wit is null)),
        ];
        WitPackages all = WitMerge.Of(
            bound.Where(static one => !one.IsFound).Select(static one => one.Packages).Distinct(),
            bound.Where(static one => one.IsFound).Select(static one => one.Packages).Distinct(),
            finding => _findings.Add(WitFindings.Of(finding)));
        _cancellation.ThrowIfCancellationRequested();
        var sharing = new WitSharing(_settings.Shared, _unshared);
        var options = new WitOptions(
            _used.SelectMany(static input => input.Features).Distinct().ToEquatableArray(),
            _namespaces
                .Where(one => IsName(one.Path, one.Namespace, isNamespace: true))
                .Concat(sharing.NamespacesOf(all.Packages.Select(static package => package.Name)))
                .Distinct()
                .ToEquatableArray(),
            _settings.Names.Where(one => IsName(one.Path, one.Name, isNamespace: false)).ToEquatableArray())
        {
            Parts = _settings.Shared.Select(static one => one.Part).Concat(_settings.Parts).ToEquatableArray(),
            Compiled = compiled.SelectMany(static root => WitCompiled.BindingsOf(root.Packages, root.World))
                .ToEquatableArray(),
        };
        WitResult result = Declare(all, bindings.Select(static one => one.Binding), options);
        Contract[] contracts = [.. result.Declarations.Namespaces.SelectMany(static space => space.Contracts)];
        bool hasDeprecated = result.Declarations.Namespaces.Any(HasDeprecated)
            || result.Declarations.Guests.Any(static guest => guest.Functions
                .Concat(guest.Exports.SelectMany(static export => export.Methods))
                .Any(static method => method.Docs.Deprecated is not null));
        (WitPackageName Package, Finding Problem)[] conflicts =
            [.. OtherwiseCompiled(result.Declarations, sharing), .. ConflictsOf(result.Declarations, sharing)];
        _findings.AddRange(conflicts
            .Where(conflict => !bindings.Exists(one => IsConcerned(one.Packages, conflict.Package)))
            .GroupBy(static conflict => conflict.Package)
            .Select(static same => same.First().Problem)); // which no class tells
        IEnumerable<WitBound> classes = bindings.Select((one, i) =>
        {
            DeclaredGuest guest = result.Declarations.Guests[i];
            Finding? problem =
                conflicts.FirstOrDefault(conflict => IsConcerned(one.Packages, conflict.Package)).Problem;
            if (problem is not null)
            {
                return new WitBound(one.Target.Class, null, default, default, problem, null, false);
            }

            Contract[] own =
            [
                .. contracts
                    .Where(contract => contract.Resource is null
                        ? guest.Imports.Any(import => import.Contract == contract.FullName)
                        : guest.Resources.Any(resource => resource.Contract == contract.FullName))
                    .Select(contract => contract.Without(
                        method => one.Binding.Skips(method.Docs.Path), WitBinding.Skipping)),
            ];
            var errors = new HashSet<string>(
                own.SelectMany(static contract => contract.Methods)
                    .Select(static method => (method.Result as ResultShape)?.Error.Type)
                    .OfType<string>(),
                StringComparer.Ordinal);
            return new WitBound(
                one.Target.Class,
                guest,
                own.ToEquatableArray(),
                result.Declarations.Namespaces.SelectMany(static space => space.Types)
                    .Where(type => errors.Contains(type.FullName))
                    .ToEquatableArray(),
                null,
                one.Packages.Errors.Count > 0 ? $"{one.Packages.Errors[0]}" : null,
                hasDeprecated);
        });
        DeclaredNamespace[] spaces =
        [
            .. result.Declarations.Namespaces
                .Select(space => space.Without(result.Taken.Contains))
                .Select(sharing.Without)
                .OfType<DeclaredNamespace>(),
        ];
        return new WitProject(
            spaces.ToEquatableArray(),
            classes.Concat(unbound).ToEquatableArray(),
            _roots.Values.SelectMany(static root => root.Errors).Select(WitFindings.Of)
                .Concat(result.Findings
                    .Where(static one => !IsOfAttribute(one))
                    .Select(WitFindings.Of))
                .Concat(_findings)
                .Distinct()
                .ToEquatableArray())
        {
            Names = NamesIn(spaces, result.Places).ToEquatableArray(),
            Attributes = result.Findings
                .Where(IsOfAttribute)
                .Select(static one => (one.Arguments[0], WitFindings.Of(one)))
                .Concat(_ofNames)
                .Distinct()
                .ToEquatableArray(),
        };
    }

    /// <summary>Declares it, without types of authors that what is generated would have to show.</summary>
    private static WitResult Declare(WitPackages packages, IEnumerable<WitBinding> bindings, WitOptions options)
    {
        WitResult result = WitDeclarer.Declare(packages, bindings, options);
        WitPart[] others = [.. options.Parts.Where(part => part.Path is null || !result.Hidden.Contains(part))];
        return others.Length == options.Parts.Count
            ? result
            : WitDeclarer.Declare(packages, bindings, options with { Parts = others.ToEquatableArray() }) with
            {
                Findings = result.Findings,
            };
    }

    private static bool IsOfAttribute(WitFinding finding) =>
        finding.Kind is WitFindingKind.NotThatType or WitFindingKind.NoPath or WitFindingKind.GivenTwice
            or WitFindingKind.NotFree;

    private static bool IsConcerned(WitPackages packages, WitPackageName other) =>
        packages.Packages.Any(package => package.Name.IsOfTrackOf(other));

    /// <summary>What is wrong with the world of an item of which types are compiled; null for nothing.</summary>
    private static Finding? ProblemOf(WitPackages packages, WitInput input, string? world)
    {
        WitWorld[] worlds = WorldsOf(packages);
        return world is null || Array.Exists(worlds, one => one.Is(world))
            ? null
            : Finding.Of(
                Descriptors.WhichWorld,
                default,
                input.Guest!,
                $"no world '{world}'",
                $"it has {List(worlds.Select(static one => one.Header.Name))}");
    }

    private static WitWorld[] WorldsOf(WitPackages packages) =>
        [.. packages.Packages.Where(static package => package.IsRoot).SelectMany(static package => package.Worlds)];

    /// <summary>The packages of which a referenced assembly has types in other shapes.</summary>
    private static IEnumerable<(WitPackageName Package, Finding Problem)> ConflictsOf(
        Declarations declarations, WitSharing sharing) => declarations.Namespaces
        .Select(space => (Space: space, Conflict: sharing.ConflictIn(space)))
        .Where(static one => one.Conflict is not null)
        .Select(static one => (
            WitPackageName.Parse(one.Space.Package),
            Finding.Of(
                Descriptors.OtherShape,
                default,
                one.Conflict!.Value.Path,
                one.Conflict.Value.Shared.Assembly!,
                one.Conflict.Value.Shared.Package)));

    /// <summary>The packages of which the build has compiled types that are other ones here.</summary>
    private IEnumerable<(WitPackageName Package, Finding Problem)> OtherwiseCompiled(
        Declarations declarations, WitSharing sharing)
    {
        const string Unseen =
            "the build does not see [WitName], [WitNamespace] and [WitType], so remove what names it, or Types";
        ILookup<string, DeclaredType> here = declarations.Namespaces.SelectMany(static space => space.Types)
            .ToLookup(static type => WitPaths.Normal(type.Docs.Path));
        foreach (DeclaredNamespace space in _settings.Compiled)
        {
            foreach (DeclaredType type in space.Types)
            {
                string path = type.Docs.Path;
                string? own = _settings.Parts
                    .FirstOrDefault(part => part.Path is { } named && WitPaths.Means(named, path))?.FullName
                    ?? here[WitPaths.Normal(path)].Select(static one => one.FullName).FirstOrDefault();
                (string Is, string Do)? problem =
                    own is not null && own != type.FullName ? ($"is '{Display(own)}' here", Unseen)
                    : here[WitPaths.Normal(path)].Any(one => WitFingerprint.Of(one) != WitFingerprint.Of(type))
                        ? ("has other names in it here", Unseen)
                    : sharing.AssemblyOf(space, type.Name) is { } assembly
                        ? ($"assembly '{assembly}' has it too", "remove Types, or say Share=\"false\" and a Namespace")
                    : null;
                if (problem is var (what, todo))
                {
                    yield return (WitPackageName.Parse(space.Package), Finding.Of(
                        Descriptors.CompiledOtherwise, default, path, Display(type.FullName), what, todo));
                }
            }
        }

        static string Display(string fullName) => fullName.Replace("global::", "");
    }

    private static IEnumerable<WitNamed> NamesIn(
        IEnumerable<DeclaredNamespace> spaces, IEnumerable<(string FullName, WitPlace Place)> places)
    {
        ILookup<string, WitPlace> byName = places.ToLookup(static one => one.FullName, static one => one.Place);
        return spaces.SelectMany(space => space.Types
            .Where(static type => type.Namespace is null)
            .Select(static type => (type.Name, type.FullName))
            .Concat(space.Contracts.Select(static contract => (contract.Name, contract.FullName)))
            .Concat(space.Handles.Select(static handle => (handle.Name, handle.FullName)))
            .Select(one => new WitNamed(space.Name, one.Name, byName[one.FullName].First())));
    }

    /// <summary>The WIT that a class names, and the world that is meant where several are.</summary>
    private (WitPackages? Packages, string? World) Find(WitTarget target, ref Finding? problem)
    {
        string name = target.Wit ?? target.Guest ?? "";
        WitInput[] inputs;
        string root;
        if (name.Length == 0)
        {
            problem = Finding.Of(
                Descriptors.UnknownWit, default, name, "name a file or folder, such as \"plugin.wit\"");
            return default;
        }

        if (target.Wit is null)
        {
            inputs = [.. _inputs.Where(static input => input.IsOfBinary)];
            string[] guests = [.. inputs.Select(static input => input.Guest!).Distinct()];
            string[] named = [.. GuestNames.Named(name, guests)];
            inputs = named.Length == 1 ? [.. inputs.Where(input => input.Guest == named[0])] : [];
            root = inputs.Length > 0 ? inputs[0].File.Path : "";
            if (inputs.Length == 0)
            {
                return default; // a core module without WIT, or none, which others report
            }
        }
        else
        {
            root = WitPackages.Normal(name);
            root = root.StartsWith("/", StringComparison.Ordinal) || root.IndexOf(':') > 0
                ? root
                : GuestNames.Clean(_settings.ProjectDirectory + root);
            inputs = [.. _inputs.Where(input => !input.IsOfBinary && WitPackages.IsPartOf(root, input.File.Path))];
            if (inputs.Length == 0)
            {
                problem = Finding.Of(
                    Descriptors.UnknownWit, default, name, "is it under the project, or excluded?");
                return default;
            }
        }

        return (
            Resolve(root, inputs),
            inputs.Select(static input => input.World).OfType<string>().FirstOrDefault() ?? "");
    }

    /// <summary>The WIT of a file or folder.</summary>
    private WitPackages Resolve(string root, WitInput[] inputs)
    {
        if (_roots.TryGetValue(root, out WitPackages? packages))
        {
            return packages;
        }

        packages = WitPackages.Resolve(root, inputs.Select(static input => input.File));
        _roots.Add(root, packages);
        foreach (WitInput input in inputs)
        {
            _used.Add(input);
            if (!input.IsShared)
            {
                _unshared.UnionWith(packages.Packages.Select(static package => package.Name));
            }
        }

        _namespaces.AddRange(WitInput.NamespacesOf(packages, inputs));
        return packages;
    }

    /// <summary>What a class is bound to, by its names.</summary>
    private static WitBinding? BindingOf(WitTarget target, WitPackages packages, string world, ref Finding? problem)
    {
        string wit = target.Wit ?? target.Guest!;
        WitWorld[] worlds = WorldsOf(packages);
        bool isRoot = target.Interface == "$root" && target.Side == WitSide.Import;
        if (target.Interface is not { } name || isRoot)
        {
            string? wanted = target.World ?? (world.Length > 0 ? world : null);
            WitWorld[] meant =
                [.. worlds.Where(one => wanted is null || one.Is(wanted))];
            if (meant.Length == 1)
            {
                return new WitBinding(target.Name, meant[0].Id, default, default)
                {
                    IsPublic = target.IsPublic,
                    IsExportOnly = target.Side == WitSide.Export,
                    IsRootOnly = isRoot,
                    Own = target.Own,
                };
            }

            if (packages.Errors.Count == 0 || worlds.Length > 0)
            {
                string list = List(worlds.Select(static one => one.Header.Name));
                (string has, string advice) =
                    worlds.Length == 0 ? ("no world in its own package", "name one of its interfaces, or other WIT")
                    : wanted is not null && meant.Length == 0 ? ($"no world '{wanted}'", $"it has {list}")
                    : ($"the worlds {list}", $"say World = \"{worlds[0].Header.Name}\"");
                problem = Finding.Of(Descriptors.WhichWorld, default, wit, has, advice) with
                {
                    Fix = worlds.Length == 0
                        ? null
                        : ("Worlds", string.Join(",", worlds.Select(static one => one.Header.Name))),
                };
            }
            else
            {
                problem = WitFindings.Of(packages.Errors[0]) with { Place = default };
            }

            return null;
        }

        IEnumerable<WitWorld> own =
            target.World is null ? worlds : worlds.Where(one => one.Header.Name == target.World);
        string? id = InterfaceOf(packages, own, name, target.Side);
        if (id is null)
        {
            string[] known = [.. packages.Packages.OrderBy(static package => !package.IsRoot)
                .SelectMany(static package => package.Interfaces)
                .Select(static one => one.Id)];
            int slash = name.IndexOf('/');
            bool hasPackage = slash < 0 || packages.Packages.Any(package =>
                package.Name.Name == name.Substring(0, slash));
            problem = name == "$root"
                ? Finding.Of(
                    Descriptors.UnknownInterface,
                    default,
                    name,
                    wit,
                    "leave it out, and the class shows all that a world exports")
                : hasPackage
                ? Finding.Of(Descriptors.UnknownInterface, default, name, wit, "it has " + List(known)) with
                {
                    Fix = Nearest(name, known) is { } nearest ? ("Interface", nearest) : null,
                }
                : Finding.Of(
                    Descriptors.UnknownPackage,
                    default,
                    $"Package '{name.Substring(0, slash)}' is not in '{wit}' nor its deps: found "
                        + List(packages.Packages.Select(static package => $"{package.Name}")));
            return null;
        }

        EquatableArray<string> ids = new[] { id }.ToEquatableArray();
        return target.Side == WitSide.Import
            ? new WitBinding(target.Name, null, ids, default) { IsPublic = target.IsPublic }
            : new WitBinding(target.Name, null, default, ids) { IsPublic = target.IsPublic };
    }

    /// <summary>
    /// The interface of a name: with its version or without, or one that stands in a world of the WIT's own package.
    /// </summary>
    private static string? InterfaceOf(
        WitPackages packages, IEnumerable<WitWorld> worlds, string name, WitSide side) =>
        packages.Packages
            .OrderByDescending(static package => package.Name.Version)
            .SelectMany(package => package.Interfaces.Where(one =>
                one.Id == name || $"{package.Name.Name}/{one.Header.Name}" == name))
            .Select(static one => one.Id)
            .FirstOrDefault()
        ?? worlds.SelectMany(static world => world.Externs)
            .Where(one => one.Inline is not null
                && one.Header.Name == name
                && one.IsExport == (side == WitSide.Export))
            .Select(static one => one.Inline!.Id)
            .FirstOrDefault();

    /// <summary>Whether a text that was given is a name in C#; reports one that is not.</summary>
    private bool IsName(string path, string name, bool isNamespace)
    {
        bool isName = isNamespace ? WitIdentifiers.IsNamespace(name) : WitIdentifiers.IsName(name);
        if (!isName)
        {
            _ofNames.Add((path, Finding.Of(
                Descriptors.InvalidCSharpName, default, name, isNamespace ? "namespace" : "name", path)));
        }

        return isName;
    }

    /// <summary>The interface that may have been meant, with a version if the name has one; null for none.</summary>
    private static string? Nearest(string name, IEnumerable<string> known) => NearestName.Of(
        name, known.Select(one => name.Contains('@') ? one : one.Split('@')[0]).Distinct());

    private static string List(IEnumerable<string> names)
    {
        string[] all = [.. names.Distinct().OrderBy(static name => name, StringComparer.Ordinal)];
        return all.Length == 0
            ? "none"
            : string.Join(", ", all.Take(MaxListed).Select(static name => $"'{name}'"))
                + (all.Length > MaxListed ? ", …" : "");
    }

    private static bool HasDeprecated(DeclaredNamespace space) =>
        space.Types.Any(static type => type.Docs.Deprecated is not null)
        || space.Contracts.Any(static contract => contract.Docs.Deprecated is not null
            || contract.Methods.Any(static method => method.Docs.Deprecated is not null));
}
