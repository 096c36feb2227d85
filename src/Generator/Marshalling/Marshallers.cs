using Microsoft.CodeAnalysis;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>Picks the marshaller for a C# type. There is no fallback: a type that none is for is a diagnostic.</summary>
internal static class Marshallers
{
    internal static Marshaller? For(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { TypeKind: TypeKind.Enum } enumType)
        {
            return EnumMarshaller.For(enumType);
        }

        if (type is { Name: "Rune", ContainingNamespace: { Name: "Text", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } })
        {
            return new RuneMarshaller();
        }

        return ScalarMarshaller.For(type.SpecialType);
    }
}
