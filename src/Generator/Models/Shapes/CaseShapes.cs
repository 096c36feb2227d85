using WasmBindgen.Generator.Abi;

namespace WasmBindgen.Generator.Models;

/// <summary>What may be none, named as the runtime's struct for each.</summary>
internal enum Optional
{
    /// <summary><c>T?</c> of a value type.</summary>
    Nullable,

    /// <summary><c>T?</c> of a reference type.</summary>
    Optional,

    /// <summary>The runtime's <c>Option&lt;T&gt;</c>.</summary>
    Option,
}

/// <summary><c>T?</c> or <c>Option&lt;T&gt;</c>: case 0 for none, case 1 with the value.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Kind">Which of them.</param>
/// <param name="Value">How the value crosses.</param>
internal sealed record OptionShape(string Type, Optional Kind, Shape Value)
    : Shape(Type, Flattening.OfCases([Value.Flat]).ToEquatableArray(), Layout.OfCases(1, [Value.Layout], out _))
{
    internal override bool CanFail => true;

    internal override IEnumerable<Shape> Parts => [Value];
}

/// <summary><c>Result&lt;T, TError&gt;</c>: case 0 with the value, case 1 with the error.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Value">How the value crosses.</param>
/// <param name="Error">How the error crosses.</param>
internal sealed record ResultShape(string Type, Shape Value, Shape Error)
    : Shape(
        Type,
        Flattening.OfCases([Value.Flat, Error.Flat]).ToEquatableArray(),
        Layout.OfCases(1, [Value.Layout, Error.Layout], out _))
{
    internal override bool CanFail => true;

    internal override IEnumerable<Shape> Parts => [Value, Error];
}

/// <summary><c>Unit</c>: what a result without value or error has.</summary>
internal sealed record UnitShape() : Shape("global::WasmBindgen.Unit", Slots(), new(0, 1));

/// <summary>A case of a variant.</summary>
/// <param name="Name">Its name, for messages.</param>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Fields">Its payload: none, one value, or a tuple of several.</param>
/// <param name="HasInstance">Whether it has nothing in it, and one object for all.</param>
internal sealed record Case(string Name, string Type, Fields Fields, bool HasInstance = false);

/// <summary>An abstract record with <c>[WasmVariant]</c>, whose nested records are the cases.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Struct">The name for the struct that reads and writes it.</param>
/// <param name="DisplayName">The type as messages call it.</param>
/// <param name="Cases">The cases in order.</param>
internal sealed record VariantShape(string Type, string Struct, string DisplayName, EquatableArray<Case> Cases) : Shape(
    Type,
    Flattening.OfCases(Cases.Select(static one => (IEnumerable<CoreType>)one.Fields.Flat)).ToEquatableArray(),
    Layout.OfCases(Layout.CaseWidth(Cases.Count), Cases.Select(static one => one.Fields.Layout), out _))
{
    internal override bool CanFail => true;

    internal override bool CanBeUnfit => true;

    internal override IEnumerable<Shape> Parts => Cases.SelectMany(static one => one.Fields.Values);
}
