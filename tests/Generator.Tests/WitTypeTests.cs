using System.Globalization;
using Microsoft.CodeAnalysis;

namespace WasmBindgen.Generator.Tests;

/// <summary>Types of WIT of which their authors have written something.</summary>
public sealed class WitTypeTests
{
    private const string Wit = """
        package demo:plugin@1.0.0;

        interface types {
          record point { x: f64, y: f64 }
          record line { %from: point, to: point, name: option<string> }
          variant problem { empty, too-far(point) }
          enum level { info, warn }
          flags mode { fast, safe }
          resource bucket { get: func(key: string) -> u32; }
        }

        interface api {
          use types.{point, line, problem, level, mode, bucket};
          draw: func(points: list<point>, line: line, level: level, mode: mode) -> result<point, problem>;
          open: func() -> bucket;
        }

        world plugin {
          import api;
        }
        """;

    private const string World = "using WasmBindgen; [WasmWorld(\"plugin.wit\")] public sealed partial class Plugin;\n";

    private const string Span = "System.ReadOnlySpan<Demo.Plugin.Point> points, Demo.Plugin.Line line";

    [Fact]
    public void A_partial_record_is_filled_in()
    {
        GeneratorRun run = Verify("""
            namespace Acme
            {
                [WitType("demo:plugin/types#point")] public partial record Vector2 { public double Length => X + Y; }
                [WitType("demo:plugin/types@1.0.0#problem")] public partial record Trouble;
                [WitType("demo:plugin/types#line")] public readonly partial record struct Segment;
            }
            """);
        INamedTypeSymbol vector = run.Output.GetTypeByMetadataName("Acme.Vector2")!;
        Assert.True(vector.IsReferenceType);
        Assert.Equal(2, vector.InstanceConstructors.Single(static one => one.Parameters.Length == 2).Parameters.Length);
        Assert.Null(run.Output.GetTypeByMetadataName("Demo.Plugin.Point"));
        Assert.Equal(
            "WasmBindgen.Result<Acme.Vector2, Acme.Trouble> Demo.Plugin.IApi.Draw("
                + "System.Collections.Generic.IReadOnlyList<Acme.Vector2> points, Acme.Segment line, "
                + "Demo.Plugin.Level level, Demo.Plugin.Mode mode)",
            Draw(run));
    }

    [Fact]
    public void A_part_of_the_generated_name_chooses_kind_and_accessibility()
    {
        const string Source = """
            using WasmBindgen;
            [WasmWorld("plugin.wit")] internal sealed partial class Plugin;
            namespace Demo.Plugin
            {
                public partial record Point;
                public partial interface IBucket;
                partial record Problem { public string Text => Match(_ => "empty", far => $"{far.Value.X}"); }
            }
            """;
        GeneratorRun run = Verify(Source, "");
        INamedTypeSymbol point = run.Output.GetTypeByMetadataName("Demo.Plugin.Point")!;
        Assert.Equal(Accessibility.Public, point.DeclaredAccessibility);
        Assert.True(point.IsReferenceType);
        Assert.Equal(
            Accessibility.Public, run.Output.GetTypeByMetadataName("Demo.Plugin.IBucket")!.DeclaredAccessibility);
        Assert.Equal(
            Accessibility.Internal, run.Output.GetTypeByMetadataName("Demo.Plugin.IApi")!.DeclaredAccessibility);
        Assert.Contains("IReadOnlyList<Demo.Plugin.Point> points", Draw(run), StringComparison.Ordinal);
    }

    [Fact]
    public void A_struct_with_more_fields_is_not_seen_as_it_lies_in_memory()
    {
        GeneratorRun run = Verify("""
            namespace Demo.Plugin { partial record struct Point { public int Weight { get; init; } } }
            """.Replace("partial record", "public partial record", StringComparison.Ordinal));
        Assert.Contains("IReadOnlyList<Demo.Plugin.Point> points", Draw(run), StringComparison.Ordinal);
        Assert.Contains(Span, Draw(Verify("")), StringComparison.Ordinal);
    }

    [Fact]
    public void Types_with_fields_are_used_as_they_are()
    {
        GeneratorRun run = Verify("""
            namespace Acme
            {
                [WitType("demo:plugin/types#point")] public readonly record struct Vector2(double X, double Y);
                [WitType("demo:plugin/types#line")]
                public sealed record Segment(Vector2 From, Vector2 To, string? Name);
                [WitType("demo:plugin/types#level")] public enum Severity { Info, Warn }
                [WitType("demo:plugin/types#mode")]
                [System.Flags] public enum Modes : byte { None, Fast = 1, Safe = 2 }
            }
            """);
        Assert.Equal(
            "WasmBindgen.Result<Acme.Vector2, Demo.Plugin.Problem> Demo.Plugin.IApi.Draw("
                + "System.ReadOnlySpan<Acme.Vector2> points, Acme.Segment line, Acme.Severity level, Acme.Modes mode)",
            Draw(run));
        Assert.Null(run.Output.GetTypeByMetadataName("Demo.Plugin.Level"));
    }

