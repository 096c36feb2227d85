using WasmBindgen.Generator.Models;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Marshalling;

/// <summary><c>GuestPointer&lt;T&gt;</c>.</summary>
internal sealed class PointerMarshaller(PointerShape shape) : Marshaller(shape)
{
    internal override string Struct => $"{Services}::WitPointer<{shape.Pointee}>";
}
