using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WasmBindgen.Generator.Analyzers;

namespace WasmBindgen.Generator.Tests;

public sealed class HostMethodSuppressorTests
{
    [Fact]
    public async Task Only_host_functions_may_stay_instance_methods()
    {
        GeneratorRun run = GeneratorRun.Of(GeneratorTest.Compile(
            """
            using WasmBindgen;
            [WasmImport("env")] public sealed partial class Env
            {
                public int HostFunction(int a) => a;
                [WasmIgnore] public int Ignored(int a) => a;
                private int Private(int a) => a;
            }
            public sealed class Other { public int Unrelated(int a) => a; }
            """));
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: true,
            logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: true);
        ImmutableArray<Diagnostic> diagnostics = await run.Output
            .WithAnalyzers([new CanBeStaticAnalyzer(), new HostMethodSuppressor()], options)
            .GetAnalyzerDiagnosticsAsync();

        Assert.Equal(
            [("HostFunction", true), ("Ignored", false), ("Private", false), ("Unrelated", false)],
            diagnostics.Select(static diagnostic => (diagnostic.GetMessage(null), diagnostic.IsSuppressed)).Order());
    }

#pragma warning disable RS1029, RS1036, RS1041, RS2008 // no compiler ever loads this stand-in
    /// <summary>Says CA1822 of every method, as the real analyzer says it of those that do not use `this`.</summary>
    [DiagnosticAnalyzer(LanguageNames.CSharp)]
    private sealed class CanBeStaticAnalyzer : DiagnosticAnalyzer
    {
        private static readonly DiagnosticDescriptor CanBeStatic = new(
            "CA1822", "Mark members as static", "{0}", "Performance", DiagnosticSeverity.Warning,
            isEnabledByDefault: true);

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [CanBeStatic];

        public override void Initialize(AnalysisContext context)
        {
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.EnableConcurrentExecution();
            context.RegisterSymbolAction(
                static action =>
                {
                    if (action.Symbol is IMethodSymbol { MethodKind: MethodKind.Ordinary } method)
                    {
                        action.ReportDiagnostic(Diagnostic.Create(CanBeStatic, method.Locations[0], method.Name));
                    }
                },
                SymbolKind.Method);
        }
    }
}
