using WasmBindgen.Generator.Models;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>
/// bool, the integers and the floats. The slot's property of the same WIT type does the narrowing and extending.
/// </summary>
internal sealed class ScalarMarshaller(ScalarShape shape) : SlotMarshaller(shape)
{
    internal override string Struct => $"{Services}::Wit{shape.Scalar}";

    internal override string Read(string slot) => $"{slot}.{shape.Scalar}";

    internal override string LowerSlot(string slot, string value, string? name) => $"{slot}.{shape.Scalar} = {value};";

    internal override string Lift(int slot, string name) => Read(SlotAt(slot));

    internal override string Load(string address, string name) => $"memory.Read{shape.Scalar}({address})";

    internal override string Lower(int slot, string value, string name) => LowerSlot(SlotAt(slot), value, name);

    internal override string Store(string address, string value, string name) =>
        $"memory.Write{shape.Scalar}({address}, {value});";
}
