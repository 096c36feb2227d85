using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Symbols;
using WasmBindgen.Generator.Text;
using static WasmBindgen.Generator.Parsing.Found;

namespace WasmBindgen.Generator.Parsing;

/// <content>Records, tuples and variants: what is made of other values.</content>
internal sealed partial class ShapeFinder
{
    private Found Record(INamedTypeSymbol type, string name)
    {
        if (RecordMembers.Find(type, user) is { } members)
        {
            return FieldsOf(members, out Found refused) is { } fields
                ? new RecordShape(
                    name,
                    StructName(type),
                    fields,
                    type.IsReferenceType,
                    members.IsSequential(type),
                    members.HasCode(type))
                : refused;
        }

        return type.IsRecord || type.FindAttribute("WasmRecordAttribute") is not null
            ? Refused(
                $" ('{type.ToDisplayString()}' cannot be made of what shows in it: it needs a constructor whose "
                    + "parameters are public properties, or public ones that can be set)")
            : Refused("");
    }

    private Found Variant(INamedTypeSymbol type, string name)
    {
        var cases = new List<Case>();
        if (type.GetTypeMembers().FirstOrDefault(member =>
            member.BaseType is { } parent && IsCase(parent, type)) is { } further)
        {
            return Refused($" (its case '{further.Name}' derives from another case, which would take its place)");
        }

        foreach (INamedTypeSymbol member in type.GetTypeMembers().Where(member => IsCase(member, type)))
        {
            if (!member.IsRecord || member.IsAbstract)
            {
                return Refused($" ('{member.ToDisplayString()}' is no record that can be made, and so no case)");
            }

            if (!Accessible.CanUse(user, member))
            {
                return Refused($" (its case '{member.Name}' cannot be named in '{user.Name}')");
            }

            Found refused = default;
            Fields? fields = RecordMembers.Find(member, user) is { } members ? FieldsOf(members, out refused)
                : RecordMembers.IsEmpty(member, user) ? new Fields(Construction.Constructor, default)
                : null;
            if (fields is null)
            {
                return refused.Reason?.Length > 0
                    ? refused
                    : Refused($" (its case '{member.Name}' cannot be made of what shows in it)");
            }

            bool hasInstance = fields.Items.Count == 0
                && member.GetMembers("Instance").OfType<IPropertySymbol>().Any(property =>
                    property is { IsStatic: true, GetMethod: not null }
                    && SymbolEqualityComparer.Default.Equals(property.Type, member)
                    && Accessible.CanUse(user, property));
            cases.Add(new Case(member.Name, member.ToDisplayString(FullName), fields, hasInstance));
        }

        return cases.Count > 0 && type.IsAbstract
            ? new VariantShape(name, StructName(type), type.ToDisplayString(), cases.ToEquatableArray())
            : Refused($" ('{type.ToDisplayString()}' is no abstract record with cases nested in it)");
    }

    /// <summary>The shape of a part of a record with what attributes say of it.</summary>
    private Found Part(ITypeSymbol type, ImmutableArray<AttributeData> attributes)
    {
        if (Clash(attributes, s_forms) is { } clash)
        {
            return Refused(clash);
        }

        if (Custom(type, attributes) is { } custom)
        {
            return Use(type, custom, attributes, Direction.FromGuest);
        }

        if (Has(attributes, "ExternRefAttribute") || Has(attributes, "TableIndexAttribute"))
        {
            return Refused(" (a reference stands by itself: no record can have one)");
        }

        return Encoding(attributes) is { } encoding ? Encoded(type, encoding) : Of(type);
    }

    private static bool IsCase(INamedTypeSymbol member, INamedTypeSymbol variant) =>
        SymbolEqualityComparer.Default.Equals(member.BaseType, variant);

    private Fields? FieldsOf(RecordMembers members, out Found refused)
    {
        var fields = new List<Field>();
        foreach ((ISymbol member, ITypeSymbol type, IParameterSymbol? parameter) in members.All)
        {
            Warnings.AddType(type);
            Found found = Part(type, parameter?.GetAttributes() ?? ImmutableArray<AttributeData>.Empty);
            if (found.Shape is not { } value)
            {
                refused = found;
                return null;
            }

            fields.Add(new Field(member.Name, CSharp.Escape(member.Name), value));
        }

        refused = default;
        return new Fields(members.Construction, fields.ToEquatableArray());
    }
}
