using System.Text;
using WasmBindgen.Generator.Text;

namespace WasmBindgen.Generator.Guests;

/// <summary>How WIT's names become those of C#.</summary>
internal static class WitIdentifiers
{
    /// <summary>What a name that is taken gets behind it: the word for what it is.</summary>
    internal const string Field = "Value", Function = "Method", Case = "Case", Constant = "Value", Type = "Type",
        Parameter = "Arg", Interface = "Interface", Property = "Property";

    /// <summary>The methods of every object, which an interface's would be satisfied by in silence.</summary>
    internal static readonly string[] OfObject =
        ["Equals", "GetHashCode", "ToString", "GetType", "MemberwiseClone", "Finalize", "ReferenceEquals"];

    /// <summary>What the compiler gives records, or keeps them from having.</summary>
    internal static readonly string[] OfRecord =
        [.. OfObject, "Clone", "Deconstruct", "EqualityContract", "PrintMembers"];

    /// <summary>What a variant has besides, and its cases: they would find a case before what they inherit.</summary>
    internal static readonly string[] OfVariant = [.. OfRecord, "Match", "Value", "Instance"];

    /// <summary>What interfaces and classes for resources have besides.</summary>
    internal static readonly string[] OfContract = [.. OfObject, "Dispose", "DisposeAsync"];

    /// <summary>What the class for an exported interface has besides.</summary>
    internal static readonly string[] OfExport = ["DefineResources"];

    /// <summary>What the class for a world has besides.</summary>
    internal static readonly string[] OfWorld =
        [.. OfObject, .. OfExport, "Imports", "Define", "DefinePerStore", "Instantiate"];

    internal static string Pascal(string name) => Join(name, isFirstUpper: true);

    internal static string Camel(string name) => Join(name, isFirstUpper: false);

    /// <summary>The namespace of a package, without its version.</summary>
    internal static string Namespace(string package)
    {
        string[] parts = [.. package.Split(':', '/').Select(Pascal)];
        // Of these, users' code would no longer find what it means.
        string prefix = parts[0] is "System" or "Microsoft" or "WasmBindgen" ? "Wit." : "";
        return prefix + string.Join(".", parts);
    }

    /// <summary>Whether a text that was given is a name in C#.</summary>
    internal static bool IsName(string text) =>
        text.Length > 0
        && (char.IsLetter(text[0]) || text[0] == '_')
        && text.All(static c => char.IsLetterOrDigit(c) || c == '_')
        && Keywords.Escape(text) == text;

    internal static bool IsNamespace(string text) => text.Split('.').All(IsName);

    /// <summary>The part of a namespace that tells a version's track from others.</summary>
    internal static string Track(string track) =>
        "V" + new string([.. track.Select(static c => char.IsLetterOrDigit(c) ? c : '_')]);

    private static string Join(string name, bool isFirstUpper)
    {
        var text = new StringBuilder(name.Length);
        foreach (string fragment in name.Split('-').Where(static fragment => fragment.Length > 0))
        {
            if (char.IsDigit(fragment[0]) && text.Length > 0 && char.IsDigit(text[text.Length - 1]))
            {
                text.Append('_');
            }

            bool isUpper = isFirstUpper || text.Length > 0;
            text.Append(isUpper ? char.ToUpperInvariant(fragment[0]) : char.ToLowerInvariant(fragment[0]))
                .Append(fragment.Substring(1).ToLowerInvariant());
        }

        return text.ToString();
    }
}
