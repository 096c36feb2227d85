using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace WasmBindgen.Generator.CodeFixes;

/// <summary>Attributes as syntax; editors shorten their names to what the file can see.</summary>
internal static class Attributes
{
    internal static AttributeSyntax Interrupts(string type) => Make($"global::WasmBindgen.Interrupts<{type}>");

    internal static AttributeSyntax Errno(string type, int code) =>
        Make($"global::WasmBindgen.Errno<{type}>", SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(code));

    internal static AttributeSyntax WasmName(string name) =>
        Make("global::WasmBindgen.WasmName", SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(name));

    /// <summary>The method with one attribute more, on a line of its own.</summary>
    internal static MethodDeclarationSyntax Add(MethodDeclarationSyntax method, AttributeSyntax attribute)
    {
        // The comments above the method stay above the attribute.
        SyntaxTriviaList above = method.GetLeadingTrivia();
        AttributeListSyntax list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(attribute))
            .WithLeadingTrivia(above)
            .WithTrailingTrivia(EndOfLine(method))
            .WithAdditionalAnnotations(Formatter.Annotation);
        MethodDeclarationSyntax bare = method.WithLeadingTrivia(
            above.Reverse().TakeWhile(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse());
        return bare.WithAttributeLists(bare.AttributeLists.Insert(0, list));
    }

    /// <summary>The file's own, not the editor's.</summary>
    internal static SyntaxTrivia EndOfLine(SyntaxNode node)
    {
        SyntaxTrivia first = node.SyntaxTree.GetRoot()
            .DescendantTrivia()
            .FirstOrDefault(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        return first.IsKind(SyntaxKind.EndOfLineTrivia) ? first : SyntaxFactory.ElasticCarriageReturnLineFeed;
    }

    private static AttributeSyntax Make(string name) =>
        SyntaxFactory.Attribute(SyntaxFactory.ParseName(name)).WithAdditionalAnnotations(Simplifier.Annotation);

    private static AttributeSyntax Make(string name, SyntaxKind kind, SyntaxToken argument) =>
        Make(name).AddArgumentListArguments(
            SyntaxFactory.AttributeArgument(SyntaxFactory.LiteralExpression(kind, argument)));
}
