using WasmBindgen.Generator.Models;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>A type that crosses by way of another.</summary>
internal sealed class CustomMarshaller(CustomShape shape) : Marshaller(shape)
{
    internal override string Struct =>
        $"{Services}::WitCustom<{Type}, {shape.Crossing.Type}, {Of(shape.Crossing).Struct}, {shape.User}>";
}
