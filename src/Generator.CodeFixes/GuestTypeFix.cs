using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WasmBindgen.Generator.CodeFixes;

/// <summary>WBG0402: gives a method the parameters and the result that the guest has.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class GuestTypeFix : SyntaxFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("WBG0402");

    private protected override string? Title(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue("Method", out string? method) ? $"Change to '{method}'" : null;

    private protected override SyntaxNode? NodeOf(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<MethodDeclarationSyntax>();

    private protected override SyntaxNode? Replacement(SyntaxNode node, Diagnostic diagnostic)
    {
        var method = (MethodDeclarationSyntax)node;
        return SyntaxFactory.ParseMemberDeclaration(diagnostic.Properties["Method"] + ";")
            is MethodDeclarationSyntax { ContainsDiagnostics: false } guest
            ? method.WithReturnType(guest.ReturnType.WithTriviaFrom(method.ReturnType))
                .WithParameterList(guest.ParameterList.WithTriviaFrom(method.ParameterList))
            : null;
    }
}
