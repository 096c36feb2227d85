using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using WasmBindgen.Generator.Analyzers;

namespace WasmBindgen.Generator.Tests;

/// <summary>What every test asks of the generators, whatever its own question is.</summary>
internal static class GeneratorTest
{
    internal static readonly CSharpParseOptions CSharp13 = new(LanguageVersion.CSharp13, DocumentationMode.Diagnose);

    internal static readonly CSharpCompilationOptions Library = new(
        OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable,
        warningLevel: 9999);

    /// <summary>The framework that runs the tests, without their own assemblies, and the real runtime.</summary>
    internal static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(
                static path => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location))
            .Select(static path => MetadataReference.CreateFromFile(path)),
        MetadataReference.CreateFromFile(typeof(Engine).Assembly.Location),
    ];

    /// <summary>The managed half of the official package, which is no reference of other tests.</summary>
    internal static readonly MetadataReference OfficialPackage = MetadataReference.CreateFromFile(
        Path.Combine(AppContext.BaseDirectory, "Wasmtime.Dotnet.dll"));

    internal static CSharpCompilation Compile(
        CSharpParseOptions parse, CSharpCompilationOptions options, params string[] sources) =>
        CSharpCompilation.Create(
            "Demo", sources.Select((source, i) => CSharpSyntaxTree.ParseText(source, parse, $"File{i}.cs")), References,
            options);

    internal static CSharpCompilation Compile(params string[] sources) => Compile(CSharp13, Library, sources);

    internal static Task<GeneratorRun> VerifyAsync(params string[] sources) => VerifyAsync(Compile(sources));

    /// <summary>
    /// Runs the generators on valid code: no diagnostic from anyone, no generated file with a warning, nothing of
    /// Roslyn in what the pipeline remembers, and nothing run again by edits that change no signature.
    /// </summary>
    internal static async Task<GeneratorRun> VerifyAsync(CSharpCompilation compilation)
    {
        GeneratorRun run = GeneratorRun.Of(compilation);
        Assert.Empty(run.Diagnostics);
        Assert.Empty(CompilerDiagnostics(run.Output));
        Assert.Empty(await AnalyzerDiagnosticsAsync(run.Output));
        AssertIncremental(run);
        return run;
    }

    /// <summary>The compiler's warnings and errors, those of emitting and of documentation comments included.</summary>
    internal static IEnumerable<Diagnostic> CompilerDiagnostics(CSharpCompilation compilation) => compilation
        .Emit(Stream.Null)
        .Diagnostics
        .Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
        // the tests' own classes need no documentation
        .Where(static diagnostic => diagnostic.Id != "CS1591" || IsGenerated(diagnostic));

    internal static bool IsGenerated(Diagnostic diagnostic) =>
        diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true;

    /// <summary>What the analyzer says, and its failures.</summary>
    internal static async Task<ImmutableArray<Diagnostic>> AnalyzerDiagnosticsAsync(
        Compilation compilation, params InterfaceText[] guests) => await compilation
        .WithAnalyzers(
            [
                new BindingAnalyzer(), new ContractAnalyzer(), new GuestAnalyzer(), new VariantAnalyzer(),
                new ImportsAnalyzer(),
            ],
            GuestTest.Options(guests))
        .GetAnalyzerDiagnosticsAsync();

    internal static void AssertIncremental(GeneratorRun run)
    {
        foreach (string step in GeneratorRun.StepNames)
        {
            Assert.All(run.Step(step), static output => RoslynFreeGraph.Assert(output.Value));
        }

        run.Again(run.Input.Clone()).AssertNothingRanAgain("no edit");
        run.Again(Edits.AddUnrelatedFile(run.Input)).AssertNothingRanAgain("an unrelated file");
        run.Again(Edits.AddComment(run.Input)).AssertNothingRanAgain("a comment");
        run.Again(Edits.ChangeBodies(run.Input)).AssertNothingRanAgain("other bodies");
        run.Again(Edits.AddUnrelatedFile(run.Input))
            .Again(Edits.AddComment(run.Input))
            .AssertNothingRanAgain("several edits");
    }
}

/// <summary>Edits that a binding does not depend on.</summary>
internal static class Edits
{
    internal static CSharpCompilation AddUnrelatedFile(CSharpCompilation compilation) => compilation.AddSyntaxTrees(
        CSharpSyntaxTree.ParseText(
            "internal sealed class Unrelated { public void Log(string text) { } }",
            (CSharpParseOptions)compilation.SyntaxTrees[0].Options));

    internal static CSharpCompilation AddComment(CSharpCompilation compilation) =>
        EachTree(compilation, static root =>
            root.WithLeadingTrivia(root.GetLeadingTrivia().Insert(0, SyntaxFactory.Comment("// moved\n"))));

    internal static CSharpCompilation ChangeBodies(CSharpCompilation compilation) =>
        EachTree(compilation, static root => (CompilationUnitSyntax)new BodyChanger().Visit(root));

    private static CSharpCompilation EachTree(
        CSharpCompilation compilation, Func<CompilationUnitSyntax, CompilationUnitSyntax> edit)
    {
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            compilation = compilation.ReplaceSyntaxTree(
                tree, tree.WithRootAndOptions(edit((CompilationUnitSyntax)tree.GetRoot()), tree.Options));
        }

        return compilation;
    }

    private sealed class BodyChanger : CSharpSyntaxRewriter
    {
        private static readonly ExpressionSyntax Throw = SyntaxFactory.ParseExpression("throw null!");

        public override SyntaxNode? VisitBlock(BlockSyntax node) => node.AddStatements(SyntaxFactory.ThrowStatement());

        public override SyntaxNode? VisitArrowExpressionClause(ArrowExpressionClauseSyntax node) =>
            node.WithExpression(Throw);
    }
}
