using System.Text.RegularExpressions;
using WasmBindgen.Tests;

namespace WasmBindgen.Generator.Tests;

/// <summary>That each room of the generator uses only rooms above it.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string[] Rooms =
        [
            "Text", "Abi", "Diagnostics", "Symbols", "Models", "Marshalling", "Guests", "Parsing", "Emission",
            "Analyzers",
        ];

    private static readonly string[] All = [.. Directory
        .GetFiles(Repository.PathOf("src", "Generator"), "*.cs", SearchOption.AllDirectories)
        .Select(static path => Path.GetRelativePath(Repository.PathOf("src", "Generator"), path).Replace('\\', '/'))
        .Where(static file => !file.StartsWith("obj/", StringComparison.Ordinal)
            && !file.StartsWith("bin/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)];

    public static TheoryData<string> Files => [.. All];

    [Fact]
    public void There_are_no_other_rooms() => Assert.Equal(
        Rooms.Order(StringComparer.Ordinal),
        All.Where(static file => file.Contains('/', StringComparison.Ordinal))
            .Select(static file => file.Split('/')[0])
            .Distinct());

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_uses_the_rooms_above_its_own(string file)
    {
        string text = "\n" + File.ReadAllText(Repository.PathOf("src", "Generator", file));
        string room = file.Contains('/', StringComparison.Ordinal) ? file.Split('/')[0] : "";
        if (room.Length > 0)
        {
            Assert.Contains($"\nnamespace WasmBindgen.Generator.{room};\n", text, StringComparison.Ordinal);
        }

        // Pipelines stand outside, and use them all.
        int own = room.Length > 0 ? Array.IndexOf(Rooms, room) : Rooms.Length;
        string code = Comment().Replace(text, "");
        Assert.All(
            Use().Matches(code).Select(static match => match.Groups[1].Value).Where(Rooms.Contains),
            used => Assert.True(Array.IndexOf(Rooms, used) <= own, $"{file} in {room} uses {used}"));
    }

    /// <summary>A build task uses the files of Guests and what writes their types too.</summary>
    [Theory]
    [InlineData("Abi")]
    [InlineData("Models")]
    [InlineData("Guests")]
    [InlineData("Text", "Generated.cs", "IndentedWriter.cs", "Keywords.cs", "CSharp.cs")]
    [InlineData("Emission", "WitTypeEmitter.cs", "WitDocumentation.cs", "EqualityText.cs", "FileNames.cs")]
    public void There_is_nothing_of_Roslyn(string room, params string[] files) => Assert.All(
        files.Length > 0 ? files.Select(file => Repository.PathOf("src", "Generator", room, file))
            : Directory.GetFiles(Repository.PathOf("src", "Generator", room), "*.cs", SearchOption.AllDirectories),
        static path =>
            Assert.DoesNotContain("Microsoft.CodeAnalysis", File.ReadAllText(path), StringComparison.Ordinal));

    /// <summary>A room in a using, or before the name of a type.</summary>
    [GeneratedRegex(
        @"(?:WasmBindgen\.Generator\.|(?<![\w.""]))"
            + @"(Text|Abi|Diagnostics|Symbols|Models|Marshalling|Guests|Parsing|Emission|Analyzers)(?:;|\.[A-Z])")]
    private static partial Regex Use();

    [GeneratedRegex(@"//[^\n]*")]
    private static partial Regex Comment();
}
