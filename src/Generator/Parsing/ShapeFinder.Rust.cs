using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Symbols;
using static WasmBindgen.Generator.Parsing.Found;

namespace WasmBindgen.Generator.Parsing;

/// <content>What wasm-bindgen's JavaScript passes to and from the guests that it made.</content>
internal sealed partial class ShapeFinder
{
    private const string WhatRustTakes =
        " (of a [RustWasmBindgen] class, only numbers, strings, objects, arrays and spans of them, and pointers can "
            + "cross)";

    /// <summary>Whether objects are in a heap of the host's.</summary>
    private bool HasObjectHeap =>
        _rust!.NamedArguments.Any(static argument => argument is { Key: "ObjectHeap", Value.Value: true });

    private Found Rust(ITypeSymbol type, ImmutableArray<AttributeData> attributes, Direction direction)
    {
        if (type is INamedTypeSymbol { Arity: 1, TypeArguments: [{ IsReferenceType: true } lent] }
            && type.IsRuntimeType("Borrow"))
        {
            return HasObjectHeap
                ? ObjectIndex(type, lent, isBorrow: true)
                : Refused(" (without an object heap, guests hold references: take the object itself)");
        }

        bool isIndex = Has(attributes, "TableIndexAttribute");
        if (type.SpecialType == SpecialType.System_Object || Has(attributes, "ExternRefAttribute"))
        {
            return type.IsReferenceType && (HasObjectHeap || isIndex)
                ? ObjectIndex(type, type)
                : Plain(type, attributes, direction);
        }

        if (isIndex || type is INamedTypeSymbol { DelegateInvokeMethod: not null })
        {
            return Plain(type, attributes, direction);
        }

        if (Encoding(attributes) is not null)
        {
            return Refused(" (the strings of a [RustWasmBindgen] class are UTF-8)");
        }

        string name = type.ToDisplayString(FullName);
        if (type is INamedTypeSymbol { ConstructedFrom.SpecialType: SpecialType.System_Nullable_T } optional)
        {
            return ScalarOf(optional.TypeArguments[0].SpecialType) is { Layout.Size: 8 } number
                ? new FlaggedShape(name, number)
                : Refused(" (an option of wasm-bindgen is only the same everywhere for numbers of 64 bits)");
        }

        if (type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated })
        {
            return Rust(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated), attributes, direction)
                .Then(value => new NullAddressShape(name, value));
        }

        if (FindList(type) is { } list && IsObject(list.Element))
        {
            return ObjectIndex(list.Element, list.Element)
                .Then(element => new ListShape(name, list.Collection, element));
        }

        Found found = Of(type, direction);
        return found.Shape switch
        {
            SlotShape or StringShape or PointerShape => found,
            ListShape { Element.IsBlittable: true } or SpanShape { Element: null or { IsBlittable: true } } => found,
            _ => found.Unseen is null ? Refused(WhatRustTakes) : found,
        };
    }

    /// <summary>A result; one of several slots is in memory, or in as many results.</summary>
    private Found RustResult(ITypeSymbol type, ImmutableArray<AttributeData> attributes, Direction direction)
    {
        if (s_places.FirstOrDefault(place => Has(attributes, place + "Attribute")) is { } place)
        {
            return Refused($" ([RustWasmBindgen] and [{place}] exclude each other)");
        }

        Found found =
            direction == Direction.ToGuest ? With(type, attributes, direction)
            : type is INamedTypeSymbol { TypeArguments: [{ } value, { } error] } && type.IsRuntimeType("Result")
                ? Fallible(type, value, error, attributes)
            : With(type, attributes, direction).Then(static result => Owned(result));
        return found.Then(result =>
            result.Flat.Count < 2 ? result
            : direction == Direction.ToGuest || HasObjectHeap ? new ResultAreaShape(result)
            : new MultiValueShape(result));
    }

    private Found Fallible(
        ITypeSymbol type, ITypeSymbol value, ITypeSymbol error, ImmutableArray<AttributeData> attributes)
    {
        if (!error.IsReferenceType)
        {
            return Refused(" (an error of wasm-bindgen is an object)");
        }

        Found found =
            value.IsRuntimeType("Unit") ? new UnitShape()
            : IsObject(value) && value.SpecialType != SpecialType.System_String ? ObjectIndex(value, value)
            : With(value, attributes, Direction.FromGuest).Then(static result => Owned(result));
        return found.Then(shape => ObjectIndex(error, error).Then(index =>
            new FallibleShape(type.ToDisplayString(FullName), shape, (ObjectIndexShape)index)));
    }

    /// <summary>What the host frees when it has read it.</summary>
    private static Shape Owned(Shape result) => result switch
    {
        StringShape => new OwnedShape(result, s_byte),
        ListShape list => new OwnedShape(result, list.Element),
        NullAddressShape optional => optional with { Value = Owned(optional.Value) },
        _ => result,
    };

    private static bool IsObject(ITypeSymbol type) =>
        type.SpecialType is SpecialType.System_Object or SpecialType.System_String;

    private Found ObjectIndex(ITypeSymbol type, ITypeSymbol value, bool isBorrow = false) => new ObjectIndexShape(
        type.ToDisplayString(FullName),
        value.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(FullName),
        value.NullableAnnotation == NullableAnnotation.Annotated,
        isBorrow,
        !HasObjectHeap);
}
