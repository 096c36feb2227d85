using WasmBindgen.Generator.Marshalling;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Text;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Emission;

/// <summary>The body of a stub of which each value fits into a slot of its own.</summary>
internal static class PlainStub
{
    /// <param name="writer">Gets the text.</param>
    /// <param name="storage">The type of a local with room for the slots; null for none.</param>
    /// <param name="function">The function.</param>
    internal static void Write(IndentedWriter writer, string? storage, GuestFunctionStub function)
    {
        string slots = StubText.Local(function, "slots");
        int count = function.Core.SlotCount;
        if (count > 0)
        {
            writer.Write("// Lower");
            writer.Write(
                storage is not null
                    ? $"{storage} {slots} = default;"
                    : $"{Services}::Slot* {slots} = stackalloc {Services}::Slot[{count}];");
            for (int i = 0; i < function.Parameters.Count; i++)
            {
                writer.Write(
                    SlotMarshaller.Of((SlotShape)function.Parameters[i].Value)
                        .LowerSlot(
                            $"{slots}[{i}]", function.Parameters[i].Name, function.Parameters[i].Name.TrimStart('@')));
            }

            writer.WriteLine();
        }

        string arguments =
            count == 0 ? "null, 0"
            : storage is null ? $"{slots}, {count}"
            : $"({Services}::Slot*)&{slots}, {count}";
        arguments += StubText.Limits(function, function.Token ?? "default");

        writer.Write("// Call");
        if (function.ReturnsErrors)
        {
            string error = StubText.Local(function, "error");
            writer.Open(
                $"if (!{function.Field}.TryCall({arguments}, "
                    + $"out {Runtime}::GuestError {error}{StubText.FuelLimit(function)}))");
            writer.Write($"return {error};");
            writer.Close();
        }
        else
        {
            writer.Write($"{function.Field}.Call({arguments}{StubText.FuelLimit(function)});");
        }

        WriteResult(writer, function);
    }

    private static void WriteResult(IndentedWriter writer, GuestFunctionStub function)
    {
        if (function.Result is not SlotShape shape)
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
        var result = SlotMarshaller.Of(shape);
        string slot = $"{StubText.Local(function, "slots")}[0]";
        if (!function.ReturnsErrors)
        {
            writer.Write($"return {result.LiftSlot(slot, function.Field, "return")};");
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
}
