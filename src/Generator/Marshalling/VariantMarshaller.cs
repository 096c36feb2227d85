using WasmBindgen.Generator.Abi;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Symbols;
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
        Layout.OfCases(width, shape.Cases.Select(static item => item.Fields.Layout), out int payload);
        string name = Literal(shape.DisplayName);
        StructText.Write(
            writer,
            shape,
            Struct,
            Read($"{SlotAt(0)}.U32", static item => new FieldsText(item.Fields).Lift(item.Type, 1, Prefix(item))),
            Read(
                $"memory.ReadCase(address, {width})",
                item => new FieldsText(item.Fields).Load(item.Type, payload, Prefix(item))),
            Match((item, local, i) => [$"{SlotAt(0)}.U32 = {i};", .. new FieldsText(item.Fields).Lower(local, 1)]),
            Match((item, local, i) =>
                [$"memory.WriteCase(address, {width}, {i});", .. new FieldsText(item.Fields).Store(local, payload)]));
        return true;

        string Read(string number, Func<Case, string> make)
        {
            var text = new IndentedWriter();
            text.Open($"switch ({number})");
            for (int i = 0; i < shape.Cases.Count; i++)
            {
                string statements = shape.Cases[i].HasInstance
                    ? $"return {shape.Cases[i].Type}.Instance;"
                    : make(shape.Cases[i]);
                bool hasLocals = shape.Cases[i].Fields.Items.Count > 0; // which are those of no other case
                text.Write($"case {i}:");
                text.Write(hasLocals ? $"{{\n{Indented(statements)}\n}}" : Indented(statements));
                text.WriteLine();
            }

            text.Write("case var number:");
            text.Write($"    throw {Services}::Cases.Invalid(number, {name});");
            text.Close();
            return text.ToString().TrimEnd('\n');
        }

        string Match(Func<Case, string, int, IEnumerable<string>> write)
        {
            var text = new IndentedWriter();
            text.Open("switch (value)");
            for (int i = 0; i < shape.Cases.Count; i++)
            {
                Case item = shape.Cases[i];
                string local = Escape(FieldsText.Parameters().Unique(Names.CamelCase(item.Name)));
                text.Write($"case {item.Type}{(item.Fields.Items.Count > 0 ? " " + local : "")}:");
                text.Write(Indented(string.Join("\n", write(item, local, i).Append("break;"))));
                text.WriteLine();
            }

            text.Write("default:");
            text.Write($"    throw {Services}::Cases.NoCase(value, {name});");
            text.Close();
            return text.ToString().TrimEnd('\n');
        }
    }

    private static string Prefix(Case item) => item.Name + ".";
}
