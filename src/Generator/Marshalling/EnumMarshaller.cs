using System.Globalization;
using Microsoft.CodeAnalysis;
using WasmBindgen.Generator.Emission;
using WasmBindgen.Generator.Parsing;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>
/// An enum: its number, as wide as its underlying type wants. A number that names no member is a fault of the guest; of a
/// [Flags] enum, bits that no member has are dropped, as the Canonical ABI does. In memory it is as wide as WIT's enum or flags
/// if its members are numbered like those, from 0 on without gaps, and else as wide as in C.
/// </summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Shape">The name for the struct that reads and writes it as a part of something else.</param>
/// <param name="Core">The core type that the guest sees.</param>
/// <param name="DisplayName">The type as messages call it.</param>
/// <param name="Property">The slot's property, as wide as the core type and signed like the enum.</param>
/// <param name="Members">The pattern that members match, or the mask of a [Flags] enum's bits.</param>
/// <param name="IsFlags">Whether it is a [Flags] enum.</param>
/// <param name="Width">Its bytes in memory.</param>
/// <param name="IsNumberedFromZero">Whether its members are numbered as those of WIT are, so that none is negative.</param>
internal sealed record EnumMarshaller(
    string Type, string Shape, CoreType Core, string DisplayName, string Property, string Members, bool IsFlags, int Width, bool IsNumberedFromZero)
    : SlotMarshaller(Type, Shape, Core)
{
    internal override Layout Layout => new(Width, Width);

    internal static EnumMarshaller? For(INamedTypeSymbol type, string shape)
    {
        decimal[] members =
        [
            .. type.GetMembers().OfType<IFieldSymbol>()
                .Where(static field => field.HasConstantValue)
                .Select(static field => Convert.ToDecimal(field.ConstantValue, CultureInfo.InvariantCulture)),
        ];
        if (members.Length == 0)
        {
            return null;
        }

        (string property, CoreType core) = type.EnumUnderlyingType!.SpecialType switch
        {
            SpecialType.System_Int64 => ("S64", CoreType.I64),
            SpecialType.System_UInt64 => ("U64", CoreType.I64),
            SpecialType.System_Byte or SpecialType.System_UInt16 or SpecialType.System_UInt32 => ("U32", CoreType.I32),
            _ => ("S32", CoreType.I32),
        };
        bool isFlags = type.GetAttributes().Any(static attribute => attribute.AttributeClass.IsSystemType(nameof(FlagsAttribute)));
        return new EnumMarshaller(
            type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            shape,
            core,
            type.ToDisplayString(),
            property,
            isFlags ? Mask(members, core) : Pattern(members, isSigned: property[0] == 'S'),
            isFlags,
            WidthOf(type.EnumUnderlyingType!.SpecialType, isFlags ? FlagsWidth(CountFlags(members)) : CaseWidth(CountCases(members))),
            !isFlags && CountCases(members) is not null);
    }

    internal override string? Test(string slot) => IsFlags ? null : $"{slot}.{Property} is {Members}";

    internal override string Fault(string slot, string faults, string name)
    {
        string number = Property == "U64" ? $"unchecked((long){slot}.U64)" : $"{slot}.{Property}";
        return $"{faults}.InvalidDiscriminant(\"{name}\", \"{DisplayName}\", {number})";
    }

    internal override string Read(string slot) => IsFlags
        ? $"unchecked(({Type})({slot}.{(Core == CoreType.I64 ? "U64" : "U32")} & {Members}))"
        : $"({Type}){slot}.{Property}";

    internal override string LowerSlot(string slot, string value)
    {
        string number = Property switch
        {
            "S64" => "long",
            "U64" => "ulong",
            "U32" => "uint",
            _ => "int",
        };
        return $"{slot}.{Property} = ({number}){value};";
    }

    internal override bool WriteShape(IndentedWriter writer)
    {
        string number = Property switch
        {
            "S64" => "long",
            "U64" => "ulong",
            "U32" => "uint",
            _ => "int",
        };
        (string unsigned, string signed) = Width switch
        {
            1 => ("byte", "sbyte"),
            2 => ("ushort", "short"),
            4 => ("uint", "int"),
            _ => ("ulong", "long"),
        };
        string stored = Property[0] == 'S' && !IsNumberedFromZero ? signed : unsigned;
        string bits = number[0] == 'u' ? "value" : number == "long" ? "(ulong)value" : "(uint)value";
        ShapeText.Write(
            writer,
            this,
            $"FromCore(slots->{Property})",
            $"FromCore(unchecked(({stored})memory.ReadU{Width * 8}(address)))",
            $"slots->{Property} = ({number})value;",
            $"memory.WriteU{Width * 8}(address, unchecked(({unsigned})value));",
            $"private static {Type} FromCore({number} value) => " + (IsFlags
                ? $"unchecked(({Type})({bits} & {Members}));"
                : $"value is {Members} ? ({Type})value : throw {SourceFile.Services}.Cases.Invalid(unchecked((long)value), {SourceFile.Literal(DisplayName)});"));
        return true;
    }

    /// <summary>The number of cases, if they are numbered from 0 on; null if not.</summary>
    private static int? CountCases(decimal[] members)
    {
        decimal[] distinct = [.. members.Distinct()];
        return distinct.Min() == 0 && distinct.Max() == distinct.Length - 1 ? distinct.Length : null;
    }

    /// <summary>The number of flags, if those are bits from the lowest on; null if not.</summary>
    private static int? CountFlags(decimal[] members)
    {
        ulong bits = members.Aggregate(0UL, static (all, member) => all | unchecked(member < 0 ? (ulong)(long)member : (ulong)member));
        return bits <= uint.MaxValue && (bits & (bits + 1)) == 0 ? Enumerable.Range(0, 32).Count(bit => (bits >> bit & 1) != 0) : null;
    }

    private static int? CaseWidth(int? count) => count is { } cases ? Layout.CaseWidth(cases) : null;

    private static int? FlagsWidth(int? count) => count is { } flags ? Layout.FlagsWidth(flags) : null;

    private static int WidthOf(SpecialType underlying, int? narrowest)
    {
        int width = underlying switch
        {
            SpecialType.System_Byte or SpecialType.System_SByte => 1,
            SpecialType.System_Int16 or SpecialType.System_UInt16 => 2,
            SpecialType.System_Int64 or SpecialType.System_UInt64 => 8,
            _ => 4,
        };
        return width < 8 ? narrowest ?? width : width;
    }

    private static string Mask(decimal[] members, CoreType core)
    {
        ulong bits = members.Aggregate(0UL, static (all, member) => all | unchecked(member < 0 ? (ulong)(long)member : (ulong)member));
        return core == CoreType.I64
            ? $"0x{bits.ToString("x", CultureInfo.InvariantCulture)}ul"
            : $"0x{unchecked((uint)bits).ToString("x", CultureInfo.InvariantCulture)}u";
    }

    /// <summary>The members' numbers as a C# pattern, neighbours joined: <c>&gt;= 0 and &lt;= 3 or 7</c>.</summary>
    private static string Pattern(decimal[] members, bool isSigned)
    {
        var parts = new List<string>();
        decimal[] sorted = [.. members.Distinct().OrderBy(static member => member)];
        for (int first = 0, last; first < sorted.Length; first = last + 1)
        {
            last = first;
            while (last + 1 < sorted.Length && sorted[last + 1] == sorted[last] + 1)
            {
                last++;
            }

            string low = sorted[first].ToString(CultureInfo.InvariantCulture);
            string high = sorted[last].ToString(CultureInfo.InvariantCulture);
            parts.Add(
                first == last ? low
                : sorted[first] == 0 && !isSigned ? $"<= {high}"
                : $">= {low} and <= {high}");
        }

        return string.Join(" or ", parts);
    }
}
