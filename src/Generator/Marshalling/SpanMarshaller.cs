using WasmBindgen.Generator.Models;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>A span.</summary>
internal sealed class SpanMarshaller(SpanShape shape) : Marshaller(shape)
{
    internal override string Struct => "";

    internal override string Lift(int slot, string name) => View(SlotsAt(slot), name);

    internal override string Load(string address, string name) => View(address, name);

    internal override string Lower(int slot, string value, string name) => Write("Lower", SlotsAt(slot), value, name);

    internal override string Store(string address, string value, string name) => Write("Store", address, value, name);

    private string View(string place, string name) =>
        $"memory.{(shape.IsWritable ? "WritableView" : "View")}<{shape.Element!.Type}>("
            + $"{place}, {Literal(name)}{Alignment(shape.Element)})";

    private string Write(string way, string place, string value, string name) => shape.Element is null
        ? $"memory.{way}Text({place}, {value}, {Literal(name)});"
        : $"memory.{way}Span<{shape.Element.Type}, {Of(shape.Element).Struct}>({place}, {value}, {Literal(name)});";
}
