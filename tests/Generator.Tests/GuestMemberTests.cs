using Microsoft.CodeAnalysis;

namespace WasmBindgen.Generator.Tests;

/// <summary>Classes that show all that a guest exports.</summary>
public sealed class GuestMemberTests
{
    private const string Source = """
        using WasmBindgen;

        namespace Demo;

        [WasmExport(Guest = "plugin.wasm")]
        [WasmIgnore("secret")]
        public partial class Plugin
        {
            public partial int CountWords(string text);

            public void Exit() { }
        }
        """;

    private static readonly SymbolDisplayFormat s_format = new(
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        memberOptions: SymbolDisplayMemberOptions.IncludeParameters
            | SymbolDisplayMemberOptions.IncludeType
            | SymbolDisplayMemberOptions.IncludeContainingType,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly InterfaceText Guest = new(
        "guests/plugin.wasm",
        """
        (module
          (export "memory" (memory 1))
          (export "__indirect_function_table" (table 1 funcref))
          (export "malloc" (func (param i32) (result i32)))
          (export "free" (func (param i32)))
          (export "_initialize" (func))
          (export "count_words" (func (param i32) (param i32) (result i32)))
          (export "_exit" (func (param $class i32)))
          (export "get-both" (func (param $a_b f32) (param f64) (param i64) (result i32 f64)))
          (export "keep" (func (param externref) (result externref)))
          (export "vector" (func (param v128) (result v128)))
          (export "call" (func (param funcref)))
          (export "counter" (global (mut i32)))
          (export "limit" (global i64))
          (export "held" (global externref))
          (export "handlers" (table 1 10 funcref))
          (export "failed" (tag (param i32)))
          (export "secret" (func))
          (export "3d" (func))
          (export "plugin" (func))
          (export "mixed" (func (result i32 v128)))
          (export "many" (func (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)))
        )
        """);

    [Fact]
    public async Task Everything_that_a_guest_exports_has_a_member()
    {
        GeneratorRun run = GeneratorRun.Of(GeneratorTest.Compile(Source), Guest);

        Assert.Empty(GeneratorTest.CompilerDiagnostics(run.Output));
        Assert.Empty(await GeneratorTest.AnalyzerDiagnosticsAsync(run.Output, Guest));
        INamedTypeSymbol type = run.Output.GetTypeByMetadataName("Demo.Plugin")!;
        Assert.Equal(
            """
            Plugin.Plugin(Instance instance)
            Memory Plugin.Memory { get; }
            int Plugin.CountWords(string text)
            void Plugin.ExitMethod(int @class)
            (int, double) Plugin.GetBoth(float aB, double b, long c)
            object? Plugin.Keep(object? a)
            Vector128<byte> Plugin.Vector(Vector128<byte> a)
            Function Plugin.Call { get; }
            int Plugin.Counter { get; set; }
            long Plugin.Limit { get; }
            object? Plugin.Held { get; }
            Table Plugin.Handlers { get; }
            void Plugin._3d()
            Function Plugin.Mixed { get; }
            Function Plugin.Many { get; }
            void Plugin.PluginMethod()
            void Plugin.Exit()
            """.Split('\n').Order(StringComparer.Ordinal),
            type.GetMembers()
                .Where(static member =>
                    member is { DeclaredAccessibility: Accessibility.Public, IsImplicitlyDeclared: false }
                    and not IMethodSymbol { AssociatedSymbol: not null }
                    and not IMethodSymbol { PartialDefinitionPart: not null })
                .Select(static member => member.ToDisplayString(s_format))
                .Order(StringComparer.Ordinal));
        Snapshot.Verify(run);
    }

    [Fact]
    public void Only_another_guest_or_another_class_writes_the_file_again()
    {
        GeneratorRun run = GeneratorRun.Of(GeneratorTest.Compile(Source), Guest);
        GeneratorTest.AssertIncremental(run);
        GeneratorRun more = run.Again(Guest, new InterfaceText("b.wasm", "(module)"));
        Assert.All(
            more.Step(TrackingNames.ExportClassesOfGuests).Concat(more.Step(TrackingNames.ExportSources)),
            static output => Assert.NotEqual(IncrementalStepRunReason.Modified, output.Reason));

        GeneratorRun changed = run.Again(new InterfaceText("guests/plugin.wasm", "(module (export \"run\" (func)))"));
        Assert.Contains("public void Run()", changed.Files.Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_guest_that_is_not_there_leaves_the_declared_members()
    {
        GeneratorRun run = GeneratorRun.Of(GeneratorTest.Compile(Source));
        Assert.Contains("CountWords", run.Files.Single().Value, StringComparison.Ordinal);
    }
}
