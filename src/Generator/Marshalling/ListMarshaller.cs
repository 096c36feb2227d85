using Microsoft.CodeAnalysis;
using WasmBindgen.Generator.Emission;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>An array or one of the collections that cross as a list.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Collection">The runtime's struct for the collection, such as <c>WitArray</c>.</param>
/// <param name="Element">How an element crosses.</param>
internal sealed record ListMarshaller(string Type, string Collection, Marshaller Element)
    : Marshaller(Type, $"{SourceFile.Services}.{Collection}<{Element.Type}, {Element.Shape}>")
{
    internal override IReadOnlyList<CoreType> Flat => [CoreType.I32, CoreType.I32];

    internal override Layout Layout => new(8, 4);

    internal override bool NeedsMemory => true;

    internal override bool NeedsAllocator => true;

    internal override bool CanFail => true;

    internal override IEnumerable<Marshaller> Parts => [Element];

    /// <summary>The runtime's struct for a collection type, and the type of its elements; null if it is none.</summary>
    internal static (string Collection, ITypeSymbol Element)? Find(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { Rank: 1, ElementType: { } element } => ("WitArray", element),
        INamedTypeSymbol { Arity: 1, ContainingType: null, TypeArguments: [{ } element] } => $"{type.ContainingNamespace.ToDisplayString()}.{type.Name}" switch
        {
            "System.Collections.Generic.List" => ("WitList", element),
            "System.Collections.Generic.IReadOnlyList" => ("WitReadOnlyList", element),
            "System.Collections.Immutable.ImmutableArray" => ("WitImmutableArray", element),
            "System.ReadOnlyMemory" => ("WitReadOnlyMemory", element),
            _ => null,
        },
        _ => null,
    };
}

/// <summary>
/// A span: as a host method's parameter a view of the guest's memory, without a copy; on the way to the guest it is copied like
/// any list. It is no part of anything else, since C# does not allow that.
/// </summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Element">How an element crosses; null for a <c>char</c>, spans of which are text.</param>
internal sealed record SpanMarshaller(string Type, Marshaller? Element) : Marshaller(Type, "")
{
    internal override IReadOnlyList<CoreType> Flat => [CoreType.I32, CoreType.I32];

    internal override Layout Layout => new(8, 4);

    internal override bool NeedsMemory => true;

    internal override bool NeedsAllocator => true;

    internal override bool CanFail => true;

    internal override bool IsView => true;

    internal override IEnumerable<Marshaller> Parts => Element is null ? [] : [Element];

    internal override string Lift(string slots, string name) => $"memory.View<{Element!.Type}>({slots}, {SourceFile.Literal(name)}{Element.AlignmentArgument})";

    internal override string Load(string address, string name) => $"memory.View<{Element!.Type}>({address}, {SourceFile.Literal(name)}{Element.AlignmentArgument})";

    internal override string Lower(string slots, string value, string name) => Write("Lower", slots, value, name);

    internal override string Store(string address, string value, string name) => Write("Store", address, value, name);

    private string Write(string way, string place, string value, string name) => Element is null
        ? $"memory.{way}Text({place}, {value}, {SourceFile.Literal(name)});"
        : $"memory.{way}Span<{Element.Type}, {Element.Shape}>({place}, {value}, {SourceFile.Literal(name)});";
}

/// <summary>A host method's <c>Memory</c> or <c>ReadOnlyMemory</c> of numbers or structs of such: the list where it lies in the guest's memory, until the method has ended.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Element">How an element crosses, which is blittable.</param>
/// <param name="IsWide">Whether the memory is of 64 bits.</param>
internal sealed record LentMemoryMarshaller(string Type, Marshaller Element, bool IsWide) : Marshaller(Type, "")
{
    internal override IReadOnlyList<CoreType> Flat => IsWide ? [CoreType.I64, CoreType.I64] : [CoreType.I32, CoreType.I32];

    internal override Layout Layout => IsWide ? new(16, 8) : new(8, 4);

    internal override bool CanSpill => !IsWide;

    internal override bool NeedsMemory => true;

    internal override bool CanFail => true;

    internal override bool IsView => true;

    internal override string Declaration => "using var";

    internal override string Argument(string modifier, string local) => $"{local}.Memory"; // as a value, which `in` takes too

    internal override string Lift(string slots, string name) => $"memory.{(IsWide ? "WideLend" : "Lend")}<{Element.Type}>({slots}, {SourceFile.Literal(name)}{Element.AlignmentArgument})";

    internal override string Load(string address, string name) => $"memory.Lend<{Element.Type}>({address}, {SourceFile.Literal(name)}{Element.AlignmentArgument})";
}
