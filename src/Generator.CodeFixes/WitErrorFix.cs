using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WasmBindgen.Generator.CodeFixes;

/// <summary>WBG0415: names the case that was perhaps meant.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class WitErrorFix : SyntaxFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("WBG0415");

    private protected override string? Title(Diagnostic diagnostic) =>
        Case(diagnostic) is { } name ? $"Change the case to \"{name}\"" : null;

    private protected override SyntaxNode? NodeOf(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeSyntax>()?
            .ArgumentList?.Arguments.FirstOrDefault()?.Expression;

    private protected override SyntaxNode? Replacement(SyntaxNode node, Diagnostic diagnostic) =>
        Attributes.Text(Case(diagnostic)!).WithTriviaFrom(node);

    private static string? Case(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue("Case", out string? name) ? name : null;
}
