using Microsoft.CodeAnalysis;
using WasmBindgen.Generator.Emission;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>An object of AssemblyScript's runtime, by its address.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Shape">The <c>ICanonical</c> struct as generated code names it.</param>
internal sealed record AssemblyScriptMarshaller(string Type, string Shape) : Marshaller(Type, Shape)
{
    internal override IReadOnlyList<CoreType> Flat => [CoreType.I32];

    internal override Layout Layout => new(4, 4);

    internal override bool NeedsMemory => true;

    internal override bool NeedsAllocator => true;

    internal override bool CanFail => true;

    /// <returns>Null when AssemblyScript has no such object.</returns>
    internal static AssemblyScriptMarshaller? For(ITypeSymbol type)
    {
        string name = type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        string? shape = type switch
        {
            { SpecialType: SpecialType.System_String } => $"{SourceFile.Services}.WitAssemblyScriptString",
            IArrayTypeSymbol { IsSZArray: true } array when ScalarMarshaller.For(array.ElementType.SpecialType) is { IsBlittable: true } element
                => $"{SourceFile.Services}.WitAssemblyScriptArray<{element.Type}, {element.Shape}>",
            _ => null,
        };
        return shape is null ? null
            : type.NullableAnnotation == NullableAnnotation.Annotated
            ? new AssemblyScriptMarshaller(name + "?", $"{SourceFile.Services}.WitNullAddress<{name}, {shape}>")
            : new AssemblyScriptMarshaller(name, shape);
    }
}
