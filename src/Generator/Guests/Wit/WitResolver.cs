using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Guests;

/// <summary>Puts the packages of several files together, and looks up every name in them.</summary>
/// <param name="root">The path of the file or folder that they belong to.</param>
/// <param name="files">The files.</param>
internal sealed class WitResolver(string root, IEnumerable<WitFile> files)
{
    // Of those that more than one file makes; a file that is all errors costs no more than that.
    private const int MaxErrors = 1000;

    private readonly List<WitError> _errors = [];
    private readonly Dictionary<string, Package> _packages = new(StringComparer.Ordinal);
    private readonly List<Package> _order = [];

    internal WitPackages Resolve()
    {
        string normalRoot = WitPackages.Normal(root);
        foreach (var group in files
            .OrderBy(static file => file.Path, StringComparer.Ordinal)
            .GroupBy(static file => GroupOf(WitPackages.Normal(file.Path))))
        {
            AddGroup(
                [.. group],
                group.Key == normalRoot || group.Any(file => WitPackages.Normal(file.Path) == normalRoot));
        }

        WitOwner[] owners = [.. _order.SelectMany(static package => package.Owners)];
        var names = new WitNames(this);
        names.Resolve([.. owners.SelectMany(static owner => owner.Inlines.Values.Prepend(owner))]);
        new WitDefinitions(this, names).Check();
        var worlds = new WitWorlds(this, names);
        worlds.Resolve([.. owners.Where(static owner => owner.IsWorld)]);
        EquatableArray<WitPackage> packages = _order
            .OrderBy(static package => !package.IsRoot)
            .Select(package => new WitPackage(
                package.Name,
                package.IsRoot,
                package.Docs,
                package.Owners.Where(static owner => !owner.IsWorld).Select(names.Interface).ToEquatableArray(),
                package.Owners.Where(static owner => owner.IsWorld).Select(worlds.World).ToEquatableArray()))
            .ToEquatableArray();
        return new WitPackages(
            packages,
            _errors
                .OrderBy(static error => error.File, StringComparer.Ordinal)
                .ThenBy(static error => error.Line)
                .ThenBy(static error => error.Column)
                .Distinct()
                .ToEquatableArray());
    }

    /// <summary>Whether one more error is told.</summary>
    internal bool CanReport => _errors.Count < MaxErrors;

    internal void Report(WitPlace place, WitErrorKind kind, string message)
    {
        if (CanReport)
        {
            _errors.Add(new WitError(place, kind, message));
        }
    }

    /// <summary>The interface or world that a path names.</summary>
    /// <param name="path">The path.</param>
    /// <param name="from">What names it.</param>
    /// <param name="isWorld">Whether it must be a world.</param>
    /// <returns>Null if there is none, which is reported.</returns>
    internal WitOwner? Find(WitPath path, WitOwner from, bool isWorld)
    {
        if (path.Package is null && from.Scope.Uses.TryGetValue(path.Name, out WitTopUse? use))
        {
            path = use.Path;
        }

        Package? package = from.Package;
        if (path.Package is { } name && !_packages.TryGetValue(name.ToString(), out package))
        {
            if (!CanReport)
            {
                return null;
            }

            Report(
                path.Place,
                WitErrorKind.NoPackage,
                $"package '{name}' is not in '{root}' nor its deps: found {List(_order
                    .OrderBy(other => other.Name.Name != name.Name)
                    .Select(static other => other.Name.ToString()))}");
            return null;
        }

