using System.Globalization;

namespace WasmBindgen.Generator.Guests;

/// <summary>What a token is.</summary>
internal enum WitTokenKind
{
    End,
    Word,

    /// <summary>A name behind <c>%</c>, which is never a keyword.</summary>
    EscapedWord,
    Number,
    Text,
    Symbol,
}

/// <summary>A token.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text, without the <c>%</c> of a name.</param>
/// <param name="Start">Where it begins in the file.</param>
/// <param name="End">Where it ends.</param>
internal readonly record struct WitToken(WitTokenKind Kind, string Text, int Start, int End)
{
    internal bool Is(string text) => Kind is WitTokenKind.Word or WitTokenKind.Symbol && Text == text;
}

/// <summary>Takes a file apart into tokens, one at a time, in linear time.</summary>
/// <param name="text">The file's text.</param>
/// <param name="report">Is told where something is no token, and why.</param>
internal sealed class WitLexer(string text, Action<int, string> report)
{
    private const string Symbols = "=,:;(){}<>*/.@";

    // Those that Unicode deprecates or strongly discourages, and those that let a text look like another.
    private const string Forbidden =
        "\u0149\u0673\u0F77\u0F79\u17A3\u17A4\u17B4\u17B5\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069";

    private readonly List<string> _docs = [];
    private int _position = text.Length > 0 && text[0] == '\uFEFF' ? 1 : 0;

    /// <summary>The documentation before the last token: lines separated by <c>\n</c>; empty for none.</summary>
    internal string Docs => string.Join("\n", _docs);

    /// <summary>Goes back to where a token began or ended.</summary>
    internal void ContinueAt(int position) => _position = position;

    internal WitToken Next()
    {
        while (true)
        {
            SkipBlanks();
            if (_position == text.Length)
            {
                return new WitToken(WitTokenKind.End, "", _position, _position);
            }

            int start = _position;
            char c = text[start];
            if (IsOfWord(c) && !IsDigit(c))
            {
                return Word(WitTokenKind.Word, start, start);
            }

            if (c == '%' && start + 1 < text.Length && IsOfWord(text[start + 1]))
            {
                return Word(WitTokenKind.EscapedWord, start, start + 1);
            }

            if (IsDigit(c))
            {
                _position = Skip(start, IsDigit);
                return Token(WitTokenKind.Number, start, start);
            }

            if (c == '"')
            {
                return Quoted(start);
            }

            _position++;
            if (c == '-' && _position < text.Length && text[_position] == '>')
            {
                _position++;
                return Token(WitTokenKind.Symbol, start, start);
            }

            if (Symbols.IndexOf(c) >= 0)
            {
                return Token(WitTokenKind.Symbol, start, start);
            }

            if (!IsForbidden(c))
            {
                bool isPair = _position < text.Length && char.IsSurrogatePair(c, text[_position]);
                _position += isPair ? 1 : 0;
                report(start, $"'{text.Substring(start, _position - start)}' has no meaning in WIT");
            }
            else
            {
                ReportForbidden(start);
            }
        }
    }

    /// <summary>
    /// A version, behind the token <c>@</c>: of its letters some would be tokens otherwise, and a <c>.</c> at the end
    /// is none of it.
    /// </summary>
    internal WitToken Version()
    {
        SkipBlanks();
        int start = _position;
        _position = Skip(start, static c => IsAscii(c) || c is '.' or '+' or '-');
        while (_position > start && text[_position - 1] == '.')
        {
            _position--;
        }

        return Token(WitTokenKind.Number, start, start);
    }

    private WitToken Token(WitTokenKind kind, int start, int textStart) =>
        new(kind, text.Substring(textStart, _position - textStart), start, _position);

    private WitToken Word(WitTokenKind kind, int start, int textStart)
    {
        // The '-' of an arrow is no part of a name.
        _position = textStart;
        while (_position < text.Length
            && (IsOfWord(text[_position])
                || (text[_position] == '-' && (_position + 1 == text.Length || text[_position + 1] != '>'))))
        {
            _position++;
        }

        return Token(kind, start, textStart);
    }

