using Microsoft.CodeAnalysis;
using WasmBindgen.Generator.Guests;
using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Parsing;

/// <summary>Asks a compilation for what it has of the names that are generated of WIT.</summary>
internal static class WitParts
{
    /// <summary>The parts that authors have written of generated types and contracts.</summary>
    internal static EquatableArray<WitPart> Of(WitProject project, Compilation compilation) => project.Namespaces
        .SelectMany(static space => space.Types
            .Where(static type => type.Namespace is null)
            .Select(static type => type.Name)
            .Concat(space.Contracts.Select(static contract => contract.Name))
            .Select(name => $"{space.Name}.{name}"))
        .Select(compilation.Assembly.GetTypeByMetadataName)
        .OfType<INamedTypeSymbol>()
        .Select(static type => WitTypeParser.Parse(type, null))
        .ToEquatableArray();
}
