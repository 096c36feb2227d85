using WasmBindgen.Tests;

namespace WasmBindgen.Build.Tests;

/// <summary>The guests of this repository, which compilers have made.</summary>
public sealed class RealGuestTests
{
    public static TheoryData<string> Files =>
    [
        .. Directory.GetFiles(Repository.PathOf("tests", "EndToEnd.Tests", "Guests"), "*.wasm")
            .Concat(Directory.GetFiles(Repository.PathOf("samples", "Wasi"), "*.wasm"))
            .Concat(Directory.GetFiles(Repository.PathOf("samples", "PluginHost"), "*.wasm", SearchOption.AllDirectories))
            .Select(static path => Path.GetRelativePath(Repository.PathOf(), path))
            .Where(static path => !path.Contains("bin", StringComparison.Ordinal)
                && !path.EndsWith(".component.wasm", StringComparison.Ordinal)),
    ];

    [Fact]
    public void There_are_some() => Assert.True(Files.Count > 5);

    /// <summary>Its own imports and exports, with kinds, are those that the engine finds.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void The_engine_finds_the_same(string file)
    {
        string path = Repository.PathOf(file);
        using var engine = new Engine();
        using Module module = Module.FromFile(engine, path);
        Assert.Equal(
            [
                .. module.Imports.Select(static import => $"(import \"{import.Module}\" \"{import.Name}\" ({Kind(import.Type)}"),
                .. module.Exports.Select(static export => $"(export \"{export.Name}\" ({Kind(export.Type)}"),
            ],
            Guests.Declarations(File.ReadAllBytes(path)).Select(static line => line[..EndOfKind(line)]));
    }

    private static string Kind(ExternType type) => type switch
    {
        FunctionType => "func",
        MemoryType => "memory",
        TableType => "table",
        GlobalType => "global",
        _ => "tag",
    };

    private static int EndOfKind(string line)
    {
        int begin = line.IndexOf("\" (", StringComparison.Ordinal) + 3;
        return line.IndexOfAny([' ', ')'], begin);
    }
}
