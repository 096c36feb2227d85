using WasmBindgen.Generator.Models;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>Address and length in one i64.</summary>
internal sealed class PackedMarshaller(PackedShape shape) : Marshaller(shape)
{
    internal override string Struct => $"{Services}::WitPacked<{Type}, {Of(shape.Value).Struct}>";
}
