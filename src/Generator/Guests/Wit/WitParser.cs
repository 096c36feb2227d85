using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Guests;

/// <summary>
/// Parses one file. What is wrong is told, and the parser continues with the next item, so that one error hides no
/// other. It takes linear time, and nests no deeper than types may.
/// </summary>
internal sealed partial class WitParser
{
    /// <summary>How deep types may be nested: the component model's own limit.</summary>
    internal const int MaxDepth = 100;

    private const int MaxErrors = 100;

    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "as", "async", "bool", "borrow", "char", "constructor", "enum", "error-context", "export", "f32", "f64",
        "flags", "from", "func", "future", "import", "include", "interface", "list", "map", "option", "own", "package",
        "record", "resource", "result", "s16", "s32", "s64", "s8", "static", "stream", "string", "tuple", "type", "u16",
        "u32", "u64", "u8", "use", "variant", "with", "world",
    };

    private readonly WitSource _source;
    private readonly WitLexer _lexer;
    private readonly List<int> _lines = [0];
    private readonly List<WitError> _errors = [];
    private WitToken _token;
    private int _end; // of the token before
    private int _lastError = -1;
    private bool _failed;
    private int _depth;
    private ulong _hash;

    private WitParser(WitSource source)
    {
        _source = source;
        for (int i = source.Text.IndexOf('\n'); i >= 0; i = source.Text.IndexOf('\n', i + 1))
        {
            _lines.Add(i + 1);
        }

        _lexer = new WitLexer(source.Text, (at, message) => Report(at, WitErrorKind.Invalid, message));
        Next();
    }

    /// <summary>Whether a word is a name only with a <c>%</c> in front of it.</summary>
    internal static bool IsKeyword(string word) => Keywords.Contains(word);

    internal static WitFile Parse(WitSource source) => new WitParser(source).File();

    private WitFile File()
    {
        var own = new Block(null, Place(_token.Start), "");
        var blocks = new List<Block> { own };
        while (_token.Kind != WitTokenKind.End)
        {
            int start = _token.Start;
            _depth = 0;
            if (Is("package"))
            {
                Package(blocks);
            }
            else
            {
                own = blocks[0];
                TopItem(own);
            }

            Recover(0, start);
        }

        return new WitFile(
            _source.Path,
            blocks.Select(static block => block.ToBlock()).ToEquatableArray(),
            _errors.ToEquatableArray());
    }

    private void Package(List<Block> blocks)
    {
        string docs = _lexer.Docs;
        Next();
        WitPlace place = Place(_token.Start);
        WitPackageName? name = PackageName();
        if (_failed)
        {
            return;
        }

        var block = new Block(name, place, docs);
        if (Is(";"))
        {
            Next();
            if (blocks[0] is { Package: not null } or { IsEmpty: false } || blocks.Count > 1)
            {
                Report(place, WitErrorKind.Invalid, blocks[0].Package is { } first
                    ? $"the file is of package '{first}' already: write 'package {name} {{ … }}' for another one"
                    : "the package of a file is named before its items");
                return;
            }

            blocks[0] = block;
            return;
        }

        blocks.Add(block);
        if (!Is("{"))
        {
            Fail("';' or '{'");
            return;
        }

        Next();
        int depth = _depth;
        // Of the items in it, those that a file may have as well can stand in the first column too.
        while (!AtEndOfItems() || Is("interface") || Is("world"))
        {
            int start = _token.Start;
            TopItem(block);
            Recover(depth, start);
        }

        Expect("}");
    }

    /// <summary>An interface, world or <c>use</c>.</summary>
    private void TopItem(Block block)
    {
        Attributes attributes = AttributesOf();
        _hash = 14695981039346656037;
        if (Is("interface"))
        {
            WitHeader header = Header(attributes);
            EquatableArray<WitItem> items = Items(InterfaceItem);
            if (header.Name.Length > 0)
            {
                block.Interfaces.Add(new WitInterfaceText(header, items, _hash));
            }
        }
        else if (Is("world"))
        {
            WitHeader header = Header(attributes);
            EquatableArray<WitItem> items = Items(WorldItem);
            if (header.Name.Length > 0)
            {
                block.Worlds.Add(new WitWorldText(header, items, _hash));
            }
        }
        else if (Is("use"))
        {
            attributes.Refuse(this, "'use' outside an interface");
            Next();
            WitPath path = Path();
            WitPlace place = path.Place;
            string name = path.Name;
            if (Is("as"))
            {
                Next();
                place = Place(_token.Start);
                name = Identifier("the name of the interface in this file");
            }

            ExpectEnd();
            block.Uses.Add(new WitTopUse(name, path, place));
        }
        else
        {
            Fail("'package', 'interface', 'world' or 'use'");
        }
    }

    /// <summary>The keyword and name that an item begins with.</summary>
    private WitHeader Header(Attributes attributes)
    {
        string keyword = _token.Text;
        Next();
        WitPlace place = Place(_token.Start);
        return attributes.ToHeader(Identifier($"the name of the {keyword}"), place);
    }

    /// <summary>Items between braces, up to the end or an item that cannot be one of them.</summary>
    private EquatableArray<WitItem> Items(Func<WitItem?> parse)
    {
        var items = new List<WitItem>();
        Expect("{");
        if (_failed)
        {
            return default;
        }

        int depth = _depth;
        while (!AtEndOfItems())
        {
            int start = _token.Start;
            if (parse() is { } item)
            {
                items.Add(item);
            }

            Recover(depth, start);
        }

        Expect("}");
        return items.ToEquatableArray();
    }

    private bool AtEndOfItems() => Is("}") || _token.Kind == WitTokenKind.End || IsOutdented();

    /// <summary>Whether an item of a file's begins in the first column: braces before it were forgotten.</summary>
    private bool IsOutdented() =>
        _depth > 0
            && (Is("interface") || Is("world") || Is("package"))
            && (_token.Start == 0 || _source.Text[_token.Start - 1] == '\n');

    private bool IsFirstInLine()
    {
        int i = _token.Start - 1;
        while (i >= 0 && _source.Text[i] is ' ' or '\t')
        {
            i--;
        }

        return i < 0 || _source.Text[i] == '\n';
    }

    /// <summary>After an error, skips the rest of the item.</summary>
    /// <param name="depth">The braces around it.</param>
    /// <param name="start">Where it began.</param>
    private void Recover(int depth, int start)
    {
        if (!_failed)
        {
            return;
        }

        _failed = false;
        while (_token.Kind != WitTokenKind.End && !IsOutdented())
        {
            bool isMiddle = _token.Start > start;
            if (_depth <= depth
                && ((Is("}") && depth > 0) || (isMiddle && BeginsItem() && IsFirstInLine())))
            {
                return;
            }

            bool isLast = _depth <= depth && Is(";");
            bool closes = Is("}");
            Next();
            if (isLast || (closes && _depth <= depth))
            {
                return;
            }
        }
    }

    private bool BeginsItem() =>
        _token.Kind == WitTokenKind.Word
            ? _token.Text is "record" or "variant" or "enum" or "flags" or "resource" or "type" or "use" or "import"
                or "export" or "include" or "interface" or "world" or "package" or "constructor"
            : Is("@");

    private bool Is(string text) => _token.Is(text);

    private void Next()
    {
        // Names and numbers, not what stands between them: 'a b' is not 'ab'.
        foreach (char c in _token.Text ?? "")
        {
            _hash = unchecked((_hash ^ c) * 1099511628211);
        }

        _hash = unchecked((_hash ^ ' ') * 1099511628211);
        _end = _token.End;
        bool opens = Is("{");
        bool closes = Is("}");
        _token = _lexer.Next();
        _depth = opens ? _depth + 1 : closes && _depth > 0 ? _depth - 1 : _depth;
    }

    private void Expect(string text)
    {
        if (_failed)
        {
            return;
        }

        if (Is(text))
        {
            Next();
        }
        else
        {
            Fail($"'{text}'");
        }
    }

    /// <summary>The <c>;</c> behind an item: where it is forgotten, the next line is the next item.</summary>
    private void ExpectEnd()
    {
        Expect(";");
        if (_failed && _lastError == _token.Start && _token.Kind != WitTokenKind.Symbol && IsFirstInLine())
        {
            _failed = false;
        }
    }

    /// <summary>Reports what is expected in place of the present token; nothing more is until the next item.</summary>
    private void Fail(string expected)
    {
        if (_failed)
        {
            return;
        }

        _failed = true;
        Report(_token.Start, WitErrorKind.Invalid, $"expected {expected}, but found {Found()}");
    }

    private string Found() => _token.Kind switch
    {
        WitTokenKind.End => "the end of the file",
        WitTokenKind.Text => "a text",
        WitTokenKind.EscapedWord => $"'%{Short(_token.Text)}'",
        WitTokenKind.Word when Keywords.Contains(_token.Text) => $"the keyword '{_token.Text}'",
        _ => $"'{Short(_token.Text)}'",
    };

    private static string Short(string text) => text.Length <= 60 ? text : text.Substring(0, 60) + "…";

    private void Report(WitPlace place, WitErrorKind kind, string message)
    {
        if (_errors.Count < MaxErrors)
        {
            _errors.Add(new WitError(place, kind, message));
        }
    }

    private void Report(int position, WitErrorKind kind, string message)
    {
        if (position != _lastError)
        {
            _lastError = position;
            Report(Place(position), kind, message);
        }
    }

    private WitPlace Place(int position)
    {
        int line = _lines.BinarySearch(position);
        line = line < 0 ? ~line - 1 : line;
        return new WitPlace(_source.Path, line + 1, position - _lines[line] + 1);
    }

    /// <summary>The items of one package, while they are read.</summary>
    private sealed class Block(WitPackageName? package, WitPlace place, string docs)
    {
        internal WitPackageName? Package => package;

        internal List<WitTopUse> Uses { get; } = [];

        internal List<WitInterfaceText> Interfaces { get; } = [];

        internal List<WitWorldText> Worlds { get; } = [];

        internal bool IsEmpty => Uses.Count + Interfaces.Count + Worlds.Count == 0;

        internal WitBlock ToBlock() => new(
            package,
            place,
            docs,
            Uses.ToEquatableArray(),
            Interfaces.ToEquatableArray(),
            Worlds.ToEquatableArray());
    }
}
