using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Text;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>
/// A list of a fixed length, which is read as an array. Only arrays are parts of anything else; a parameter may be a
/// span, or a list of another type.
/// </summary>
internal sealed class FixedListMarshaller(FixedListShape shape) : Marshaller(shape)
{
    private string Array => shape.Element.Type + "[]";

    private string ElementAndStruct => $"<{shape.Element.Type}, {Of(shape.Element).Struct}>";

    internal override string Struct => shape.Struct;

    internal override string Lift(int slot, string name) => Call("Lift", SlotsAt(slot), name);

    internal override string Load(string address, string name) => Call("Load", address, name);

    internal override string Lower(int slot, string value, string name) => shape.IsSpan
        ? Enclose(
            $"memory.LowerFixed{ElementAndStruct}(",
            [SlotsAt(slot), value, $"{shape.Length}", $"{shape.Element.Flat.Count}", Literal(name)],
            ");")
        : Call("Lower", $"{SlotsAt(slot)}, {ToArray(value)}", name) + ";";

    internal override string Store(string address, string value, string name) => shape.IsSpan
        ? Enclose(
            $"memory.StoreFixed{ElementAndStruct}(", [address, value, $"{shape.Length}", Literal(name)], ");")
        : Call("Store", $"{address}, {ToArray(value)}", name) + ";";

    internal override bool WriteStruct(IndentedWriter writer)
    {
        string list = $"{Services}::FixedList";
        string slots = $"{shape.Length}, {shape.Element.Flat.Count}, ref memory";
        StructText.Write(
            writer,
            shape with { Type = Array },
            Struct,
            $"return {list}.Lift{ElementAndStruct}(slots, {slots});",
            $"return {list}.Load{ElementAndStruct}(address, {shape.Length}, ref memory);",
            $"{list}.Lower{ElementAndStruct}(slots, value, {slots});",
            $"{list}.Store{ElementAndStruct}(address, value, {shape.Length}, ref memory);");
        return true;
    }

    private string ToArray(string value) => Type == Array ? value : $"{Services}::FixedList.Array({value})";

    private string Call(string way, string place, string name) =>
        Enclose($"memory.{way}<{Array}, {Struct}>(", [place, Literal(name)], ")");
}
