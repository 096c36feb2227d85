using WasmBindgen.Generator.Guests;
using WasmBindgen.Tests;

namespace WasmBindgen.Generator.Tests;

/// <summary>WIT for tests: files in memory, the twenty cases, the packages of WASI.</summary>
internal static class WitSet
{
    internal static readonly string Folder = Repository.PathOf("tests", "Generator.Tests", "Wit");

    /// <summary>Where texts are that were reviewed.</summary>
    internal static readonly string Expected = Path.Combine(Folder, "Expected");

    /// <summary>The cases by number: title, WIT and C#.</summary>
    internal static readonly IReadOnlyDictionary<int, (string Title, string Wit, string CSharp)> Cases = ReadCases();

    internal static WitPackages Resolve(string text) => Resolve(("w/a.wit", text));

    internal static WitPackages Resolve(params (string Path, string Text)[] files) =>
        WitPackages.Resolve("w", files.Select(static file => WitParser.Parse(new WitSource(file.Path, file.Text))));

    /// <summary>The packages of a version of WASI: one as the root, the others as its dependencies.</summary>
    internal static WitPackages Wasi(string version, string root) => Resolve([.. Directory
        .GetFiles(Path.Combine(Folder, "wasi-" + version), "*.wit")
        .Order(StringComparer.Ordinal)
        .Select(path => (
            Path.GetFileNameWithoutExtension(path) == root ? "w/root.wit" : $"w/deps/{Path.GetFileName(path)}",
            File.ReadAllText(path)))]);

    private static Dictionary<int, (string Title, string Wit, string CSharp)> ReadCases()
    {
        var cases = new Dictionary<int, (string Title, string Wit, string CSharp)>();
        foreach (string block in File.ReadAllText(Path.Combine(Folder, "cases.txt")).Split("\n#"))
        {
            string[] lines = block.TrimStart('#').Split('\n');
            cases.Add(
                int.Parse(lines[0].AsSpan(0, 2), System.Globalization.CultureInfo.InvariantCulture),
                (lines[0][3..], Part('W'), Part('C')));

            string Part(char letter) => string.Concat(lines
                .Where(line => line.StartsWith(letter + " ", StringComparison.Ordinal))
                .Select(static line => line[2..] + "\n"));
        }

        return cases;
    }
}
