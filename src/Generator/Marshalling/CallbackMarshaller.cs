using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Text;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>A delegate for a function.</summary>
internal sealed class CallbackMarshaller(CallbackShape shape) : Marshaller(shape)
{
    private const string InMemory = $"throw {Services}::References.InMemory();";

    /// <summary>What nothing calls.</summary>
    private const string OneWay = $"throw {Services}::References.OneWay();";

    internal override string Struct => shape.Struct;

    internal override bool WriteStruct(IndentedWriter writer)
    {
        StructText.Write(
            writer,
            shape,
            Struct,
            lift: shape is GuestCallbackShape ? Lift() : OneWay,
            load: InMemory,
            lower: shape is HostCallbackShape ? Lower() : OneWay,
            store: InMemory);
        return true;
    }

    private string Lift()
    {
        string lift = Enclose(
            $"memory.Callback{(shape.Table is null ? "" : "OfTable")}<{shape.Delegate}>(",
            [
                "slots[0]", .. Table(), .. Kinds(), .. Needs(),
                $"static function => new {shape.Class}(function).Invoke",
            ],
            ")");
        return $"return {(Type == shape.Delegate ? $"{Services}::References.NotNull({lift})" : lift)};";
    }

    private string Lower()
    {
        string lower = Enclose(
            $"slots[0] = memory.{(shape.Table is null ? "Function" : "TableIndex")}(",
            ["value", .. Table(), .. Kinds(), $"typeof({shape.Class})", $"&{shape.Class}.Enter"],
            ");");
        return (Type == shape.Delegate ? "global::System.ArgumentNullException.ThrowIfNull(value);\n" : "") + lower;
    }

    private string[] Table() => shape.Table is { } table ? [Literal(table)] : [];

    private string[] Kinds() => [Signatures.Kinds(shape.Core.Parameters), Signatures.Kinds(shape.Core.Results)];

    private string[] Needs() =>
        shape.Core.IsPlain ? [] : [$"{Services}::GuestNeeds.{shape.Core.Needs ?? "None"}"];
}
