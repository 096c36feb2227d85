using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using WasmBindgen.Generator.Guests;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Symbols;

namespace WasmBindgen.Generator.Parsing;

/// <summary>The types of WIT that assemblies have, by their attributes.</summary>
internal static class SharedTypes
{
    // Asked at every edit, of references that mostly stay.
    private static readonly ConditionalWeakTable<IAssemblySymbol, Known[]> s_known = new();

    /// <summary>The types that a compilation may use.</summary>
    internal static EquatableArray<WitShared> Of(Compilation compilation) => compilation.SourceModule
        .ReferencedAssemblySymbols
        .Select(assembly => (Assembly: assembly, Types: s_known.GetValue(assembly, Read)))
        .Where(one => one.Types.Length > 0 && IsGlobal(compilation.GetMetadataReference(one.Assembly)))
        .SelectMany(one => one.Types
            .Where(type => type.IsPublic || one.Assembly.GivesAccessTo(compilation.Assembly))
            .Select(static type => type.Type))
        .ToEquatableArray();

    private static Known[] Read(IAssemblySymbol assembly) =>
        assembly.Name == WellKnownNames.RuntimeNamespace
        || assembly.Modules.Any(static module => module.ReferencedAssemblies.Any(
            static reference => reference.Name == WellKnownNames.RuntimeNamespace))
            ? [.. assembly.GetAttributes()
                .Where(static one => one.AttributeClass is
                {
                    Name: "WitPackageAttribute",
                    ContainingNamespace: { Name: "CompilerServices", ContainingNamespace.Name: "WasmBindgen" },
                })
                .SelectMany(one => Read(assembly, one, assembly.Name))]
            : [];

    /// <summary>The types that the build has compiled, by an attribute of the project's own assembly.</summary>
    internal static IEnumerable<WitShared> Compiled(ISymbol assembly, AttributeData attribute) =>
        Read((IAssemblySymbol)assembly, attribute, name: null).Select(static one => one.Type);

    private static IEnumerable<Known> Read(IAssemblySymbol assembly, AttributeData attribute, string? name)
    {
        if (attribute.ConstructorArguments is not [{ Value: string package }, { Value: string space }]
            || attribute.Named("Shape") is not { } shapes)
        {
            yield break;
        }

        foreach (string shape in shapes.Split(' '))
        {
            int equals = shape.IndexOf('=');
            if (equals > 0
                && shape.Substring(0, equals) is var typeName
                && assembly.GetTypeByMetadataName($"{space}.{typeName}") is { } type)
            {
                yield return new Known(
                    new WitShared(
                        name,
                        package,
                        space,
                        typeName,
                        shape.Substring(equals + 1),
                        WitTypeParser.ParseShared(type)),
                    type.DeclaredAccessibility == Accessibility.Public);
            }
        }
    }

    /// <summary>Whether code can name an assembly's types without an alias.</summary>
    private static bool IsGlobal(MetadataReference? reference) =>
        reference?.Properties.Aliases is not { IsDefaultOrEmpty: false } aliases
        || aliases.Contains(MetadataReferenceProperties.GlobalAlias);

    private readonly record struct Known(WitShared Type, bool IsPublic);
}
