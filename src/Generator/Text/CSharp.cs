namespace WasmBindgen.Generator.Text;

/// <summary>Pieces of C# text.</summary>
internal static partial class CSharp
{
    /// <summary>The runtime's namespace as users see it: in signatures and documentation.</summary>
    internal const string PublicRuntime = "global::WasmBindgen";

    /// <summary>
    /// The same inside bodies: an alias of the file's. No name of a user's is ever taken for it, since it stands before
    /// <c>::</c>, where only aliases are looked for.
    /// </summary>
    internal const string Runtime = "WasmHost";

    /// <summary>The alias for the namespace of what only generated code calls.</summary>
    internal const string Services = "WasmAbi";

    /// <summary>The text of a caught exception, which may fail to tell its own.</summary>
    internal const string MessageOf = Services + "::HostCall.MessageOf(exception)";

    /// <summary>The body of a member that is never called: a diagnostic fails the build.</summary>
    internal const string NoBody = " => throw null!;";

    // Of a line without its indentation, which is at most 24 columns in most bodies.
    private const int MaxLength = 96;

    /// <summary>An identifier: keywords get their <c>@</c>.</summary>
    internal static string Escape(string identifier) => Keywords.Escape(identifier);

    /// <summary>The declaration of an alias.</summary>
    internal static string Alias(string name) =>
        $"using {name} = {PublicRuntime}{(name == Services ? ".CompilerServices" : "")};";

    /// <summary>The expression for an address behind another.</summary>
    internal static string Offset(string address, int offset) => offset == 0 ? address : $"{address} + {offset}u";

    /// <summary>The expression for one of the slots.</summary>
    internal static string SlotAt(int slot) => $"slots[{slot}]";

    /// <summary>The expression for the address of the slots from one on.</summary>
    internal static string SlotsAt(int slot) => slot == 0 ? "slots" : $"slots + {slot}";

    /// <summary>Lines indented once more.</summary>
    internal static string Indented(string lines) => "    " + lines.Replace("\n", "\n    ");

    /// <summary>An assignment or declaration, on two lines if one is too long.</summary>
    internal static string Assign(string target, string value) =>
        target.Length + value.Length + " = ;".Length > MaxLength || value.Contains('\n')
            ? $"{target} =\n{Indented(value)};"
            : $"{target} = {value};";

    /// <summary>A choice, on three lines if one is too long.</summary>
    internal static string Choose(string condition, string then, string otherwise) =>
        condition.Length + then.Length + otherwise.Length > MaxLength
            ? $"{condition}\n{Indented($"? {then}\n: {otherwise}")}"
            : $"{condition} ? {then} : {otherwise}";

    /// <summary>A list between brackets, one item a line if a single line is too long.</summary>
    internal static string Enclose(string before, IEnumerable<string> items, string after)
    {
        string line = string.Join(", ", items);
        return before.Length + line.Length + after.Length <= MaxLength && !line.Contains('\n') ? before + line + after
            : after == "]" ? $"{before}\n{Indented(string.Join(",\n", items))},\n{after}"
            : $"{before}\n{Indented(string.Join(",\n", items))}{after}";
    }
}
