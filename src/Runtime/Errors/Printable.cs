using System.Globalization;
using System.Text;

namespace WasmBindgen;

/// <summary>
/// Names from a guest, for messages: no line breaks, terminal escapes or characters that reorder the text, and not
/// endless.
/// </summary>
internal static class Printable
{
    // In UTF-16 code units.
    private const int MaxLength = 256;

    /// <summary>A name or path, with control characters as <c>\u001b</c>, and cut off with an ellipsis.</summary>
    internal static string Name(string name)
    {
        bool isLong = name.Length > MaxLength;
        ReadOnlySpan<char> shown = name;
        if (isLong)
        {
            shown = shown[..(char.IsHighSurrogate(name[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];
        }

        return Text(isLong ? $"{shown}…" : name);
    }

    /// <summary>A text of any length, with control characters as <c>\u001b</c>.</summary>
    internal static string Text(string text, bool keepLines = false)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length);
        foreach (char character in text)
        {
            if (IsControl(character) && !(keepLines && character == '\n'))
            {
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            }
            else
            {
                escaped.Append(character);
            }
        }

        return escaped.ToString();
    }

    /// <summary>C0, C1, line and paragraph separators, and what reorders text or hides in it.</summary>
    private static bool IsControl(char character) => char.GetUnicodeCategory(character)
        is UnicodeCategory.Control
        or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Format;
}
