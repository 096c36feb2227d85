using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace WasmBindgen.Generator.Tests;

/// <summary>Sources in which <c>{|WBG0001:text|}</c> marks where a diagnostic is expected.</summary>
internal static partial class DiagnosticTest
{
    /// <summary>
    /// Expects exactly the marked diagnostics, one of which says <paramref name="says"/>, and a generator that copes.
    /// </summary>
    internal static Task<GeneratorRun> ReportsAsync(string says, string marked) =>
        ReportsAsync(says, GeneratorTest.CSharp13, GeneratorTest.Library, marked, compiles: true);

    /// <param name="says">What to do about it.</param>
    /// <param name="parse">The language version.</param>
    /// <param name="options">The project's settings.</param>
    /// <param name="marked">The source.</param>
    /// <param name="compiles">Whether what is generated must have no error of its own.</param>
    internal static async Task<GeneratorRun> ReportsAsync(
        string says, CSharpParseOptions parse, CSharpCompilationOptions options, string marked, bool compiles)
    {
        (string source, List<string> expected) = Unmark(marked);
        GeneratorRun run = GeneratorRun.Of(GeneratorTest.Compile(parse, options, source));
        Assert.Empty(run.Diagnostics);
        ImmutableArray<Diagnostic> reported = await GeneratorTest.AnalyzerDiagnosticsAsync(run.Output);

        Assert.Equal(expected.Order(StringComparer.Ordinal), reported.Select(Shown).Order(StringComparer.Ordinal));
        Assert.Contains(reported, diagnostic => diagnostic.GetMessage(null).Contains(says, StringComparison.Ordinal));
        GeneratorTest.AssertIncremental(run);
        if (compiles)
        {
            Assert.DoesNotContain(GeneratorTest.CompilerDiagnostics(run.Output), GeneratorTest.IsGenerated);
        }

        return run;
    }

    internal static string Shown(Diagnostic diagnostic) =>
        $"{diagnostic.Id} at {diagnostic.Location.SourceSpan.Start}: "
            + $"{diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan)}";

    internal static (string Source, List<string> Expected) Unmark(string marked)
    {
        var source = new StringBuilder();
        var expected = new List<string>();
        int end = 0;
        foreach (Match mark in Mark().Matches(marked))
        {
            source.Append(marked, end, mark.Index - end);
            expected.AddRange(
                mark.Groups[1].Value.Split(',').Select(id => $"{id} at {source.Length}: {mark.Groups[2].Value}"));
            source.Append(mark.Groups[2].Value);
            end = mark.Index + mark.Length;
        }

        return (source.Append(marked, end, marked.Length - end).ToString(), expected);
    }

    [GeneratedRegex(@"\{\|([A-Z0-9,]+):(.*?)\|\}", RegexOptions.Singleline)]
    private static partial Regex Mark();
}
