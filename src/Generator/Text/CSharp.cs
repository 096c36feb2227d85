using Microsoft.CodeAnalysis.CSharp;

namespace WasmBindgen.Generator.Text;

/// <summary>Pieces of C# text.</summary>
internal static class CSharp
{
    /// <summary>The runtime's namespace as generated code names it.</summary>
    internal const string Runtime = "global::WasmBindgen";

    /// <summary>The namespace of what only generated code calls.</summary>
    internal const string Services = "global::WasmBindgen.CompilerServices";

    /// <summary>The body of a member that is never called: a diagnostic fails the build.</summary>
    internal const string NoBody = " => throw null!;";

    /// <summary>A string literal.</summary>
    internal static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    /// <summary>A name in a comment: it may hold anything, so also what ends a line.</summary>
    internal static string Comment(string name) => SymbolDisplay.FormatLiteral(name, quote: false);

    /// <summary>A name in a documentation comment.</summary>
    internal static string Xml(string name) => new System.Xml.Linq.XText(Comment(name)).ToString();

    /// <summary>An identifier: keywords get their <c>@</c>.</summary>
    internal static string Escape(string identifier) =>
        SyntaxFacts.GetKeywordKind(identifier) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(identifier) != SyntaxKind.None
            ? "@" + identifier
            : identifier;

    /// <summary>The expression for a place behind another: slots, or with suffix <c>u</c> an address.</summary>
    internal static string Offset(string place, int offset, string suffix = "") => offset == 0 ? place : $"{place} + {offset}{suffix}";
}
