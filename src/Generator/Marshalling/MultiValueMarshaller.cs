using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>The parts of a result as so many core results.</summary>
internal sealed class MultiValueMarshaller(MultiValueShape shape) : Marshaller(shape)
{
    private readonly Marshaller _value = Of(shape.Value);

    internal override string Struct => _value.Struct;

    internal override string Lift(string slots, string name) => _value.Lift(slots, name);

    internal override string Lower(string slots, string value, string name) => _value.Lower(slots, value, name);
}
