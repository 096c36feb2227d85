using WasmBindgen.Generator.Models;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Marshalling;

/// <summary><c>Result&lt;T, TError&gt;</c>.</summary>
internal sealed class ResultMarshaller(ResultShape shape) : Marshaller(shape)
{
    internal override string Struct =>
        $"{Services}::WitResult<{shape.Value.Type}, {Of(shape.Value).Struct}, {shape.Error.Type}, "
            + $"{Of(shape.Error).Struct}>";
}

/// <summary><c>Unit</c>.</summary>
internal sealed class UnitMarshaller(UnitShape shape) : Marshaller(shape)
{
    internal override string Struct => $"{Services}::WitUnit";
}
