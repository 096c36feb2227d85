using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WasmBindgen.Generator.CodeFixes;

/// <summary>WBG0016: declares on a host method what it throws.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class DeclareInterruptFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("WBG0016");

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            SyntaxNode? found = root?.FindNode(diagnostic.Location.SourceSpan);
            if (found?.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } method
                && diagnostic.Properties.TryGetValue("type", out string? type) && type is not null)
            {
                string title = $"Declare [Interrupts<{diagnostic.Properties["name"]}>]";
                context.RegisterCodeFix(
                    CodeAction.Create(
                        title,
                        _ => Task.FromResult(context.Document.WithSyntaxRoot(
                            root!.ReplaceNode(method, Attributes.Add(method, Attributes.Interrupts(type))))),
                        equivalenceKey: title),
                    diagnostic);
            }
        }
    }
}