        string kind = isWorld ? "world" : "interface";
        if (!package!.Names.TryGetValue(path.Name, out WitOwner? owner))
        {
            if (!CanReport)
            {
                return null;
            }

            Report(
                path.Place,
                WitErrorKind.NotFound,
                $"package '{package.Name}' has no {kind} '{path.Name}': found {List(package.Owners
                    .Where(other => other.IsWorld == isWorld)
                    .Select(static other => other.Header.Name))}");
            return null;
        }

        if (owner.IsWorld != isWorld)
        {
            Report(
                path.Place,
                WitErrorKind.Invalid,
                $"'{path.Name}' is {(isWorld ? "an interface, but a world" : "a world, but an interface")} is wanted");
            return null;
        }

        return owner;
    }

    /// <summary>Names for a message.</summary>
    internal static string List(IEnumerable<string> names)
    {
        string[] first = [.. names.Take(11)];
        return first.Length == 0 ? "none"
            : string.Join(", ", first.Take(10).Select(static name => $"'{name}'")) + (first.Length > 10 ? ", …" : "");
    }

    private static string GroupOf(string path)
    {
        string folder = WitPackages.FolderOf(path);
        return folder == "deps" || folder.EndsWith("/deps", StringComparison.Ordinal) ? path : folder;
    }

    private void AddGroup(WitFile[] group, bool isRoot)
    {
        foreach (WitError error in group.SelectMany(static file => file.Errors))
        {
            _errors.Add(error);
        }

        WitBlock[] files = [.. group.Select(static file => file.Blocks[0])];
        WitBlock? named = files.FirstOrDefault(static own => own.Package is not null);
        foreach (WitBlock own in files)
        {
            if (own.Package is { } package && package != named!.Package)
            {
                Report(
                    own.Place,
                    WitErrorKind.Invalid,
                    $"this file is of package '{package}', but others in its folder are of '{named.Package}'");
            }

            if ((own.Package ?? named?.Package) is { } name)
            {
                Add(own, name, isRoot && name == named!.Package);
            }
            else if (own.Uses.Count + own.Interfaces.Count + own.Worlds.Count > 0)
            {
                Report(
                    own.Place,
                    WitErrorKind.Invalid,
                    files.Length == 1
                        ? "this file does not say 'package namespace:name;': name its folder, if another one there does"
                        : "neither this file nor another in its folder says 'package namespace:name;'");
            }
        }

        foreach (WitBlock block in group.SelectMany(static file => file.Blocks.Skip(1)))
        {
            Add(block, block.Package!, isRoot: false);
        }
    }

    private void Add(WitBlock block, WitPackageName name, bool isRoot)
    {
        if (!_packages.TryGetValue(name.ToString(), out Package? package))
        {
            package = new Package(name);
            _packages.Add(name.ToString(), package);
            _order.Add(package);
        }

        package.IsRoot |= isRoot;
        package.Docs = package.Docs.Length > 0 ? package.Docs : block.Docs;
        var scope = new WitScope();
        foreach (WitInterfaceText item in block.Interfaces)
        {
            string id = name.Of(item.Header.Name);
            Add(package, new WitOwner(id, package, scope, item.Header, item.Items), item.Fingerprint);
        }

        foreach (WitWorldText item in block.Worlds)
        {
            string id = name.Of(item.Header.Name);
            var world = new WitOwner(id, package, scope, item.Header, item.Items) { IsWorld = true };
            foreach (WitExtern one in item.Items.OfType<WitExtern>().Where(static one => one.IsInline))
            {
                string key = $"{id} {(one.IsExport ? "export" : "import")} {one.Name}";
                world.Inlines[one] = new WitOwner(key, package, scope, one.Header, one.Items) { IsInline = true };
            }

            Add(package, world, item.Fingerprint);
        }

        AddUses(block, scope);
    }

    private void AddUses(WitBlock block, WitScope scope)
    {
        var own = new HashSet<string>(
            block.Interfaces.Select(static item => item.Header.Name)
                .Concat(block.Worlds.Select(static item => item.Header.Name)),
            StringComparer.Ordinal);
        foreach (WitTopUse use in block.Uses)
        {
            if (own.Contains(use.Name))
            {
                Report(
                    use.Place,
                    WitErrorKind.Duplicate,
                    $"the file defines '{use.Name}' itself: give the other one another name with 'as'");
            }
            else if (scope.Uses.ContainsKey(use.Name))
            {
                Report(
                    use.Place,
                    WitErrorKind.Duplicate,
                    $"the file uses something else as '{use.Name}': give one of them another name with 'as'");
            }
            else
            {
                scope.Uses.Add(use.Name, use);
            }
        }
    }

    private void Add(Package package, WitOwner owner, ulong fingerprint)
    {
        string name = owner.Header.Name;
        if (!package.Lower.TryGetValue(name.ToLowerInvariant(), out (WitOwner Owner, ulong Fingerprint) first))
        {
            package.Lower.Add(name.ToLowerInvariant(), (owner, fingerprint));
            package.Names.Add(name, owner);
            package.Owners.Add(owner);
        }
        else if (first.Fingerprint != fingerprint || first.Owner.Scope == owner.Scope)
        {
            // The same text again is a copy of the package among the dependencies of several.
            Report(
                owner.Header.Place,
                WitErrorKind.Duplicate,
                $"package '{package.Name}' has '{first.Owner.Header.Name}' already, at {first.Owner.Header.Place}");
        }
    }

    /// <summary>A package while it is put together.</summary>
    internal sealed class Package(WitPackageName name)
    {
        internal WitPackageName Name => name;

        internal bool IsRoot { get; set; }

        internal string Docs { get; set; } = "";

        internal bool IsToldToLackVersion { get; set; }

        /// <summary>Its interfaces and worlds, in order.</summary>
        internal List<WitOwner> Owners { get; } = [];

        internal Dictionary<string, WitOwner> Names { get; } = new(StringComparer.Ordinal);

        /// <summary>The same by their names in lower case: WIT takes names for one that differ in case alone.</summary>
        internal Dictionary<string, (WitOwner Owner, ulong Fingerprint)> Lower { get; } = new(StringComparer.Ordinal);
    }
}

