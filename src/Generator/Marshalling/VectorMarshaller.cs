using WasmBindgen.Generator.Models;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Marshalling;

/// <summary><c>Vector128&lt;T&gt;</c>.</summary>
internal sealed class VectorMarshaller(VectorShape shape) : SlotMarshaller(shape)
{
    internal override string Struct => "";

    // A function's result, beside values that are not scalars.
    internal override string Lift(int slot, string name) => Read(SlotAt(slot));

    internal override string Read(string slot) => $"{slot}.GetVector<{shape.Element}>()";

    internal override string LowerSlot(string slot, string value, string? name) => $"{slot}.SetVector({value});";
}
