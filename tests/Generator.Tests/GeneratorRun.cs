using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace WasmBindgen.Generator.Tests;

/// <summary>All generators over one compilation, and what came of it.</summary>
internal sealed class GeneratorRun
{
    /// <summary>All names of <see cref="TrackingNames"/>.</summary>
    internal static readonly ImmutableArray<string> StepNames =
    [
        .. typeof(TrackingNames).GetFields(BindingFlags.Static | BindingFlags.NonPublic)
            .Select(static field => (string)field.GetRawConstantValue()!),
    ];

    private readonly GeneratorDriver _driver;

    private GeneratorRun(GeneratorDriver driver, CSharpCompilation input)
    {
        _driver = driver.RunGeneratorsAndUpdateCompilation(
            input, out Compilation output, out ImmutableArray<Diagnostic> diagnostics);
        Input = input;
        Output = (CSharpCompilation)output;
        Result = _driver.GetRunResult();
        Diagnostics = diagnostics;

        // A generator that throws is a mere warning to the compiler.
        Assert.All(Result.Results, static generator => Assert.Null(generator.Exception));
    }

    internal CSharpCompilation Input { get; }

    /// <summary>What a generator itself says, which is of the project.</summary>
    internal ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>The input and the generated files.</summary>
    internal CSharpCompilation Output { get; }

    internal GeneratorDriverRunResult Result { get; }

    /// <summary>The generated files by hint name.</summary>
    internal IReadOnlyDictionary<string, string> Files => Result.Results
        .SelectMany(static generator => generator.GeneratedSources)
        .ToDictionary(static source => source.HintName, static source => source.SourceText.ToString());

    internal static GeneratorRun Of(CSharpCompilation input, params InterfaceText[] guests) =>
        new(Driver(input, trackSteps: true, guests), input);

    /// <param name="input">The compilation.</param>
    /// <param name="bindings">The <c>WasmGuestBindings</c> items, as the build hands them over.</param>
    internal static GeneratorRun Of(CSharpCompilation input, string bindings) => new(
        Driver(input, trackSteps: true).WithUpdatedAnalyzerConfigOptions(new GuestTest.Settings([], bindings)), input);

    internal static GeneratorDriver Driver(
        CSharpCompilation input, bool trackSteps, params InterfaceText[] guests) => CSharpGeneratorDriver.Create(
        [
            new ImportGenerator().AsSourceGenerator(), new ExportGenerator().AsSourceGenerator(),
            new WitGenerator().AsSourceGenerator(), new GuestBindingsGenerator().AsSourceGenerator(),
            new OfficialPackageGenerator().AsSourceGenerator(), new ProjectCheck().AsSourceGenerator(),
        ],
        additionalTexts: guests,
        parseOptions: (CSharpParseOptions)input.SyntaxTrees[0].Options,
        optionsProvider: new GuestTest.Settings(guests),
        driverOptions: new GeneratorDriverOptions(
            IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: trackSteps));

    /// <summary>The same driver, with what it remembers, over an edited compilation.</summary>
    internal GeneratorRun Again(CSharpCompilation edited) => new(_driver, edited);

    /// <summary>The same driver over other guests.</summary>
    internal GeneratorRun Again(params InterfaceText[] guests) => new(
        _driver.ReplaceAdditionalTexts([.. guests])
            .WithUpdatedAnalyzerConfigOptions(new GuestTest.Settings(guests)),
        Input);

    /// <summary>What a step of the pipeline put out, and whether it had to.</summary>
    internal IEnumerable<(object Value, IncrementalStepRunReason Reason)> Step(string name) => Result.Results
        .Where(generator => generator.TrackedSteps.ContainsKey(name))
        .SelectMany(generator => generator.TrackedSteps[name])
        .SelectMany(static step => step.Outputs);

    /// <summary>The steps that hand files to the compiler.</summary>
    internal IEnumerable<IncrementalStepRunReason> OutputReasons() => Result.Results
        .SelectMany(static generator => generator.TrackedOutputSteps.Values)
        .SelectMany(static steps => steps)
        .SelectMany(static step => step.Outputs)
        .Select(static output => output.Reason);

    internal void AssertNothingRanAgain(string edit)
    {
        foreach (string name in StepNames)
        {
            Assert.All(Step(name), output => Assert.True(
                output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged,
                $"{edit}: step {name} is {output.Reason}"));
        }

        Assert.All(
            OutputReasons(),
            reason => Assert.True(reason == IncrementalStepRunReason.Cached, $"{edit}: the output is {reason}"));
    }
}
