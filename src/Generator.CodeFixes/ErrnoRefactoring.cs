using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WasmBindgen.Generator.CodeFixes;

/// <summary>
/// Turns <c>[Interrupts&lt;E&gt;]</c> of a host method into <c>[Errno&lt;E&gt;(1)]</c>, and back: whether an error
/// aborts the guest or is a number for it.
/// </summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp)]
[Shared]
public sealed class ErrnoRefactoring : CodeRefactoringProvider
{
    /// <inheritdoc/>
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        SemanticModel? model =
            await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (model is null
            || root?.FindNode(context.Span).FirstAncestorOrSelf<AttributeSyntax>() is not { } attribute
            || attribute is not { Parent.Parent: MethodDeclarationSyntax method }
            || model.GetSymbolInfo(attribute, context.CancellationToken).Symbol?.ContainingType is not { } type
            || type.TypeArguments is not [{ } error]
            || type.ContainingNamespace.ToDisplayString() != "WasmBindgen")
        {
            return;
        }

        string name = error.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        if (type.Name == "InterruptsAttribute"
            && model.GetDeclaredSymbol(method, context.CancellationToken) is IMethodSymbol symbol
            && (symbol.ReturnsVoid || symbol.ReturnType.SpecialType == SpecialType.System_Int32))
        {
            Register($"Give the guest a number for '{error.Name}'", Attributes.Errno(name, code: 1));
        }
        else if (type.Name == "ErrnoAttribute")
        {
            Register($"Abort the guest with '{error.Name}'", Attributes.Interrupts(name));
        }

        void Register(string title, AttributeSyntax replacement) => context.RegisterRefactoring(CodeAction.Create(
            title,
            _ => Task.FromResult(context.Document.WithSyntaxRoot(
                root.ReplaceNode(attribute, replacement.WithTriviaFrom(attribute)))),
            equivalenceKey: title));
    }
}
