using System.Diagnostics;
using Microsoft.CodeAnalysis;
using WasmBindgen.Generator.Emission;
using WasmBindgen.Generator.Guests;
using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Tests;

/// <summary>Real files and the twenty cases, broken in thousands of ways that are the same in each run.</summary>
public sealed class WitFuzzTests
{
    private static readonly string[] Tokens =
    [
        "{", "}", "(", ")", "<", ">", ";", ":", ",", "@", "/", ".", "->", "/*", "*/", "//", "\"", "%", "=", "-", "_",
        "0", "use", "package", "interface", "world", "include", "import", "export", "record", "resource", "list<", "option<",
        "borrow<", "func", "async", "static", "@since(version = 1.0.0)", "a:b/c@1.0.0", "\u202e", "\ud800", "\0", "é",
    ];

    private static readonly string[] Texts =
    [
        .. WitSet.Cases.Values.Select(static one => one.Wit),
        .. Directory.GetFiles(WitSet.Folder, "*.wit", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText),
    ];

    [Fact]
    public void Nothing_is_thrown_and_everything_ends()
    {
        var random = new Random(20260823);
        var watch = Stopwatch.StartNew();
        int broken = 0;
        for (int i = 0; i < 4_000; i++)
        {
            string text = Mutate(Texts[random.Next(Texts.Length)], random);
            WitPackages packages;
            try
            {
                packages = WitSet.Resolve(("w/a.wit", text), ("w/deps/b.wit", Texts[i % Texts.Length]));
                if (i % 4 == 0)
                {
                    Emit(packages, isWhole: i % 40 == 0 && packages.Errors.Count == 0);
                }
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Mutation {i}: {exception.Message}\n{text}", exception);
            }

            broken += packages.Errors.Count > 0 ? 1 : 0;
            Assert.All(packages.Errors, static error => Assert.True(error is { Line: > 0, Column: > 0 }));
        }

        Assert.True(broken > 3_000, $"Only {broken} texts were broken.");
        Assert.True(watch.Elapsed < TimeSpan.FromMinutes(3), $"{watch.Elapsed}");
    }

    [Fact]
    public void Every_beginning_of_a_file_is_parsed()
    {
        string text = Texts[13];
        for (int i = 0; i <= text.Length; i++)
        {
            Assert.NotNull(WitSet.Resolve(text[..i]));
        }
    }

    /// <summary>Also what is wrong is declared, as far as it goes; what is right compiles.</summary>
    private static void Emit(WitPackages packages, bool isWhole)
    {
        IEnumerable<WitBinding> worlds = packages.Packages.SelectMany(static one => one.Worlds)
            .Select(static world => new WitBinding("Guest", world.Id, default, default));
        Declarations declarations = WitDeclarer.Declare(
            packages, [WitSurfaceTests.ImportsOf(packages), .. worlds], WitOptions.Default).Declarations;
        string[] texts =
            [.. declarations.Namespaces.Select(static space => WitTypeEmitter.Emit(space).Text)];
        if (isWhole)
        {
            Assert.Empty(GeneratorTest.Compile(texts).GetDiagnostics().Where(
                static one => one.Severity >= DiagnosticSeverity.Warning && one.Id != "CS0246"));
        }
    }

    private static string Mutate(string text, Random random)
    {
        for (int i = random.Next(1, 5); i > 0; i--)
        {
            int start = random.Next(text.Length + 1);
            int length = random.Next(Math.Min(40, text.Length - start) + 1);
            text = random.Next(6) switch
            {
                0 => text[..start],
                1 => text.Remove(start, length),
                2 => text.Insert(start, Tokens[random.Next(Tokens.Length)]),
                3 => text.Insert(start, text.Substring(start, length)),
                4 => text.Remove(start, length).Insert(start, Tokens[random.Next(Tokens.Length)]),
                _ => text.Insert(start, string.Concat(Enumerable.Repeat(Tokens[random.Next(Tokens.Length)], 300))),
            };
        }

        return text;
    }
}
