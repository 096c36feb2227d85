using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WasmBindgen.Generator.CodeFixes;

/// <summary>WBG0413: takes a method that is no function of the contract out of sight.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class MakeInternalFix : SyntaxFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("WBG0413");

    private protected override string? Title(Diagnostic diagnostic) => "Make internal";

    private protected override SyntaxNode? NodeOf(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<MethodDeclarationSyntax>();

    private protected override SyntaxNode? Replacement(SyntaxNode node, Diagnostic diagnostic)
    {
        SyntaxToken access = ((MethodDeclarationSyntax)node).Modifiers
            .FirstOrDefault(static modifier => modifier.IsKind(SyntaxKind.PublicKeyword));
        return access == default
            ? null
            : node.ReplaceToken(access, SyntaxFactory.Token(SyntaxKind.InternalKeyword).WithTriviaFrom(access));
    }
}
