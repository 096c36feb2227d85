using WasmBindgen.Generator.Models;
using static WasmBindgen.Generator.Emission.SourceFile;

namespace WasmBindgen.Generator.Emission;

/// <summary>A <c>[WasmExport]</c> class's generated part: the constructor that checks everything, call stubs, property bodies.</summary>
internal static class ExportEmitter
{
    internal static GeneratedSource Emit(ExportClass model, string fileName) => SourceFile.Write(
        model.Type,
        fileName + Parsing.ExportParser.FileSuffix,
        baseList: "",
        writer =>
        {
            WriteFields(writer, model);
            WriteConstructor(writer, model);
            foreach (GuestFunctionStub function in model.Functions)
            {
                writer.WriteLine();
                WriteStub(writer, model, function);
            }

            foreach (GuestProperty property in model.Properties)
            {
                writer.WriteLine();
                WriteProperty(writer, property);
            }

            WriteSlots(writer, model);
        });

    private static void WriteFields(IndentedWriter writer, ExportClass model)
    {
        foreach (GuestFunctionStub function in model.Functions)
        {
            writer.Write($"private readonly {Services}.GuestFunction {function.Field};");
        }

        foreach (GuestProperty property in model.Properties)
        {
            string type = property.Item is null ? $"{Services}.GuestGlobal" : $"{Runtime}.{property.Item}";
            writer.Write($"private readonly {type} {property.Field};");
        }

        if (model.Functions.Count + model.Properties.Count > 0)
        {
            writer.WriteLine();
        }
    }

    private static void WriteConstructor(IndentedWriter writer, ExportClass model)
    {
        writer.Write(
            $"""
            /// <summary>Binds to the exports of an instance, and checks the type of each.</summary>
            /// <exception cref="{Runtime}.LinkException">Exports are missing or of another type; all of them are listed.</exception>
            {GeneratedAttributes}
            """);
        writer.Open($"public {model.Type.Name}({Runtime}.Instance instance){(model.HasBoundBase ? " : base(instance)" : "")}");
        writer.Write($"var exports = new {Services}.GuestExports(instance);");
        foreach (GuestFunctionStub function in model.Functions)
        {
            string parameters = Kinds(function.Parameters.Select(static parameter => parameter.Value.Core));
            writer.Write($"{function.Field} = exports.Function({Literal(function.WasmName)}, {parameters}, {Kinds(function.Result)});");
        }

        foreach (GuestProperty property in model.Properties)
        {
            writer.Write(property.Value is { } value
                ? $"{property.Field} = exports.Global({Literal(property.WasmName)}, {Runtime}.ValueKind.{value.Core}, isMutable: {(property.Setter is null ? "false" : "true")});"
                : $"{property.Field} = exports.{property.Item}({Literal(property.WasmName)});");
        }

        writer.Write($"exports.ThrowIfIncomplete({Literal(model.Type.DisplayName)});");
        writer.Close();
    }

    private static void WriteStub(IndentedWriter writer, ExportClass model, GuestFunctionStub function)
    {
        string slots = function.Local("slots");
        int count = function.SlotCount;
        string parameters = string.Join(", ", function.Parameters
            .Select(static parameter => $"{parameter.Modifiers}{parameter.Value.Type} {parameter.Name}")
            .Concat(function.Token is null ? [] : [$"global::System.Threading.CancellationToken {function.Token}"]));
        writer.Write($"// {Comment(function.WasmName)}: {Signature(function.Parameters.Select(static parameter => parameter.Value.Core), function.Result)}");
        writer.Open($"{function.Modifiers} {function.ReturnType} {function.Method}({parameters})");
        if (count > 0)
        {
            writer.Write("// Lower");
            writer.Write($"{model.SlotsName} {slots} = default;");
            for (int i = 0; i < function.Parameters.Count; i++)
            {
                writer.Write(function.Parameters[i].Value.Lower($"{slots}[{i}]", function.Parameters[i].Name));
            }

            writer.WriteLine();
        }

        string arguments = count > 0 ? $"({Services}.Slot*)&{slots}, {count}" : "null, 0";
        if (function.Token is not null || function.Timeout > 0)
        {
            arguments += $", milliseconds: {function.Timeout}, {function.Token ?? "default"}";
        }

        writer.Write("// Call");
        if (function.ReturnsErrors)
        {
            string error = function.Local("error");
            writer.Open($"if (!{function.Field}.TryCall({arguments}, out {Runtime}.GuestError {error}))");
            writer.Write($"return {error};");
            writer.Close();
        }
        else
        {
            writer.Write($"{function.Field}.Call({arguments});");
        }

        WriteResult(writer, function);
        writer.Close();
    }

    private static void WriteResult(IndentedWriter writer, GuestFunctionStub function)
    {
        if (function.Result is not { } result)
        {
            if (function.ReturnsErrors)
            {
                writer.WriteLine();
                writer.Write("return default;");
            }

            return;
        }

        writer.WriteLine();
        writer.Write("// Lift");
        string slot = $"{function.Local("slots")}[0]";
        if (!function.ReturnsErrors)
        {
            writer.Write($"return {result.Lift(slot, function.Field, "return")};");
            return;
        }

        if (result.Test(slot) is { } test)
        {
            writer.Open($"if (!({test}))");
            writer.Write($"return {function.Field}.Fail({result.Fault(slot, function.Field, "return")});");
            writer.Close();
            writer.WriteLine();
        }

        writer.Write($"return {result.Read(slot)};");
    }

    /// <summary>Room for the slots of any call: not <c>stackalloc</c>, which keeps the JIT from inlining a stub into a loop.</summary>
    private static void WriteSlots(IndentedWriter writer, ExportClass model)
    {
        int most = model.Functions.Select(static function => function.SlotCount).DefaultIfEmpty().Max();
        if (most == 0)
        {
            return;
        }

        writer.WriteLine();
        writer.Write(
            $"""
            {GeneratedAttributes}
            [global::System.Runtime.CompilerServices.InlineArray({most})]
            """);
        writer.Open($"private struct {model.SlotsName}");
        writer.Write($"private {Services}.Slot _first;");
        writer.Close();
    }

    private static void WriteProperty(IndentedWriter writer, GuestProperty property)
    {
        string type = property.Value?.Type ?? $"{Runtime}.{property.Item}";
        writer.Open($"{property.Modifiers} {type} {property.Property}");
        if (property.Value is not { } value)
        {
            writer.Write($"{property.Getter} => {property.Field};");
            writer.Close();
            return;
        }

        if (property.Getter is { } getter)
        {
            writer.Open(getter);
            writer.Write(
                $"""
                {Services}.Slot slot = {property.Field}.Read();
                return {value.Lift("slot", property.Field, "value")};
                """);
            writer.Close();
        }

        if (property.Setter is { } setter)
        {
            writer.Open(setter);
            writer.Write(
                $"""
                {Services}.Slot slot = default;
                {value.Lower("slot", "value")}
                {property.Field}.Write(slot);
                """);
            writer.Close();
        }

        writer.Close();
    }
}
