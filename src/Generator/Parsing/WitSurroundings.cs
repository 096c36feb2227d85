using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using WasmBindgen.Generator.Diagnostics;
using WasmBindgen.Generator.Guests;
using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Parsing;

/// <summary>What a compilation has of the names that are generated of WIT.</summary>
/// <param name="Parts">The parts that authors have written of generated types and contracts.</param>
/// <param name="Findings">What is told of names that others have.</param>
internal readonly record struct WitSurroundings(EquatableArray<WitPart> Parts, EquatableArray<Finding> Findings)
{
    private static readonly string[] s_implicit =
    [
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading",
        "System.Threading.Tasks",
    ];

    // By the framework, which is asked once: the names of its types that projects see without a using.
    private static readonly ConditionalWeakTable<IAssemblySymbol, Dictionary<string, string>> s_imported = new();

    internal static WitSurroundings Of(WitProject project, Compilation compilation) => project.Namespaces.Count == 0
        ? default
        : new(
            project.Names
                .Select(name => compilation.Assembly.GetTypeByMetadataName(name.FullName))
                .OfType<INamedTypeSymbol>()
                .Select(static type => WitTypeParser.Parse(type, null))
                .ToEquatableArray(),
            Classes(project, compilation).Concat(Imported(project, compilation)).ToEquatableArray());

    /// <summary>Where the parts are, by their names as messages have them.</summary>
    internal static EquatableArray<(string Name, Place Place)> PlacesOf(WitProject project, Compilation compilation) =>
        project.Names
            .Select(name => compilation.Assembly.GetTypeByMetadataName(name.FullName))
            .OfType<INamedTypeSymbol>()
            .Select(static type => (WitTypeParser.Parse(type, null).DisplayName, Place.Of(type.Locations[0])))
            .ToEquatableArray();

    /// <summary>The classes that are called like a namespace, or one around it.</summary>
    private static IEnumerable<Finding> Classes(WitProject project, Compilation compilation)
    {
        foreach (DeclaredNamespace space in project.Namespaces)
        {
            for (int end = space.Name.Length; end > 0; end = space.Name.LastIndexOf('.', end - 1))
            {
                string name = space.Name.Substring(0, end);
                if (compilation.Assembly.GetTypeByMetadataName(name) is { } type)
                {
                    yield return Finding.Of(
                        Descriptors.NamespaceIsClass,
                        Place.Of(type.Locations[0]),
                        space.Name,
                        space.Package,
                        type.ToDisplayString());
                }
            }
        }
    }

    private static IEnumerable<Finding> Imported(WitProject project, Compilation compilation)
    {
        Dictionary<string, string> imported = s_imported.GetValue(
            compilation.GetSpecialType(SpecialType.System_Object).ContainingAssembly, _ => Imported(compilation));
        foreach (WitNamed named in project.Names)
        {
            if (imported.TryGetValue(named.Name, out string? other))
            {
                yield return Finding.Of(
                    Descriptors.ImplicitlyImported, WitFindings.At(named.Place), named.FullName, other);
            }
        }
    }

    private static Dictionary<string, string> Imported(Compilation compilation)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (IAssemblySymbol assembly in compilation.SourceModule.ReferencedAssemblySymbols.Where(
            static assembly => assembly.Name.StartsWith("System", StringComparison.Ordinal)))
        {
            foreach (string space in s_implicit)
            {
                INamespaceSymbol? part = assembly.GlobalNamespace;
                foreach (string name in space.Split('.'))
                {
                    part = part?.GetMembers(name).OfType<INamespaceSymbol>().FirstOrDefault();
                }

                foreach (INamedTypeSymbol type in part?.GetTypeMembers() ?? ImmutableArray<INamedTypeSymbol>.Empty)
                {
                    if (type is { DeclaredAccessibility: Accessibility.Public, Arity: 0 })
                    {
                        names[type.Name] = $"{space}.{type.Name}";
                    }
                }
            }
        }

        return names;
    }
}
