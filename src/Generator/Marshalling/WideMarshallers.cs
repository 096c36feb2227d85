using WasmBindgen.Generator.Models;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>UTF-8 in a memory of 64 bits.</summary>
internal sealed class WideTextMarshaller(WideTextShape shape) : Marshaller(shape)
{
    internal override string Struct => "";

    internal override string Lift(int slot, string name) => $"memory.WideText({SlotsAt(slot)}, {Literal(name)})";

    internal override string Lower(int slot, string value, string name) =>
        $"memory.LowerWideText({SlotsAt(slot)}, {value}, {Literal(name)});";
}

/// <summary>An address of 64 bits.</summary>
internal sealed class WidePointerMarshaller(WidePointerShape shape) : Marshaller(shape)
{
    internal override string Struct => "";

    internal override string Lift(int slot, string name) => $"memory.WidePointer<{shape.Pointee}>({SlotsAt(slot)})";

    internal override string Lower(int slot, string value, string name) =>
        $"memory.LowerWidePointer({SlotsAt(slot)}, {value});";
}

/// <summary>Elements in a memory of 64 bits.</summary>
internal sealed class WideListMarshaller(WideListShape shape) : Marshaller(shape)
{
    internal override string Struct => "";

    internal override string Lift(int slot, string name) =>
        $"memory.{(shape.IsWritable ? "WritableWideView" : shape.ShowsMemory ? "WideView" : "WideArray")}"
            + $"<{shape.Element.Type}>({SlotsAt(slot)}, {Literal(name)}{Alignment(shape.Element)})";

    internal override string Lower(int slot, string value, string name) =>
        $"memory.LowerWide<{shape.Element.Type}>({SlotsAt(slot)}, {value}, {Literal(name)}{Alignment(shape.Element)});";
}
