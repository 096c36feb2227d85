using System.Globalization;
using Microsoft.CodeAnalysis;
using WasmBindgen.Generator.Abi;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Symbols;

namespace WasmBindgen.Generator.Parsing;

/// <summary>An enum: symbol to shape.</summary>
internal static class EnumParser
{
    /// <returns>Null for an enum without members.</returns>
    internal static EnumShape? Parse(INamedTypeSymbol type, Func<string> structName)
    {
        EnumMember[] named =
        [
            .. type.GetMembers().OfType<IFieldSymbol>()
                .Where(static field => field.HasConstantValue)
                .Select(static field => new EnumMember(
                    field.Name, Convert.ToDecimal(field.ConstantValue, CultureInfo.InvariantCulture))),
        ];
        decimal[] members = [.. named.Select(static member => member.Value)];
        if (members.Length == 0)
        {
            return null;
        }

        SpecialType underlying = type.EnumUnderlyingType!.SpecialType;
        Scalar number = underlying switch
        {
            SpecialType.System_Int64 => Scalar.S64,
            SpecialType.System_UInt64 => Scalar.U64,
            SpecialType.System_Byte or SpecialType.System_UInt16 or SpecialType.System_UInt32 => Scalar.U32,
            _ => Scalar.S32,
        };
        bool isFlags =
            type.GetAttributes().Any(static attribute => attribute.AttributeClass.IsSystemType(nameof(FlagsAttribute)));
        ulong bits = members.Aggregate(
            0UL, static (all, member) => all | unchecked(member < 0 ? (ulong)(long)member : (ulong)member));
        int? count = isFlags ? CountFlags(bits) : CountCases(members);
        return new EnumShape(
            type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            structName(),
            type.ToDisplayString(),
            number,
            isFlags ? default : Ranges(members).ToEquatableArray(),
            isFlags ? bits : null,
            WidthOf(
                underlying,
                count is null ? null : isFlags ? Layout.FlagsWidth(count.Value) : Layout.CaseWidth(count.Value)),
            !isFlags && count is not null,
            named.ToEquatableArray());
    }

    /// <summary>The number of cases, if they are numbered from 0 on; null if not.</summary>
    private static int? CountCases(decimal[] members)
    {
        decimal[] distinct = [.. members.Distinct()];
        return distinct.Min() == 0 && distinct.Max() == distinct.Length - 1 ? distinct.Length : null;
    }

    /// <summary>The number of flags, if those are bits from the lowest on; null if not.</summary>
    private static int? CountFlags(ulong bits) =>
        bits <= uint.MaxValue && (bits & (bits + 1)) == 0
            ? Enumerable.Range(0, 32).Count(bit => (bits >> bit & 1) != 0)
            : null;

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

    private static List<(decimal First, decimal Last)> Ranges(decimal[] members)
    {
        var ranges = new List<(decimal First, decimal Last)>();
        foreach (decimal member in members.Distinct().OrderBy(static member => member))
        {
            if (ranges.Count > 0 && ranges[ranges.Count - 1].Last == member - 1)
            {
                ranges[ranges.Count - 1] = (ranges[ranges.Count - 1].First, member);
            }
            else
            {
                ranges.Add((member, member));
            }
        }

        return ranges;
    }
}
