using WasmBindgen.Generator.Emission;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>System.Text.Rune: WIT's char, a Unicode scalar value. A guest's i32 that is none is a fault of the guest.</summary>
internal sealed record RuneMarshaller() : SlotMarshaller("global::System.Text.Rune", $"{SourceFile.Services}.WitChar", CoreType.I32)
{
    internal override Layout Layout => new(4, 4);

    internal override string Test(string slot) => $"{Type}.IsValid({slot}.U32)";

    internal override string Fault(string slot, string faults, string name) => $"{faults}.InvalidChar(\"{name}\", {slot}.U32)";

    internal override string Read(string slot) => $"new {Type}({slot}.U32)";

    internal override string LowerSlot(string slot, string value) => $"{slot}.U32 = (uint){value}.Value;";
}
