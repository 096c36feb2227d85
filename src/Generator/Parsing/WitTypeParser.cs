using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WasmBindgen.Generator.Guests;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Symbols;
using WasmBindgen.Generator.Text;

namespace WasmBindgen.Generator.Parsing;

/// <summary>A type that is one of WIT's, or a part of one: symbol to model.</summary>
internal static class WitTypeParser
{
    private static SymbolDisplayFormat FullName { get; } = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <param name="type">The type.</param>
    /// <param name="path">The item that an attribute names; null for a part of what is generated.</param>
    internal static WitPart Parse(INamedTypeSymbol type, string? path)
    {
        bool isPartial = type.DeclaringSyntaxReferences.Any(static reference =>
            reference.GetSyntax() is TypeDeclarationSyntax syntax
                && syntax.Modifiers.Any(SyntaxKind.PartialKeyword));
        bool hasFields = CountFields(type) > 0 || type.GetAttributes().Any(RecordMembers.IsOtherLayout);
        WitPartKind kind = KindOf(type);
        WitPart part = new(
            path,
            type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(),
            CSharp.Escape(type.Name),
            kind,
            type.DeclaredAccessibility == Accessibility.Public,
            hasFields)
        {
            IsPartial = isPartial,
            Problem = type.ContainingType is not null || type.IsGenericType || Accessible.IsFileLocal(type)
                ? "it must be a type of a namespace without type parameters"
                : null,
        };
        return path is null ? part
            : kind == WitPartKind.Enum ? part with { Enum = EnumParser.Parse(type, static () => "") }
            : hasFields && RecordMembers.Find(type, type) is { } members
                ? part with { Fields = FieldsOf(type, members) }
            : part;
    }

    /// <summary>What an attribute says of a type; null for nothing.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="target">What has it.</param>
    internal static WitPart? Parse(AttributeData attribute, ISymbol target)
    {
        ImmutableArray<TypedConstant> arguments = attribute.ConstructorArguments;
        if (arguments is not ([{ Value: string }] or [{ Value: string }, _])
            || (arguments.Length == 1 ? target : arguments[1].Value) is not INamedTypeSymbol type)
        {
            return null;
        }

        WitPart part = Parse(type, (string)arguments[0].Value!);
        INamedTypeSymbol? marshaller = attribute.NamedArguments
            .Where(static one => one.Key == "Marshaller")
            .Select(static one => one.Value.Value as INamedTypeSymbol)
            .FirstOrDefault();
        return marshaller is null ? part : part with
        {
            Foreign = type.ToDisplayString(FullName),
            Problem = null,
            Custom = (
                marshaller.ToDisplayString(FullName),
                ShapeFinder.CrossingType(marshaller, type) is { } crossing ? Text(crossing) : null),
        };
    }

    /// <summary>A type without names of a tuple's elements.</summary>
    internal static string Text(ITypeSymbol type) => type is INamedTypeSymbol { IsTupleType: true } tuple
        ? $"({string.Join(", ", tuple.TupleElements.Select(static element => Text(element.Type)))})"
        : type.ToDisplayString(FullName);

    /// <summary>A type that another assembly has.</summary>
    internal static WitPart ParseShared(INamedTypeSymbol type) =>
        Parse(type, null) with { FieldCount = CountFields(type) };

    private static int CountFields(INamedTypeSymbol type) =>
        type.GetMembers().OfType<IFieldSymbol>().Count(static field => !field.IsStatic);

    private static WitPartKind KindOf(INamedTypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Enum } => WitPartKind.Enum,
        { IsRecord: true, IsReferenceType: true } => WitPartKind.RecordClass,
        { IsRecord: true } => WitPartKind.RecordStruct,
        { TypeKind: TypeKind.Class } => WitPartKind.Class,
        { TypeKind: TypeKind.Interface } => WitPartKind.Interface,
        _ => WitPartKind.Other,
    };

    private static WitOwnFields FieldsOf(INamedTypeSymbol type, RecordMembers members) => new(
        members.Construction,
        members.All.Select(static member => (
            member.Member.Name,
            CSharp.Escape(member.Member.Name),
            HasError(member.Type) ? null : member.Type.ToDisplayString(FullName))).ToEquatableArray(),
        members.IsSequential(type),
        members.HasCode(type));

    /// <summary>Whether a type that does not exist yet is in it.</summary>
    internal static bool HasError(ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Error } => true,
        IArrayTypeSymbol array => HasError(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Any(HasError),
        _ => false,
    };
}
