using WasmBindgen.Generator.Abi;

namespace WasmBindgen.Generator.Models;

/// <summary>An object by its index: in the host's heap, or in the guest's own table.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Object">The type of the object, without a mark of null.</param>
/// <param name="IsNullable">Whether it may be null.</param>
/// <param name="IsBorrow">Whether it is in a <c>Borrow</c>, and stays where it is.</param>
/// <param name="IsInTable">Whether it is in the guest's table.</param>
internal sealed record ObjectIndexShape(string Type, string Object, bool IsNullable, bool IsBorrow, bool IsInTable)
    : Shape(Type, Slots(CoreType.I32), new(4, 4))
{
    internal override bool NeedsMemory => IsInTable;

    internal override bool NeedsStore => true;

    internal override bool CanFail => true;
}

/// <summary>Text or a list that a guest's function returns, and the host frees.</summary>
/// <param name="Value">How it crosses otherwise.</param>
/// <param name="Element">How an element crosses.</param>
internal sealed record OwnedShape(Shape Value, Shape Element) : Shape(Value.Type, Value.Flat, Value.Layout)
{
    // to free it
    internal override bool NeedsClasses => true;

    internal override IEnumerable<Shape> Parts => [Value];
}

/// <summary>Text or a list that is a null address if it is null.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Value">How it crosses otherwise.</param>
internal sealed record NullAddressShape(string Type, Shape Value) : Shape(Type, Value.Flat, Value.Layout)
{
    internal override IEnumerable<Shape> Parts => [Value];
}

/// <summary>A number of 64 bits that may be none, with an i32 before it that says so.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Value">How the number crosses.</param>
internal sealed record FlaggedShape(string Type, ScalarShape Value)
    : Shape(Type, Slots(CoreType.I32, Value.Core), new(16, 8))
{
    internal override IEnumerable<Shape> Parts => [Value];
}

/// <summary><c>Result&lt;T, TError&gt;</c> as a value, an object, and an i32 that says which of them counts.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Value">How the value crosses.</param>
/// <param name="Error">How the error crosses.</param>
internal sealed record FallibleShape(string Type, Shape Value, ObjectIndexShape Error) : Shape(
    Type,
    Value.Flat.Concat([CoreType.I32, CoreType.I32]).ToEquatableArray(),
    Layout.OfFields([Value.Layout, new(4, 4), new(4, 4)]))
{
    internal override IEnumerable<Shape> Parts => [Value, Error];
}

/// <summary>A result of several slots, in an area whose address is the first parameter.</summary>
/// <param name="Value">The result.</param>
internal sealed record ResultAreaShape(Shape Value) : Shape(Value.Type, Value.Flat, Value.Layout)
{
    internal override IEnumerable<Shape> Parts => [Value];
}
