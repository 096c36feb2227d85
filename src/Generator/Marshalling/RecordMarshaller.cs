using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Text;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>A record, a tuple, or a struct or class with <c>[WasmRecord]</c>.</summary>
internal sealed class RecordMarshaller(RecordShape shape) : Marshaller(shape)
{
    internal override string Struct => shape.Struct;

    internal override bool WriteStruct(IndentedWriter writer)
    {
        var fields = new FieldsText(shape.Fields);
        string check = !shape.IsReference ? "" : $$"""
            if (value is null)
            {
                throw {{Services}}::Cases.NoCase(value, "record");
            }


            """;
        StructText.Write(
            writer,
            shape,
            Struct,
            fields.Lift(Type, 0),
            fields.Load(Type, 0),
            check + string.Join("\n", fields.Lower("value", 0)),
            check + string.Join("\n", fields.Store("value", 0)),
            shape.IsCopied ? "public static bool IsBlittable => true;" : null);
        return true;
    }
}
