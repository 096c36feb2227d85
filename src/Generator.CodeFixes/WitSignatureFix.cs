using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace WasmBindgen.Generator.CodeFixes;

/// <summary>WBG0412: gives a method the signature that WIT has. What it takes besides, and its body, stay.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class WitSignatureFix : SyntaxFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("WBG0412");

    private protected override string? Title(Diagnostic diagnostic) =>
        diagnostic.Properties.ContainsKey("Signature") ? "Change the signature to that of WIT" : null;

    private protected override SyntaxNode? NodeOf(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<MethodDeclarationSyntax>();

    private protected override SyntaxNode? Replacement(SyntaxNode node, Diagnostic diagnostic)
    {
        var method = (MethodDeclarationSyntax)node;
        string[] lines = diagnostic.Properties["Signature"]!.Split('\n');
        var parameters = SyntaxFactory.SeparatedList(
            lines.Skip(1).Select(line => Parameter(line, method.ParameterList.Parameters)),
            lines.Skip(2).Select(static _ =>
                SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space)));
        TypeSyntax result = lines[0].Length == 0
            ? method.ReturnType
            : SyntaxFactory.ParseTypeName(lines[0])
                .WithTriviaFrom(method.ReturnType)
                .WithAdditionalAnnotations(Simplifier.Annotation);
        return method.WithReturnType(result).WithParameterList(method.ParameterList.WithParameters(parameters));
    }

    private static ParameterSyntax Parameter(string line, SeparatedSyntaxList<ParameterSyntax> parameters) =>
        int.TryParse(line, out int kept)
            ? parameters[kept].WithoutTrivia()
            : SyntaxFactory.ParseParameterList($"({line})").Parameters[0]
                .WithAdditionalAnnotations(Simplifier.Annotation);
}
