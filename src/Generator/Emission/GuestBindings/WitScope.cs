using WasmBindgen.Generator.Guests;
using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Emission;

/// <summary>An interface of a file in WIT, or the world's own items.</summary>
/// <param name="module">Its name as an import or export.</param>
internal sealed class WitScope(string module)
{
    private readonly string _module = module;

    /// <summary>Its package with the version; null if it stands in the world.</summary>
    internal string? Package { get; } = PackageOf(module);

    /// <summary>Its own name.</summary>
    internal string Name { get; } = PackageOf(module) is null
        ? module
        : module.Substring(module.IndexOf('/') + 1).Split('@')[0];

    internal bool IsImported { get; set; }

    internal bool IsExported { get; set; }

    /// <summary>Its functions, with their names in it.</summary>
    internal List<(string Name, SurfaceFunction Function)> Functions { get; } = [];

    /// <summary>The types that it defines, what a type is made of before it.</summary>
    internal List<WitDefinition> Types { get; } = [];

    /// <summary>The resources that it defines.</summary>
    internal List<string> Resources { get; } = [];

    /// <summary>What it uses of others.</summary>
    internal SortedDictionary<string, SortedSet<string>> Uses { get; } = new(StringComparer.Ordinal);

    /// <summary>How another scope, of a package, names it.</summary>
    internal string PathFrom(string? package) => package == Package ? Escape(Name) : _module;

    /// <returns>Null for what can be the name of an interface.</returns>
    internal string? WhyNoName() => WitParser.WhyNoName(Name);

    /// <summary>A name as WIT writes it, if it is a keyword too.</summary>
    internal static string Escape(string name) => WitParser.IsKeyword(name) ? "%" + name : name;

    private static string? PackageOf(string module)
    {
        int slash = module.IndexOf('/');
        int at = module.IndexOf('@');
        return slash > 0 && module.IndexOf(':') is > 0 and var colon && colon < slash
            ? module.Substring(0, slash) + (at > slash ? module.Substring(at) : "")
            : null;
    }
}

/// <summary>A type that WIT gives a name.</summary>
/// <param name="shape">How its values cross.</param>
/// <param name="name">Its name.</param>
internal sealed class WitDefinition(Shape shape, string name)
{
    internal Shape Shape { get; } = shape;

    internal string Name { get; } = name;

    /// <summary>The scopes in which it is named.</summary>
    internal HashSet<WitScope> Users { get; } = [];

    /// <summary>The types that it is made of.</summary>
    internal HashSet<WitDefinition> Parts { get; } = [];

    /// <summary>The resources that it has handles of.</summary>
    internal HashSet<WitScope> Resources { get; } = [];

    /// <summary>The scope that defines it.</summary>
    internal WitScope? Owner { get; set; }
}
