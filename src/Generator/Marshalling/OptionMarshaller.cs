using WasmBindgen.Generator.Models;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Marshalling;

/// <summary><c>T?</c> or <c>Option&lt;T&gt;</c>.</summary>
internal sealed class OptionMarshaller(OptionShape shape) : Marshaller(shape)
{
    internal override string Struct => $"{Services}::Wit{shape.Kind}<{shape.Value.Type}, {Of(shape.Value).Struct}>";
}
