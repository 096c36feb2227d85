using WasmBindgen.Generator.Models;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Marshalling;

/// <summary><c>Vector128&lt;T&gt;</c>.</summary>
internal sealed class VectorMarshaller(VectorShape shape) : SlotMarshaller(shape)
{
    private const string Vector = "global::System.Runtime.Intrinsics.Vector128";

    internal override string Struct => "";

    // A function's result, beside values that are not scalars.
    internal override string Lift(int slot, string name) => Read(SlotAt(slot));

    internal override string Read(string slot) => Enclose(
        $"{Vector}.As<ulong, {shape.Element}>(",
        [$"{Vector}.Create((ulong){slot}.Bits, (ulong)({slot}.Bits >> 64))"],
        ")");

    internal override string LowerSlot(string slot, string value)
    {
        string halves = $"{Vector}.As<{shape.Element}, ulong>({value})";
        return Enclose(
            $"{slot}.Bits = new global::System.UInt128(",
            [$"{Vector}.GetElement({halves}, 1)", $"{Vector}.GetElement({halves}, 0)"],
            ");");
    }
}
