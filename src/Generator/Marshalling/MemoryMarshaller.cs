using WasmBindgen.Generator.Models;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>A host method's <c>Memory</c>: a copy that goes back when the method has ended.</summary>
internal sealed class MemoryMarshaller(MemoryShape shape) : Marshaller(shape)
{
    internal override string Struct => "";

    internal override string Declaration => $"{Services}::GuestCopy<{shape.Element.Type}>";

    // as a value, which `in` takes too
    internal override string Argument(string modifier, string local) => $"{local}.Memory";

    internal override string Lift(int slot, string name) =>
        Copy(shape.IsWide ? "WideCopy" : "Copy", SlotsAt(slot), name);

    internal override string Load(string address, string name) => Copy("Copy", address, name);

    private string Copy(string way, string place, string name) =>
        $"memory.{way}<{shape.Element.Type}>({place}, {Literal(name)}{Alignment(shape.Element)})";
}
