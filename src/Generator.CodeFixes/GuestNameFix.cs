using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Rename;

namespace WasmBindgen.Generator.CodeFixes;

/// <summary>
/// WBG0403, WBG0404, WBG0413 and WBG0414: gives a member the name that the guest or WIT has, by renaming it or by an
/// attribute.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class GuestNameFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create("WBG0403", "WBG0404", "WBG0413", "WBG0414");

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        Document document = context.Document;
        SyntaxNode? root = await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (root?.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<MemberDeclarationSyntax>()
                is not { } member)
            {
                continue;
            }

            if (diagnostic.Properties.TryGetValue("Member", out string? renamed))
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        $"Rename to '{renamed}'",
                        cancellation => RenameAsync(document, member, renamed!, cancellation),
                        equivalenceKey: "Rename"),
                    diagnostic);
            }

            if (diagnostic.Properties.TryGetValue("Name", out string? name))
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        $"Add [WasmName(\"{name}\")]",
                        _ => Task.FromResult(document.WithSyntaxRoot(
                            root.ReplaceNode(member, Attributes.Add(member, Attributes.WasmName(name!))))),
                        equivalenceKey: "WasmName"),
                    diagnostic);
            }
        }
    }

    private static async Task<Solution> RenameAsync(
        Document document, SyntaxNode member, string name, CancellationToken cancellation)
    {
        Solution solution = document.Project.Solution;
        SemanticModel? model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        return model?.GetDeclaredSymbol(member, cancellation) is { } symbol
            ? await Renamer.RenameSymbolAsync(solution, symbol, default(SymbolRenameOptions), name, cancellation)
                .ConfigureAwait(false)
            : solution;
    }
}