    private WitToken Quoted(int start)
    {
        _position++;
        while (_position < text.Length && text[_position] is not ('"' or '\n'))
        {
            _position += text[_position] == '\\' && _position + 1 < text.Length && text[_position + 1] != '\n' ? 2 : 1;
        }

        if (_position == text.Length || text[_position] != '"')
        {
            report(start, "the text between '\"' has no end in its line");
            return new WitToken(WitTokenKind.Text, "", start, _position);
        }

        _position++;
        string? value = WitQuotedText.Read(text.Substring(start + 1, _position - start - 2));
        if (value is null)
        {
            report(start, "the text between '\"' has an escape that is none, or is no UTF-8");
        }

        return new WitToken(WitTokenKind.Text, value ?? "", start, _position);
    }

    private void SkipBlanks()
    {
        _docs.Clear();
        while (_position < text.Length)
        {
            char c = text[_position];
            if (c is ' ' or '\n' or '\r' or '\t')
            {
                _position++;
            }
            else if (c == '/' && _position + 1 < text.Length && text[_position + 1] == '/')
            {
                int start = _position;
                _position = Skip(start, static c => c != '\n');
                AddLine(start);
            }
            else if (c == '/' && _position + 1 < text.Length && text[_position + 1] == '*')
            {
                int start = _position;
                bool isWhole = SkipBlock();
                if (isWhole && _position - start > "/***/".Length - 1 && text[start + 2] == '*')
                {
                    AddBlock(text.Substring(start + 3, _position - start - 5));
                }
            }
            else
            {
                return;
            }
        }
    }

    private void AddLine(int start)
    {
        int end = _position;
        CheckComment(start, end);
        if (end - start >= 3 && text[start + 2] == '/')
        {
            int from = start + 3 < end && text[start + 3] == ' ' ? start + 4 : start + 3;
            _docs.Add(text.Substring(from, end - from).TrimEnd());
        }
    }

    /// <summary>The lines of a comment, without the <c>*</c> that some put before each.</summary>
    private void AddBlock(string comment)
    {
        foreach (string line in comment.Trim().Split('\n'))
        {
            string content = line.Trim();
            _docs.Add(content.StartsWith("* ", StringComparison.Ordinal) ? content.Substring(2).TrimStart()
                : content == "*" ? ""
                : content);
        }
    }

    /// <returns>Whether it has an end.</returns>
    private bool SkipBlock()
    {
        int start = _position;
        int depth = 0;
        while (_position < text.Length)
        {
            bool isPair = _position + 1 < text.Length;
            if (isPair && text[_position] == '/' && text[_position + 1] == '*')
            {
                depth++;
                _position += 2;
            }
            else if (isPair && text[_position] == '*' && text[_position + 1] == '/')
            {
                _position += 2;
                if (--depth == 0)
                {
                    CheckComment(start, _position);
                    return true;
                }
            }
            else
            {
                _position++;
            }
        }

        report(start, "the comment has no end: each '/*' wants its '*/'");
        return false;
    }

    private void CheckComment(int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            if (IsForbidden(text[i]))
            {
                ReportForbidden(i);
            }
        }
    }

    private void ReportForbidden(int position) => report(
        position,
        $"the character U+{((int)text[position]).ToString("X4", CultureInfo.InvariantCulture)} is not allowed in WIT, "
            + "not even in a comment");

    private int Skip(int start, Func<char, bool> isOf)
    {
        while (start < text.Length && isOf(text[start]))
        {
            start++;
        }

        return start;
    }

    private static bool IsForbidden(char c) =>
        (char.IsControl(c) && c is not ('\n' or '\r' or '\t')) || Forbidden.IndexOf(c) >= 0;

    /// <summary>What a name can be made of, and letters of which a message shall tell that it cannot.</summary>
    private static bool IsOfWord(char c) => IsAscii(c) || c == '_' || (c > '\u007F' && char.IsLetterOrDigit(c));

    private static bool IsAscii(char c) => IsDigit(c) || c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');

    private static bool IsDigit(char c) => c is >= '0' and <= '9';
}
