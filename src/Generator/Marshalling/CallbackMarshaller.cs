using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Text;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>A delegate for a guest's function.</summary>
internal sealed class CallbackMarshaller(CallbackShape shape) : Marshaller(shape)
{
    private readonly SlotMarshaller[] _parameters = [.. shape.Parameters.Select(SlotMarshaller.Of)];
    private readonly SlotMarshaller? _result = shape.Result is { } result ? SlotMarshaller.Of(result) : null;

    internal override string Struct => shape.Struct;

    internal override bool WriteStruct(IndentedWriter writer)
    {
        CoreFunction core = CoreFunction.Of([.. shape.Parameters], shape.Result, isImport: false);
        string source = shape.Table is null ? "Callback<" : "CallbackOfTable<";
        string table = shape.Table is null ? "" : $", {Literal(shape.Table)}";
        string lift = Enclose(
            $"memory.{source}{shape.Delegate}>(",
            [
                SlotAt(0) + table, Signatures.Kinds(core.Parameters), Signatures.Kinds(core.Results),
                "static function => new Callback(function).Invoke",
            ],
            ")");
        const string InMemory = $"throw {Services}::References.InMemory();";
        StructText.Write(
            writer,
            shape,
            Struct,
            $"return {(Type == shape.Delegate ? $"{Services}::References.NotNull({lift})" : lift)};",
            InMemory,
            (Type == shape.Delegate ? "global::System.ArgumentNullException.ThrowIfNull(value);\n" : "")
                + $"{SlotAt(0)} = memory.Function(value);",
            InMemory,
            Callback(core));
        return true;
    }

    /// <summary>The class whose method the delegate is.</summary>
    private string Callback(CoreFunction core)
    {
        var writer = new IndentedWriter();
        writer.Open(
            $"private sealed class Callback({Services}::GuestFunction function) : {Services}::GuestCallback(function)");
        string parameters =
            string.Join(", ", _parameters.Select(static (parameter, i) => $"{parameter.Type} value{i}"));
        writer.Open($"public {_result?.Type ?? "void"} Invoke({parameters})");
        writer.Write($"{Services}::Slot* slots = stackalloc {Services}::Slot[{Math.Max(1, core.SlotCount)}];");
        for (int i = 0; i < _parameters.Length; i++)
        {
            writer.Write(_parameters[i].LowerSlot(SlotAt(i), $"value{i}"));
        }

        writer.Write($"Function.Call(slots, {core.SlotCount});");
        if (_result is not null)
        {
            writer.Write($"return {_result.LiftSlot("slots[0]", "Function", "return")};");
        }

        writer.Close();
        writer.Close();
        return writer.ToString().TrimEnd('\n');
    }
}
