using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace WasmBindgen.Generator.CodeFixes;

/// <summary>C# names for wasm names.</summary>
internal static class Identifiers
{
    /// <summary>The words of a wasm name in PascalCase: <c>early_exit</c> is <c>EarlyExit</c>.</summary>
    internal static string Of(string name)
    {
        var text = new StringBuilder(name.Length);
        bool beginsWord = true;
        foreach (char c in name)
        {
            if (SyntaxFacts.IsIdentifierPartCharacter(c) && c != '_')
            {
                text.Append(beginsWord ? char.ToUpperInvariant(c) : c);
                beginsWord = false;
            }
            else
            {
                beginsWord = true;
            }
        }

        return text.Length == 0 || !SyntaxFacts.IsIdentifierStartCharacter(text[0]) ? "_" + text : text.ToString();
    }
}
