using WasmBindgen.Generator.Abi;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Text;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>An abstract record with <c>[WasmVariant]</c>.</summary>
internal sealed class VariantMarshaller(VariantShape shape) : Marshaller(shape)
{
    internal override string Struct => shape.Struct;

    internal override bool WriteStruct(IndentedWriter writer)
    {
        int width = Layout.CaseWidth(shape.Cases.Count);
        Layout.OfCases(width, shape.Cases.Select(static one => one.Fields.Layout), out int payload);
        string name = Literal(shape.DisplayName);
        StructText.Write(
            writer,
            shape,
            Struct,
            Switch("slots->U32", one => new FieldsText(one.Fields).Lift(one.Type, 1, Prefix(one))),
            Switch($"memory.ReadCase(address, {width})", one => new FieldsText(one.Fields).Load(one.Type, payload, Prefix(one))),
            Match((one, i) => [$"slots->U32 = {i};", .. new FieldsText(one.Fields).Lower("one", 1)]),
            Match((one, i) => [$"memory.WriteCase(address, {width}, {i});", .. new FieldsText(one.Fields).Store("one", payload)]));
        return true;

        string Switch(string number, Func<Case, string> make) =>
            $"{number} switch\n{{\n{string.Concat(shape.Cases.Select((one, i) => $"    {i} => {make(one)},\n"))}    var number => throw {Services}.Cases.Invalid(number, {name}),\n}}";

        string Match(Func<Case, int, IEnumerable<string>> write)
        {
            IEnumerable<string> cases = shape.Cases.Select((one, i) =>
                $"    case {one.Type}{(one.Fields.Items.Count > 0 ? " one" : "")}:\n{string.Concat(write(one, i).Select(static line => $"        {line}\n"))}        break;\n");
            return $"switch (value)\n{{\n{string.Concat(cases)}    default:\n        throw {Services}.Cases.NoCase(value, {name});\n}}";
        }
    }

    private static string Prefix(Case one) => one.Name + ".";
}
