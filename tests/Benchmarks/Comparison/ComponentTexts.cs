using System.Text.RegularExpressions;

namespace WasmBindgen.Benchmarks;

/// <summary>components.wat in its forms.</summary>
internal static partial class ComponentTexts
{
    /// <summary>The component, whose imports the host has.</summary>
    internal static string Component { get; } = Read("components.wat");

    /// <summary>The component beside another one, which has its imports.</summary>
    internal static string Composed { get; } =
        $"""
        (component
          {Read("provider.wat")}
          {Component.Replace("(component", "(component $guest", StringComparison.Ordinal)}
          (instance $provider (instantiate $provider))
          (instance $guest (instantiate $guest (with "values" (instance $provider))))
          {string.Concat(Exported.Select(static name => $"(export \"{name}\" (func $guest \"{name}\"))"))})
        """;

    /// <summary>Its core modules: the one that has the memory, and the one with the code.</summary>
    internal static string[] CoreModules { get; } =
        [.. Modules().Matches(Component).Select(static match => $"(module {match.Groups[1].Value})")];

    /// <summary>The two modules as one, with the names that a host gives.</summary>
    internal static string Module { get; } =
        CoreModules[1][..^1]
            .Replace("(import \"values\" \"memory\" (memory 4))", "", StringComparison.Ordinal)
            .Replace("\"values\" \"new\"", "\"values\" \"[constructor]thing\"", StringComparison.Ordinal)
            .Replace("\"values\" \"number\"", "\"values\" \"[method]thing.number\"", StringComparison.Ordinal)
            .Replace("\"values\" \"drop\"", "\"values\" \"[resource-drop]thing\"", StringComparison.Ordinal)
        + CoreModules[0]["(module".Length..].Replace("\"allocate\"", "\"cabi_realloc\"", StringComparison.Ordinal);

    /// <summary>Writes a text beside the program.</summary>
    /// <returns>The path of the file.</returns>
    internal static string Write(string name, string text)
    {
        string path = Path.Combine(AppContext.BaseDirectory, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static IEnumerable<string> Exported => Exports().Matches(Component).Select(static one => one.Groups[1].Value);

    private static string Read(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, name));

    [GeneratedRegex(@"\(core module \$\w+\n(.*?)\)\n  \(core instance", RegexOptions.Singleline)]
    private static partial Regex Modules();

    [GeneratedRegex(@"\n  \(func \(export ""([\w-]+)""")]
    private static partial Regex Exports();
}
