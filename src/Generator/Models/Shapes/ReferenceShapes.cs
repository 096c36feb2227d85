using WasmBindgen.Generator.Abi;

namespace WasmBindgen.Generator.Models;

/// <summary>A class with <c>[WasmResource]</c>, as itself (own) or in a <c>Borrow</c>: a handle.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Resource">The class as generated code names it.</param>
/// <param name="IsBorrow">Whether the object stays where it is.</param>
internal sealed record ResourceShape(string Type, string Resource, bool IsBorrow)
    : Shape(Type, Slots(CoreType.I32), new(4, 4))
{
    internal override bool NeedsStore => true;

    internal override bool CanFail => true;
}

/// <summary>An object that the guest holds and cannot look into: externref.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Object">The same without a mark of null.</param>
internal sealed record ExternRefShape(string Type, string Object) : Shape(Type, Slots(CoreType.ExternRef), NoLayout)
{
    internal bool IsNullable => Type != Object;

    internal override bool CanSpill => false;

    internal override bool NeedsStore => true;

    internal override bool CanFail => true;
}

/// <summary>A delegate for a guest's function: a funcref, or an index into a table.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Delegate">The same without a mark of null.</param>
/// <param name="Struct">The name for the struct that reads and writes it.</param>
/// <param name="Parameters">How its parameters cross, each in a slot of its own.</param>
/// <param name="Result">How its result crosses; null when the function gives none.</param>
/// <param name="Table">The name of the table that indices are into; null for a funcref.</param>
internal sealed record CallbackShape(
    string Type, string Delegate, string Struct, EquatableArray<SlotShape> Parameters, SlotShape? Result, string? Table)
    : Shape(Type, Slots(Table is null ? CoreType.FuncRef : CoreType.I32), NoLayout)
{
    internal override bool CanSpill => false;

    internal override bool NeedsStore => true;

    internal override bool CanFail => true;

    internal override IEnumerable<Shape> Parts => Parameters.Append<Shape?>(Result).OfType<Shape>();
}
