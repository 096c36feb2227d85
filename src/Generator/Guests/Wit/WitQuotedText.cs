using System.Globalization;
using System.Text;

namespace WasmBindgen.Generator.Guests;

/// <summary>Text between quotation marks, which is written as names are in WebAssembly's text format.</summary>
internal static class WitQuotedText
{
    private static readonly UTF8Encoding Utf8 =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="text">What is between the marks.</param>
    /// <returns>Null for what is no such text.</returns>
    internal static string? Read(string text)
    {
        if (text.IndexOf('\\') < 0)
        {
            return text;
        }

        var bytes = new List<byte>();
        for (int i = 0; i < text.Length; i++)
        {
            int end = text.IndexOf('\\', i) is var next && next < 0 ? text.Length : next;
            if (!Add(text.Substring(i, end - i), bytes))
            {
                return null;
            }

            if (end == text.Length)
            {
                break;
            }

            i = end + 1;
            if (!Escape(text, ref i, bytes))
            {
                return null;
            }
        }

        try
        {
            return Utf8.GetString([.. bytes]);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <param name="text">The text.</param>
    /// <param name="position">Behind the <c>\</c>; then at the escape's last character.</param>
    /// <param name="bytes">Gets what the escape stands for.</param>
    private static bool Escape(string text, ref int position, List<byte> bytes)
    {
        char c = position < text.Length ? text[position] : '\0';
        int simple = @"tnr""'\".IndexOf(c);
        if (simple >= 0)
        {
            bytes.Add((byte)"\t\n\r\"'\\"[simple]);
            return true;
        }

        if (c != 'u')
        {
            bool isByte = position + 1 < text.Length && Hex(text.Substring(position, 2), out int value) && Add(value);
            position++;
            return isByte;
        }

        int end = text.IndexOf('}', position);
        if (end < 0
            || text[position + 1] != '{'
            || !Hex(text.Substring(position + 2, end - position - 2).Replace("_", ""), out int code)
            || code > 0x10FFFF
            || code is >= 0xD800 and <= 0xDFFF)
        {
            return false;
        }

        position = end;
        return WitQuotedText.Add(char.ConvertFromUtf32(code), bytes);

        bool Add(int one)
        {
            bytes.Add((byte)one);
            return true;
        }
    }

    private static bool Add(string text, List<byte> bytes)
    {
        try
        {
            bytes.AddRange(Utf8.GetBytes(text));
            return true;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }

    private static bool Hex(string digits, out int value) =>
        int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value) && value >= 0;
}
