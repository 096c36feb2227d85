using Microsoft.CodeAnalysis;
using WasmBindgen.Generator.Emission;
using WasmBindgen.Generator.Parsing;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>What lies in a memory of 64 bits, by its address and length in an i64 each. It is no part of anything else.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
internal abstract record WideMarshaller(string Type) : Marshaller(Type, "")
{
    internal override IReadOnlyList<CoreType> Flat => [CoreType.I64, CoreType.I64];

    internal override Layout Layout => new(16, 8);

    internal override bool NeedsMemory => true;

    internal override bool NeedsAllocator => true;

    internal override bool CanFail => true;

    internal override bool CanSpill => false;

    /// <returns>Null for what does not lie in memory by itself.</returns>
    internal static WideMarshaller? For(ITypeSymbol type, string name, Direction direction, Func<ITypeSymbol, Marshaller?> find) => type switch
    {
        { SpecialType: SpecialType.System_String, NullableAnnotation: not NullableAnnotation.Annotated } => new WideTextMarshaller(name),
        INamedTypeSymbol { Arity: 1, TypeArguments: [{ SpecialType: SpecialType.System_Char }] } when direction == Direction.ToGuest && type.IsSystemType("ReadOnlySpan") =>
            new WideTextMarshaller(name),
        INamedTypeSymbol { Arity: 1, TypeArguments: [{ } pointee] } when type.IsRuntimeType("GuestPointer") =>
            new WidePointerMarshaller(name, pointee.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)),
        INamedTypeSymbol { Arity: 1, TypeArguments: [{ } item] } when (type.IsSystemType("Span") || type.IsSystemType("ReadOnlySpan")) && find(item) is { IsBlittable: true } element =>
            new WideListMarshaller(name, element, direction == Direction.FromGuest),
        INamedTypeSymbol { Arity: 1, TypeArguments: [{ } item] } when type.IsSystemType("ReadOnlyMemory") && direction == Direction.ToGuest && find(item) is { IsBlittable: true } element =>
            new WideListMarshaller(name, element, isView: false),
        IArrayTypeSymbol { IsSZArray: true, NullableAnnotation: not NullableAnnotation.Annotated } array when find(array.ElementType) is { IsBlittable: true } element =>
            new WideListMarshaller(name, element, isView: false),
        _ => null,
    };
}

/// <summary>UTF-8.</summary>
internal sealed record WideTextMarshaller(string Type) : WideMarshaller(Type)
{
    internal override string Lift(string slots, string name) => $"memory.WideText({slots}, {SourceFile.Literal(name)})";

    internal override string Lower(string slots, string value, string name) => $"memory.LowerWideText({slots}, {value}, {SourceFile.Literal(name)});";
}

/// <summary>An address.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Pointee">The type that it points at, as generated code names it.</param>
internal sealed record WidePointerMarshaller(string Type, string Pointee) : WideMarshaller(Type)
{
    internal override IReadOnlyList<CoreType> Flat => [CoreType.I64];

    internal override Layout Layout => new(8, 8);

    /// <summary>It is passed as it is.</summary>
    internal override bool NeedsAllocator => false;

    internal override bool CanFail => false;

    internal override string Lift(string slots, string name) => $"memory.WidePointer<{Pointee}>({slots})";

    internal override string Lower(string slots, string value, string name) => $"memory.LowerWidePointer({slots}, {value});";
}

/// <summary>Elements that lie in memory as the host's do.</summary>
internal sealed record WideListMarshaller : WideMarshaller
{
    private readonly Marshaller _element;

    /// <param name="type">The C# type as generated code names it.</param>
    /// <param name="element">How an element crosses, which is blittable.</param>
    /// <param name="isView">Whether it shows the memory, and is not a copy.</param>
    internal WideListMarshaller(string type, Marshaller element, bool isView)
        : base(type) => (_element, IsView) = (element, isView);

    internal override bool IsView { get; }

    internal override IEnumerable<Marshaller> Parts => [_element];

    internal override string Lift(string slots, string name) =>
        $"memory.{(IsView ? "WideView" : "WideArray")}<{_element.Type}>({slots}, {SourceFile.Literal(name)}{_element.AlignmentArgument})";

    internal override string Lower(string slots, string value, string name) =>
        $"memory.LowerWide<{_element.Type}>({slots}, {value}, {SourceFile.Literal(name)}{_element.AlignmentArgument});";
}
