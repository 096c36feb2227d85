using WasmBindgen.Generator.Models;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>string.</summary>
internal sealed class StringMarshaller(StringShape shape) : Marshaller(shape)
{
    internal override string Struct => $"{Services}::WitString";
}

/// <summary>A string in an encoding that the Canonical ABI does not have.</summary>
internal sealed class EncodedStringMarshaller(EncodedStringShape shape) : Marshaller(shape)
{
    internal override string Struct => shape.IsNullable ? $"{Services}::WitNullAddress<string, {Encoding}>" : Encoding;

    private string Encoding => $"{Services}::Wit{shape.Encoding}";
}
