using WasmBindgen.Generator.Models;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>An externref.</summary>
internal sealed class ExternRefMarshaller(ExternRefShape shape) : Marshaller(shape)
{
    internal override string Struct =>
        $"{Services}::{(shape.IsNullable ? "WitNullableExternRef" : "WitExternRef")}<{shape.Object}>";
}
