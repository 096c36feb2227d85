using WasmBindgen.Generator.Models;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>A host method's <c>Memory</c> or <c>ReadOnlyMemory</c>: a view that ends with the call.</summary>
internal sealed class LentMemoryMarshaller(LentMemoryShape shape) : Marshaller(shape)
{
    internal override string Struct => "";

    internal override string Declaration => "using var";

    // as a value, which `in` takes too
    internal override string Argument(string modifier, string local) => $"{local}.Memory";

    internal override string Lift(int slot, string name) =>
        Lend(shape.IsWide ? "WideLend" : "Lend", SlotsAt(slot), name);

    internal override string Load(string address, string name) => Lend("Lend", address, name);

    private string Lend(string way, string place, string name) =>
        $"memory.{way}<{shape.Element.Type}>({place}, {Literal(name)}{Alignment(shape.Element)})";
}
