using WasmBindgen.Generator.Models;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>An object of AssemblyScript's runtime.</summary>
internal sealed class AssemblyScriptMarshaller(AssemblyScriptShape shape) : Marshaller(shape)
{
    internal override string Struct =>
        shape.IsNullable ? $"{Services}::WitNullAddress<{shape.Object}, {OfObject}>" : OfObject;

    private string OfObject => shape.Element is { } element
        ? $"{Services}::WitAssemblyScriptArray<{element.Type}, {Of(element).Struct}, {Services}::Script{shape.Kind}>"
        : $"{Services}::WitAssemblyScriptString";
}
