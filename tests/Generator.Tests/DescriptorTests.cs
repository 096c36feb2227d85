using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WasmBindgen.Generator.Analyzers;
using WasmBindgen.Generator.Diagnostics;
using WasmBindgen.Tests;

namespace WasmBindgen.Generator.Tests;

/// <summary>That each diagnostic is known everywhere it has to be.</summary>
public sealed partial class DescriptorTests
{
    private static readonly DiagnosticDescriptor[] All =
    [
        .. typeof(Descriptors).GetFields(BindingFlags.Static | BindingFlags.NonPublic)
            .Where(static field => field.FieldType == typeof(DiagnosticDescriptor))
            .Select(static field => (DiagnosticDescriptor)field.GetValue(null)!),
    ];

    [Fact]
    public void Ids_are_unique_and_the_analyzers_support_all_but_those_of_generators()
    {
        Assert.Equal(All.Length, All.Select(static descriptor => descriptor.Id).Distinct().Count());
        DiagnosticAnalyzer[] analyzers =
        [
            new BindingAnalyzer(), new ContractAnalyzer(), new GuestAnalyzer(), new VariantAnalyzer(),
            new ImportsAnalyzer(),
        ];
        DiagnosticDescriptor[] ofGenerators =
        [
            Descriptors.UnseenType, Descriptors.UnsafeCode, Descriptors.LanguageVersion,
            .. All.Where(static descriptor => // of WIT
                string.CompareOrdinal(descriptor.Id, "WBG0410") >= 0 && descriptor != Descriptors.WitError
                    && descriptor != Descriptors.ForgottenCases && descriptor != Descriptors.NoImplementation),
        ];
        Assert.Equal(
            All.Except(ofGenerators).OrderBy(static descriptor => descriptor.Id),
            analyzers.SelectMany(static analyzer => analyzer.SupportedDiagnostics)
                .OrderBy(static descriptor => descriptor.Id));
    }

    /// <summary>Whoever switched off an error of a member would miss it, and not know why.</summary>
    [Fact]
    public void Errors_cannot_be_switched_off() => Assert.All(All, static descriptor => Assert.Equal(
        descriptor.DefaultSeverity == DiagnosticSeverity.Error
            && !descriptor.Id.StartsWith("WBG040", StringComparison.Ordinal),
        descriptor.CustomTags.Contains(WellKnownDiagnosticTags.NotConfigurable)));

    [Fact]
    public void Each_is_explained() => Assert.All(All, static descriptor =>
    {
        Assert.Matches("^WBG0[0-4][0-9]{2}$", descriptor.Id);
        Assert.Equal("WasmBindgen", descriptor.Category);
        Assert.NotEqual("", descriptor.Title.ToString(null));
        Assert.EndsWith(".", descriptor.Description.ToString(null), StringComparison.Ordinal);
        // what is wrong: what to do
        string message = descriptor.MessageFormat.ToString(null);
        Assert.True(message == "{0}" || message.Contains(": ", StringComparison.Ordinal), message);
        Assert.EndsWith(
            "docs/diagnostics.md#" + descriptor.Id.ToLowerInvariant(),
            descriptor.HelpLinkUri,
            StringComparison.Ordinal);
    });

    [Fact]
    public void Each_has_a_test() => Assert.All(All, static descriptor => Assert.Contains(
        new[]
            {
                typeof(DiagnosticTests), typeof(GuestDiagnosticTests), typeof(WitDiagnosticTests),
                typeof(WitSharingTests), typeof(WitTypeTests), typeof(WitClashTests), typeof(VariantTests),
                typeof(GuestBindingsTests), typeof(WitCompiledTests),
            }
            .SelectMany(static type => type.GetMethods()),
        method => method.Name.StartsWith(descriptor.Id + "_", StringComparison.Ordinal)));

    [Fact]
    public void Each_is_listed_in_the_release_notes()
    {
        string[] files = ["AnalyzerReleases.Shipped.md", "AnalyzerReleases.Unshipped.md"];
        IEnumerable<string> listed = files
            .SelectMany(static file => File.ReadAllLines(Repository.PathOf("src", "Generator", file)))
            .Where(static line => line.StartsWith("WBG", StringComparison.Ordinal));
        Assert.Equal(
            All.Select(static descriptor =>
                $"{descriptor.Id} | {descriptor.Category} | {descriptor.DefaultSeverity} | {descriptor.Title}")
                .Order(StringComparer.Ordinal),
            listed.Order(StringComparer.Ordinal));
    }

    /// <summary>The help link ends at a heading.</summary>
    [Fact]
    public void Each_has_a_section_in_the_documentation()
    {
        string text = File.ReadAllText(Repository.PathOf("docs", "diagnostics.md"));
        string[] sections = [.. Heading().Matches(text).Select(static match => match.Groups[1].Value)];
        IEnumerable<string> ofBuild = BuildId().Matches(
            File.ReadAllText(Repository.PathOf("src", "Runtime", "buildTransitive", "WasmBindgen.targets")))
            .Select(static match => match.Value);
        Assert.Equal(
            All.Select(static descriptor => descriptor.Id).Union(ofBuild).Order(StringComparer.Ordinal), sections);
    }

    [GeneratedRegex("^## (WBG[0-9]{4})$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("WBG[0-9]{4}")]
    private static partial Regex BuildId();
}
