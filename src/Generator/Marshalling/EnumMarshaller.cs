using System.Globalization;
using WasmBindgen.Generator.Abi;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Text;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>An enum.</summary>
internal sealed class EnumMarshaller(EnumShape shape) : SlotMarshaller(shape)
{
    internal override string Struct => shape.Struct;

    /// <summary>The C# type of its number in a slot.</summary>
    private string Number => shape.Number switch
    {
        Scalar.S64 => "long",
        Scalar.U64 => "ulong",
        Scalar.U32 => "uint",
        _ => "int",
    };

    private bool IsSigned => shape.Number is Scalar.S32 or Scalar.S64;

    /// <summary>The mask of a [Flags] enum's bits.</summary>
    private string Mask => shape.Number.Core() == CoreType.I64
        ? $"0x{shape.Bits!.Value.ToString("x", CultureInfo.InvariantCulture)}ul"
        : $"0x{unchecked((uint)shape.Bits!.Value).ToString("x", CultureInfo.InvariantCulture)}u";

    /// <summary>The pattern that members match, such as <c>&gt;= 0 and &lt;= 3 or 7</c>.</summary>
    private string Pattern => string.Join(" or ", shape.Ranges.Select(range =>
    {
        string first = range.First.ToString(CultureInfo.InvariantCulture);
        string last = range.Last.ToString(CultureInfo.InvariantCulture);
        return range.First == range.Last ? first
            : range.First == 0 && !IsSigned ? $"<= {last}"
            : $">= {first} and <= {last}";
    }));

    internal override string? Test(string slot) => shape.IsFlags ? null : $"{slot}.{shape.Number} is {Pattern}";

    internal override string Fault(string slot, string faults, string name)
    {
        string number = shape.Number == Scalar.U64 ? $"unchecked((long){slot}.U64)" : $"{slot}.{shape.Number}";
        return $"{faults}.InvalidDiscriminant(\"{name}\", \"{shape.DisplayName}\", {number})";
    }

    internal override string Read(string slot) => shape.IsFlags
        ? $"unchecked(({Type})({slot}.{(shape.Number.Core() == CoreType.I64 ? "U64" : "U32")} & {Mask}))"
        : $"({Type}){slot}.{shape.Number}";

    internal override string LowerSlot(string slot, string value, string? name) =>
        $"{slot}.{shape.Number} = {Lowered(value, name)};";

    /// <summary>The number of a value: of flags the bits that have a name, and else one that a member has.</summary>
    private string Lowered(string value, string? name)
    {
        if (shape.IsFlags)
        {
            return IsSigned
                ? $"unchecked(({Number})({(Number == "long" ? "ulong" : "uint")}){value} & ({Number}){Mask})"
                : $"({Number}){value} & {Mask}";
        }

        string blamed = Literal(shape.DisplayName) + (name is null ? "" : $", {Literal(name)}");
        return shape.Ranges is [(0, var last)] && Number is "int" or "uint"
            ? Enclose($"{Services}::Cases.Number(", [$"({Number}){value}", $"{last + 1}", blamed], ")")
            : $$"""
                ({{Number}}){{value}} switch
                {
                    ({{Pattern}}) and var __number => __number,
                    var __number => throw {{Services}}::Cases.NoMember(unchecked((long)__number), {{blamed}}),
                }
                """;
    }

    internal override bool WriteStruct(IndentedWriter writer)
    {
        (string unsigned, string signed) = shape.Width switch
        {
            1 => ("byte", "sbyte"),
            2 => ("ushort", "short"),
            4 => ("uint", "int"),
            _ => ("ulong", "long"),
        };
        string stored = IsSigned && !shape.IsNumberedFromZero ? signed : unsigned;
        string bits = !IsSigned ? "value" : Number == "long" ? "(ulong)value" : "(uint)value";
        StructText.Write(
            writer,
            shape,
            Struct,
            $"return FromCore({SlotAt(0)}.{shape.Number});",
            $"return FromCore(unchecked(({stored})memory.ReadU{shape.Width * 8}(address)));",
            LowerSlot(SlotAt(0), "value", name: null),
            $"memory.WriteU{shape.Width * 8}(address, unchecked(({unsigned})({Lowered("value", name: null)})));",
            $"private static {Type} FromCore({Number} value) =>\n" + Indented(shape.IsFlags
                ? $"unchecked(({Type})({bits} & {Mask}));"
                : Choose(
                    $"value is {Pattern}",
                    $"({Type})value",
                    $"throw {Services}::Cases.Invalid(unchecked((long)value), {Literal(shape.DisplayName)})") + ";"));
        return true;
    }
}
