using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Symbols;
using static WasmBindgen.Generator.Parsing.Found;

namespace WasmBindgen.Generator.Parsing;

/// <content>What attributes say of a value: encodings, AssemblyScript's objects, guests' functions, users' own
/// marshallers.</content>
internal sealed partial class ShapeFinder
{
    private Found AssemblyScript(ITypeSymbol type, ImmutableArray<AttributeData> attributes, Direction direction)
    {
        ScriptArrayKind? kind = ArrayKind(attributes);
        if (kind is not null && (type is not IArrayTypeSymbol || direction == Direction.FromGuest))
        {
            return Refused(" ([ScriptArray] is for an array that the host passes to the guest)");
        }

        bool isNullable = type.NullableAnnotation == NullableAnnotation.Annotated;
        if (type.SpecialType == SpecialType.System_String)
        {
            return new AssemblyScriptShape("string", isNullable);
        }

        if (type is not IArrayTypeSymbol { IsSZArray: true } array
            || ScriptElement(array.ElementType) is not { } element)
        {
            return Of(type, Direction.FromGuest).Shape is SlotShape slot ? slot : Refused(
                " (of an [AssemblyScript] class, only strings, and arrays of numbers, bool or strings, can be in "
                    + "memory)");
        }

        kind ??= ArrayKind(user.GetAttributes());
        return direction == Direction.ToGuest && kind is null
            ? Refused(
                " (say with [ScriptArray], here or on the class, which of AssemblyScript's arrays the guest takes)")
            : direction == Direction.ToGuest && !Exists(kind!.Value, element)
                ? Refused($" (AssemblyScript has no {kind} of '{element.Type}')")
            : new AssemblyScriptShape(
                type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(FullName),
                isNullable,
                element,
                kind ?? ScriptArrayKind.Array);
    }

    private static ScriptArrayKind? ArrayKind(ImmutableArray<AttributeData> attributes) => attributes
        .Where(static attribute => attribute.AttributeClass.IsRuntimeType("ScriptArrayAttribute"))
        .Select(static attribute => attribute.ConstructorArguments is [{ Value: int kind }]
            ? (ScriptArrayKind?)kind
            : null)
        .FirstOrDefault();

    private static Shape? ScriptElement(ITypeSymbol type) => type.SpecialType == SpecialType.System_String
        ? new AssemblyScriptShape("string", type.NullableAnnotation == NullableAnnotation.Annotated)
        : ScalarOf(type.SpecialType);

    private static bool Exists(ScriptArrayKind kind, Shape element) => kind switch
    {
        ScriptArrayKind.Array or ScriptArrayKind.StaticArray => true,
        ScriptArrayKind.TypedArray => element.IsBlittable,
        ScriptArrayKind.ArrayBuffer => element is ScalarShape,
        _ => false,
    };

    /// <summary>The encoding that attributes say; null for none.</summary>
    private static TextEncoding? Encoding(ImmutableArray<AttributeData> attributes) =>
        Has(attributes, "CStringAttribute") ? TextEncoding.CString
        : Has(attributes, "Utf16Attribute") ? TextEncoding.Utf16
        : Has(attributes, "Latin1Attribute") ? TextEncoding.Latin1
        : null;

    /// <summary>A string in an encoding; one that may be null is a null pointer in C, and else an option.</summary>
    private Found Encoded(ITypeSymbol type, TextEncoding encoding) =>
        _isAssemblyScript ? Refused(" (the strings of an [AssemblyScript] class are AssemblyScript's)")
        : type.SpecialType != SpecialType.System_String ? Refused(" (only a string has an encoding)")
        : type.NullableAnnotation != NullableAnnotation.Annotated ? new EncodedStringShape(encoding)
        : encoding == TextEncoding.CString ? new EncodedStringShape(encoding, IsNullable: true)
        : new OptionShape("string?", Optional.Optional, new EncodedStringShape(encoding));

    /// <summary>The marshaller that a user's attribute names.</summary>
    private static INamedTypeSymbol? Custom(ITypeSymbol type, ImmutableArray<AttributeData> attributes)
    {
        foreach (AttributeData attribute in attributes)
        {
            if (attribute.AttributeClass.IsRuntimeType("WasmMarshallerAttribute") && type.TypeKind != TypeKind.Error)
            {
                return attribute.ConstructorArguments is [{ Value: INamedTypeSymbol marshaller }] ? marshaller : null;
            }
        }

        return null;
    }

    private Found Use(
        ITypeSymbol type, INamedTypeSymbol marshaller, ImmutableArray<AttributeData> attributes, Direction direction)
    {
        bool isNullable = type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated };
        if (marshaller.TypeKind == TypeKind.Error)
        {
            return NotSeen(marshaller);
        }

        if (isNullable && _isAssemblyScript)
        {
            return Refused(" (an [AssemblyScript] class has no options)");
        }

        if (isNullable)
        {
            return Use(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated), marshaller, attributes, direction)
                .Then(value => new OptionShape(type.ToDisplayString(FullName), Optional.Optional, value));
        }

        if (Accessible.IsFileLocal(marshaller) || !Accessible.CanUse(user, marshaller))
        {
            return Refused(
                $" ('{marshaller.ToDisplayString()}' cannot be named in the generated part of '{user.Name}')");
        }

        if (CrossingType(marshaller, type) is { } crossing)
        {
            Warnings.AddMembers(marshaller);
            Warnings.AddType(crossing);
            return (_isAssemblyScript ? AssemblyScript(crossing, attributes, direction) : Of(crossing))
                .Then(shape =>
                    new CustomShape(type.ToDisplayString(FullName), shape, marshaller.ToDisplayString(FullName)));
        }

        if (!_isAssemblyScript
            && type is INamedTypeSymbol
            {
                ConstructedFrom.SpecialType: SpecialType.System_Nullable_T,
                TypeArguments: [{ } nullable],
            })
        {
            return Use(nullable, marshaller, attributes, direction).Then(
                value => new OptionShape(type.ToDisplayString(FullName), Optional.Nullable, value));
        }

        return Refused(
            $" ('{marshaller.ToDisplayString()}' does not implement 'IWasmMarshaller<{type.ToDisplayString()}, …>')");
    }

    /// <summary>The type by way of which a marshaller lets another one cross; null if it does not.</summary>
    internal static ITypeSymbol? CrossingType(INamedTypeSymbol marshaller, ITypeSymbol type) => marshaller.AllInterfaces
        .Where(static part => part.IsRuntimeType("IWasmMarshaller"))
        .Where(part => SymbolEqualityComparer.Default.Equals(part.TypeArguments[0], type))
        .Select(static part => part.TypeArguments[1])
        .FirstOrDefault();
}
