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

    internal static AttributeSyntax GuestAllocator(params string[] functions) =>
        Make("global::WasmBindgen.GuestAllocator")
            .AddArgumentListArguments([.. functions.Select(static name => SyntaxFactory.AttributeArgument(Text(name)))])
            .NormalizeWhitespace();

    internal static AttributeSyntax Memory64() => Make("global::WasmBindgen.Memory64");

    internal static LiteralExpressionSyntax Text(string value) =>
        SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(value));

    /// <summary>An argument by its name; null for none.</summary>
    internal static AttributeArgumentSyntax? Named(this AttributeSyntax attribute, string name) =>
        attribute.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.ToString() == name);

    /// <summary>The attribute with another value for an argument, or with that argument too.</summary>
    internal static AttributeSyntax WithNamed(this AttributeSyntax attribute, string name, ExpressionSyntax value) =>
        attribute.Named(name) is { } argument
            ? attribute.ReplaceNode(argument.Expression, value.WithTriviaFrom(argument.Expression))
            : attribute.AddArgumentListArguments(SyntaxFactory.AttributeArgument(
                SyntaxFactory.NameEquals(name), null, value).NormalizeWhitespace());

    /// <summary>The member with one attribute more, on a line of its own.</summary>
    internal static T Add<T>(T member, AttributeSyntax attribute)
        where T : MemberDeclarationSyntax => Add(member, attribute, EndOfLine(member));

    /// <param name="member">The member.</param>
    /// <param name="attribute">The attribute.</param>
    /// <param name="endOfLine">That of the file.</param>
    internal static T Add<T>(T member, AttributeSyntax attribute, SyntaxTrivia endOfLine)
        where T : MemberDeclarationSyntax
    {
        // The comments above the member stay above the attribute.
        SyntaxTriviaList above = member.GetLeadingTrivia();
        AttributeListSyntax list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(attribute))
            .WithLeadingTrivia(above)
            .WithTrailingTrivia(endOfLine)
            .WithAdditionalAnnotations(Formatter.Annotation);
        MemberDeclarationSyntax bare = member.WithLeadingTrivia(
            above.Reverse().TakeWhile(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse());
        return (T)bare.WithAttributeLists(bare.AttributeLists.Insert(0, list));
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
