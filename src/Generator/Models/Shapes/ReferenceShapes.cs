using WasmBindgen.Generator.Abi;

namespace WasmBindgen.Generator.Models;

/// <summary>A class with <c>[WasmResource]</c>, as itself (own) or in a <c>Borrow</c>: a handle.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Resource">The class as generated code names it.</param>
/// <param name="IsBorrow">Whether the object stays where it is.</param>
/// <param name="IsGuests">Whether it is a guest's, of which the host has an object.</param>
internal sealed record ResourceShape(string Type, string Resource, bool IsBorrow, bool IsGuests = false)
    : Shape(Type, Slots(CoreType.I32), new(4, 4))
{
    internal override bool NeedsStore => true;

    internal override bool CanFail => true;

    internal override bool CanBeUnfit => true;
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

    internal override bool CanBeUnfit => !IsNullable;
}
