using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WasmBindgen.Generator.CodeFixes;

/// <summary>WBG0424: leaves out a function that is not supported.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class WitSkipFix : SyntaxFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("WBG0424");

    // The same is told at the line of WIT, where there is nothing to write.
    private protected override string? Title(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue("Skip", out string? function) ? $"Skip \"{function}\"" : null;

    private protected override SyntaxNode? NodeOf(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeSyntax>();

    private protected override SyntaxNode? Replacement(SyntaxNode node, Diagnostic diagnostic)
    {
        var attribute = (AttributeSyntax)node;
        string function = diagnostic.Properties["Skip"]!;
        return attribute.Named("Skip")?.Expression switch
        {
            null => attribute.WithNamed("Skip", SyntaxFactory.ParseExpression($"[{Attributes.Text(function)}]")),
            CollectionExpressionSyntax list => Added(list.Elements
                .Select(static element => (element as ExpressionElementSyntax)?.Expression)),
            ImplicitArrayCreationExpressionSyntax { Initializer: var values } => Added(values.Expressions),
            ArrayCreationExpressionSyntax { Initializer: { } values } => Added(values.Expressions),
            _ => null,
        };

        AttributeSyntax? Added(IEnumerable<ExpressionSyntax?> skipped)
        {
            string[] texts = [.. skipped.OfType<ExpressionSyntax>().Select(static one => one.ToString())];
            string text = $"{Attributes.Text(function)}";
            return texts.Contains(text)
                ? null
                : attribute.WithNamed(
                    "Skip", SyntaxFactory.ParseExpression($"[{string.Join(", ", texts.Append(text))}]"));
        }
    }
}