/// <summary>The names for interfaces that are known in one part of one file.</summary>
internal sealed class WitScope
{
    internal Dictionary<string, WitTopUse> Uses { get; } = new(StringComparer.Ordinal);
}

/// <summary>An interface or world whose names are looked up.</summary>
/// <param name="id">Its name for all; of an interface in a world only a key.</param>
/// <param name="package">Its package.</param>
/// <param name="scope">The names known where it stands.</param>
/// <param name="header">What every item has.</param>
/// <param name="items">Its items as the file has them.</param>
internal sealed class WitOwner(
    string id, WitResolver.Package package, WitScope scope, WitHeader header, EquatableArray<WitItem> items)
{
    internal string Id => id;

    internal WitResolver.Package Package => package;

    internal WitScope Scope => scope;

    internal WitHeader Header => header;

    internal EquatableArray<WitItem> Items => items;

    internal bool IsWorld { get; init; }

    /// <summary>Whether it is an interface that stands in a world.</summary>
    internal bool IsInline { get; init; }

    /// <summary>The interfaces that stand in a world.</summary>
    internal Dictionary<WitExtern, WitOwner> Inlines { get; } = new(ReferenceEquality.Instance);

    /// <summary>The interfaces that it takes types from.</summary>
    internal List<(WitOwner Owner, WitPlace Place)> Used { get; } = [];

    private readonly Dictionary<WitPath, WitOwner?> _found = [];

    /// <summary>What a path in it names, looked up once.</summary>
    internal WitOwner? Find(WitPath path, bool isWorld, WitResolver resolver)
    {
        if (!_found.TryGetValue(path, out WitOwner? found))
        {
            found = path.Name.Length > 0 ? resolver.Find(path, this, isWorld) : null;
            _found.Add(path, found);
            if (found is not null && !isWorld)
            {
                Used.Add((found, path.Place));
            }
        }

        return found;
    }

    /// <summary>Tells items apart that say the same.</summary>
    private sealed class ReferenceEquality : IEqualityComparer<WitExtern>
    {
        internal static ReferenceEquality Instance { get; } = new();

        public bool Equals(WitExtern? x, WitExtern? y) => ReferenceEquals(x, y);

        public int GetHashCode(WitExtern item) => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(item);
    }
}
