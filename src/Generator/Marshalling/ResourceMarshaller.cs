using WasmBindgen.Generator.Models;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>A handle of a resource.</summary>
internal sealed class ResourceMarshaller(ResourceShape shape) : Marshaller(shape)
{
    internal override string Struct =>
        $"{Services}::Wit{(shape.IsGuests ? "Guest" : "")}{(shape.IsBorrow ? "Borrow" : "Own")}<{shape.Resource}>";
}
