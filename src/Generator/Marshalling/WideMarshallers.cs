using WasmBindgen.Generator.Models;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>UTF-8 in a memory of 64 bits.</summary>
internal sealed class WideTextMarshaller(WideTextShape shape) : Marshaller(shape)
{
    internal override string Struct => "";

    internal override string Lift(string slots, string name) => $"memory.WideText({slots}, {Literal(name)})";

    internal override string Lower(string slots, string value, string name) => $"memory.LowerWideText({slots}, {value}, {Literal(name)});";
}

/// <summary>An address of 64 bits.</summary>
internal sealed class WidePointerMarshaller(WidePointerShape shape) : Marshaller(shape)
{
    internal override string Struct => "";

    internal override string Lift(string slots, string name) => $"memory.WidePointer<{shape.Pointee}>({slots})";

    internal override string Lower(string slots, string value, string name) => $"memory.LowerWidePointer({slots}, {value});";
}

/// <summary>Elements in a memory of 64 bits.</summary>
internal sealed class WideListMarshaller(WideListShape shape) : Marshaller(shape)
{
    internal override string Struct => "";

    internal override string Lift(string slots, string name) =>
        $"memory.{(shape.ShowsMemory ? "WideView" : "WideArray")}<{shape.Element.Type}>({slots}, {Literal(name)}{Alignment(shape.Element)})";

    internal override string Lower(string slots, string value, string name) =>
        $"memory.LowerWide<{shape.Element.Type}>({slots}, {value}, {Literal(name)}{Alignment(shape.Element)});";
}
