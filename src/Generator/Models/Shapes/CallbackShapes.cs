using WasmBindgen.Generator.Abi;

namespace WasmBindgen.Generator.Models;

/// <summary>A function as a delegate: a funcref, or an index into a table.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Delegate">The same without a mark of null.</param>
/// <param name="Struct">The name for the struct that reads and writes it.</param>
/// <param name="Class">The name for the class that calls or is called.</param>
/// <param name="Table">The name of the table that indices are into; null for a funcref.</param>
/// <param name="Core">The function as the guest sees it.</param>
internal abstract record CallbackShape(
    string Type, string Delegate, string Struct, string Class, string? Table, CoreFunction Core)
    : Shape(Type, Slots(Table is null ? CoreType.FuncRef : CoreType.I32), NoLayout)
{
    internal override bool CanSpill => false;

    internal override bool NeedsMemory => Core.NeedsMemory;

    internal override bool NeedsStore => true;

    internal override bool CanFail => true;
}

/// <summary>A guest's function, which the delegate calls.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Delegate">The same without a mark of null.</param>
/// <param name="Struct">The name for the struct that reads it.</param>
/// <param name="Class">The name for the class that calls it.</param>
/// <param name="Table">The name of the table that indices are into; null for a funcref.</param>
/// <param name="Stub">The method that calls it.</param>
internal sealed record GuestCallbackShape(
    string Type, string Delegate, string Struct, string Class, string? Table, GuestFunctionStub Stub)
    : CallbackShape(Type, Delegate, Struct, Class, Table, Stub.Core)
{
    // To read the delegate is to look up what its calls need.
    internal override bool NeedsClasses => Core.NeedsAllocator;

    internal override bool NeedsAllocator => false;

    internal override IEnumerable<Shape> Parts =>
        Stub.Parameters.Select(static parameter => parameter.Value).Append(Stub.Result!).OfType<Shape>();
}

/// <summary>A delegate of the host, which the guest calls.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Delegate">The same without a mark of null.</param>
/// <param name="Struct">The name for the struct that writes it.</param>
/// <param name="Class">The name for the class of the thunk.</param>
/// <param name="Table">The name of the table that indices are into; null for a funcref.</param>
/// <param name="Thunk">The function that the guest calls.</param>
internal sealed record HostCallbackShape(
    string Type, string Delegate, string Struct, string Class, string? Table, HostFunction Thunk)
    : CallbackShape(Type, Delegate, Struct, Class, Table, Thunk.Core)
{
    internal override bool NeedsClasses => false;

    internal override bool NeedsAllocator => Core.NeedsAllocator;

    internal override IEnumerable<Shape> Parts =>
        Thunk.Passed.Select(static parameter => parameter.Value).Append(Thunk.Result).OfType<Shape>();
}
