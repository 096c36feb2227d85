using System.Globalization;
using System.Text;

namespace WasmBindgen;

/// <summary>
/// What a guest names, for messages and logs: without forged lines, terminal escapes and characters that reorder text,
/// and not endless.
/// </summary>
internal static class Printable
{
    // In UTF-16 code units.
    private const int MaxName = 256;
    private const int MaxMessage = 8192;

    /// <summary>A name or path, with control characters as <c>\u001b</c>.</summary>
    internal static string Name(string name) => Escape(Cut(name, MaxName), keepLines: false);

    /// <summary>
    /// A message of the engine, in which there may be names. After its own line breaks, the next line is empty,
    /// indented or known.
    /// </summary>
    internal static string Message(string message) => Escape(Cut(message, MaxMessage), keepLines: true);

    private static string Cut(string text, int length) =>
        text.Length <= length
            ? text
            : $"{text.AsSpan(0, char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)}…";

    private static string Escape(string text, bool keepLines)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (IsControl(text[i]) && !(keepLines && (text[i] == '\t' || IsLineBreak(text.AsSpan(i)))))
            {
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:x4}");
            }
            else
            {
                escaped.Append(text[i]);
            }
        }

        return escaped.ToString();
    }

    private static bool IsLineBreak(ReadOnlySpan<char> rest) =>
        rest is ['\n', ' ' or '\n', ..] || rest.StartsWith("\nCaused by:");

    /// <summary>C0, C1, line and paragraph separators, and what reorders text or is invisible in it.</summary>
    private static bool IsControl(char character) => char.GetUnicodeCategory(character)
        is UnicodeCategory.Control
        or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Format;
}
