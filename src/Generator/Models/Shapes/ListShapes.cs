using WasmBindgen.Generator.Abi;

namespace WasmBindgen.Generator.Models;

/// <summary>The collections that cross as a list, named as the runtime's struct for each.</summary>
internal enum Collection
{
    Array,
    List,
    ReadOnlyList,
    ImmutableArray,
    ReadOnlyMemory,
}

/// <summary>An array or one of the collections that cross as a list.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Collection">Which one.</param>
/// <param name="Element">How an element crosses.</param>
internal sealed record ListShape(string Type, Collection Collection, Shape Element)
    : Shape(Type, Slots(CoreType.I32, CoreType.I32), new(8, 4))
{
    internal override bool NeedsMemory => true;

    internal override bool NeedsAllocator => true;

    internal override bool CanFail => true;

    internal override IEnumerable<Shape> Parts => [Element];
}

/// <summary>
/// A span: as a host method's parameter a view of the guest's memory, without a copy; on the way to the guest it is
/// copied like any list. It is no part of anything else, since C# does not allow that.
/// </summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Element">How an element crosses; null for a <c>char</c>, spans of which are text.</param>
/// <param name="IsWritable">Whether it is a <c>Span</c>.</param>
internal sealed record SpanShape(string Type, Shape? Element, bool IsWritable = false)
    : Shape(Type, Slots(CoreType.I32, CoreType.I32), new(8, 4))
{
    internal override bool NeedsMemory => true;

    internal override bool NeedsAllocator => true;

    internal override bool CanFail => true;

    internal override bool IsView => true;

    internal override IEnumerable<Shape> Parts => Element is null ? [] : [Element];
}

/// <summary>
/// A host method's <c>Memory</c> of numbers, or of structs of numbers: a copy of the guest's list, which goes back when
/// the method has ended.
/// </summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Element">How an element crosses, which is blittable.</param>
/// <param name="IsWide">Whether the memory is of 64 bits.</param>
internal sealed record MemoryShape(string Type, Shape Element, bool IsWide) : Shape(
    Type,
    IsWide ? Slots(CoreType.I64, CoreType.I64) : Slots(CoreType.I32, CoreType.I32),
    IsWide ? new(16, 8) : new(8, 4))
{
    internal override bool CanSpill => !IsWide;

    internal override bool NeedsMemory => true;

    internal override bool CanFail => true;

    internal override bool IsView => true;
}
