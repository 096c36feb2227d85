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
    /// <param name="guests">The texts of guests.</param>
    /// <param name="bindings">The <c>WasmGuestBindings</c> items, as the build hands them over.</param>
    internal sealed class Settings(InterfaceText[] guests, string bindings = "") : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } =
            new Values(new() { ["build_property.WasmGuestBindings"] = bindings });

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Values([]);

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) =>
            guests.FirstOrDefault(guest => guest.Path == textFile.Path) is { } guest
                ? new Values(guest.Metadata)
                : new Values([]);
    }

    private sealed class Values(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) =>
            values.TryGetValue(key, out value);
    }
}

/// <summary>The interface text of a guest, or a file of WIT.</summary>
internal sealed class InterfaceText : AdditionalText
{
    private readonly string _text;

    /// <param name="guest">The guest's path in the project.</param>
    /// <param name="text">The text.</param>
    /// <param name="metadata">More metadata of its item.</param>
    internal InterfaceText(string guest, string text, params (string Name, string Value)[] metadata)
        : this($"obj/guests/{guest}.wat", text, [.. metadata, ("", guest)], "")
    {
    }

    private InterfaceText(string path, string text, (string Name, string Value)[] metadata, string _)
    {
        Path = path;
        _text = text;
        Metadata = new(
            metadata.Select(static one =>
                KeyValuePair.Create("build_metadata.AdditionalFiles.WasmGuest" + one.Name, one.Value)),
            StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>A file of WIT that is no item's, or has metadata of one.</summary>
    internal static InterfaceText Wit(string path, string text, params (string Name, string Value)[] metadata) =>
        new(path, text, metadata, "");

    /// <summary>The WIT that the build finds in a guest.</summary>
    internal static InterfaceText WitOf(string guest, string text) =>
        new($"obj/guests/{guest}.wit", text, [("", guest), ("Source", guest)], "");

    public override string Path { get; }

    internal Dictionary<string, string> Metadata { get; }

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(_text);
}
