using WasmBindgen.Generator.Abi;
using WasmBindgen.Generator.Marshalling;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Text;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Emission;

/// <summary>What a host class throws as WebAssembly exceptions: a tag and a method that throws it, for each.</summary>
internal static class TagEmitter
{
    internal static ThrownTag[] TagsOf(ImportClass model) =>
    [
        .. model.Functions
            .SelectMany(static function => function.Catches)
            .Select(static declared => declared.Tag)
            .OfType<ThrownTag>()
            .Distinct(),
    ];

    internal static void WriteFields(IndentedWriter writer, ThrownTag[] tags)
    {
        foreach (ThrownTag tag in tags)
        {
            IEnumerable<CoreType> types =
                tag.Values is null ? [CoreType.ExternRef] : tag.Shapes.SelectMany(static shape => shape.Flat);
            IEnumerable<string> arguments =
            [
                Literal(tag.Module),
                Literal(tag.Name),
                Signatures.Kinds(types),
                .. tag.Needs is { } needs ? (string[])[$"{Services}::GuestNeeds.{needs}"] : [],
            ];
            writer.Write(Enclose($"private static readonly {Services}::HostTag {tag.Field} = new(", arguments, ");"));
            writer.WriteLine();
        }
    }

    /// <summary>The call that throws.</summary>
    internal static string Throw(ThrownTag tag, HostFunction function)
    {
        IEnumerable<string> arguments =
        [
            .. tag.Needs is null ? (string[])[] : ["context"], "caller", "exception", Literal(function.WasmName),
        ];
        return $"{tag.Method}({string.Join(", ", arguments)})";
    }

    /// <summary>Writes the method that throws. Reading and lowering the properties may fail as well.</summary>
    internal static void WriteThrow(IndentedWriter writer, ImportClass model, ThrownTag tag)
    {
        string module = Literal(model.Module);
        string context = tag.Needs is null ? "" : "nint context, ";
        writer.Write($"// tag {Comment(tag.Module)}.{Comment(tag.Name)}");
        writer.Open(
            $"private static nint {tag.Method}({context}nint caller, {tag.Exception} exception, string function)");
        writer.Open("try");
        if (tag.Values is not { } values)
        {
            writer.Write($"_ = {tag.Field}.TryThrow(caller, exception, {module}, function, out nint trap);");
            writer.Write("return trap;");
        }
        else
        {
            writer.Open($"if ({tag.Field}.TryThrow(caller, exception, {module}, function, out nint trap))");
            writer.Write("return trap;");
            writer.Close();
            writer.WriteLine();
            WriteLower(writer, tag, values);
            writer.Write($"return {tag.Field}.Throw(caller, exception, {module}, function, slots);");
        }

        writer.Close();
        writer.Open("catch (global::System.Exception failure)");
        writer.Write($"return {Services}::HostCall.Abort(caller, failure, {module}, function);");
        writer.Close();
        writer.Close();
    }

    private static void WriteLower(IndentedWriter writer, ThrownTag tag, EquatableArray<TagValue> values)
    {
        int count = tag.Shapes.Sum(static shape => shape.Flat.Count);
        writer.Write($"{Services}::Slot* slots = stackalloc {Services}::Slot[{Math.Max(count, 1)}];");
        if (!values.All(static value => value.Shape is SlotShape))
        {
            writer.Write(
                tag.Needs is not null ? $"var memory = {Services}::HostCall.GuestMemory(context, caller);"
                : tag.Shapes.Any(static shape => shape.NeedsStore)
                    ? $"var memory = {Services}::HostCall.NoMemory(caller);"
                : $"{Services}::GuestMemory memory = default;");
        }

        int slot = 0;
        foreach (TagValue value in values)
        {
            string property = $"exception.{value.Property}";
            Marshaller marshaller = Marshaller.Of(value.Shape);
            writer.Write(marshaller is SlotMarshaller scalar
                ? scalar.LowerSlot($"slots[{slot}]", property, value.Property.TrimStart('@'))
                : marshaller.Lower(slot, property, value.Property.TrimStart('@')));
            slot += value.Shape.Flat.Count;
        }
    }
}
