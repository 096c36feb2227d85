using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Guests;

/// <summary>
/// A type or contract of WIT that a referenced assembly has, and that the project may use, or a type that the build has
/// compiled.
/// </summary>
/// <param name="Assembly">The assembly's name; null for the project, if the build compiles the type.</param>
/// <param name="Package">The package with its newest version there.</param>
/// <param name="Namespace">The type's namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its <see cref="WitFingerprint"/>.</param>
/// <param name="Part">What it is.</param>
internal sealed record WitShared(
    string? Assembly, string Package, string Namespace, string Name, string Shape, WitPart Part);

/// <summary>Which types of a project's WIT others have already.</summary>
/// <param name="shared">The types that the build has compiled, and those that referenced assemblies have.</param>
/// <param name="own">The packages of which the project wants types of its own.</param>
internal sealed class WitSharing(IEnumerable<WitShared> shared, HashSet<WitPackageName> own)
{
    private readonly ILookup<string, WitShared> _packages = shared.ToLookup(static one => one.Package);

    /// <summary>The namespaces that packages have there, so that they have them here too.</summary>
    internal IEnumerable<(string Path, string Namespace)> NamespacesOf(IEnumerable<WitPackageName> packages) => packages
        .Select(name => (Name: name, Spaces: Of(name)
            .GroupBy(static one => one.Assembly is null)
            .OrderByDescending(static one => one.Key)
            .Take(1) // the project's own
            .SelectMany(static one => one)
            .Select(static one => one.Namespace)
            .Distinct()
            .ToArray()))
        .Where(static one => one.Spaces.Length == 1) // of several, only who gave them knows which is what's
        .Select(static one => (one.Name.OfTrack, one.Spaces[0]));

    /// <summary>The first type that another assembly has in another shape; null for none.</summary>
    internal (WitShared Shared, string Path)? ConflictIn(DeclaredNamespace space) => Types(space)
        .Select(type => (Shared: Find(space, type.Name).FirstOrDefault(), type.Shape, type.Path))
        .Where(static one => one.Shared?.Assembly is not null && one.Shared.Shape != one.Shape)
        .Select(static one => ((WitShared, string)?)(one.Shared!, one.Path))
        .FirstOrDefault();

    /// <summary>What is left to generate of a package; null for nothing.</summary>
    internal DeclaredNamespace? Without(DeclaredNamespace space)
    {
        space = space with
        {
            Types = space.Types.Where(type => type.Namespace is not null || !Find(space, type.Name).Any())
                .ToEquatableArray(),
            Contracts = space.Contracts.Where(contract => !Find(space, contract.Name).Any()).ToEquatableArray(),
            Handles = space.Handles.Where(handle => !Find(space, handle.Name).Any()).ToEquatableArray(),
        };
        return space.IsEmpty ? null : space;
    }

    /// <summary>The referenced assembly that has a type too; null for none.</summary>
    internal string? AssemblyOf(DeclaredNamespace space, string name) =>
        Find(space, name).Select(static one => one.Assembly).OfType<string>().FirstOrDefault();

    private IEnumerable<WitShared> Find(DeclaredNamespace space, string name) => Of(WitPackageName.Parse(space.Package))
        .Where(one => one.Namespace == space.Name && one.Name == name);

    private IEnumerable<WitShared> Of(WitPackageName name) => _packages
        .Where(package => name.IsOfTrackOf(WitPackageName.Parse(package.Key)))
        .SelectMany(static package => package)
        .Where(one => one.Assembly is null || !own.Any(name.IsOfTrackOf));

    private static IEnumerable<(string Name, string Shape, string Path)> Types(DeclaredNamespace space) => space.Types
        .Where(static type => type.Namespace is null)
        .Select(static type => (type.Name, WitFingerprint.Of(type), type.Docs.Path))
        .Concat(space.Contracts.Select(static one => (one.Name, WitFingerprint.Of(one), one.Docs.Path)))
        .Concat(space.Handles.Select(static one => (one.Name, WitFingerprint.Of(one), one.Docs.Path)));
}
