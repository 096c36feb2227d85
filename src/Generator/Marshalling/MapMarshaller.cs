using WasmBindgen.Generator.Models;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>A dictionary.</summary>
internal sealed class MapMarshaller(MapShape shape) : Marshaller(shape)
{
    internal override string Struct =>
        $"{Services}::WitMap<{Type}, {shape.Key.Type}, {Of(shape.Key).Struct}, {shape.Value.Type}, "
            + $"{Of(shape.Value).Struct}>";
}
