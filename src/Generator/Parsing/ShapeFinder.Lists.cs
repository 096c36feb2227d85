using Microsoft.CodeAnalysis;
using WasmBindgen.Generator.Abi;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Symbols;
using static WasmBindgen.Generator.Parsing.Found;

namespace WasmBindgen.Generator.Parsing;

/// <content>Lists, views of them, and what lies in memories of 64 bits.</content>
internal sealed partial class ShapeFinder
{
    /// <summary>A collection and the type of its elements; null for any other type.</summary>
    private static (Collection Collection, ITypeSymbol Element)? FindList(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { Rank: 1, ElementType: { } element } => (Collection.Array, element),
        INamedTypeSymbol { Arity: 1, ContainingType: null, TypeArguments: [{ } element] } named =>
            (named.Name, named.ContainingNamespace.ToDisplayString()) switch
            {
                ("List", "System.Collections.Generic") => (Collection.List, element),
                ("IReadOnlyList", "System.Collections.Generic") => (Collection.ReadOnlyList, element),
                ("ImmutableArray", "System.Collections.Immutable") => (Collection.ImmutableArray, element),
                ("ReadOnlyMemory", "System") => (Collection.ReadOnlyMemory, element),
                _ => null,
            },
        _ => null,
    };

    /// <summary>The types of a dictionary's keys and values; null for any other type.</summary>
    private static (ITypeSymbol Key, ITypeSymbol Value)? FindMap(ITypeSymbol type) =>
        type is INamedTypeSymbol
        {
            Name: "Dictionary" or "IReadOnlyDictionary",
            Arity: 2,
            ContainingType: null,
            TypeArguments: [{ } key, { } value],
        }
        && type.ContainingNamespace.ToDisplayString() == "System.Collections.Generic"
            ? (key, value)
            : null;

    /// <summary>The shape of a dictionary's key: those that WIT has.</summary>
    private Found Key(ITypeSymbol type) => Of(type) is var found && found.Shape is not { } shape ? found
        : shape is StringShape or RuneShape or ScalarShape { Scalar: not (Scalar.F32 or Scalar.F64) } ? found
        : Refused(" (the key of a dictionary is a bool, an integer, a Rune or a string)");

    private Found Span(INamedTypeSymbol span, Direction direction)
    {
        ITypeSymbol type = span.TypeArguments[0];
        string name = span.ToDisplayString(FullName);
        if (type.SpecialType == SpecialType.System_Char)
        {
            return direction == Direction.ToGuest
                ? new SpanShape(name, null)
                : Refused(" (a guest's text is UTF-8: take a string, or a ReadOnlySpan<byte>)");
        }

        return Of(type).Then(element => direction == Direction.FromGuest && !element.IsBlittable
            ? Refused(
                " (only numbers, and structs of public fields or properties of such, can be viewed where they lie: "
                    + "take an array)")
            : new SpanShape(name, element, IsWritable: span.IsSystemType("Span")));
    }

    /// <summary>What a host method may write, though it may await; null for anything else.</summary>
    private MemoryShape? WritableMemory(ITypeSymbol type) =>
        type is INamedTypeSymbol { Arity: 1, TypeArguments: [{ } element] }
            && type.IsSystemType("Memory")
            && Of(element).Shape is { IsBlittable: true } value
                ? new MemoryShape(type.ToDisplayString(FullName), value, _isMemory64)
                : null;

    /// <returns>Null for what does not lie in memory by itself.</returns>
    private WideShape? Wide(ITypeSymbol type, Direction direction)
    {
        string name = type.ToDisplayString(FullName);
        return type switch
        {
            { SpecialType: SpecialType.System_String, NullableAnnotation: not NullableAnnotation.Annotated } =>
                new WideTextShape(name),
            INamedTypeSymbol { Arity: 1, TypeArguments: [{ SpecialType: SpecialType.System_Char }] }
                when direction == Direction.ToGuest
                    && type.IsSystemType("ReadOnlySpan") =>
                new WideTextShape(name),
            INamedTypeSymbol { Arity: 1, TypeArguments: [{ } pointee] } when type.IsRuntimeType("GuestPointer") =>
                new WidePointerShape(name, pointee.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)),
            INamedTypeSymbol { Arity: 1, TypeArguments: [{ } item] }
                when (type.IsSystemType("Span") || type.IsSystemType("ReadOnlySpan"))
                    && Of(item).Shape is { IsBlittable: true } element =>
                new WideListShape(
                    name,
                    element,
                    ShowsMemory: direction == Direction.FromGuest,
                    IsWritable: direction == Direction.FromGuest && type.IsSystemType("Span")),
            INamedTypeSymbol { Arity: 1, TypeArguments: [{ } item] }
                when type.IsSystemType("ReadOnlyMemory")
                    && Of(item).Shape is { IsBlittable: true } element =>
                new WideListShape(name, element, ShowsMemory: false),
            IArrayTypeSymbol { IsSZArray: true, NullableAnnotation: not NullableAnnotation.Annotated } array
                when Of(array.ElementType).Shape is { IsBlittable: true } element =>
                new WideListShape(name, element, ShowsMemory: false),
            _ => null,
        };
    }
}
