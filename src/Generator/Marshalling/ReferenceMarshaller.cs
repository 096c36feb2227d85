using WasmBindgen.Generator.Models;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>A <c>ref</c> or <c>out</c> parameter.</summary>
internal sealed class ReferenceMarshaller(ReferenceShape shape) : Marshaller(shape)
{
    internal override string Struct => "";

    /// <summary>The type of an address.</summary>
    internal string Address => shape.IsWide ? "ulong" : "uint";

    internal override string Declaration => $"{Services}::GuestReference<{Type}>";

    internal override string Argument(string modifier, string local) => $"{modifier}{local}.Value";

    internal override string Lift(int slot, string name) => Ref(shape.IsWide ? "WideRef" : "Ref", SlotsAt(slot), name);

    internal override string Load(string address, string name) => Ref("Ref", address, name);

    /// <summary>The expression that has the guest allocate the value, and gives its address.</summary>
    internal string Place(string value, string name) =>
        $"memory.{(shape.IsWide ? "PlaceWide" : "Place")}({value}, {Literal(name)}{Alignment(shape.Pointee)})";

    /// <summary>The expression for what the guest made of the value.</summary>
    internal string Take(string address) => $"memory.{(shape.IsWide ? "TakeWide" : "Take")}<{Type}>({address})";

    /// <summary>The statement that passes the address.</summary>
    internal string LowerSlot(string slot, string address) => $"{slot}.{(shape.IsWide ? "U64" : "U32")} = {address};";

    internal override string Store(string address, string value, string name) =>
        $"memory.WriteU32({address}, {value});";

    private string Ref(string way, string place, string name) =>
        $"memory.{way}<{Type}>({place}, {Literal(name)}{Alignment(shape.Pointee)})";
}
