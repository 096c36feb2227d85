using Microsoft.CodeAnalysis;
using WasmBindgen.Generator.Parsing;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>The users' own marshallers.</summary>
internal sealed partial class Marshallers
{
    /// <summary>The marshaller that a user's attribute names.</summary>
    private static INamedTypeSymbol? Custom(ITypeSymbol type, IEnumerable<AttributeData> attributes) => attributes
        .Where(attribute => attribute.AttributeClass.IsRuntimeType("WasmMarshallerAttribute") && type.TypeKind != TypeKind.Error)
        .Select(static attribute => attribute.ConstructorArguments is [{ Value: INamedTypeSymbol marshaller }] ? marshaller : null)
        .FirstOrDefault();

    private Marshaller? Use(ITypeSymbol type, INamedTypeSymbol marshaller)
    {
        Reason = "";
        bool isNullable = type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated };
        if (isNullable && _isAssemblyScript)
        {
            Reason = " (an [AssemblyScript] class has no options)";
            return null;
        }

        if (isNullable)
        {
            return Use(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated), marshaller) is { } value
                ? new OptionMarshaller(type.ToDisplayString(FullName), "WitOptional", value)
                : null;
        }

        if (TypeParser.IsFileLocal(marshaller) || !TypeParser.CanUse(user, marshaller))
        {
            Reason = $" ('{marshaller.ToDisplayString()}' cannot be named in the generated part of '{user.Name}')";
            return null;
        }

        if (CustomMarshaller.CrossingType(marshaller, type) is { } crossing)
        {
            return (_isAssemblyScript ? AssemblyScript(crossing) : For(crossing)) is { } shape ? new CustomMarshaller(type.ToDisplayString(FullName), shape, marshaller.ToDisplayString(FullName)) : null;
        }

        if (!_isAssemblyScript && type is INamedTypeSymbol { ConstructedFrom.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [{ } nullable] })
        {
            return Use(nullable, marshaller) is { } value ? new OptionMarshaller(type.ToDisplayString(FullName), "WitNullable", value) : null;
        }

        Reason = $" ('{marshaller.ToDisplayString()}' does not implement 'IWasmMarshaller<{type.ToDisplayString()}, …>')";
        return null;
    }
}