    [Fact]
    public void A_type_may_have_types_that_are_generated() => Verify("""
        [WitType("demo:plugin/types#line")]
        public sealed record Segment(Demo.Plugin.Point From, Demo.Plugin.Point To, string? Name);
        """);

    [Fact]
    public void A_class_for_a_resource_implements_its_contract()
    {
        GeneratorRun run = Verify("""
            [WitType("demo:plugin/types#bucket")] public sealed partial class FileBucket
            {
                public uint Get(string key) => 0;
            }
            """);
        Assert.Equal(
            ["IBucket"],
            run.Output.GetTypeByMetadataName("FileBucket")!.Interfaces.Select(static one => one.Name));
    }

    [Theory]
    [InlineData("record struct {|V|}(double Y, double X);", "point", "field 1 must be `double X`, and is `double Y`")]
    [InlineData("record struct {|V|}(double X, float Y);", "point", "field 2 must be `double Y`, and is `float Y`")]
    [InlineData("record struct {|V|}(double X);", "point", "field 2 must be `double Y`, and is nothing")]
    [InlineData(
        "record {|V|}(double X, double Y, int Z);", "point", "field 3 must be nothing, and is `int Z`")]
    [InlineData("record {|V|};", "point", "it must have what the record has, or be partial and have no fields")]
    [InlineData("partial class {|V|};", "point", "it must be a record")]
    [InlineData("partial class {|V|};", "problem", "it must be a partial record, of which the cases are generated")]
    [InlineData("partial record {|V|};", "level", "it must be an enum")]
    [InlineData(
        "enum {|V|} { Warn, Info }",
        "level",
        "its members must be `Info = 0`, `Warn = 1`, and are `Warn = 0`, `Info = 1`")]
    [InlineData("enum {|V|} { Fast = 1, Safe = 2 }", "mode", "it must be [Flags]")]
    [InlineData("class {|V|};", "bucket", "it must be a partial class")]
    [InlineData("partial record {|V|}<T>;", "point", "it must be a type of a namespace without type parameters")]
    public void WBG0431_a_type_that_does_not_fit(string declaration, string item, string problem)
    {
        string marked = $"{World}[WitType(\"demo:plugin/types#{item}\")] public {declaration}";
        int start = marked.IndexOf("{|", StringComparison.Ordinal);
        string source = marked.Replace("{|", "", StringComparison.Ordinal).Replace("|}", "", StringComparison.Ordinal);
        GeneratorRun run = Run(source);
        Assert.DoesNotContain(GeneratorTest.CompilerDiagnostics(run.Output), GeneratorTest.IsGenerated);
        Diagnostic error = Assert.Single(run.Diagnostics);
        Assert.Equal("WBG0431", error.Id);
        Assert.Equal(
            $"'V' cannot be 'demo:plugin/types@1.0.0#{item}': {problem}", error.GetMessage(CultureInfo.InvariantCulture));
        Assert.Equal(start, error.Location.SourceSpan.Start);
    }

    [Theory]
    [InlineData(
        "public partial class Outer { [WitType(\"demo:plugin/types#point\")] public partial record {|V|}; }",
        "'V' cannot be 'demo:plugin/types@1.0.0#point': it must be a type of a namespace without type parameters")]
    [InlineData(
        "[WitType(\"demo:plugin/types#point\")] internal partial record {|V|};",
        "'V' cannot be 'demo:plugin/types#point': it is not public, and 'demo:plugin/types@1.0.0#line', which is, has it")]
    [InlineData(
        "[WitType(\"demo:plugin/types#mode\")] [System.Flags] enum {|V|} { Fast = 1, Safe = 2 }",
        "'V' cannot be 'demo:plugin/types#mode': it is not public, and 'demo:plugin/api@1.0.0#draw', which is, has it")]
    [InlineData(
        "namespace Demo.Plugin { public enum {|Level|} { Info, Warn } }",
        "'Demo.Plugin.Level' cannot be 'demo:plugin/types@1.0.0#level': it has its name: rename it, or put "
            + "[WitType(\"demo:plugin/types@1.0.0#level\")] on it to use it as it is")]
    [InlineData(
        "namespace Demo.Plugin { public record struct {|Point|}(double X, double Y); }",
        "'Demo.Plugin.Point' cannot be 'demo:plugin/types@1.0.0#point': it has its name: rename it, or put "
            + "[WitType(\"demo:plugin/types@1.0.0#point\")] on it to use it as it is")]
    [InlineData(
        "namespace Demo.Plugin { public partial class {|Point|}; }",
        "'Demo.Plugin.Point' cannot be 'demo:plugin/types@1.0.0#point': it must be a record")]
    [InlineData(
        "namespace Demo.Plugin { public partial record struct {|Problem|}; }",
        "'Demo.Plugin.Problem' cannot be 'demo:plugin/types@1.0.0#problem': it must be a record class")]
    [InlineData(
        "namespace Demo.Plugin { public interface {|IApi|} { } }",
        "'Demo.Plugin.IApi' cannot be 'demo:plugin/api@1.0.0': it has its name, and is no partial interface: rename it")]
    public void WBG0431_a_type_that_cannot_be_where_it_is(string marked, string message)
    {
        marked = World + marked;
        int start = marked.IndexOf("{|", StringComparison.Ordinal);
        string source = marked.Replace("{|", "", StringComparison.Ordinal).Replace("|}", "", StringComparison.Ordinal);
        GeneratorRun run = Run(source);
        Diagnostic error = Assert.Single(run.Diagnostics, static one => one.Id == "WBG0431");
        Assert.Equal(message, error.GetMessage(CultureInfo.InvariantCulture));
        Assert.Equal(start, error.Location.SourceSpan.Start);
        Assert.DoesNotContain(
            GeneratorTest.CompilerDiagnostics(run.Output),
            one => GeneratorTest.IsGenerated(one) && !source.Contains("IApi", StringComparison.Ordinal));
    }

