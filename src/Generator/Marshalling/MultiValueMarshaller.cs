using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>The parts of a result as so many core results.</summary>
internal sealed class MultiValueMarshaller(MultiValueShape shape) : Marshaller(shape)
{
    private readonly Marshaller _value = Of(shape.Value);

    internal override string Struct => _value.Struct;

    internal override string Lift(int slot, string name) => _value.Lift(slot, name);

    internal override string Lower(int slot, string value, string name) =>
        _value.Lower(slot, value, name);
}
