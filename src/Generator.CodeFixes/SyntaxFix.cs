using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace WasmBindgen.Generator.CodeFixes;

/// <summary>A fix that replaces nodes of the document that its diagnostic is in, one after the other.</summary>
public abstract class SyntaxFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => new InTurn(this);

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (root is not null
                && Title(diagnostic) is { } title
                && NodeOf(root, diagnostic) is { } node
                && Replacement(node, diagnostic) is not null)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        title,
                        _ => Task.FromResult(context.Document.WithSyntaxRoot(
                            root.ReplaceNode(node, Replacement(node, diagnostic)!))),
                        equivalenceKey: GetType().Name),
                    diagnostic);
            }
        }
    }

    /// <summary>What the editor shows; null if there is nothing to fix.</summary>
    private protected abstract string? Title(Diagnostic diagnostic);

    /// <summary>The node to replace.</summary>
    private protected abstract SyntaxNode? NodeOf(SyntaxNode root, Diagnostic diagnostic);

    /// <summary>What it is replaced with; null if it can stay.</summary>
    private protected abstract SyntaxNode? Replacement(SyntaxNode node, Diagnostic diagnostic);

    /// <summary>Several fixes may be of one node: a batch of independent changes would lose all but one.</summary>
    private sealed class InTurn(SyntaxFix fix) : DocumentBasedFixAllProvider
    {
        protected override async Task<Document?> FixAllAsync(
            FixAllContext fixAllContext, Document document, ImmutableArray<Diagnostic> diagnostics)
        {
            SyntaxNode? root = await document.GetSyntaxRootAsync(fixAllContext.CancellationToken).ConfigureAwait(false);
            (SyntaxNode Node, Diagnostic Diagnostic)[] found =
            [
                .. diagnostics.OrderBy(static diagnostic => diagnostic.Location.SourceSpan.Start)
                    .Where(diagnostic => fix.Title(diagnostic) is not null)
                    .Select(diagnostic => (fix.NodeOf(root!, diagnostic)!, diagnostic))
                    .Where(static one => one.Item1 is not null),
            ];
            root = root!.TrackNodes(found.Select(static one => one.Node).Distinct());
            foreach ((SyntaxNode node, Diagnostic diagnostic) in found)
            {
                if (root.GetCurrentNode(node) is { } current
                    && fix.Replacement(current, diagnostic) is { } replacement)
                {
                    root = root.ReplaceNode(current, replacement);
                }
            }

            return document.WithSyntaxRoot(root);
        }
    }
}
