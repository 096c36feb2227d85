using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Host;
using Microsoft.CodeAnalysis.Simplification;
using WasmBindgen.Generator.Symbols;

namespace WasmBindgen.Generator.CodeFixes;

/// <summary>
/// Turns <c>linker.DefineFunction("m", "f", (…) => …)</c> of the official package into a method of a
/// <c>[WasmImport("m")]</c> class, and the call into <c>linker.Define(new M())</c>.
/// </summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp)]
[Shared]
public sealed class DefineFunctionRefactoring : CodeRefactoringProvider
{
    private const string HostClass = nameof(HostClass);

    /// <inheritdoc/>
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        SemanticModel? model =
            await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null || model is null
            || root.FindNode(context.Span).FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call
            || DefinedFunction.Read(model, call, context.CancellationToken) is not { } function)
        {
            return;
        }

        ClassDeclarationSyntax? present = Find(root, model, function.Module);
        string name = present?.Identifier.ValueText ?? NewName(model, call, function.Module);
        if (present is not null && function.Captured.Count > 0)
        {
            return; // its objects are made elsewhere, without what this one needs
        }

        Document changed = context.Document.WithSyntaxRoot(
            Change(root, context.Document.Project.Solution.Services, function, present, name));
        if (!await CompilesAsync(changed, context.CancellationToken).ConfigureAwait(false))
        {
            return; // the body uses what only the lambda could, or what the bindings' own types have under other names
        }

        string title = $"Make `{function.Module}.{function.Name}` a method of [WasmImport] class '{name}'";
        context.RegisterRefactoring(
            CodeAction.Create(title, _ => Task.FromResult(changed), equivalenceKey: nameof(DefineFunctionRefactoring)));
    }

    /// <summary>The file's class for an import module.</summary>
    private static ClassDeclarationSyntax? Find(SyntaxNode root, SemanticModel model, string module) => root
        .DescendantNodes()
        .OfType<ClassDeclarationSyntax>()
        .FirstOrDefault(
            type => type.Modifiers.Any(SyntaxKind.PartialKeyword) && !type.Modifiers.Any(SyntaxKind.StaticKeyword)
            && model.GetDeclaredSymbol(type)?.FindAttribute("WasmImportAttribute")
                is { ConstructorArguments: [{ Value: string its }] }
            && its == module);

    private static string NewName(SemanticModel model, SyntaxNode call, string module)
    {
        string name = Identifiers.Of(module);
        return model.LookupNamespacesAndTypes(call.SpanStart, name: name).IsEmpty ? name : name + "Imports";
    }

    private static SyntaxNode Change(
        SyntaxNode root,
        SolutionServices services,
        DefinedFunction function,
        ClassDeclarationSyntax? present,
        string name)
    {
        var editor = new SyntaxEditor(root, services);
        StatementSyntax statement = function.Statement;
        if (present is not null && IsDefined(statement, function.Linker, name))
        {
            editor.RemoveNode(
                statement.Parent is GlobalStatementSyntax ? statement.Parent : statement,
                SyntaxRemoveOptions.KeepNoTrivia);
        }
        else
        {
            string arguments = string.Join(", ", function.Captured.Select(static variable => variable.Name));
            string definition = $"{function.Linker.WithoutTrivia()}.Define(new {name}({arguments}));";
            editor.ReplaceNode(statement, SyntaxFactory.ParseStatement(definition).WithTriviaFrom(statement));
        }

        MethodDeclarationSyntax method = function.ToMethod().WithAdditionalAnnotations(Formatter.Annotation);
        if (present is not null)
        {
            bool isFirst = present.Members.Count == 0;
            editor.ReplaceNode(present, (type, _) => ((ClassDeclarationSyntax)type)
                .AddMembers(isFirst ? method : WithBlankLine(method, root))
                .WithAdditionalAnnotations(new SyntaxAnnotation(HostClass)));
            return editor.GetChangedRoot();
        }

        ClassDeclarationSyntax type =
            WithBlankLine(NewClass(function, name, method), root).WithTrailingTrivia(Attributes.EndOfLine(root));
        SyntaxNode space =
            statement.Ancestors().First(static node => node is BaseNamespaceDeclarationSyntax or CompilationUnitSyntax);
        editor.ReplaceNode(space, (node, _) => node switch
        {
            FileScopedNamespaceDeclarationSyntax file => file.AddMembers(type),
            NamespaceDeclarationSyntax block => block.AddMembers(type),
            _ => ((CompilationUnitSyntax)node).AddMembers(type),
        });
        return editor.GetChangedRoot();
    }

    /// <summary>Whether the same linker gets an object of the class already, in the same block.</summary>
    private static bool IsDefined(StatementSyntax statement, ExpressionSyntax linker, string type) =>
        (statement.Parent is GlobalStatementSyntax ? statement.Parent.Parent : statement.Parent)!
            .DescendantNodes()
            .OfType<InvocationExpressionSyntax>()
            .Any(call => call is
            {
                Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Define" } access,
                ArgumentList.Arguments:
                    [{ Expression: ObjectCreationExpressionSyntax { Type: IdentifierNameSyntax made } }],
            } && made.Identifier.ValueText == type && SyntaxFactory.AreEquivalent(access.Expression, linker));

    private static ClassDeclarationSyntax NewClass(
        DefinedFunction function, string name, MethodDeclarationSyntax method)
    {
        string parameters =
            string.Join(", ", function.Captured.Select(static variable => $"{variable.Type} {variable.Name}"));
        var type = (ClassDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration(
            $$"""
            [global::WasmBindgen.WasmImport({{SymbolDisplay.FormatLiteral(function.Module, quote: true)}})]
            internal sealed partial class {{name}}{{(parameters.Length == 0 ? "" : $"({parameters})")}}
            {
            }
            """)!;
        type = type.ReplaceNodes(
            type.DescendantNodes().OfType<QualifiedNameSyntax>(), static (_, name) =>
                name.WithAdditionalAnnotations(Simplifier.Annotation));
        return type.AddMembers(method).WithAdditionalAnnotations(Formatter.Annotation, new SyntaxAnnotation(HostClass));
    }

    private static T WithBlankLine<T>(T member, SyntaxNode root)
        where T : MemberDeclarationSyntax =>
            member.WithLeadingTrivia(member.GetLeadingTrivia().Insert(0, Attributes.EndOfLine(root)));

    private static async Task<bool> CompilesAsync(Document changed, CancellationToken cancellation)
    {
        SyntaxNode root = (await changed.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
        SemanticModel model = (await changed.GetSemanticModelAsync(cancellation).ConfigureAwait(false))!;
        SyntaxNode type = root.GetAnnotatedNodes(HostClass).Single();
        return !model.GetDiagnostics(type.Span, cancellation)
            .Any(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }
}
