using WasmBindgen.Generator.Emission;

namespace WasmBindgen.Generator.Marshalling;

/// <summary><c>T?</c> or <c>Option&lt;T&gt;</c>: case 0 for none, case 1 with the value.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Kind">The runtime's struct for it, such as <c>WitNullable</c>.</param>
/// <param name="Value">How the value crosses.</param>
internal sealed record OptionMarshaller(string Type, string Kind, Marshaller Value)
    : Marshaller(Type, $"{SourceFile.Services}.{Kind}<{Value.Type}, {Value.Shape}>")
{
    internal override IReadOnlyList<CoreType> Flat => Flattening.OfCases([Value.Flat]);

    internal override Layout Layout => Layout.OfCases(1, [Value.Layout], out _);

    internal override bool CanFail => true;

    internal override IEnumerable<Marshaller> Parts => [Value];
}

/// <summary><c>Result&lt;T, TError&gt;</c>: case 0 with the value, case 1 with the error.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Value">How the value crosses.</param>
/// <param name="Error">How the error crosses.</param>
internal sealed record ResultMarshaller(string Type, Marshaller Value, Marshaller Error)
    : Marshaller(Type, $"{SourceFile.Services}.WitResult<{Value.Type}, {Value.Shape}, {Error.Type}, {Error.Shape}>")
{
    internal override IReadOnlyList<CoreType> Flat => Flattening.OfCases([Value.Flat, Error.Flat]);

    internal override Layout Layout => Layout.OfCases(1, [Value.Layout, Error.Layout], out _);

    internal override bool CanFail => true;

    internal override IEnumerable<Marshaller> Parts => [Value, Error];
}

/// <summary><c>Unit</c>: what a result without value or error has.</summary>
internal sealed record UnitMarshaller() : Marshaller($"{SourceFile.Runtime}.Unit", $"{SourceFile.Services}.WitUnit")
{
    internal override IReadOnlyList<CoreType> Flat => [];

    internal override Layout Layout => new(0, 1);
}
