using WasmBindgen.Generator.Abi;

namespace WasmBindgen.Generator.Models;

/// <summary>
/// What lies in a memory of 64 bits, by its address and length in an i64 each. It is no part of anything else.
/// </summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Flat">The core types that it is flattened to.</param>
internal abstract record WideShape(string Type, EquatableArray<CoreType> Flat)
    : Shape(Type, Flat, new(8 * Flat.Count, 8))
{
    internal override bool NeedsMemory => true;

    internal override bool CanSpill => false;

    protected static EquatableArray<CoreType> AddressAndLength => Slots(CoreType.I64, CoreType.I64);
}

/// <summary>UTF-8.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
internal sealed record WideTextShape(string Type) : WideShape(Type, AddressAndLength)
{
    internal override bool NeedsAllocator => true;

    internal override bool CanFail => true;
}

/// <summary>An address, which is passed as it is.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Pointee">The type that it points at, as generated code names it.</param>
internal sealed record WidePointerShape(string Type, string Pointee) : WideShape(Type, Slots(CoreType.I64))
{
    internal override bool CanFail => false;
}

/// <summary>Elements that lie in memory as the host's do.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Element">How an element crosses, which is blittable.</param>
/// <param name="ShowsMemory">Whether it shows the memory, and is not a copy.</param>
/// <param name="IsWritable">Whether it is a <c>Span</c> that shows the memory.</param>
internal sealed record WideListShape(string Type, Shape Element, bool ShowsMemory, bool IsWritable = false)
    : WideShape(Type, AddressAndLength)
{
    internal override bool NeedsAllocator => true;

    internal override bool CanFail => true;

    internal override bool IsView => ShowsMemory;

    internal override IEnumerable<Shape> Parts => [Element];
}
