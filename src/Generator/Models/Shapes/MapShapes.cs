using WasmBindgen.Generator.Abi;

namespace WasmBindgen.Generator.Models;

/// <summary>A dictionary: a list of keys and values. Of equal keys the last counts.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Entry">How a key and its value cross: as a tuple.</param>
internal sealed record MapShape(string Type, RecordShape Entry)
    : Shape(Type, Slots(CoreType.I32, CoreType.I32), new(8, 4))
{
    internal override bool NeedsMemory => true;

    internal override bool NeedsAllocator => true;

    internal override bool CanFail => true;

    internal override IEnumerable<Shape> Parts => [Entry];
}

/// <summary>A list of a fixed length: its elements lie where it does, one after the other.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Element">How an element crosses.</param>
/// <param name="Length">The number of elements.</param>
internal sealed record FixedListShape(string Type, Shape Element, int Length) : Shape(
    Type,
    Enumerable.Repeat(Element.Flat, Length).SelectMany(static flat => flat).ToEquatableArray(),
    new(Element.Layout.Size * Length, Element.Layout.Alignment))
{
    internal override bool CanFail => true;

    internal override IEnumerable<Shape> Parts => [Element];
}
