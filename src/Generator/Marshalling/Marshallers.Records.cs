using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Parsing;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>Records, tuples and variants: what is made of other values.</summary>
internal sealed partial class Marshallers
{
    private RecordMarshaller? Record(INamedTypeSymbol type, string name)
    {
        if (RecordShape.Find(type, user) is { } shape)
        {
            return MakeFields(shape) is { } fields ? new RecordMarshaller(name, ShapeName(type), fields, type.IsReferenceType, shape.IsSequential(type), shape.HasCode(type)) : null;
        }

        if (type.IsRecord || type.FindAttribute("WasmRecordAttribute") is not null)
        {
            Reason = $" ('{type.ToDisplayString()}' cannot be made of what shows in it: it needs a constructor whose parameters are public properties, or public ones that can be set)";
        }

        return null;
    }

    private VariantMarshaller? Variant(INamedTypeSymbol type, string name)
    {
        var cases = new List<Case>();
        if (type.GetTypeMembers().FirstOrDefault(member => member.BaseType is { } parent && IsCase(parent, type)) is { } further)
        {
            Reason = $" (its case '{further.Name}' derives from another case, which would take its place)";
            return null;
        }

        foreach (INamedTypeSymbol member in type.GetTypeMembers().Where(member => IsCase(member, type)))
        {
            if (!member.IsRecord || member.IsAbstract)
            {
                Reason = $" ('{member.ToDisplayString()}' is no record that can be made, and so no case)";
                return null;
            }

            if (!TypeParser.CanUse(user, member))
            {
                Reason = $" (its case '{member.Name}' cannot be named in '{user.Name}')";
                return null;
            }

            Fields? fields = RecordShape.Find(member, user) is { } shape ? MakeFields(shape)
                : RecordShape.IsEmpty(member, user) ? new Fields(Construction.Constructor, default)
                : null;
            if (fields is null)
            {
                Reason = Reason.Length > 0 ? Reason : $" (its case '{member.Name}' cannot be made of what shows in it)";
                return null;
            }

            cases.Add(new Case(member.Name, member.ToDisplayString(FullName), fields));
        }

        if (cases.Count > 0 && type.IsAbstract)
        {
            return new VariantMarshaller(name, ShapeName(type), type.ToDisplayString(), cases.ToEquatableArray());
        }

        Reason = $" ('{type.ToDisplayString()}' is no abstract record with cases nested in it)";
        return null;
    }

    /// <summary>The marshaller for a part of a record with what attributes say of it.</summary>
    private Marshaller? Part(ITypeSymbol type, ImmutableArray<AttributeData> attributes)
    {
        if (Clash(attributes, s_forms))
        {
            return null;
        }

        if (Custom(type, attributes) is { } custom)
        {
            return Use(type, custom);
        }

        if (Has(attributes, "ExternRefAttribute") || Has(attributes, "TableIndexAttribute"))
        {
            Reason = " (a reference stands by itself: no record can have one)";
            return null;
        }

        return Encoding(attributes) is { } encoding ? Encoded(type, encoding) : For(type);
    }

    private static bool IsCase(INamedTypeSymbol member, INamedTypeSymbol variant) => SymbolEqualityComparer.Default.Equals(member.BaseType, variant);

    private Fields? MakeFields(RecordShape shape)
    {
        var fields = new List<Field>();
        foreach ((ISymbol member, ITypeSymbol type, IParameterSymbol? parameter) in shape.Members)
        {
            if (Part(type, parameter?.GetAttributes() ?? ImmutableArray<AttributeData>.Empty) is not { } value)
            {
                return null;
            }

            fields.Add(new Field(member.Name, Names.Escape(member.Name), value));
        }

        return new Fields(shape.Construction, fields.ToEquatableArray());
    }
}
