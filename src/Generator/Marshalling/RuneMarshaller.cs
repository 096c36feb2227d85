namespace WasmBindgen.Generator.Marshalling;

/// <summary>System.Text.Rune: WIT's char, a Unicode scalar value. A guest's i32 that is none is a fault of the guest.</summary>
internal sealed record RuneMarshaller() : Marshaller("global::System.Text.Rune", CoreType.I32)
{
    internal override string Test(string slot) => $"{Type}.IsValid({slot}.U32)";

    internal override string Fault(string slot, string faults, string name) => $"{faults}.InvalidChar(\"{name}\", {slot}.U32)";

    internal override string Read(string slot) => $"new {Type}({slot}.U32)";

    internal override string Lower(string slot, string value) => $"{slot}.U32 = (uint){value}.Value;";
}
