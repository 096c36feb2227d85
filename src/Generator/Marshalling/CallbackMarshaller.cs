using WasmBindgen.Generator.Emission;
using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>A delegate for a guest's function: a funcref, or an index into a table.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Delegate">The same without a mark of null.</param>
/// <param name="Shape">The name for the struct that reads and writes it.</param>
/// <param name="Parameters">How its parameters cross, each in a slot of its own.</param>
/// <param name="Result">How its result crosses; null when the function gives none.</param>
/// <param name="Table">The name of the table that indices are into; null for a funcref.</param>
internal sealed record CallbackMarshaller(
    string Type, string Delegate, string Shape, EquatableArray<SlotMarshaller> Parameters, SlotMarshaller? Result, string? Table)
    : Marshaller(Type, Shape)
{
    internal override IReadOnlyList<CoreType> Flat => [Table is null ? CoreType.FuncRef : CoreType.I32];

    internal override Layout Layout => new(4, 4); // never used: a reference cannot lie in memory

    internal override bool CanSpill => false;

    internal override bool NeedsStore => true;

    internal override bool CanFail => true;

    internal override IEnumerable<Marshaller> Parts => Parameters.Append(Result).OfType<Marshaller>();

    internal override bool WriteShape(IndentedWriter writer)
    {
        CoreFunction core = CoreFunction.Of([.. Parameters], Result, isImport: false);
        string source = Table is null ? "Callback<" : "CallbackOfTable<";
        string table = Table is null ? "" : $", {SourceFile.Literal(Table)}";
        string lift = $"memory.{source}{Delegate}>(slots[0]{table}, {SourceFile.Kinds(core.Parameters)}, {SourceFile.Kinds(core.Results)}, static function => new Callback(function).Invoke)";
        const string InMemory = $"throw {SourceFile.Services}.References.InMemory()";
        ShapeText.Write(
            writer,
            this,
            Type == Delegate ? $"{SourceFile.Services}.References.NotNull({lift})" : lift,
            InMemory,
            (Type == Delegate ? "global::System.ArgumentNullException.ThrowIfNull(value);\n" : "") + "slots[0] = memory.Function(value);",
            InMemory + ";",
            Callback(core));
        return true;
    }

    /// <summary>The class whose method the delegate is.</summary>
    private string Callback(CoreFunction core)
    {
        var writer = new IndentedWriter();
        writer.Open($"private sealed class Callback({SourceFile.Services}.GuestFunction function) : {SourceFile.Services}.GuestCallback(function)");
        string parameters = string.Join(", ", Parameters.Select(static (parameter, i) => $"{parameter.Type} value{i}"));
        writer.Open($"public {Result?.Type ?? "void"} Invoke({parameters})");
        writer.Write($"{SourceFile.Services}.Slot* slots = stackalloc {SourceFile.Services}.Slot[{Math.Max(1, core.SlotCount)}];");
        for (int i = 0; i < Parameters.Count; i++)
        {
            writer.Write(Parameters[i].LowerSlot($"slots[{i}]", $"value{i}"));
        }

        writer.Write($"Function.Call(slots, {core.SlotCount});");
        if (Result is not null)
        {
            writer.Write($"return {Result.LiftSlot("slots[0]", "Function", "return")};");
        }

        writer.Close();
        writer.Close();
        return writer.ToString().TrimEnd('\n');
    }
}
