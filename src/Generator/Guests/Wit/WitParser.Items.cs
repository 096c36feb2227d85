using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Guests;

/// <content>What interfaces and worlds are made of.</content>
internal sealed partial class WitParser
{
    private WitItem? InterfaceItem()
    {
        Attributes attributes = AttributesOf();
        if (_failed)
        {
            return null;
        }

        if (Is("use"))
        {
            return Use(attributes);
        }

        if (TypeItem(attributes) is { } type)
        {
            return type;
        }

        if (_token.Kind is not (WitTokenKind.Word or WitTokenKind.EscapedWord))
        {
            Fail("a type, a function, 'use' or '}'");
            return null;
        }

        WitPlace place = Place(_token.Start);
        WitHeader header = attributes.ToHeader(Identifier("the name of a function"), place);
        Expect(":");
        return Function(header, WitFunctionKind.Free);
    }

    private WitItem? WorldItem()
    {
        Attributes attributes = AttributesOf();
        if (_failed)
        {
            return null;
        }

        if (Is("use"))
        {
            return Use(attributes);
        }

        if (Is("import") || Is("export"))
        {
            return Extern(attributes);
        }

        if (Is("include"))
        {
            return Include(attributes);
        }

        WitTypeItem? type = TypeItem(attributes);
        if (type is null)
        {
            Fail("'import', 'export', 'include', 'use', a type or '}'");
        }

        return type;
    }

    private WitUse? Use(Attributes attributes)
    {
        attributes.RefuseExternalId(this, "'use'");
        Next();
        WitPath path = Path();
        Expect(".");
        EquatableArray<WitRename> names = Renames(isAsRequired: false);
        ExpectEnd();
        return new WitUse(attributes.ToHeader("", path.Place), path, names);
    }

    private WitInclude? Include(Attributes attributes)
    {
        attributes.RefuseExternalId(this, "'include'");
        Next();
        WitPath path = Path();
        EquatableArray<WitRename> names = default;
        bool hasNames = !_failed && Is("with");
        if (hasNames)
        {
            Next();
            names = Renames(isAsRequired: true);
        }

        // Behind a brace it may be left out.
        if (!hasNames || Is(";"))
        {
            ExpectEnd();
        }

        return new WitInclude(attributes.ToHeader("", path.Place), path, names);
    }

    private EquatableArray<WitRename> Renames(bool isAsRequired) => ListOf("{", "}", "at least one name", () =>
    {
        WitPlace place = Place(_token.Start);
        WitPlace asPlace = place;
        string name = Identifier("a name");
        string other = name;
        if (isAsRequired || Is("as"))
        {
            Expect("as");
            asPlace = Place(_token.Start);
            other = Identifier("the name here");
        }

        return new WitRename(name, other, place, asPlace);
    });

    private WitExtern? Extern(Attributes attributes)
    {
        bool isExport = Is("export");
        Next();
        WitToken first = _token;
        WitPlace place = Place(first.Start);
        bool isName = first.Kind == WitTokenKind.EscapedWord
            || (first.Kind == WitTokenKind.Word && !Keywords.Contains(first.Text));
        if (isName)
        {
            Next();
            bool isGlued = Is(":") && _token.Start == first.End;
            if (Is(":"))
            {
                int colonEnd = _token.End;
                Next();
                isGlued &= _token.Start == colonEnd;
                if (Is("func") || Is("async"))
                {
                    WitHeader header = attributes.ToHeader(NameOf(first), place);
                    return Function(header, WitFunctionKind.Free) is { } function
                        ? new WitExtern(header, isExport, function, default, null)
                        : null;
                }

                if (Is("interface"))
                {
                    WitHeader header = attributes.ToHeader(NameOf(first), place);
                    Next();
                    return new WitExtern(header, isExport, null, Items(InterfaceItem), null);
                }

                // 'a:b' is the beginning of a path, 'a: b' a name for one.
                if (!isGlued)
                {
                    WitHeader header = attributes.ToHeader(NameOf(first), place);
                    WitPath path = Path();
                    ExpectEnd();
                    return new WitExtern(header, isExport, null, default, path);
                }
            }

            _lexer.ContinueAt(first.Start);
            _token = _lexer.Next();
        }

        attributes.RefuseExternalId(this, "an interface under its own name");
        WitPath own = Path();
        ExpectEnd();
        return _failed ? null : new WitExtern(attributes.ToHeader("", place), isExport, null, default, own);
    }

    private string NameOf(WitToken token)
    {
        if (WhyNoName(token.Text) is { } reason)
        {
            Report(token.Start, WitErrorKind.Invalid, $"'{Short(token.Text)}' is no name: {reason}");
        }

        return token.Text;
    }

