using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using WasmBindgen.Generator.Analyzers;

namespace WasmBindgen.Generator.Tests;

/// <summary>Projects with guests, whose interface text the build has written.</summary>
internal static class GuestTest
{
    /// <summary>Expects exactly the marked diagnostics, with these messages in any order.</summary>
    internal static async Task ReportsAsync(
        string marked, InterfaceText[] guests, params (string Id, string Message)[] messages)
    {
        (string source, List<string> expected) = DiagnosticTest.Unmark(marked);
        ImmutableArray<Diagnostic> reported = await DiagnosticsAsync(source, guests);
        Assert.Equal(
            Lines(messages.Select(static message => $"{message.Id}: {message.Message}")),
            Lines(reported.Select(static one => $"{one.Id}: {one.GetMessage(null)}")));
        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            reported.Where(static one => one.Location.IsInSource)
                .Select(DiagnosticTest.Shown)
                .Order(StringComparer.Ordinal));
    }

    private static string Lines(IEnumerable<string> lines) =>
        string.Join('\n', lines.Order(StringComparer.Ordinal));

    internal static async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(
        string source, params InterfaceText[] guests)
    {
        GeneratorRun run = GeneratorRun.Of(GeneratorTest.Compile(source), guests);
        return await run.Output.WithAnalyzers([new GuestAnalyzer()], Options(guests)).GetAnalyzerDiagnosticsAsync();
    }

    internal static AnalyzerOptions Options(params InterfaceText[] guests) =>
        new([.. guests], new Settings(guests));

    /// <summary>What the build tells of each file.</summary>
    internal sealed class Settings(InterfaceText[] guests) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values([]);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) =>
            guests.FirstOrDefault(guest => guest.Path == textFile.Path) is { } guest
                ? new Values(guest.Metadata)
                : GlobalOptions;
    }

    private sealed class Values(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) =>
            values.TryGetValue(key, out value);
    }
}

/// <summary>The interface text of a guest.</summary>
/// <param name="guest">Its path in the project.</param>
/// <param name="text">The text.</param>
/// <param name="metadata">More metadata of its item.</param>
internal sealed class InterfaceText(string guest, string text, params (string Name, string Value)[] metadata)
    : AdditionalText
{
    public override string Path => $"obj/guests/{guest}.wat";

    internal Dictionary<string, string> Metadata { get; } = new(
        metadata.Append(("", guest)).Select(static one =>
            KeyValuePair.Create("build_metadata.AdditionalFiles.WasmGuest" + one.Item1, one.Item2)),
        StringComparer.OrdinalIgnoreCase);

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
}
