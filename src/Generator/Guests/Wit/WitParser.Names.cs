using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Guests;

/// <content>Names, versions, and what stands before an item.</content>
internal sealed partial class WitParser
{
    /// <summary>An identifier.</summary>
    /// <param name="what">What it names, for messages.</param>
    /// <returns>Empty if there is none.</returns>
    private string Identifier(string what)
    {
        if (_failed)
        {
            return "";
        }

        if (_token.Kind == WitTokenKind.Word && Keywords.Contains(_token.Text))
        {
            string keyword = _token.Text;
            Report(
                _token.Start,
                WitErrorKind.Invalid,
                $"expected {what}, but found the keyword '{keyword}': as a name it is written '%{keyword}'");
            _failed = true;
            return "";
        }

        if (_token.Kind is not (WitTokenKind.Word or WitTokenKind.EscapedWord))
        {
            Fail(what);
            return "";
        }

        string name = _token.Text;
        if (WhyNoName(name) is { } reason)
        {
            Report(_token.Start, WitErrorKind.Invalid, $"'{Short(name)}' is no name: {reason}");
        }

        Next();
        return name;
    }

    /// <returns>Null for a name.</returns>
    internal static string? WhyNoName(string name)
    {
        bool isFirst = true;
        foreach (string word in name.Split('-'))
        {
            if (word.Length == 0)
            {
                return "each '-' stands between two words";
            }

            if (!word.All(static c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9')))
            {
                return "it is made of words of letters and digits, joined by '-'";
            }

            if (isFirst && word[0] is >= '0' and <= '9')
            {
                return "it begins with a letter";
            }

            if (word.Any(static c => c is >= 'a' and <= 'z') && word.Any(static c => c is >= 'A' and <= 'Z'))
            {
                return $"the word '{Short(word)}' is neither in lower case nor in upper case";
            }

            isFirst = false;
        }

        return null;
    }

    /// <summary><c>a:b</c>, with any number of namespaces and parts.</summary>
    private WitPackageName? PackageName()
    {
        var name = new System.Text.StringBuilder(Identifier("the package's namespace"));
        Expect(":");
        name.Append(':').Append(Identifier("the package's name"));
        while (!_failed && (Is(":") || Is("/")))
        {
            name.Append(_token.Text);
            Next();
            name.Append(Identifier("a part of the package's name"));
        }

        WitVersion? version = OptionalVersion();
        return _failed ? null : new WitPackageName(name.ToString(), version);
    }

    /// <summary>The name of an interface or world: <c>c</c>, or <c>a:b/c@1.0.0</c>.</summary>
    private WitPath Path()
    {
        WitPlace place = Place(_token.Start);
        var package = new System.Text.StringBuilder();
        string last = Identifier("the name of an interface or world");
        bool isWhole = true;
        while (!_failed && (Is(":") || Is("/")))
        {
            if (Is("/") && package.Length == 0)
            {
                Fail("':', since another package's name is 'namespace:package/interface'");
                break;
            }

            package.Append(isWhole && package.Length == 0 ? "" : isWhole ? "/" : ":").Append(last);
            isWhole = Is("/");
            Next();
            last = Identifier("a part of the name");
        }

        if (!_failed && !isWhole)
        {
            Fail("'/' and the name of an interface or world in the package");
        }

        WitVersion? version = package.Length > 0 ? OptionalVersion() : null;
        return new WitPath(
            package.Length > 0 ? new WitPackageName(package.ToString(), version) : null, last, place);
    }

    private WitVersion? OptionalVersion()
    {
        if (_failed || !Is("@"))
        {
            return null;
        }

        Next();
        return Version();
    }

    /// <summary>A version, which the present token is the beginning of.</summary>
    private WitVersion? Version()
    {
        _lexer.ContinueAt(_token.Start);
        _token = _lexer.Version();
        WitVersion? version = WitVersion.Parse(_token.Text);
        if (version is null)
        {
            string found = _token.Text.Length > 0 ? $"'{Short(_token.Text)}'" : "none";
            Report(
                _token.Start,
                WitErrorKind.Invalid,
                $"expected a version of three numbers such as '1.0.0' (semver.org), but found {found}");
        }

        Next();
        return version;
    }

    /// <summary>What stands before an item: documentation and gates.</summary>
    private Attributes AttributesOf()
    {
        var attributes = new Attributes(Place(_token.Start));
        attributes.AddDocs(_lexer.Docs);
        while (!_failed && Is("@"))
        {
            WitPlace place = Place(_token.Start);
            Next();
            string name = _token.Kind == WitTokenKind.Word ? _token.Text : "";
            switch (name)
            {
                case "since":
                    Next();
                    attributes.Since = VersionField();
                    break;
                case "deprecated":
                    Next();
                    attributes.Deprecated = VersionField();
                    break;
                case "unstable":
                    Next();
                    Key("feature");
                    attributes.Feature = Identifier("the name of a feature");
                    break;
                case "external-id":
                    Next();
                    Expect("(");
                    attributes.ExternalId = _token.Text;
                    if (!_failed && _token.Kind != WitTokenKind.Text)
                    {
                        Fail("a text between '\"'");
                    }
                    else if (!_failed)
                    {
                        Next();
                    }

                    break;
                default:
                    Fail("'since', 'unstable', 'deprecated' or 'external-id'");
                    break;
            }

            if (!attributes.Names.Add(name) && !_failed)
            {
                Report(place, WitErrorKind.Invalid, $"'@{name}' is said twice");
            }

            Expect(")");
            attributes.AddDocs(_lexer.Docs);
        }

        if (attributes.Names.Contains("since") && attributes.Names.Contains("unstable"))
        {
            Report(attributes.Place, WitErrorKind.Invalid, "'@since' and '@unstable' exclude each other");
        }

        return attributes;
    }

    private WitVersion? VersionField()
    {
        Key("version");
        return _failed ? null : Version();
    }

    private void Key(string name)
    {
        Expect("(");
        Expect(name);
        Expect("=");
    }

    /// <summary>What stands before an item.</summary>
    /// <param name="place">Where it begins.</param>
    private sealed class Attributes(WitPlace place)
    {
        private readonly List<string> _docs = [];

        internal WitPlace Place => place;

        internal HashSet<string> Names { get; } = new(StringComparer.Ordinal);

        internal WitVersion? Since { get; set; }

        internal WitVersion? Deprecated { get; set; }

        internal string? Feature { get; set; }

        internal string? ExternalId { get; set; }

        internal void AddDocs(string docs)
        {
            if (docs.Length > 0)
            {
                _docs.Add(docs);
            }
        }

        internal WitHeader ToHeader(string name, WitPlace namePlace) => new(
            name,
            namePlace,
            string.Join("\n", _docs),
            Since is null && Deprecated is null && Feature is null
                ? WitGate.None
                : new WitGate(
                    Since, (Feature is null ? [] : new[] { Feature }).ToEquatableArray(), Deprecated),
            ExternalId);

        /// <summary>For what cannot have any.</summary>
        internal void Refuse(WitParser parser, string what)
        {
            if (Names.Count > 0)
            {
                parser.Report(place, WitErrorKind.Invalid, $"{what} has no attributes");
            }
        }

        /// <summary>For what the world outside has no name for.</summary>
        internal void RefuseExternalId(WitParser parser, string what)
        {
            if (ExternalId is not null)
            {
                parser.Report(place, WitErrorKind.Invalid, $"{what} has no '@external-id'");
            }
        }
    }
}