    /// <summary>A function behind its name.</summary>
    private WitFunction? Function(WitHeader header, WitFunctionKind kind)
    {
        if (kind == WitFunctionKind.Method && !_failed && Is("static"))
        {
            Next();
            kind = WitFunctionKind.Static;
        }

        bool isAsync = !_failed && Is("async");
        if (isAsync)
        {
            Next();
        }

        if (!_failed && !Is("func"))
        {
            Fail(isAsync ? "'func'"
                : kind == WitFunctionKind.Method ? "'func', 'async' or 'static'"
                : "'func' or 'async'");
            return null;
        }

        Expect("func");
        return Signature(header, kind, isAsync);
    }

    private WitFunction? Signature(WitHeader header, WitFunctionKind kind, bool isAsync)
    {
        EquatableArray<WitField> parameters = ListOf("(", ")", null, () => Field("the name of a parameter"));
        WitType? result = null;
        if (!_failed && Is("->"))
        {
            Next();
            if (Is("("))
            {
                Fail("one type, since a function has one result (a tuple or record for several)");
            }

            result = Type(0);
        }

        if (_failed)
        {
            return null;
        }

        ExpectEnd();
        return new WitFunction(header, kind, isAsync, parameters, result);
    }

    private WitField Field(string what)
    {
        string docs = _lexer.Docs;
        WitPlace place = Place(_token.Start);
        string name = Identifier(what);
        Expect(":");
        return new WitField(name, Type(0), place, docs);
    }

    /// <returns>Null for what is no type; then nothing was read.</returns>
    private WitTypeItem? TypeItem(Attributes attributes)
    {
        if (_token.Kind != WitTokenKind.Word)
        {
            return null;
        }

        switch (_token.Text)
        {
            case "type":
                WitHeader alias = Header(attributes);
                Expect("=");
                WitType type = Type(0);
                type = _failed ? NoType : type;
                ExpectEnd();
                return new WitAlias(alias, type);
            case "record":
                return new WitRecord(
                    Header(attributes), ListOf("{", "}", "at least one field", () => Field("the name of a field")));
            case "variant":
                return new WitVariant(Header(attributes), Cases("case", hasTypes: true));
            case "enum":
                return new WitEnum(Header(attributes), Cases("case", hasTypes: false));
            case "flags":
                return new WitFlags(Header(attributes), Cases("flag", hasTypes: false));
            case "resource":
                return Resource(Header(attributes));
            default:
                return null;
        }
    }

    private EquatableArray<WitCase> Cases(string what, bool hasTypes) => ListOf("{", "}", $"at least one {what}", () =>
    {
        string docs = _lexer.Docs;
        WitPlace place = Place(_token.Start);
        string name = Identifier($"the name of a {what}");
        WitType? type = null;
        if (hasTypes && !_failed && Is("("))
        {
            Next();
            type = Type(0);
            Expect(")");
        }

        return new WitCase(name, type, place, docs);
    });

    private WitResource Resource(WitHeader header)
    {
        if (_failed || !Is("{"))
        {
            if (!_failed && !Is(";"))
            {
                Fail("';' or '{'");
            }

            ExpectEnd();
            return new WitResource(header, default);
        }

        return new WitResource(
            header,
            Items(() => Member(header.Name)).Cast<WitFunction>().ToEquatableArray());
    }

    private WitFunction? Member(string resource)
    {
        Attributes attributes = AttributesOf();
        WitPlace place = Place(_token.Start);
        if (!_failed && Is("constructor"))
        {
            Next();
            return Signature(attributes.ToHeader(resource, place), WitFunctionKind.Constructor, isAsync: false);
        }

        string name = Identifier("'constructor', the name of a function, or '}'");
        Expect(":");
        return Function(attributes.ToHeader(name, place), WitFunctionKind.Method);
    }

    /// <summary>Items between brackets, separated by commas, of which one may stand behind the last.</summary>
    /// <param name="open">The bracket before them.</param>
    /// <param name="close">The bracket behind them.</param>
    /// <param name="least">What there must be, if there must be something.</param>
    /// <param name="parse">Parses one of them.</param>
    private EquatableArray<T> ListOf<T>(string open, string close, string? least, Func<T> parse)
    {
        var items = new List<T>();
        Expect(open);
        if (!_failed && least is not null && Is(close))
        {
            Report(_token.Start, WitErrorKind.Invalid, $"expected {least}, but found '{close}'");
        }

        while (!_failed && !Is(close))
        {
            T item = parse();
            if (_failed)
            {
                break;
            }

            items.Add(item);
            if (!Is(close) && !Is(","))
            {
                Fail($"',' or '{close}'");
            }
            else if (Is(","))
            {
                Next();
            }
        }

        Expect(close);
        return items.ToEquatableArray();
    }
}
