using System.Globalization;
using System.Text;
using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Guests;

/// <summary>
/// The interface text of a core module: a <c>(module …)</c> of its imports and exports in the WebAssembly text format,
/// each with its type, as the build task writes it.
/// </summary>
internal static class ModuleText
{
    /// <param name="name">The guest's path.</param>
    /// <param name="isVerified">Whether classes are compared with it.</param>
    /// <param name="text">The text.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>Null if it is no such text.</returns>
    internal static GuestModule? Parse(string name, bool isVerified, string text, CancellationToken cancellation)
    {
        var imports = new List<GuestItem>();
        var exports = new List<GuestItem>();
        if (new Reader(text).Read() is not { Word: "module", Items: { } items })
        {
            return null;
        }

        foreach (Node item in items)
        {
            cancellation.ThrowIfCancellationRequested();
            GuestItem? read = item switch
            {
                { Word: "import", Items: [{ Text: { } module }, { Text: { } field }, var type] } =>
                    Item(module, field, type, item.Line),
                { Word: "export", Items: [{ Text: { } field }, var type] } => Item("", field, type, item.Line),
                _ => null,
            };
            if (read is null)
            {
                return null;
            }

            (item.Word == "import" ? imports : exports).Add(read);
        }

        return new GuestModule(name, isVerified, imports.ToEquatableArray(), exports.ToEquatableArray());
    }

    private static GuestItem? Item(string module, string name, Node type, int line)
    {
        GuestType? read = type.Word switch
        {
            "func" => Function(type),
            "tag" => new GuestTagType(Types(type, "param")),
            "global" => type.Items is [var content]
                ? content is { Word: "mut", Items: [var changed] }
                    ? new GuestGlobalType(changed.ToString(), IsMutable: true)
                    : new GuestGlobalType(content.ToString(), IsMutable: false)
                : null,
            "memory" => new GuestMemoryType(
                type.Items is [{ Text: "i64" }, ..], type.Items is [.., { Text: "shared" }]),
            "table" => type.Items is [.., var element] ? new GuestTableType(element.ToString()) : null,
            _ => null,
        };
        return read is null ? null : new GuestItem(module, name, read, line);
    }

    private static GuestFunctionType Function(Node type) => new(
        Types(type, "param"),
        type.Items
            .Where(static part => part.Word == "param")
            .SelectMany(static part => part.Items is [{ Id: { } id }, _]
                ? [id]
                : part.Items.Select(static _ => (string?)null))
            .ToEquatableArray(),
        Types(type, "result"));

    private static EquatableArray<string> Types(Node type, string word) => type.Items
        .Where(part => part.Word == word)
        .SelectMany(static part => part.Items)
        .Where(static value => value.Id is null)
        .Select(static value => value.ToString())
        .ToEquatableArray();

    /// <summary>A list in parentheses with its first word, or something between the parentheses.</summary>
    /// <param name="Word">The first word of a list; null for anything else.</param>
    /// <param name="Items">What comes behind that.</param>
    /// <param name="Text">A string's content, or a word; null for a list.</param>
    /// <param name="Id">What follows a <c>$</c>; null if it is none.</param>
    /// <param name="Line">Its line, from 0 on.</param>
    private sealed record Node(string? Word, List<Node> Items, string? Text, string? Id, int Line)
    {
        public override string ToString() =>
            Text ?? $"({Word}{string.Concat(Items.Select(static item => " " + item))})";
    }

    private sealed class Reader(string text)
    {
        private const int MaxDepth = 16;

        private int _at;
        private int _line;

        /// <summary>Null if there is nothing, or nothing that can be read.</summary>
        internal Node? Read(int depth = 0)
        {
            SkipSpace();
            int line = _line;
            if (_at == text.Length || depth > MaxDepth || text[_at] == ')')
            {
                return null;
            }

            if (text[_at] == '(')
            {
                _at++;
                SkipSpace();
                string word = Word();
                var items = new List<Node>();
                while (Read(depth + 1) is { } item)
                {
                    items.Add(item);
                }

                if (_at == text.Length || text[_at] != ')')
                {
                    return null;
                }

                _at++;
                return new Node(word, items, null, null, line);
            }

            bool isId = text[_at] == '$';
            if (isId)
            {
                _at++;
            }

            bool isString = _at < text.Length && text[_at] == '"';
            string? content = isString ? String() : Word();
            return content is null || (content.Length == 0 && !isString)
                ? null
                : new Node(null, [], content, isId ? content : null, line);
        }

        private void SkipSpace()
        {
            for (bool isComment = false; _at < text.Length; _at++)
            {
                char c = text[_at];
                isComment = c != '\n' && (isComment || (c == ';' && _at + 1 < text.Length && text[_at + 1] == ';'));
                if (!isComment && !char.IsWhiteSpace(c))
                {
                    return;
                }

                _line += c == '\n' ? 1 : 0;
            }
        }

        private string Word()
        {
            int start = _at;
            while (_at < text.Length && text[_at] is not ('(' or ')' or '"' or ';') && !char.IsWhiteSpace(text[_at]))
            {
                _at++;
            }

            return text.Substring(start, _at - start);
        }

        /// <summary>A string's bytes are UTF-8; <c>\hh</c> is one of them.</summary>
        private string? String()
        {
            var bytes = new List<byte>();
            for (int start = ++_at; _at < text.Length; start = _at)
            {
                char c = text[_at];
                if (c == '"')
                {
                    _at++;
                    return Encoding.UTF8.GetString([.. bytes]);
                }

                if (c != '\\')
                {
                    while (_at < text.Length && text[_at] is not ('"' or '\\'))
                    {
                        _at++;
                    }

                    bytes.AddRange(Encoding.UTF8.GetBytes(text.Substring(start, _at - start)));
                }
                else if (_at + 2 < text.Length && byte.TryParse(
                    text.Substring(_at + 1, 2),
                    NumberStyles.AllowHexSpecifier,
                    CultureInfo.InvariantCulture,
                    out byte b))
                {
                    bytes.Add(b);
                    _at += 3;
                }
                else
                {
                    return null;
                }
            }

            return null;
        }
    }
}
