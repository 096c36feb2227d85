using WasmBindgen.Generator.Abi;

namespace WasmBindgen.Generator.Models;

/// <summary>A dictionary: a list of keys and values. Of equal keys the last counts.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Key">How a key crosses.</param>
/// <param name="Value">How a value crosses.</param>
internal sealed record MapShape(string Type, Shape Key, Shape Value)
    : Shape(Type, Slots(CoreType.I32, CoreType.I32), new(8, 4))
{
    internal override bool NeedsMemory => true;

    internal override bool NeedsAllocator => true;

    internal override bool CanFail => true;

    internal override IEnumerable<Shape> Parts => [Key, Value];

    /// <summary>How a key and its value lie in memory: as a tuple.</summary>
    internal RecordShape Entry => new(
        $"({Key.Type}, {Value.Type})",
        "WitEntry",
        new Fields(
            Construction.Tuple,
            new[] { new Field("Item1", "Item1", Key), new Field("Item2", "Item2", Value) }.ToEquatableArray()),
        IsReference: false,
        IsSequential: false,
        HasCode: false);
}

/// <summary>A list of a fixed length: its elements lie where it does, one after the other.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Struct">The name for the struct that reads and writes it as an array.</param>
/// <param name="Element">How an element crosses.</param>
/// <param name="Length">The number of elements.</param>
/// <param name="IsSpan">Whether the type is a span, and no array or list.</param>
internal sealed record FixedListShape(string Type, string Struct, Shape Element, int Length, bool IsSpan) : Shape(
    Type,
    // more than fit into slots are as good as any number
    Enumerable.Repeat(Element.Flat, Math.Min(Length, Flattening.MaxParameters + 1))
        .SelectMany(static flat => flat)
        .Take(Flattening.MaxParameters + 1)
        .ToEquatableArray(),
    new(Element.Layout.Size * Length, Element.Layout.Alignment))
{
    internal override bool CanFail => true;

    internal override bool CanBeUnfit => true;

    internal override IEnumerable<Shape> Parts => [Element];
}
