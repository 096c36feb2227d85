using Microsoft.CodeAnalysis;
using WasmBindgen.Generator.Emission;
using WasmBindgen.Generator.Parsing;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>A type that crosses by way of another, which the user's own marshaller says.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Crossing">How that other type crosses.</param>
/// <param name="User">The user's marshaller as generated code names it.</param>
internal sealed record CustomMarshaller(string Type, Marshaller Crossing, string User)
    : Marshaller(Type, $"{SourceFile.Services}.WitCustom<{Type}, {Crossing.Type}, {Crossing.Shape}, {User}>")
{
    internal override IReadOnlyList<CoreType> Flat => Crossing.Flat;

    internal override Layout Layout => Crossing.Layout;

    internal override bool CanFail => true;

    internal override IEnumerable<Marshaller> Parts => [Crossing];

    /// <summary>The type by way of which a marshaller lets another one cross; null if it does not.</summary>
    internal static ITypeSymbol? CrossingType(INamedTypeSymbol marshaller, ITypeSymbol type) => marshaller.AllInterfaces
        .Where(static part => part.IsRuntimeType("IWasmMarshaller"))
        .Where(part => SymbolEqualityComparer.Default.Equals(part.TypeArguments[0], type))
        .Select(static part => part.TypeArguments[1])
        .FirstOrDefault();
}
