using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Parsing;

/// <summary>
/// The other parts of partial members that cannot be bound. They never run, since a diagnostic fails the build; but
/// without them the compiler's own error about the missing part would keep that diagnostic from being shown.
/// </summary>
internal static class RefusedMembers
{
    private static readonly SymbolDisplayFormat Signature = SymbolDisplayFormat.FullyQualifiedFormat
        .WithGenericsOptions(
            SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints)
        .WithMemberOptions(
            SymbolDisplayMemberOptions.IncludeType
                | SymbolDisplayMemberOptions.IncludeRef
                | SymbolDisplayMemberOptions.IncludeParameters)
        .WithParameterOptions(
            SymbolDisplayParameterOptions.IncludeType
                | SymbolDisplayParameterOptions.IncludeName
                | SymbolDisplayParameterOptions.IncludeParamsRefOut)
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <returns>Null when the member has a type that does not exist, which the compiler says by itself.</returns>
    internal static RefusedMember? Of(IMethodSymbol method, CancellationToken cancellation) =>
        !IsError(method.ReturnType)
        && !method.Parameters.Any(static parameter => IsError(parameter.Type))
        && method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is MethodDeclarationSyntax syntax
            ? new RefusedMember($"{ExportParser.Words(syntax.Modifiers)} {method.ToDisplayString(Signature)}", default)
            : null;

    /// <inheritdoc cref="Of(IMethodSymbol, CancellationToken)"/>
    internal static RefusedMember? Of(IPropertySymbol property, BasePropertyDeclarationSyntax syntax) =>
        !IsError(property.Type)
        && !property.Parameters.Any(static parameter => IsError(parameter.Type))
        && syntax.AccessorList is { } list
            ? new RefusedMember(
                $"{ExportParser.Words(syntax.Modifiers)} {property.ToDisplayString(Signature)}",
                list.Accessors.Select(static accessor => ExportParser.Words(accessor.Modifiers.Add(accessor.Keyword)))
                    .ToEquatableArray())
            : null;

    private static bool IsError(ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Error } => true,
        IArrayTypeSymbol array => IsError(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Any(IsError),
        _ => false,
    };
}
