using WasmBindgen.Generator.Emission;
using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>A case of a variant.</summary>
/// <param name="Name">Its name, for messages.</param>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Fields">Its payload: none, one value, or a tuple of several.</param>
internal sealed record Case(string Name, string Type, Fields Fields);

/// <summary>An abstract record with <c>[WasmVariant]</c>, whose nested records are the cases.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Shape">The name for the struct that reads and writes it.</param>
/// <param name="DisplayName">The type as messages call it.</param>
/// <param name="Cases">The cases in order.</param>
internal sealed record VariantMarshaller(string Type, string Shape, string DisplayName, EquatableArray<Case> Cases) : Marshaller(Type, Shape)
{
    internal override IReadOnlyList<CoreType> Flat => Flattening.OfCases(Cases.Select(static one => (IReadOnlyList<CoreType>)one.Fields.Flat));

    internal override Layout Layout => LayoutOf(out _);

    internal override bool CanFail => true;

    internal override IEnumerable<Marshaller> Parts => Cases.SelectMany(static one => one.Fields.Values);

    private int CaseWidth => Layout.CaseWidth(Cases.Count);

    internal override bool WriteShape(IndentedWriter writer)
    {
        LayoutOf(out int payload);
        string name = SourceFile.Literal(DisplayName);
        ShapeText.Write(
            writer,
            this,
            Switch("slots->U32", one => one.Fields.Lift(one.Type, 1, Prefix(one))),
            Switch($"memory.ReadCase(address, {CaseWidth})", one => one.Fields.Load(one.Type, payload, Prefix(one))),
            Match((one, i) => [$"slots->U32 = {i};", .. one.Fields.Lower("one", 1)]),
            Match((one, i) => [$"memory.WriteCase(address, {CaseWidth}, {i});", .. one.Fields.Store("one", payload)]));
        return true;

        string Switch(string number, Func<Case, string> make) =>
            $"{number} switch\n{{\n{string.Concat(Cases.Select((one, i) => $"    {i} => {make(one)},\n"))}    var number => throw {SourceFile.Services}.Cases.Invalid(number, {name}),\n}}";

        string Match(Func<Case, int, IEnumerable<string>> write)
        {
            IEnumerable<string> cases = Cases.Select((one, i) =>
                $"    case {one.Type}{(one.Fields.Items.Count > 0 ? " one" : "")}:\n{string.Concat(write(one, i).Select(static line => $"        {line}\n"))}        break;\n");
            return $"switch (value)\n{{\n{string.Concat(cases)}    default:\n        throw {SourceFile.Services}.Cases.NoCase(value, {name});\n}}";
        }
    }

    private static string Prefix(Case one) => one.Name + ".";

    private Layout LayoutOf(out int payload) => Layout.OfCases(CaseWidth, Cases.Select(static one => one.Fields.Layout), out payload);
}
