using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace WasmBindgen.Generator.Tests;

public sealed class IncrementalityTests
{
    private const string TwoOfEach =
        """
        using WasmBindgen;

        namespace Demo;

        [WasmImport("env")] public sealed partial class Env { public int Add(int a, int b) => a + b; }
        [WasmImport("math")] public sealed partial class Math { public double Sin(double x) => x; }
        [WasmExport] public sealed partial class Guest { public partial int Run(int a); public partial int Counter { get; set; } }
        [WasmExport] public sealed partial class Other { public partial void Stop(); }
        """;

    [Fact]
    public void Every_named_step_is_seen()
    {
        GeneratorRun run = GeneratorRun.Of(
            GeneratorTest.Compile(TwoOfEach).AddReferences(GeneratorTest.OfficialPackage),
            new InterfaceText("plugin.wasm", "(module)"));
        GeneratorRun lacking = GeneratorRun.Of(
            GeneratorTest.Compile(GeneratorTest.CSharp13, GeneratorTest.Library.WithAllowUnsafe(false), TwoOfEach));
        GeneratorRun unseen = GeneratorRun.Of(
            GeneratorTest.Compile(TwoOfEach.Replace("double x", "Unseen x", StringComparison.Ordinal).Replace(
                "int Run(int a)", "int Run(Unseen a)", StringComparison.Ordinal)));
        GeneratorRun wit = GeneratorRun.Of(
            GeneratorTest.Compile(
                "using WasmBindgen; [WasmWorld(\"a.wit\")] sealed partial class A; "
                    + "[WasmWorld(\"b.wit\")] partial class B; "
                    + "[WitType(\"a:a/i#e\")] enum E { Y }",
                "[assembly: WasmBindgen.CompilerServices.WitPackage(\"a:a\", \"A.A\", Shape = \"Other=0\")]"),
            InterfaceText.Wit("a.wit", "package a:a; interface i { resource r; enum e { x } f: func(); f: func(); } world w { export i; }"));
        GeneratorRun wanting = GeneratorRun.Of(GeneratorTest.Compile(TwoOfEach), "plugin.h??");
        Assert.NotEmpty(GeneratorRun.StepNames);
        Assert.All(
            GeneratorRun.StepNames,
            name => Assert.NotEmpty(
                new[] { run, lacking, unseen, wit, wanting }.SelectMany(one => one.Step(name))));
    }