    [Fact]
    public void A_type_that_nothing_public_has_may_be_internal() => Verify(
        """
        [WitType("demo:plugin/types#mode")] [System.Flags] enum Modes { Fast = 1, Safe = 2 }
        """,
        "using WasmBindgen; [WasmWorld(\"plugin.wit\")] sealed partial class Plugin;\n");

    [Fact]
    public void Types_of_others_cross_by_a_marshaller()
    {
        GeneratorRun run = Verify(
            """
            public sealed class Pairs : IWasmMarshaller<System.Numerics.Complex, (double X, double Y)>
            {
                public static System.Numerics.Complex FromGuest((double X, double Y) value) => new(value.X, value.Y);
                public static (double X, double Y) ToGuest(System.Numerics.Complex value) =>
                    (value.Real, value.Imaginary);
            }
            """,
            """
            using WasmBindgen;
            [assembly: WitType("demo:plugin/types#point", typeof(System.Numerics.Complex), Marshaller = typeof(Pairs))]
            [WasmWorld("plugin.wit")] public sealed partial class Plugin;

            """);
        Assert.Null(run.Output.GetTypeByMetadataName("Demo.Plugin.Point"));
        Assert.Contains("IReadOnlyList<System.Numerics.Complex> points", Draw(run), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "point",
        "IWasmMarshaller<Uri, string>",
        "its marshaller must convert it to `(double, double)`, and converts to `string`")]
    [InlineData("point", "IWasmMarshaller<Type, string>", "its marshaller must convert it to `(double, double)`")]
    [InlineData("level", "IWasmMarshaller<Uri, string>", "only a record can be a type that has a marshaller")]
    public void WBG0431_a_marshaller_that_does_not_fit(string item, string contract, string problem)
    {
        string attribute = $"WitType(\"demo:plugin/types#{item}\", typeof(Uri), Marshaller = typeof(M))";
        string source = $$"""
            using System;
            using WasmBindgen;
            [assembly: {{attribute}}]
            [WasmWorld("plugin.wit")] public sealed partial class Plugin;
            public abstract class M : {{contract}} { }
            """;
        Diagnostic error = Assert.Single(Run(source).Diagnostics);
        Assert.Equal(
            $"'System.Uri' cannot be 'demo:plugin/types@1.0.0#{item}': {problem}",
            error.GetMessage(CultureInfo.InvariantCulture));
        Assert.Equal(
            attribute, source.Substring(error.Location.SourceSpan.Start, error.Location.SourceSpan.Length));
    }

    [Fact]
    public void A_path_that_names_nothing() => Assert.Equal(
        ["WBG0433"],
        Run(World + "[WitType(\"demo:plugin/types#pint\")] public partial record V;").Diagnostics
            .Select(static one => one.Id));

    private static string Draw(GeneratorRun run) => run.Output.GetTypeByMetadataName("Demo.Plugin.IApi")!
        .GetMembers("Draw").Single()
        .ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat
            .WithParameterOptions(SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName)
            .AddMemberOptions(SymbolDisplayMemberOptions.IncludeType));

    private static GeneratorRun Run(string source) =>
        GeneratorRun.Of(GeneratorTest.Compile(source), InterfaceText.Wit("plugin.wit", Wit));

    private static GeneratorRun Verify(string source, string world = World)
    {
        GeneratorRun run = Run(world + source);
        Assert.Empty(run.Diagnostics);
        Assert.Empty(GeneratorTest.CompilerDiagnostics(run.Output));
        GeneratorTest.AssertIncremental(run);
        return run;
    }
}
