using WasmBindgen.Generator.Models;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>System.Text.Rune.</summary>
internal sealed class RuneMarshaller(RuneShape shape) : SlotMarshaller(shape)
{
    internal override string Struct => $"{Services}::WitChar";

    internal override string Test(string slot) => $"{Type}.IsValid({slot}.U32)";

    internal override string Fault(string slot, string faults, string name) =>
        $"{faults}.InvalidChar(\"{name}\", {slot}.U32)";

    internal override string Read(string slot) => $"new {Type}({slot}.U32)";

    internal override string LowerSlot(string slot, string value, string? name) => $"{slot}.U32 = (uint){value}.Value;";
}
