using System.Text.RegularExpressions;

namespace WasmBindgen.Build.Wit;

/// <summary>
/// Names in WIT. Those of a guest are checked before they become text, so that none can be more than a name.
/// </summary>
internal static class WitNames
{
    private static readonly Regex LabelForm =
        new(@"^[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*\z", RegexOptions.CultureInvariant);

    private static readonly Regex InterfaceForm = new(
        @"^(?<package>[^/@]+)/(?<name>[^/@]+)(@(?<version>[0-9A-Za-z.+-]+))?\z", RegexOptions.CultureInvariant);

    private static readonly Regex FunctionForm = new(
        @"^\[(?<kind>constructor|(async )?(method|static)|async)\](?<resource>[^.]+)(\.(?<name>[^.]+))?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    private static readonly HashSet<string> Keywords =
    [
        "as", "async", "bool", "borrow", "char", "constructor", "enum", "error-context", "export", "f32", "f64",
        "flags", "float32", "float64", "from", "func", "future", "import", "include", "interface", "list", "map",
        "option", "own", "package", "record", "resource", "result", "s16", "s32", "s64", "s8", "static", "stream", "string",
        "tuple",
        "type", "u16", "u32", "u64", "u8", "use", "variant", "with", "world",
    ];

    /// <summary>A name as WIT has it.</summary>
    /// <exception cref="InvalidDataException">It cannot be one.</exception>
    internal static string Label(string name)
    {
        if (!IsLabel(name))
        {
            throw NotAName(name);
        }

        return Keywords.Contains(name) ? "%" + name : name;
    }

    /// <summary>Whether a name is an interface's with its package, such as <c>wasi:io/streams@0.2.0</c>.</summary>
    internal static bool IsInterface(string name) => name.Contains("/");

    /// <summary>Takes the name of an interface apart.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    internal static (string Package, string Name, string? Version) Interface(string name)
    {
        Match match = InterfaceForm.Match(name);
        string package = match.Groups["package"].Value;
        if (!match.Success || !package.Contains(":") || !package.Split(':').All(IsLabel)
            || !IsLabel(match.Groups["name"].Value))
        {
            throw NotAName(name);
        }

        Group version = match.Groups["version"];
        return (package, match.Groups["name"].Value, version.Success ? version.Value : null);
    }

    /// <summary>Takes the name of a function apart.</summary>
    /// <returns>What it is to a resource, if anything; the resource; its own name.</returns>
    /// <exception cref="InvalidDataException">It cannot be a name.</exception>
    internal static (string Kind, string Resource, string Name) Function(string name)
    {
        if (!name.StartsWith("[", StringComparison.Ordinal))
        {
            return ("", "", name);
        }

        Match match = FunctionForm.Match(name);
        string kind = match.Groups["kind"].Value.Replace("async ", ""), resource = match.Groups["resource"].Value;
        bool hasName = match.Groups["name"].Success;
        if (!match.Success || hasName != kind is "method" or "static")
        {
            throw NotAName(name);
        }

        return kind == "async" ? ("", "", resource) : (kind, resource, match.Groups["name"].Value);
    }

    private static bool IsLabel(string name) => LabelForm.IsMatch(name);

    private static InvalidDataException NotAName(string name)
    {
        const int Longest = 80;
        IEnumerable<string> shown =
            name.Take(Longest).Select(static c => c is >= ' ' and <= '~' ? $"{c}" : $"\\u{(int)c:x4}");
        return new InvalidDataException($"'{string.Concat(shown)}' has no form in WIT");
    }
}
