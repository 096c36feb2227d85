using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WasmBindgen.Generator.Analyzers;

namespace WasmBindgen.Generator.Tests;

/// <summary><c>switch</c> over variants of WIT.</summary>
public sealed class VariantTests
{
    private const string Wit = """
        package demo:app;
        interface i { variant problem { empty, too-far(f64), other(string) } f: func(p: problem); }
        world w { export i; }
        """;

    [Theory]
    [InlineData("Problem.Empty => 0, Problem.TooFar(_) => 1, Problem.Other { Value: var s } => s.Length")]
    [InlineData("Problem.Empty or Problem.Other => 0, Problem.TooFar(var far) => (int)far")]
    [InlineData("Problem.Empty => 0, Problem.TooFar(double far) => (int)far, Problem.Other(string s) => s.Length")]
    [InlineData("Problem.Empty => 0, Problem.TooFar { Value: double } => 1, Problem.Other { Value: { } s } => s.Length")]
    [InlineData("Problem.Empty => 0, Problem.TooFar and Problem.TooFar(var far) => 1, Problem.Other(object text) => 2")]
    [InlineData("Problem.Empty _ => 0, Problem.TooFar(> 5) => 1, Problem.TooFar => 2, Problem.Other => 3")]
    public async Task A_switch_with_all_cases_is_complete(string arms)
    {
        (Diagnostic[] own, Diagnostic[] ofCompiler) = await Run($"p switch {{ {arms} }}");
        Assert.Empty(own);
        Assert.True(Assert.Single(ofCompiler).IsSuppressed);
    }

    [Theory]
    [InlineData("Problem.Empty => 0, Problem.TooFar(> 5) => 1, Problem.Other => 3")]
    [InlineData("Problem.Empty => 0, Problem.TooFar { Value: 1 } => 1, Problem.Other => 3")]
    public async Task A_part_of_a_case_is_left_to_the_compiler(string arms)
    {
        (Diagnostic[] own, Diagnostic[] ofCompiler) = await Run($"p switch {{ {arms} }}");
        Assert.Empty(own);
        Assert.False(Assert.Single(ofCompiler).IsSuppressed);
    }

    [Theory]
    [InlineData("Problem.Empty => 0, Problem.TooFar => 1, Problem.Other => 2", "null", false)]
    [InlineData("null => 3, Problem.Empty => 0, Problem.TooFar => 1, Problem.Other => 2", null, true)]
    [InlineData("Problem.Empty or null => 0, Problem.TooFar => 1, Problem.Other => 2", null, true)]
    [InlineData("not (Problem.TooFar or Problem.Other) => 0, Problem.TooFar => 1, Problem.Other => 2", null, null)]
    [InlineData("null => 3, Problem.Empty => 0, Problem.TooFar => 1", "'Other'", false)]
    public async Task WBG0447_null_is_a_case_of_what_may_be_null(string arms, string? cases, bool? isSuppressed)
    {
        string expression = $"n switch {{ {arms} }}";
        await ReportsAsync(expression, cases);
        (_, Diagnostic[] ofCompiler) = await Run(expression);
        Assert.Equal(isSuppressed, ofCompiler.SingleOrDefault()?.IsSuppressed);
    }

    [Fact]
    public async Task What_was_compared_with_null_is_not_null()
    {
        const string Arms = "Problem.Empty => 0, Problem.TooFar => 1, Problem.Other => 2";
        (Diagnostic[] own, Diagnostic[] ofCompiler) = await Run($"n is null ? 3 : n switch {{ {Arms} }}");
        Assert.Empty(own);
        Assert.True(Assert.Single(ofCompiler).IsSuppressed);
    }

    [Theory]
    [InlineData("p switch { Problem.Empty => 0, Problem.TooFar(> 5) => 1 }", "'Other'")]
    [InlineData("p switch { Problem.Empty when x > 1 => 0, not null => 1 }", null)]
    [InlineData("p switch { Problem.Empty => 0, _ => 1 }", null)]
    [InlineData("p switch { Problem.Empty => 0, var other => 1 }", null)]
    [InlineData("p switch { Problem.Empty => 0, { } => 1 }", null)]
    [InlineData("p switch { null => 0, Problem.Other { Value.Length: 1 } => 1 }", "'Empty', 'TooFar'")]
    [InlineData("p switch { not (Problem.Other or Problem.Empty) => 0 }", "'Empty', 'Other'")]
    [InlineData("o switch { Problem.Empty => 0 }", null)]
    [InlineData("h switch { Hand.A => 0 }", null)]
    public Task WBG0447_cases_that_are_not_named(string expression, string? cases) => ReportsAsync(expression, cases);

    [Theory]
    [InlineData("switch (p) { case Problem.Empty: return 0; case Problem.Other: break; }", "'TooFar'")]
    [InlineData("switch (p) { case Problem.Empty: return 0; default: break; }", null)]
    [InlineData("switch (p) { case Problem.Empty or Problem.Other: return 0; case Problem.TooFar: break; }", null)]
    public Task WBG0447_statements_too(string statement, string? cases) =>
        ReportsAsync($"((System.Func<int>)(() => {{ {statement} return 1; }}))()", cases);

    private static async Task ReportsAsync(string expression, string? cases)
    {
        (Diagnostic[] own, _) = await Run(expression);
        Assert.Equal(
            cases is null
                ? []
                : [$"WBG0447 switch: `switch` over 'Problem' does not name {cases}: name them, or have a default"],
            own.Select(static one => $"{one.Id} "
                + one.Location.SourceTree!.GetText().ToString(one.Location.SourceSpan) + ": "
                + one.GetMessage(CultureInfo.InvariantCulture)));
    }

    private static async Task<(Diagnostic[] Own, Diagnostic[] OfCompiler)> Run(string expression)
    {
        GeneratorRun run = GeneratorRun.Of(
            GeneratorTest.Compile($$"""
                #nullable enable
                using Demo.App;
                using WasmBindgen;
                [WasmWorld("app.wit")] public sealed partial class App;
                [WasmVariant] public abstract record Hand
                {
                    public sealed record A : Hand;
                    public sealed record B : Hand;
                }
                public static class Test
                {
                    public static int F(Problem p, Problem? n, object o, Hand h, int x) => {{expression}};
                }
                """),
            InterfaceText.Wit("app.wit", Wit));
        Assert.Empty(run.Output.GetDiagnostics().Where(static one => one.Severity == DiagnosticSeverity.Error));
        ImmutableArray<Diagnostic> all = await run.Output
            .WithAnalyzers(
                [new VariantAnalyzer(), new VariantSuppressor()],
                new CompilationWithAnalyzersOptions(
                    new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: true,
                    logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: true))
            .GetAllDiagnosticsAsync();
        return (
            [.. all.Where(static one => one.Id.StartsWith("WBG", StringComparison.Ordinal))],
            [.. all.Where(static one => one.Id == "CS8509")]);
    }
}
