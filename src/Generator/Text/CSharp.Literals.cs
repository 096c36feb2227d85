using Microsoft.CodeAnalysis.CSharp;

namespace WasmBindgen.Generator.Text;

/// <content>Text of others in literals and comments. The rest needs no compiler.</content>
internal static partial class CSharp
{
    /// <summary>A string literal.</summary>
    internal static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    /// <summary>A name in a comment: it may hold anything, so also what ends a line.</summary>
    internal static string Comment(string name) => SymbolDisplay.FormatLiteral(name, quote: false);

    /// <summary>A name in a documentation comment.</summary>
    internal static string Xml(string name) => new System.Xml.Linq.XText(Comment(name)).ToString();
}
