using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WasmBindgen.Generator.Emission;
using WasmBindgen.Generator.Guests;
using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Tests;

/// <summary>Types of WIT that the build compiles: the generator finds them in sources, and leaves them out.</summary>
public sealed class WitCompiledTests
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

        interface unused { enum level { low } }

        world plugin {
          import log;
          export api;
        }
        """;

    private const string Plugin = """
        using WasmBindgen;
        [WasmWorld("plugin.wit")] public sealed partial class Plugin;
        """;

    public static TheoryData<int> Cases => [.. WitSet.Cases.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_text_is_that_of_the_generator(int number)
    {
        string wit = WitSet.Cases[number].Wit;
        WitPackages packages = WitSet.Resolve(wit);
        AssertSameTexts(packages, WitSurfaceTests.BindingOf(number, packages), Input("w/a.wit", wit));
    }

    [Theory]
    [InlineData("0.2.12", "filesystem")]
    [InlineData("0.2.12", "http")]
    [InlineData("0.3.0", "sockets")]
    public void The_text_is_that_of_the_generator_for_wasi(string version, string root)
    {
        WitPackages packages = WitSet.Wasi(version, root);
        EquatableArray<string> own = packages.Packages.Where(static package => package.IsRoot)
            .SelectMany(static package => package.Interfaces)
            .Select(static one => one.Id)
            .ToEquatableArray();
        AssertSameTexts(packages, new WitBinding("Test", null, own, default),
        [
            .. Directory.GetFiles(Path.Combine(WitSet.Folder, "wasi-" + version), "*.wit").Select(path => Input(
                Path.GetFileNameWithoutExtension(path) == root ? "w/root.wit" : $"w/deps/{Path.GetFileName(path)}",
                File.ReadAllText(path),
                ("Source", "w"))),
        ]);
    }

    [Fact]
    public void They_are_left_out_where_the_build_has_compiled_them()
    {
        GeneratorRun run = Run(Plugin);
        Assert.Empty(run.Diagnostics);
        Assert.Empty(GeneratorTest.CompilerDiagnostics(run.Output));
        Assert.Equal(["IApi", "ILog"], Generated(run));
        Assert.Contains("ReadOnlySpan<global::Demo.Plugin.Point> path", run.Files["Demo.Plugin.Wit.g.cs"],
            StringComparison.Ordinal);
        GeneratorTest.AssertIncremental(run);
    }

    [Fact]
    public void Where_the_build_has_not_run_yet_they_are_generated()
    {
        GeneratorRun run = GeneratorRun.Of(
            GeneratorTest.Compile(Plugin), InterfaceText.Wit("plugin.wit", Wit, ("Types", "Compile")));
        Assert.Empty(run.Diagnostics);
        Assert.Empty(GeneratorTest.CompilerDiagnostics(run.Output));
        Assert.Equal(["IApi", "ILog", "Level", "Mode", "Point", "Problem"], Generated(run));
    }

    [Fact]
    public void Other_assemblies_share_them()
    {
        GeneratorRun contracts = Run(
            """
            using WasmBindgen;
            [WasmImport("demo:plugin/log", Wit = "plugin.wit")] public sealed partial class Log
            {
                public void Write(Demo.Plugin.Mode mode, System.ReadOnlySpan<byte> at) { }
            }
            """);
        GeneratorRun run = GeneratorRun.Of(
            GeneratorTest.Compile(Plugin).AddReferences(
                contracts.Output.WithAssemblyName("Contracts").EmitToImageReference()),
            InterfaceText.Wit("plugin.wit", Wit));
        Assert.Empty(run.Diagnostics);
        Assert.Empty(GeneratorTest.CompilerDiagnostics(run.Output));
        Assert.Equal(["IApi"], Generated(run));
    }

    /// <summary>Members may be added; a field changes how it lies in memory.</summary>
    [Theory]
    [InlineData("public double Length => X + Y;", "ReadOnlySpan")]
    [InlineData("public double More { get; init; }", "IReadOnlyList")]
    public void Their_authors_may_add_to_them(string member, string list)
    {
        GeneratorRun run = Run(
            Plugin + $"namespace Demo.Plugin {{ public readonly partial record struct Point {{ {member} }} }}");
        Assert.Empty(run.Diagnostics);
        Assert.Empty(GeneratorTest.CompilerDiagnostics(run.Output));
        Assert.Contains($"{list}<global::Demo.Plugin.Point> path", run.Files["Demo.Plugin.Wit.g.cs"],
            StringComparison.Ordinal);
    }

    [Fact]
    public void Types_with_handles_are_the_generators()
    {
        const string Shelf = """
            package demo:plugin@1.0.0;
            interface shelf {
              resource book { title: func() -> string; }
              record place { row: u8 }
              record entry { place: place, book: book }
              entries: func() -> list<entry>;
            }
            """;
        GeneratorRun run = Run(
            """
            using WasmBindgen;
            [WasmImport("demo:plugin/shelf", Wit = "plugin.wit")] public sealed partial class Mine
            {
                public Demo.Plugin.Entry[] Entries() => [];
            }
            [WasmExport("demo:plugin/shelf", Wit = "plugin.wit")] public sealed partial class Theirs;
            """,
            Shelf);
        Assert.Empty(run.Diagnostics);
        Assert.Empty(GeneratorTest.CompilerDiagnostics(run.Output));
        Assert.Equal(["Book", "Entry", "GuestEntry", "IBook", "IShelf"], Generated(run));
    }

    /// <summary>What a package is called does not depend on which classes there are.</summary>
    [Fact]
    public void Names_are_those_of_all_that_is_compiled()
    {
        const string First = "package demo:first; interface api { use demo:dep/a.{human}; f: func(h: human); } "
            + "package demo:dep { interface a { record human { age: u8 } } }";
        const string Second = "package demo:second; interface api { use demo:dep/b.{human}; f: func(h: human); } "
            + "package demo:dep { interface b { record human { name: string } } }";
        WitInput[] inputs = [Input("first.wit", First), Input("second.wit", Second)];
        GeneratorRun run = GeneratorRun.Of(
            GeneratorTest.Compile(
                [
                    """
                    using WasmBindgen;
                    [WasmExport("demo:first/api", Wit = "first.wit")] sealed partial class First;
                    """,
                    .. Texts(inputs),
                ]),
            InterfaceText.Wit("first.wit", First, ("Types", "Compile")),
            InterfaceText.Wit("second.wit", Second, ("Types", "Compile")));
        Assert.All(run.Diagnostics, static one => Assert.Equal("WBG0442", one.Id));
        Assert.Empty(GeneratorTest.CompilerDiagnostics(run.Output));
        Assert.Equal(["IApi"], Generated(run));
        Assert.Contains("F(global::Demo.Dep.AHuman h)", run.Files["Demo.First.Wit.g.cs"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "", new[] { "Demo.Dep.D", "Demo.Plugin.A", "Demo.Plugin.B", "Demo.Plugin.W" })]
    [InlineData("World", "w", new[] { "Demo.Dep.D", "Demo.Plugin.A", "Demo.Plugin.W" })]
    [InlineData("Namespace", "Own", new[] { "Demo.Dep.D", "Own.A", "Own.B", "Own.W" })]
    [InlineData(
        "Features", "new", new[] { "Demo.Dep.D", "Demo.Plugin.A", "Demo.Plugin.B", "Demo.Plugin.C", "Demo.Plugin.W" })]
    public void Metadata_of_the_item_counts(string name, string value, string[] types)
    {
        const string Two = """
            package demo:plugin;
            interface a { enum a { x } use demo:dep/d.{d}; f: func(d: d); }
            interface b { enum b { x } @unstable(feature = new) enum c { x } }
            world w { record w { x: u8 } import a; import wasi:io/streams; }
            world v { import b; }
            package demo:dep { interface d { enum d { x } } interface e { enum e { x } } }
            package wasi:io { interface streams { enum s { x } } }
            """;
        Assert.Equal(types, WitCompiled.Declare([Input("plugin.wit", Two, (name, value))])
            .SelectMany(static space => space.Types)
            .Select(static type => type.FullName.Replace("global::", "", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Of_wit_that_is_wrong_nothing_is_compiled_and_the_generator_tells()
    {
        const string Wrong = "package demo:plugin; interface types { record point { x: f46 } enum e { x } }";
        Assert.Empty(WitCompiled.Declare([Input("plugin.wit", Wrong)]));
        GeneratorRun run = Run("", Wrong);
        Assert.Equal("WBG0420", Assert.Single(run.Diagnostics).Id);
    }

    [Fact]
    public void A_file_without_the_package_of_its_folder_is_none_alone()
    {
        Diagnostic error = Assert.Single(Run("", "interface types { enum e { x } }").Diagnostics);
        Assert.StartsWith(
            "This file does not say 'package namespace:name;': name its folder, if another one there does",
            error.GetMessage(null),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[assembly: WitName("demo:plugin/types#point", "Dot")]""", "#point", "is 'Demo.Plugin.Dot' here")]
    [InlineData("""[assembly: WitName("demo:plugin/types#point.x", "Left")]""", "#point", "has other names in it here")]
    [InlineData("""[assembly: WitName("demo:plugin/types#mode.fast", "A")]""", "#mode", "has other names in it here")]
    [InlineData("""[assembly: WitNamespace("demo:plugin", "Own")]""", "#point", "is 'Own.Point' here")]
    [InlineData("""[WitType("demo:plugin/types#point")] public partial record Dot;""", "#point", "is 'Dot' here")]
    [InlineData(
        """[WitType("demo:plugin/types#point")] public record struct Dot(double X, double Y);""",
        "#point",
        "is 'Dot' here")]
    public void WBG0435_what_the_build_does_not_see(string source, string item, string differs)
    {
        string bound = Plugin.Replace("[WasmWorld", source + " [WasmWorld", StringComparison.Ordinal);
        foreach (string text in (string[])[bound, "using WasmBindgen; " + source])
        {
            Diagnostic error = Assert.Single(Run(text).Diagnostics);
            Assert.Equal("WBG0435", error.Id);
            Assert.Contains(
                $"'demo:plugin/types@1.0.0{item}' is 'Demo.Plugin.", error.GetMessage(null), StringComparison.Ordinal);
            Assert.Contains(
                $"by Types=\"Compile\", but {differs}: the build does not see [WitName], [WitNamespace] and "
                    + "[WitType], so remove what names it, or Types",
                error.GetMessage(null),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void WBG0422_a_world_that_is_not_there()
    {
        GeneratorRun run = GeneratorRun.Of(
            GeneratorTest.Compile(""),
            InterfaceText.Wit("plugin.wit", Wit, ("Types", "Compile"), ("World", "plug-in")));
        Diagnostic error = Assert.Single(run.Diagnostics);
        Assert.Equal("WBG0422", error.Id);
        Assert.EndsWith(" has no world 'plug-in': it has 'plugin'", error.GetMessage(null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "WBG0435")]
    [InlineData("false", null)]
    public void WBG0435_types_that_a_referenced_assembly_has_too(string share, string? id)
    {
        GeneratorRun contracts = GeneratorRun.Of(
            GeneratorTest.Compile(
                """
                using WasmBindgen;
                [WasmExport("demo:plugin/api", Wit = "plugin.wit")] public sealed partial class Api;
                """),
            InterfaceText.Wit("plugin.wit", Wit));
        GeneratorRun run = GeneratorRun.Of(
            GeneratorTest.Compile([Plugin, .. Texts([Input("plugin.wit", Wit)])]).AddReferences(
                contracts.Output.WithAssemblyName("Contracts").EmitToImageReference()),
            InterfaceText.Wit("plugin.wit", Wit, ("Types", "Compile"), ("Share", share)));
        Assert.Equal(id, run.Diagnostics.SingleOrDefault()?.Id);
        Assert.Equal(
            id is null ? null : "'demo:plugin/types@1.0.0#point' is 'Demo.Plugin.Point' by Types=\"Compile\", but "
                + "assembly 'Contracts' has it too: remove Types, or say Share=\"false\" and a Namespace",
            run.Diagnostics.SingleOrDefault()?.GetMessage(null));
    }

    /// <summary>All types are compiled but those that have handles in them.</summary>
    private static void AssertSameTexts(WitPackages packages, WitBinding binding, params WitInput[] inputs)
    {
        Dictionary<string, DeclaredNamespace> compiled =
            WitCompiled.Declare(inputs).ToDictionary(static space => space.Name);
        foreach (DeclaredNamespace space in
            WitDeclarer.Declare(packages, [binding], WitOptions.Default).Declarations.Namespaces)
        {
            DeclaredNamespace types = space with
            {
                Types = space.Types.Where(static type => !ValuesOf(type).Any(HasHandle)).ToEquatableArray(),
                Contracts = default,
                Handles = default,
            };
            if (!types.IsEmpty)
            {
                Assert.Equal(WitTypeEmitter.Emit(types).Text, WitTypeEmitter.Emit(compiled[space.Name]).Text);
            }

            Assert.Equal(!types.IsEmpty, compiled.Remove(space.Name));
        }

        Assert.Empty(compiled);

        static IEnumerable<Shape> ValuesOf(DeclaredType type) => type switch
        {
            DeclaredRecord record => record.Fields.Select(static field => field.Value),
            DeclaredVariant variant => variant.Cases.Select(static one => one.Value).OfType<Shape>(),
            _ => [],
        };

        static bool HasHandle(Shape value) => value is ResourceShape || value.Parts.Any(HasHandle);
    }

    private static GeneratorRun Run(string source, string wit = Wit) => GeneratorRun.Of(
        GeneratorTest.Compile([source, .. Texts([Input("plugin.wit", wit)])]),
        InterfaceText.Wit("plugin.wit", wit, ("Types", "Compile")));

    private static IEnumerable<string> Texts(IEnumerable<WitInput> inputs) =>
        WitCompiled.Declare(inputs).Select(static space => WitTypeEmitter.Emit(space).Text);

    private static WitInput Input(string path, string text, params (string Name, string Value)[] metadata) =>
        WitInput.Of(
            WitParser.Parse(new WitSource(path, text)),
            "item",
            metadata.FirstOrDefault(static one => one.Name == "Source").Value ?? path,
            name => name == "Types" ? "Compile" : metadata.FirstOrDefault(one => one.Name == name).Value);

    /// <summary>The types that the generator has written.</summary>
    private static IEnumerable<string> Generated(GeneratorRun run) => run.Result.GeneratedTrees
        .Where(static tree => tree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal))
        .SelectMany(static tree => tree.GetRoot().DescendantNodes(static node =>
            node is not BaseTypeDeclarationSyntax))
        .OfType<BaseTypeDeclarationSyntax>()
        .Where(static type => type.Parent is BaseNamespaceDeclarationSyntax)
        .Select(static type => type.Identifier.ValueText)
        .Distinct()
        .Order(StringComparer.Ordinal);
}
