using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Symbols;

namespace WasmBindgen.Generator.Parsing;

/// <summary>What a class that is bound to WIT has beside what is generated: symbols to models.</summary>
internal static class WitMemberParser
{
    internal static IEnumerable<AuthoredMember> Of(INamedTypeSymbol type) =>
        SymbolsOf(type).Select(static one => new AuthoredMember(
            one.Class,
            one.Symbol.Name,
            one.Symbol switch
            {
                IMethodSymbol => AuthoredKind.Method,
                INamedTypeSymbol { TypeKind: TypeKind.Class, IsRecord: false } => AuthoredKind.Class,
                INamedTypeSymbol { TypeKind: TypeKind.Class } => AuthoredKind.Record,
                _ => AuthoredKind.Other,
            },
            (one.Symbol as IMethodSymbol)?.Parameters.Select(static parameter => Brief(parameter.Type))
                .ToEquatableArray() ?? default,
            one.Symbol is INamedTypeSymbol nested ? Problem(nested) : null));

    /// <summary>The members of a class, and of the nested classes that may be those of exported interfaces.</summary>
    internal static IEnumerable<(string? Class, ISymbol Symbol)> SymbolsOf(INamedTypeSymbol type) => Members(type)
        .Select(static member => ((string?)null, member))
        .Concat(type.GetTypeMembers()
            .Where(WitClassParser.IsPart)
            .SelectMany(static nested => Members(nested).Select(member => ((string?)nested.Name, member))));

    internal static BaseClass BaseOf(INamedTypeSymbol type) =>
        ExportParser.IsBound(type.BaseType) ? BaseClass.Bound
        : type.BaseType is { SpecialType: not SpecialType.System_Object, TypeKind: not TypeKind.Error } ancestor
            && !ancestor.InstanceConstructors.Any(constructor =>
                constructor.Parameters.All(static parameter => parameter.IsOptional || parameter.IsParams)
                && constructor.DeclaredAccessibility != Accessibility.Private)
            ? BaseClass.InTheWay
        : BaseClass.Plain;

    private static IEnumerable<ISymbol> Members(INamedTypeSymbol type) => type.GetMembers().Where(static member =>
        !member.IsImplicitlyDeclared
        && !member.IsGenerated()
        && (member is not IMethodSymbol method
            || method is { MethodKind: MethodKind.Ordinary, IsPartialDefinition: false }));

    /// <summary>A type's own name, which is known even of one that does not exist yet.</summary>
    private static string Brief(ITypeSymbol type) => type is IArrayTypeSymbol array
        ? Brief(array.ElementType) + "[]"
        : type is { SpecialType: not SpecialType.None }
            ? type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat)
        : type.Name;

    /// <summary>Why a nested class cannot have a generated part; null if it can.</summary>
    private static string? Problem(INamedTypeSymbol type)
    {
        TypeDeclarationSyntax[] parts =
            [.. type.DeclaringSyntaxReferences.Select(static one => one.GetSyntax()).OfType<TypeDeclarationSyntax>()];
        SyntaxKind[] words = [.. parts.SelectMany(static part => part.Modifiers).Select(static word => word.Kind())];
        return !words.Contains(SyntaxKind.PartialKeyword) ? "is not partial"
            : type.Arity > 0 ? "is generic"
            : type.IsStatic ? "is static"
            : type.IsAbstract ? "is abstract"
            : Array.Exists(words, static word => word
                is SyntaxKind.InternalKeyword or SyntaxKind.PrivateKeyword or SyntaxKind.ProtectedKeyword)
                ? "is not public"
            : Array.Exists(parts, static part => part.ParameterList is not null) ? "has a constructor"
            : BaseOf(type) != BaseClass.Plain ? "has a base class that needs something"
            : null;
    }
}
