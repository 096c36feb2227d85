namespace WasmBindgen.Generator.Text;

/// <summary>C#'s words, which are no names by themselves: the same for whichever compiler runs the generator.</summary>
internal static class Keywords
{
    private static readonly HashSet<string> All = new(StringComparer.Ordinal)
    {
        "__arglist", "__makeref", "__reftype", "__refvalue", "abstract", "add", "alias", "allows", "and", "as",
        "ascending", "assembly", "async", "await", "base", "bool", "break", "by", "byte", "case", "catch",
        "char", "checked", "class", "const", "continue", "decimal", "default", "delegate", "descending", "do",
        "double", "else", "enum", "equals", "event", "explicit", "extension", "extern", "false", "field",
        "file", "finally", "fixed", "float", "for", "foreach", "from", "get", "global", "goto", "group", "if",
        "implicit", "in", "init", "int", "interface", "internal", "into", "is", "join", "let", "lock", "long",
        "managed", "method", "module", "nameof", "namespace", "new", "not", "null", "object", "on", "operator",
        "or", "orderby", "out", "override", "param", "params", "partial", "private", "property", "protected",
        "public", "readonly", "record", "ref", "remove", "required", "return", "sbyte", "scoped", "sealed",
        "select", "set", "short", "sizeof", "stackalloc", "static", "string", "struct", "switch", "this",
        "throw", "true", "try", "type", "typeof", "typevar", "uint", "ulong", "unchecked", "unmanaged",
        "unsafe", "ushort", "using", "virtual", "void", "volatile", "when", "where", "while", "with", "yield",
    };

    /// <summary>A name as an identifier: keywords, also those of some contexts, get their <c>@</c>.</summary>
    internal static string Escape(string name) => All.Contains(name) ? "@" + name : name;
}
