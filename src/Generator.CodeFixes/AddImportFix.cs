using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace WasmBindgen.Generator.CodeFixes;

/// <summary>WBG0401 and WBG0411: adds to a class the method for what a guest imports.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class AddImportFix : SyntaxFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create("WBG0401", "WBG0411");

    private protected override string? Title(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue("Method", out string? method) ? $"Add '{method}'" : null;

    private protected override SyntaxNode? NodeOf(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<TypeDeclarationSyntax>();

    private protected override SyntaxNode? Replacement(SyntaxNode node, Diagnostic diagnostic)
    {
        var type = (TypeDeclarationSyntax)node;
        string text = $"{diagnostic.Properties["Method"]} => throw new global::System.NotImplementedException();";
        if (SyntaxFactory.ParseMemberDeclaration(text) is not MethodDeclarationSyntax method)
        {
            return null;
        }

        if (type.Modifiers.Any(SyntaxKind.StaticKeyword))
        {
            method = method.AddModifiers(SyntaxFactory.Token(SyntaxKind.StaticKeyword));
        }

        SyntaxTrivia endOfLine = Attributes.EndOfLine(node);
        method = method.NormalizeWhitespace("    ", endOfLine.ToString()).WithTrailingTrivia(endOfLine);
        if (diagnostic.Properties.TryGetValue("Name", out string? name))
        {
            method = Attributes.Add(method, Attributes.WasmName(name!), endOfLine);
        }

        if (type.Members.Count > 0)
        {
            method = method.WithLeadingTrivia(endOfLine);
        }

        return type.AddMembers(method.WithAdditionalAnnotations(Formatter.Annotation, Simplifier.Annotation));
    }
}
