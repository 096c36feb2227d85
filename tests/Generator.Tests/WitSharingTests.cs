using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace WasmBindgen.Generator.Tests;

/// <summary>Types of WIT that several assemblies use.</summary>
public sealed class WitSharingTests
{
    private const string Wit = """
        package demo:plugin@1.0.0;

        interface types {
          record point { x: f64, y: f64 }
          variant problem { empty, too-far(point) }
          flags mode { fast }
        }

        interface log {
          use types.{mode};
          write: func(mode: mode, at: list<u8, 4>);
        }

        interface api {
          use types.{point, problem};
          length: func(path: list<point>) -> result<f64, problem>;
        }

        world plugin {
          import log;
          export api;
        }
        """;

    private const string Contracts = """
        using WasmBindgen;
        [WasmImport("demo:plugin/log", Wit = "plugin.wit")] public sealed partial class Log
        {
            public void Write(Demo.Plugin.Mode mode, System.ReadOnlySpan<byte> at) { }
        }
        """;

    private const string Plugin = """
        using WasmBindgen;
        [WasmWorld("plugin.wit")] public sealed partial class Plugin;
        public static class Program
        {
            public static Plugin Run(Store store, Module module) =>
                Plugin.Instantiate(store, module, new Plugin.Imports(new Log()));
        }
        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Types_of_a_referenced_assembly_are_not_generated_again(bool isImage)
    {
        GeneratorRun run = Run(Plugin, Wit, Reference(Contracts, Wit, isImage));
        Assert.Empty(run.Diagnostics);
        Assert.Empty(GeneratorTest.CompilerDiagnostics(run.Output));

        // What the other assembly did not need.
        Assert.Equal(["IApi"], Types(run));
        Assert.Contains("[assembly: ", run.Files["Demo.Plugin.Wit.g.cs"], StringComparison.Ordinal);
        GeneratorTest.AssertIncremental(run);
    }

    [Fact]
    public void Classes_for_guests_resources_are_shared_too()
    {
        const string Shelf = """
            package demo:plugin@1.0.0;
            interface shelf { resource book { constructor(); title: func() -> string; } }
            """;
        GeneratorRun run = Run(
            """
            using WasmBindgen;
            [WasmExport("demo:plugin/shelf", Wit = "plugin.wit")] public sealed partial class Mine;
            public static class Program
            {
                public static Demo.Plugin.Book Run(Mine mine, Theirs theirs) => mine is null ? theirs.NewBook() : mine.NewBook();
            }
            """,
            Shelf,
            Reference(
                "using WasmBindgen; [WasmExport(\"demo:plugin/shelf\", Wit = \"plugin.wit\")] public sealed partial class Theirs;",
                Shelf,
                isImage: true));
        Assert.Empty(run.Diagnostics);
        Assert.Empty(GeneratorTest.CompilerDiagnostics(run.Output));
        Assert.Empty(Types(run));
    }

    [Fact]
    public void Where_nothing_is_left_nothing_is_generated()
    {
        GeneratorRun run = Run(
            Plugin, Wit, Reference(Contracts + "[WasmExport(\"demo:plugin/api\", Wit = \"plugin.wit\")] "
                + "public sealed partial class Api;", Wit));
        Assert.Empty(GeneratorTest.CompilerDiagnostics(run.Output));
        Assert.DoesNotContain("Demo.Plugin.Wit.g.cs", run.Files.Keys);
    }

    [Fact]
    public void A_kind_that_a_part_has_chosen_there_it_has_here()
    {
        GeneratorRun run = Run(Plugin, Wit, Reference(
            Contracts + "namespace Demo.Plugin { public partial record Point; }", Wit));
        Assert.Empty(run.Diagnostics);
        Assert.Empty(GeneratorTest.CompilerDiagnostics(run.Output));
        Assert.Contains("IReadOnlyList<global::Demo.Plugin.Point> path", run.Files["Demo.Plugin.Wit.g.cs"],
            StringComparison.Ordinal);
    }

    [Fact]
    public void Types_of_two_assemblies_make_a_package()
    {
        MetadataReference contracts = Reference(Contracts, Wit);
        CSharpCompilation api = Run(
            "using WasmBindgen; [WasmExport(\"demo:plugin/api\", Wit = \"plugin.wit\")] public partial class Api;",
            Wit,
            contracts).Output;
        GeneratorRun run = Run(Plugin, Wit, contracts, api.WithAssemblyName("Api").ToMetadataReference());
        Assert.Empty(GeneratorTest.CompilerDiagnostics(run.Output));
        Assert.DoesNotContain("Demo.Plugin.Wit.g.cs", run.Files.Keys);
    }

    [Theory]
    [InlineData("", new[] { "IApi", "ILog", "Mode", "Point", "Problem" })]
    [InlineData("[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Demo\")]", new[] { "IApi" })]
    public void Types_that_cannot_be_seen_are_generated(string attribute, string[] types)
    {
        string contracts = Contracts
            .Replace("public sealed", "internal sealed", StringComparison.Ordinal)
            .Replace("using WasmBindgen;", "using WasmBindgen;" + attribute, StringComparison.Ordinal);
        string plugin = Plugin.Split("public static class", StringSplitOptions.None)[0]
            .Replace("public sealed", "internal sealed", StringComparison.Ordinal);
        GeneratorRun run = Run(plugin, Wit, Reference(contracts, Wit));
        Assert.Empty(GeneratorTest.CompilerDiagnostics(run.Output));
        Assert.Equal(types, Types(run));
    }

    [Fact]
    public void A_namespace_that_a_package_has_there_it_has_here()
    {
        GeneratorRun run = Run(Plugin, Wit, Reference(
            Contracts.Replace("Demo.Plugin", "Acme", StringComparison.Ordinal)
                .Replace(
                    "using WasmBindgen;",
                    "using WasmBindgen; [assembly: WitNamespace(\"demo:plugin\", \"Acme\")]",
                    StringComparison.Ordinal),
            Wit));
        Assert.Empty(run.Diagnostics);
        Assert.Empty(GeneratorTest.CompilerDiagnostics(run.Output));
        Assert.Equal(["IApi"], Types(run, "Acme"));
    }

    [Theory]
    [InlineData("flags mode { fast }", "flags mode { fast, slow }", "demo:plugin/types@1.0.0#mode")]
    [InlineData("x: f64, y: f64", "y: f64, x: f64", "demo:plugin/types@1.0.0#point")]
    [InlineData("too-far(point)", "too-far(u32)", "demo:plugin/types@1.0.0#problem")]
    [InlineData("list<u8, 4>", "list<u8, 5>", "demo:plugin/log@1.0.0")]
    public void WBG0430_another_shape_of_a_type(string before, string after, string item)
    {
        GeneratorRun run = Run(
            Plugin, Wit, Reference(Contracts, Wit.Replace(before, after, StringComparison.Ordinal)));
        Diagnostic error = Assert.Single(run.Diagnostics);
        Assert.Equal("WBG0430", error.Id);
        Assert.Equal(
            $"'{item}' has another shape in assembly 'Contracts', which has the types of 'demo:plugin@1.0.0': "
                + "use the same WIT, or say Share=\"false\" on its <WasmGuest> item",
            error.GetMessage(null));
        Assert.Equal("WasmWorld(\"plugin.wit\")", Plugin.Substring(
            error.Location.SourceSpan.Start, error.Location.SourceSpan.Length));
    }

    [Fact]
    public void Another_version_of_one_track_is_the_same_as_long_as_its_shapes_are()
    {
        GeneratorRun run = Run(
            Plugin,
            Wit.Replace("@1.0.0", "@1.4.0", StringComparison.Ordinal).Replace(
                "path: list<point>", "points: list<point>", StringComparison.Ordinal),
            Reference(Contracts, Wit));
        Assert.Empty(run.Diagnostics);
        Assert.Equal(["IApi"], Types(run));
        Assert.Contains("demo:plugin/log@1.4.0", run.Files["Plugin.WasmWorld.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void Who_does_not_share_has_types_of_its_own()
    {
        GeneratorRun run = GeneratorRun.Of(
            GeneratorTest.Compile(Plugin.Split("public static class", StringSplitOptions.None)[0])
                .AddReferences(Reference(Contracts, Wit)),
            InterfaceText.Wit("plugin.wit", Wit, ("Share", "false"), ("Namespace", "Own")));
        Assert.Empty(GeneratorTest.CompilerDiagnostics(run.Output));
        Assert.Equal(["IApi", "ILog", "Mode", "Point", "Problem"], Types(run, "Own"));
    }

    private static GeneratorRun Run(string source, string wit, params MetadataReference[] references) =>
        GeneratorRun.Of(GeneratorTest.Compile(source).AddReferences(references), InterfaceText.Wit("plugin.wit", wit));

    private static MetadataReference Reference(string source, string wit, bool isImage = true)
    {
        GeneratorRun run = GeneratorRun.Of(
            GeneratorTest.Compile(source).WithAssemblyName("Contracts"), InterfaceText.Wit("plugin.wit", wit));
        Assert.Empty(GeneratorTest.CompilerDiagnostics(run.Output));
        return isImage ? run.Output.EmitToImageReference() : run.Output.ToMetadataReference();
    }

    private static IEnumerable<string> Types(GeneratorRun run, string space = "Demo.Plugin")
    {
        INamespaceSymbol? part = run.Output.Assembly.GlobalNamespace;
        foreach (string name in space.Split('.'))
        {
            part = part?.GetNamespaceMembers().SingleOrDefault(one => one.Name == name);
        }

        return (part?.GetTypeMembers() ?? []).Select(static type => type.Name).Order(StringComparer.Ordinal);
    }
}

internal static class Images
{
    /// <summary>A compilation as other projects see it once it is built.</summary>
    internal static MetadataReference EmitToImageReference(this CSharpCompilation compilation)
    {
        using var image = new MemoryStream();
        Assert.True(compilation.Emit(image).Success);
        return MetadataReference.CreateFromImage(image.ToArray());
    }
}
