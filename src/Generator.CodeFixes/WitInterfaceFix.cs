using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WasmBindgen.Generator.CodeFixes;

/// <summary>WBG0410: names the interface that was perhaps meant.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class WitInterfaceFix : SyntaxFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("WBG0410");

    private protected override string? Title(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue("Interface", out string? name)
            ? $"Change the interface to \"{name}\""
            : null;

    private protected override SyntaxNode? NodeOf(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeSyntax>()?
            .ArgumentList?.Arguments.FirstOrDefault(static argument => argument.NameEquals is null)?.Expression;

    private protected override SyntaxNode? Replacement(SyntaxNode node, Diagnostic diagnostic) =>
        Attributes.Text(diagnostic.Properties["Interface"]!).WithTriviaFrom(node);
}
