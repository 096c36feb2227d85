using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WasmBindgen.Generator.Tests;

/// <summary>The public types of a compilation, a line for each type and member.</summary>
internal static class Surface
{
    private static readonly SymbolDisplayFormat Format = SymbolDisplayFormat.FullyQualifiedFormat
        .WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted)
        .WithMemberOptions(
            SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeModifiers
                | SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeConstantValue)
        .WithParameterOptions(
            SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName
                | SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeParamsRefOut)
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    // What the twenty cases leave out.
    private static readonly HashSet<string> Unlisted =
        ["Match", "Equals", "GetHashCode", "PrintMembers", "ToString", "Deconstruct", "EqualityContract"];

    /// <summary>The lines of types in C#, sorted by type; members are in order.</summary>
    internal static IEnumerable<string> Of(CSharpCompilation compilation) =>
        Types(compilation.Assembly.GlobalNamespace)
            .OrderBy(static type => type.ToDisplayString(), StringComparer.Ordinal)
            .SelectMany(Of);

    /// <summary>The types of a text in which those without accessibility are public, and have no bodies.</summary>
    internal static CSharpCompilation Expected(string text)
    {
        const string Usings =
            "#nullable enable\nusing System; using System.Collections.Generic; using System.Text; using WasmBindgen;\n";
        CSharpCompilation compilation = GeneratorTest.Compile(Usings + text);
        SyntaxTree tree = compilation.SyntaxTrees.Single();
        SyntaxNode root = new Publisher().Visit(tree.GetRoot())!;
        return compilation.ReplaceSyntaxTree(tree, tree.WithRootAndOptions(root, tree.Options));
    }

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol outer) => outer.GetMembers()
        .SelectMany(static member => member switch
        {
            INamespaceSymbol inner => Types(inner),
            INamedTypeSymbol { DeclaredAccessibility: Accessibility.Public } type => Types(type).Prepend(type),
            _ => [],
        });

    private static IEnumerable<string> Of(INamedTypeSymbol type)
    {
        string kind = type.TypeKind switch
        {
            TypeKind.Interface => "interface",
            TypeKind.Enum => $"enum : {type.EnumUnderlyingType}",
            TypeKind.Struct => $"{(type.IsReadOnly ? "readonly " : "")}{(type.IsRecord ? "record " : "")}struct",
            _ => $"{(type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "")}{(type.IsRecord ? "record" : "class")}",
        };
        string bases = string.Join(", ", type.Interfaces.Select(static one => one.ToDisplayString())
            .Where(static one => !one.StartsWith("System.IEquatable", StringComparison.Ordinal))
            .Prepend(type.BaseType is { SpecialType: SpecialType.None } parent ? parent.ToDisplayString() : null)
            .OfType<string>());
        yield return $"{Attributes(type)}{kind} {type.ToDisplayString()} ({bases})";
        foreach (ISymbol member in type.GetMembers())
        {
            bool isPublic = member.DeclaredAccessibility == Accessibility.Public;
            bool isPrimary = member is IMethodSymbol { MethodKind: MethodKind.Constructor, IsImplicitlyDeclared: false };
            bool isListed = type.IsRecord
                ? isPrimary || (member is IPropertySymbol or IMethodSymbol { MethodKind: MethodKind.Ordinary }
                    && !member.IsImplicitlyDeclared && member is not IPropertySymbol { IsStatic: false })
                : member is IFieldSymbol { ConstantValue: not null }
                    || member is IPropertySymbol
                    || (member is IMethodSymbol { MethodKind: MethodKind.Ordinary } || isPrimary);
            if (isPublic && isListed && !Unlisted.Contains(member.Name) && member.Kind != SymbolKind.NamedType)
            {
                yield return $"  {Attributes(member)}{member.ToDisplayString(Format)}";
            }
        }
    }

    private static string Attributes(ISymbol symbol) => string.Concat(symbol.GetAttributes()
        .Where(static attribute => attribute.AttributeClass!.Name is "ObsoleteAttribute" or "FlagsAttribute")
        .Select(static attribute => $"[{attribute}] "));

    private sealed class Publisher : CSharpSyntaxRewriter
    {
        public override SyntaxNode? Visit(SyntaxNode? node)
        {
            SyntaxNode? visited = base.Visit(node);
            return visited is MemberDeclarationSyntax and not (EnumMemberDeclarationSyntax or BaseNamespaceDeclarationSyntax)
                && node!.Parent is not InterfaceDeclarationSyntax
                && visited is MemberDeclarationSyntax member
                && !member.Modifiers.Any(static modifier =>
                    modifier.IsKind(SyntaxKind.PublicKeyword) || modifier.IsKind(SyntaxKind.PrivateKeyword))
                ? member.WithModifiers(member.Modifiers.Insert(0, SyntaxFactory.Token(SyntaxKind.PublicKeyword)
                    .WithTrailingTrivia(SyntaxFactory.Space)))
                : visited;
        }
    }
}