    [Fact]
    public void Edits_that_change_no_signature_stop_at_the_models()
    {
        GeneratorRun run = GeneratorRun.Of(GeneratorTest.Compile(TwoOfEach));
        foreach (CSharpCompilation edited in (CSharpCompilation[])[
            Edits.AddUnrelatedFile(run.Input),
            Edits.AddComment(run.Input),
            Edits.ChangeBodies(run.Input),
        ])
        {
            GeneratorRun again = run.Again(edited);

            // Roslyn asks the parser again about each class whenever anything changes. It gives an equal model, and
            // nothing behind it runs.
            Assert.Equal(
                [IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached],
                Reasons(again, TrackingNames.ImportClasses));
            Assert.Equal(
                [IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached],
                Reasons(again, TrackingNames.ExportClasses));
            Assert.Equal([IncrementalStepRunReason.Cached], Reasons(again, TrackingNames.ImportClashes));
            Assert.Equal([IncrementalStepRunReason.Cached], Reasons(again, TrackingNames.ExportClashes));
            Assert.Equal(
                [IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached],
                Reasons(again, TrackingNames.ImportSources));
            Assert.Equal(
                [IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached],
                Reasons(again, TrackingNames.ExportSources));
            Assert.All(again.OutputReasons(), static reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
            Assert.Equal(run.Files, again.Files);
        }
    }

    [Theory]
    [InlineData("double Sin(double x)", "double Sin(float x)", "Math")]
    [InlineData("double Sin(double x)", "double Sinus(double x)", "Math")]
    [InlineData("public double Sin", "[Interrupts] public double Sin", "Math")]
    [InlineData("WasmImport(\"math\")", "WasmImport(\"maths\")", "Math")]
    [InlineData("void Stop()", "int Stop()", "Other")]
    [InlineData("int Counter { get; set; }", "int Counter { get; }", "Guest")]
    public void A_changed_signature_runs_one_class_again(string before, string after, string changed)
    {
        GeneratorRun run = GeneratorRun.Of(GeneratorTest.Compile(TwoOfEach));
        GeneratorRun again = run.Again(
            GeneratorTest.Compile(TwoOfEach.Replace(before, after, StringComparison.Ordinal)));

        foreach (string step in (string[])[TrackingNames.ImportSources, TrackingNames.ExportSources])
        {
            Assert.All(again.Step(step), output => Assert.Equal(
                ((Models.GeneratedSource)output.Value).HintName.Contains($".{changed}.", StringComparison.Ordinal)
                    ? IncrementalStepRunReason.Modified
                    : IncrementalStepRunReason.Cached,
                output.Reason));
        }

        Assert.Single(again.OutputReasons(), IncrementalStepRunReason.Modified);
        Assert.Equal(3, again.OutputReasons().Count(static reason => reason == IncrementalStepRunReason.Cached));
    }

    [Fact]
    public void A_new_class_runs_no_other_again()
    {
        CSharpCompilation before = GeneratorTest.Compile(TwoOfEach);
        CSharpCompilation after = before.AddSyntaxTrees(CSharpSyntaxTree.ParseText(
            """[WasmBindgen.WasmImport("new")] public sealed partial class New { public void A() { } }""",
            GeneratorTest.CSharp13, "New.cs"));
        GeneratorRun again = GeneratorRun.Of(before).Again(after);

        Assert.Single(again.OutputReasons(), IncrementalStepRunReason.New);
        Assert.Equal(4, again.OutputReasons().Count(static reason => reason == IncrementalStepRunReason.Cached));
        Assert.Equal(5, again.Files.Count);
        Assert.Equal(GeneratorRun.Of(before).Files, again.Again(before).Files);
    }

    [Fact]
    public void A_changed_part_in_another_file_runs_the_class_again()
    {
        const string FirstPart =
            """[WasmBindgen.WasmImport("env")] public sealed partial class Env { public void A() { } }""";
        GeneratorRun run = GeneratorRun.Of(
            GeneratorTest.Compile(FirstPart, "partial class Env { public void B() { } }"));
        GeneratorRun again = run.Again(run.Input.ReplaceSyntaxTree(
            run.Input.SyntaxTrees[1], CSharpSyntaxTree.ParseText(
                "partial class Env { public void C() { } }", GeneratorTest.CSharp13, "File1.cs")));
        Assert.Equal([IncrementalStepRunReason.Modified], Reasons(again, TrackingNames.ImportSources));
        Assert.Contains("\"c\"", Assert.Single(again.Files).Value, StringComparison.Ordinal);
    }

    /// <summary>What a binding mentions may change elsewhere, and then must not be missed.</summary>
    [Fact]
    public void A_changed_enum_runs_the_class_again()
    {
        const string Binding =
            """[WasmBindgen.WasmImport("env")] public sealed partial class Env { public void A(Kind kind) { } }""";
        GeneratorRun run = GeneratorRun.Of(GeneratorTest.Compile(Binding, "public enum Kind { A, B }"));
        GeneratorRun again = run.Again(GeneratorTest.Compile(Binding, "public enum Kind { A, B, C }"));
        Assert.Equal([IncrementalStepRunReason.Modified], Reasons(again, TrackingNames.ImportSources));
        Assert.Contains("<= 2", Assert.Single(again.Files).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_official_package_adds_to_every_class_and_is_looked_for_once()
    {
        GeneratorRun run = GeneratorRun.Of(GeneratorTest.Compile(TwoOfEach));
        Assert.Equal(4, run.Files.Count);
        GeneratorRun again = run.Again(run.Input.AddReferences(GeneratorTest.OfficialPackage));
        Assert.Equal(5, again.Files.Count);
        Assert.Contains(
            "global::Wasmtime.Instance instance", again.Files["Demo.Guest.WasmExport.g.cs"], StringComparison.Ordinal);
        Assert.All(
            Reasons(again, TrackingNames.ImportClasses),
            static reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        GeneratorTest.AssertIncremental(again);

        foreach (string step in (string[])[
            TrackingNames.ImportSettings,
            TrackingNames.ExportSettings,
            TrackingNames.OfficialExtensions,
        ])
        {
            Assert.Equal(
                [IncrementalStepRunReason.Unchanged], Reasons(again.Again(Edits.AddUnrelatedFile(again.Input)), step));
        }
    }

    [Fact]
    public void Extensions_that_a_reference_shows_are_not_written_again()
    {
        const string Friend = """[assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Demo")]""";
        CSharpCompilation hidden = GeneratorRun.Of(
            GeneratorTest.Compile("").AddReferences(GeneratorTest.OfficialPackage).WithAssemblyName("Hidden")).Output;
        CSharpCompilation shown = GeneratorRun.Of(GeneratorTest.Compile(Friend)
            .AddReferences(GeneratorTest.OfficialPackage)
            .WithAssemblyName("Shown")).Output;
        CSharpCompilation use = GeneratorTest.Compile(
            TwoOfEach,
            "public static class Use { public static void It(Wasmtime.Linker linker) => "
                + "Wasmtime.WasmBindgenExtensions.Define(linker, new Demo.Env()); }")
            .AddReferences(GeneratorTest.OfficialPackage, hidden.ToMetadataReference());
        Assert.Equal(5, GeneratorRun.Of(use).Files.Count);
        GeneratorRun run = GeneratorRun.Of(use.AddReferences(shown.ToMetadataReference()));
        Assert.Equal(4, run.Files.Count);
        Assert.Empty(GeneratorTest.CompilerDiagnostics(run.Output));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_old_compilation_is_kept_alive(bool trackSteps)
    {
        (GeneratorDriver driver, WeakReference old) = RunOnNewerCompilation(trackSteps);
        for (int i = 0; i < 10 && old.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(old.IsAlive);
        GC.KeepAlive(driver);
    }

    [Fact]
    public void The_graph_walk_finds_what_must_not_be_there()
    {
        CSharpCompilation compilation = GeneratorTest.Compile(TwoOfEach);
        SyntaxTree tree = compilation.SyntaxTrees[0];
        object[] banned =
        [
            compilation, tree, tree.GetRoot(), tree.GetRoot().GetLocation(), tree.GetRoot().GetFirstToken(),
            compilation.GetSemanticModel(tree),
            compilation.GetTypeByMetadataName("Demo.Env")!,
            compilation.GetTypeByMetadataName("Demo.Env")!.GetAttributes()[0],
        ];
        Assert.All(banned, static value =>
            Assert.NotNull(RoslynFreeGraph.PathToRoslyn(new Holder(new object[] { "", new Holder(value) }), "", [])));
        Assert.Null(RoslynFreeGraph.PathToRoslyn(
            new Holder(new object[] { "", 1, new Holder(null), SpecialType.System_Int32 }), "", []));
    }

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorRun run, string step) =>
        run.Step(step).Select(static output => output.Reason);

    // Not inlined, so that the JIT keeps no local of it alive.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (GeneratorDriver Driver, WeakReference Old) RunOnNewerCompilation(bool trackSteps)
    {
        (GeneratorDriver driver, WeakReference old) = RunOnOldCompilation(trackSteps);
        return (driver.RunGenerators(Edits.AddUnrelatedFile(GeneratorTest.Compile(TwoOfEach))), old);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (GeneratorDriver Driver, WeakReference Old) RunOnOldCompilation(bool trackSteps)
    {
        CSharpCompilation old = GeneratorTest.Compile(TwoOfEach);
        return (GeneratorRun.Driver(old, trackSteps).RunGenerators(old), new WeakReference(old));
    }

    private sealed record Holder(object? Value);
}
