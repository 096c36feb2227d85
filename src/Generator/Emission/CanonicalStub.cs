using WasmBindgen.Generator.Abi;
using WasmBindgen.Generator.Marshalling;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Text;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Emission;

/// <summary>The body of a stub of which not all values fit into slots of their own.</summary>
internal static class CanonicalStub
{
    /// <summary>The stub's own names. A parameter of one of them gets another in the part that is generated.</summary>
    private static readonly HashSet<string> Own =
        new(StringComparer.Ordinal)
        {
            "memory", "slots", "storage", "parameters", "resultArea", "call", "result", "error", "exception",
        };

    /// <summary>A parameter's name in the stub.</summary>
    internal static string Local(string parameter, GuestFunctionStub function) =>
        !function.Core.IsPlain && Own.Contains(parameter) ? StubText.Local(function, parameter + "_") : parameter;

    /// <param name="writer">Gets the text.</param>
    /// <param name="storage">The type of a local with room for the slots; null for none.</param>
    /// <param name="function">The function.</param>
    internal static void Write(IndentedWriter writer, string? storage, GuestFunctionStub function)
    {
        foreach (StubParameter parameter
            in function.Parameters.Where(static parameter => parameter.Modifiers.Contains("out ")))
        {
            writer.Write($"{Local(parameter.Name, function)} = default;");
        }

        if (function.ReturnsErrors)
        {
            writer.Open("try");
        }

        string limits = StubText.Limits(function, function.Token is { } token ? Local(token, function) : "default")
            + StubText.FuelLimit(function);
        writer.Write($"using var call = {function.Field}.Begin(out var memory{limits});");
        writer.WriteLine();
        WriteLower(writer, storage, function);
        WriteCall(writer, function);
        WriteLift(writer, function);
        if (function.ReturnsErrors)
        {
            writer.Close();
            writer.Open(
                "catch (global::System.Exception exception) when "
                    + $"({Services}::CanonicalFunction.IsGuestError(exception))");
            writer.Write($"return {function.Field}.Fail(exception);");
            writer.Close();
        }
    }

    private static void WriteLower(IndentedWriter writer, string? storage, GuestFunctionStub function)
    {
        int count = function.Core.SlotCount;
        writer.Write("// Lower");
        if (count > 0 && storage is null)
        {
            writer.Write($"{Services}::Slot* slots = stackalloc {Services}::Slot[{count}];");
        }
        else if (count > 0)
        {
            writer.Write(
                $"""
                {storage} storage = default;
                {Services}::Slot* slots = ({Services}::Slot*)&storage;
                """);
        }

        var offsets = new List<int>();
        Layout area = Layout.OfFields(function.Parameters.Select(static parameter => parameter.Value.Layout), offsets);
        if (function.Core.ParametersSpill)
        {
            writer.Write(
                $"""
                uint parameters = memory.AllocateArea({area.Size}, {area.Alignment}, "parameters");
                slots[0].U32 = parameters;
                """);
        }

        int slot = function.Core.FirstSlot;
        for (int i = 0; i < function.Parameters.Count; i++)
        {
            StubParameter parameter = function.Parameters[i];
            string name = parameter.Name.TrimStart('@');
            string local = Local(parameter.Name, function);
            Marshaller value = Marshaller.Of(parameter.Value);
            var reference = value as ReferenceMarshaller;
            if (reference is not null)
            {
                writer.Write($"{reference.Address} {Address(parameter, function)} = {reference.Place(local, name)};");
                local = Address(parameter, function);
            }

            writer.Write(
                function.Core.ParametersSpill ? value.Store(Offset("parameters", offsets[i]), local, name)
                : reference is not null ? reference.LowerSlot(SlotAt(slot), local)
                : value is SlotMarshaller scalar ? scalar.LowerSlot(SlotAt(slot), local, name)
                : value.Lower(slot, local, name));
            slot += parameter.Value.Flat.Count;
        }

        if (function.Core.AreaComesFirst)
        {
            // after whatever may fail, as only a call that returns gives it back
            Layout result = function.Result!.Layout;
            writer.Write(
                $"""
                uint resultArea = memory.StackArea({result.Size}, {result.Alignment}, "return");
                slots[0].U32 = resultArea;
                """);
        }

        writer.WriteLine();
    }

    /// <summary>The name of the local for where a value lies that the guest may change.</summary>
    private static string Address(StubParameter parameter, GuestFunctionStub function) =>
        StubText.Local(function, parameter.Name.TrimStart('@') + "Address");

    private static void WriteCall(IndentedWriter writer, GuestFunctionStub function)
    {
        string arguments = $"{(function.Core.SlotCount > 0 ? "slots" : "null")}, {function.Core.SlotCount}, ref memory";
        writer.Write("// Call");
        if (!function.ReturnsErrors)
        {
            writer.Write($"call.Invoke({arguments});");
            return;
        }

        writer.Open($"if (!call.TryInvoke({arguments}, out {Runtime}::GuestError error))");
        writer.Write($"return error;");
        writer.Close();
    }

    private static void WriteLift(IndentedWriter writer, GuestFunctionStub function)
    {
        string[] changed = [.. function.Parameters
            .Where(static parameter => parameter.Value is ReferenceShape)
            .Select(parameter =>
            {
                var reference = new ReferenceMarshaller((ReferenceShape)parameter.Value);
                return $"{Local(parameter.Name, function)} = {reference.Take(Address(parameter, function))};";
            })];
        if (changed.Length > 0 || function.Result is not null)
        {
            writer.WriteLine();
            writer.Write("// Lift");
        }

        foreach (string statement in changed)
        {
            writer.Write(statement);
        }

        if (function.Result is not { } result)
        {
            writer.Write("call.PostReturn(default, ref memory);");
            if (function.ReturnsErrors)
            {
                writer.Write("return default;");
            }

            return;
        }

        string lifted =
            function.Core.AreaComesFirst ? Marshaller.Of(result).Load("resultArea", "return")
            : function.Core.ResultSpills
            ? Marshaller.Of(result).Load(
                $"memory.Area(slots[0], {result.Layout.Size}, {result.Layout.Alignment}, \"return\")", "return")
            : Marshaller.Of(result).Lift(0, "return");
        writer.Write(Assign($"{result.Type} result", lifted));
        writer.Write("call.PostReturn(slots[0], ref memory);");
        if (!function.Throws)
        {
            writer.Write("return result;");
            return;
        }

        bool isVoid = result is ResultShape { Value: UnitShape };
        writer.Write(isVoid ? "result.Unwrap();" : "return result.Unwrap();");
        if (isVoid && function.ReturnsErrors)
        {
            writer.Write("return default;");
        }
    }
}
