using WasmBindgen.Generator.Models;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>An array or one of the collections that cross as a list.</summary>
internal sealed class ListMarshaller(ListShape shape) : Marshaller(shape)
{
    internal override string Struct =>
        $"{Services}::Wit{shape.Collection}<{shape.Element.Type}, {Of(shape.Element).Struct}>";
}
