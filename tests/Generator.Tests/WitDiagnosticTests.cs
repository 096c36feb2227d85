using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace WasmBindgen.Generator.Tests;

/// <summary>What is told of classes and the WIT that they name.</summary>
public sealed class WitDiagnosticTests
{
    private const string Wit = """
        package demo:app@1.2.0;

        interface log {
          enum level { info }
          write: func(level: level, text: string) -> u32;
          flush: func();
        }

        interface api {
          parse: func(text: string) -> result<u32, string>;
        }

        world first {
          import log;
          export api;
        }

        world second {
        }
        """;


    [Fact]
    public void WBG0410_an_interface_that_is_not_there() => Reports(
        "[{|WasmImport(\"demo:app/lag\", Wit = \"app.wit\")|}] public partial class A;",
        "WBG0410: 'demo:app/lag' is not in 'app.wit': it has 'demo:app/api@1.2.0', 'demo:app/log@1.2.0'");

    [Fact]
    public void WBG0411_a_function_without_a_method() => Reports(
        """
        [WasmImport("demo:app/log", Wit = "app.wit")] public sealed partial class {|A|}
        {
            public void Flush() { }
        }
        """,
        "WBG0411: 'A' does not implement 'demo:app/log#write': "
            + "add `public uint Write(Demo.App.Level level, string text)`");

    [Theory]
    [InlineData("sealed partial class {|Flush|}", "add `void Demo.App.ILog.Flush()`")]
    [InlineData("static partial class {|Flush|}", "rename the class, since no member of it can have its name")]
    public void WBG0411_a_class_that_is_called_like_a_function(string type, string advice)
    {
        string modifier = type.StartsWith("static", StringComparison.Ordinal) ? "static " : "";
        Reports(
            $"[WasmImport(\"demo:app/log\", Wit = \"app.wit\")] public {type} "
                + $"{{ public {modifier}uint Write(Demo.App.Level level, string text) => 0; }}",
            "WBG0411: 'Flush' does not implement 'demo:app/log#flush': " + advice);
    }

    [Theory]
    [InlineData(
        "uint {|Write|}(string text) => 0;", "in the number of parameters: want `2`, have `1`")]
    [InlineData(
        "uint {|Write|}(Demo.App.Level level, int text) => 0;",
        "in parameter 'text': want `string`, have `int`")]
    [InlineData(
        "int {|Write|}(Demo.App.Level level, Caller caller, string text) => 0;",
        "in its result: want `uint`, have `int`")]
    [InlineData(
        "void {|Write|}(Demo.App.Level level, string text) { }", "in its result: want `uint`, have `void`")]
    public void WBG0412_another_signature(string method, string difference) => Reports(
        "[WasmImport(\"demo:app/log\", Wit = \"app.wit\")] public sealed partial class A { public void Flush() { } "
            + $"public {method} }}",
        "WBG0412: 'Write' differs from 'demo:app/log#write' " + difference);

    [Fact]
    public void WBG0414_a_partial_method_that_is_no_function() => Reports(
        """
        [WasmExport("demo:app/api", Wit = "app.wit")] public sealed partial class A
        {
            public partial Result<uint, string> {|Pars|}(string text);
        }
        """,
        "WBG0414: 'Pars' is declared partial, but 'demo:app/api' has no such function: did you mean 'Parse'?");

    [Fact]
    public void WBG0416_a_static_class_with_resources() => Reports(
        "[WasmImport(\"demo:res/i\", Wit = \"res.wit\")] public static partial class {|A|} { }",
        "WBG0416: 'A' is static and cannot have a contract with resources: make it a class with objects");

    [Fact]
    public void WBG0421_a_package_that_is_not_there() => Reports(
        "[{|WasmImport(\"demo:other/log\", Wit = \"app.wit\")|}] public partial class A;",
        "WBG0421: Package 'demo:other' is not in 'app.wit' nor its deps: found 'demo:app@1.2.0'");

    [Theory]
    [InlineData("", "the worlds 'first', 'second': say World = \"first\"")]
    [InlineData(", World = \"third\"", "no world 'third': it has 'first', 'second'")]
    public void WBG0422_which_world(string world, string message) => Reports(
        $"[{{|WasmWorld(\"app.wit\"{world})|}}] public partial class A;", "WBG0422: 'app.wit' has " + message);

    [Fact]
    public void WBG0426_WIT_that_is_not_there() => Reports(
        "[{|WasmImport(\"demo:app/log\", Wit = \"apps.wit\")|}] public partial class A;",
        "WBG0426: 'apps.wit' is no WIT of the project: is it under the project, or excluded?");

    [Theory]
    [InlineData("WasmWorld(null!)")]
    [InlineData("WasmWorld(\"\")")]
    [InlineData("WasmImport(\"demo:app/log\", Wit = \"\")")]
    [InlineData("WasmExport(Wit = \"\")")]
    public void WBG0426_no_WIT_at_all(string attribute) => Reports(
        $"[{{|{attribute}|}}] public partial class A;",
        "WBG0426: '' is no WIT of the project: name a file or folder, such as \"plugin.wit\"");

    [Fact]
    public void WBG0410_what_a_world_itself_exports() => Reports(
        "[{|WasmExport(\"$root\", Wit = \"app.wit\", World = \"first\")|}] public partial class A;",
        "WBG0410: '$root' is not in 'app.wit': leave it out, and the class shows all that a world exports");

    private static void Reports(string marked, string message)
    {
        (string source, List<string> places) = Unmark("using WasmBindgen;\n" + marked);
        GeneratorRun run = GeneratorRun.Of(
            GeneratorTest.Compile(source),
            InterfaceText.Wit("app.wit", Wit),
            InterfaceText.Wit("res.wit", "package demo:res; interface i { resource r { constructor(); } }"));
        Diagnostic error = Assert.Single(run.Diagnostics);
        Assert.Equal(message, Text(error));
        Assert.Equal(places, [source.Substring(error.Location.SourceSpan.Start, error.Location.SourceSpan.Length)]);
    }

    [Fact]
    public void WBG0413_a_method_that_is_nearly_one_of_the_contract()
    {
        const string Source = """
            using WasmBindgen;
            [WasmImport("demo:app/log", Wit = "app.wit")] public sealed partial class A
            {
                public uint Write(Demo.App.Level level, string text) => 0;
                public void Flsh() { }
            }
            """;
        GeneratorRun run = GeneratorRun.Of(GeneratorTest.Compile(Source), InterfaceText.Wit("app.wit", Wit));
        Assert.Equal(
            [
                "WBG0411: 'A' does not implement 'demo:app/log#flush': add `public void Flush()`",
                "WBG0413: 'Flsh' is no function of 'demo:app/log' and not called by guests: did you mean 'Flush'?",
            ],
            run.Diagnostics.Select(Text).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void WBG0420_text_that_is_no_WIT() =>
        ReportsInWit("package a:b; interface i { f: func( }", "WBG0420", 1, 37);

    [Fact]
    public void WBG0421_a_package_that_WIT_uses() =>
        ReportsInWit("package a:b;\ninterface i { use other:pkg/x.{t}; f: func(); }", "WBG0421", 2, 19);

    [Fact]
    public void WBG0423_more_flags_than_there_can_be() => ReportsInWit(
        "package a:b; interface i { flags f { "
            + string.Join(", ", Enumerable.Range(0, 33).Select(static i => $"flag{i}")) + " } g: func(f: f); }",
        "WBG0423",
        1,
        34);

    [Fact]
    public void WBG0424_what_is_not_supported() =>
        ReportsInWit("package a:b; interface i { f: async func(); }", "WBG0424", 1, 28);

    [Fact]
    public void WBG0424_what_is_not_supported_at_each_class_that_has_it()
    {
        const string Source = """
            using WasmBindgen;
            [WasmImport("a:b/i", Wit = "app.wit")] public sealed partial class Import;
            [WasmExport("a:b/j", Wit = "app.wit")] public sealed partial class Export;
            [WasmWorld("app.wit")] public sealed partial class World;
            """;
        const string Text = """
            package a:b;
            interface i { resource r { wait: async func(); } }
            interface j { f: func(); }
            world w { import i; export pipe: func() -> stream<u8>; }
            """;
        GeneratorRun run = GeneratorRun.Of(GeneratorTest.Compile(Source), InterfaceText.Wit("app.wit", Text));
        Assert.Equal(
            ["(2,2) a:b/i#r.wait", "(4,2) a:b/i#r.wait", "(4,2) a:b/w#pipe"],
            run.Diagnostics.Where(static one => one is { Id: "WBG0424" } && one.Properties.ContainsKey("Skip"))
                .Select(static one => (one.Location.GetLineSpan().StartLinePosition, Skip: one.Properties["Skip"]))
                .Select(static one => $"({one.Item1.Line + 1},{one.Item1.Character + 1}) {one.Skip}")
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void WBG0432_versions_of_one_track() => ReportsInWit(
        """
        package a:b;
        interface i { use c:d/j@1.0.0.{e}; use c:d/j@1.1.0.{e as f}; g: func(e: e, f: f); }
        package c:d@1.0.0 { interface j { enum e { x } } }
        package c:d@1.1.0 { interface j { enum e { x, y } } }
        """,
        "WBG0432",
        3,
        40);

    [Fact]
    public void WBG0434_a_feature_that_is_not_asked_for() => ReportsInWit(
        "package a:b; interface i { @unstable(feature = x) type t = u8; f: func(t: t); }", "WBG0434", 1, 64);

    [Fact]
    public void WBG0442_names_that_meet() => ReportsInWit(
        "package a:b; interface i { f-a: func(); f: func(); f-a1: func(); to-string: func(); a12: func(); a-12: func(); }",
        "WBG0442",
        1,
        98);

    /// <summary>What is wrong with WIT is told once at its line.</summary>
    private static void ReportsInWit(string wit, string id, int line, int column)
    {
        const string Source = """
            using WasmBindgen;
            [WasmImport("a:b/i", Wit = "app.wit")] public sealed partial class A;
            [WasmImport("a:b/i", Wit = "app.wit")] public sealed partial class B;
            """;
        GeneratorRun run = GeneratorRun.Of(GeneratorTest.Compile(Source), InterfaceText.Wit("app.wit", wit));
        Diagnostic error = Assert.Single(
            run.Diagnostics, one => one.Id == id && one.Location.GetLineSpan().Path == "app.wit");
        FileLinePositionSpan span = error.Location.GetLineSpan();
        Assert.Equal(
            ("app.wit", line - 1, column - 1),
            (span.Path, span.StartLinePosition.Line, span.StartLinePosition.Character));
    }

    [Fact]
    public void A_broken_file_silences_no_other()
    {
        const string Source = """
            using WasmBindgen;
            [WasmImport("a:b/i", Wit = "bad.wit")] public sealed partial class A;
            [WasmWorld("app.wit", World = "first")] public sealed partial class B;
            """;
        GeneratorRun run = GeneratorRun.Of(
            GeneratorTest.Compile(Source),
            InterfaceText.Wit("bad.wit", "package a:b; interface i { f: func( }"),
            InterfaceText.Wit("app.wit", Wit));
        Assert.Contains("B.WasmWorld.g.cs", run.Files.Keys);
        Assert.All(run.Diagnostics, static one => Assert.Equal("WBG0420", one.Id));
        Assert.Contains(
            run.Output.GetDiagnostics(),
            static one => one.Id == "CS1029" && one.GetMessage(CultureInfo.InvariantCulture).Contains("bad.wit(1,"));
        Assert.DoesNotContain(
            run.Output.GetDiagnostics(),
            static one => one.Location.SourceTree?.FilePath.Contains("B.Wasm", StringComparison.Ordinal) == true);
    }

    [Theory]
    [InlineData("WitName(\"demo:app/log#levl\", \"X\")", "did you mean 'demo:app/log#level'?")]
    [InlineData("WitName(\"demo:app/log@1.0.0#levl\", \"X\")", "did you mean 'demo:app/log#level'?")]
    [InlineData("WitName(\"nothing\", \"X\")", "write it like 'demo:plugin/types#point.x'")]
    [InlineData("WitNamespace(\"demo:ap\", \"X\")", "did you mean 'demo:app'?")]
    [InlineData("WitNamespace(\"demo:app/lag\", \"X\")", "did you mean 'demo:app/log'?")]
    [InlineData("WitType(\"demo:app/log#lvel\", typeof(int))", "did you mean 'demo:app/log#level'?")]
    public void WBG0433_a_path_that_names_nothing(string attribute, string advice)
    {
        string path = attribute.Split('"')[1];
        Reports(
            $"[assembly: {{|{attribute}|}}]\n"
                + "[WasmWorld(\"app.wit\", World = \"first\")] public sealed partial class B;",
            $"WBG0433: '{path}' names nothing in the project's WIT: {advice}");
    }

    [Theory]
    [InlineData("demo:app/log#level")]
    [InlineData("demo:app/log@1.2.0#level")]
    [InlineData("demo:app/log@1.0.0#level")]
    [InlineData("demo:app/log@1#level")]
    public void Names_are_given_to_what_is_there(string path)
    {
        string source = $$"""
            using WasmBindgen;
            [assembly: WitNamespace("demo:app", "Acme.Plugins")]
            [assembly: WitName("{{path}}", "Severity")]
            [WasmWorld("app.wit", World = "first")] public sealed partial class B;
            """;
        GeneratorRun run = GeneratorRun.Of(GeneratorTest.Compile(source), InterfaceText.Wit("app.wit", Wit));
        Assert.Empty(run.Diagnostics);
        Assert.NotNull(run.Output.GetTypeByMetadataName("Acme.Plugins.Severity"));
        Assert.NotNull(run.Output.GetTypeByMetadataName("Acme.Plugins.ILog"));
    }

    [Theory]
    [InlineData("demo:app/log#write", "demo:app/log#write", "demo:app/log#write")]
    [InlineData("demo:app/log@1.2.0#write", "demo:app/log@1.0.0#write", "demo:app/log@1.0.0#write")]
    [InlineData("demo:app/log@1.2.0#write", "demo:app/log#write", "demo:app/log#write")]
    public void WBG0441_two_names_for_one_item(string first, string second, string told)
    {
        string source = $$"""
            using WasmBindgen;
            [assembly: WitName("{{first}}", "One")]
            [assembly: WitName("{{second}}", "Two")]
            [WasmWorld("app.wit", World = "first")] public sealed partial class B;
            """;
        GeneratorRun run = GeneratorRun.Of(GeneratorTest.Compile(source), InterfaceText.Wit("app.wit", Wit));
        Assert.NotEmpty(run.Diagnostics);
        Assert.All(run.Diagnostics, one => Assert.StartsWith(
            $"WBG0441: '{told}' is given both '", Text(one), StringComparison.Ordinal));
        Assert.Contains(run.Diagnostics, static one => one.Location.GetLineSpan().StartLinePosition.Line == 2);
    }

    [Fact]
    public void WBG0441_two_namespaces_for_one_package() => Reports(
        """
        [assembly: WitNamespace("demo:app@1", "One")]
        [assembly: {|WitNamespace("demo:app@1.2.0", "Two")|}]
        [WasmWorld("app.wit", World = "first")] public sealed partial class B;
        """,
        "WBG0441: 'demo:app@1.2.0' is given both 'One' and 'Two': remove one");

    [Fact]
    public void WBG0431_two_types_for_one_item()
    {
        const string Source = """
            using WasmBindgen;
            [WasmWorld("app.wit", World = "first")] public sealed partial class B;
            [WitType("demo:app/log#level")] public enum One { Info }
            [WitType("demo:app/log@1.2.0#level")] public enum Two { Info }
            """;
        GeneratorRun run = GeneratorRun.Of(GeneratorTest.Compile(Source), InterfaceText.Wit("app.wit", Wit));
        Diagnostic error = Assert.Single(run.Diagnostics);
        Assert.Equal("WBG0431: 'One' cannot be 'demo:app/log#level': it is 'Two' already", Text(error));
    }

    [Fact]
    public void WBG0425_an_item_gives_its_package_a_namespace_a_world_and_features()
    {
        const string Text = """
            package demo:app;
            interface log { @unstable(feature = fast) turbo: func(); }
            world first { import log; }
            world second { import log; }
            """;
        const string Source = """
            using WasmBindgen;
            [WasmWorld("app.wit")] internal sealed partial class B;
            """;
        GeneratorRun run = GeneratorRun.Of(
            GeneratorTest.Compile(Source),
            InterfaceText.Wit(
                "app.wit", Text, ("Namespace", "Acme"), ("World", "second"), ("Features", "fast, slow")));
        Assert.Equal(["WBG0425: Feature 'slow' is in no WIT file: remove it, or correct its name"], run.Diagnostics.Select(WitDiagnosticTests.Text));
        INamedTypeSymbol contract = run.Output.GetTypeByMetadataName("Acme.ILog")!;
        Assert.Equal(Accessibility.Internal, contract.DeclaredAccessibility);
        Assert.Single(contract.GetMembers("Turbo"));
    }

    [Theory]
    [InlineData(
        "namespace Demo { [WasmWorld(\"app.wit\", World = \"first\")] public partial class {|App|}; }", "Demo.App")]
    [InlineData("[WasmWorld(\"app.wit\", World = \"first\")] public partial class {|Demo|};", "Demo")]
    public void WBG0440_a_class_that_is_a_namespace_too(string marked, string name) => Reports(
        marked,
        $"WBG0440: Namespace 'Demo.App' of 'demo:app@1.2.0' cannot be beside the class '{name}': rename the class, or "
            + "give the package another namespace by [assembly: WitNamespace]");

    [Fact]
    public void WBG0443_types_like_those_that_are_imported_implicitly() => ReportsInWit(
        "package a:b;\ninterface i { enum level { a }\n enum file-mode { b } f: func(m: file-mode, l: level); }",
        "WBG0443",
        3,
        7);

    [Theory]
    [InlineData("WitNamespace(\"demo:app\", \"class.1a b; }\")", "'class.1a b; }' is no namespace", "demo:app")]
    [InlineData("WitNamespace(\"demo:app\", \"\")", "'' is no namespace", "demo:app")]
    [InlineData("WitName(\"demo:app/log#write\", \"class\")", "'class' is no name", "demo:app/log#write")]
    [InlineData("WitName(\"demo:app/log#write\", \"a b\")", "'a b' is no name", "demo:app/log#write")]
    public void WBG0444_a_name_that_is_none(string attribute, string message, string path)
    {
        string source =
            $"using WasmBindgen; [assembly: {attribute}] [WasmWorld(\"app.wit\", World = \"first\")] partial class B;";
        GeneratorRun run = GeneratorRun.Of(GeneratorTest.Compile(source), InterfaceText.Wit("app.wit", Wit));
        Assert.Equal(
            [$"WBG0444: {message} in C#: choose another for '{path}'"], run.Diagnostics.Select(Text));
        Assert.Empty(GeneratorTest.CompilerDiagnostics(run.Output));
    }

    [Fact]
    public void WBG0432_files_of_one_version()
    {
        const string Source = """
            using WasmBindgen;
            [WasmImport("d:s/i", Wit = "one.wit")] public sealed partial class A { public void F(D.S.P p) { } }
            [WasmImport("d:s/i", Wit = "two.wit")] public sealed partial class C { public void F(D.S.P p) { } }
            """;
        GeneratorRun run = GeneratorRun.Of(
            GeneratorTest.Compile(Source),
            InterfaceText.Wit("one.wit", "package d:s@1.0.0; interface i { record p { x: u8 } f: func(p: p); }"),
            InterfaceText.Wit("two.wit", "package d:s@1.0.0; interface i { record p { x: u16 } f: func(p: p); }"));
        Assert.Equal(
            [
                "WBG0432: 'd:s' 1.0.0 and 1.0.0 are one track, but 'p' differs: record { x: u16 } / record { x: u8 } "
                    + "in one.wit(1,30)",
            ],
            run.Diagnostics.Select(Text));
    }

    [Fact]
    public void WBG0441_a_name_that_is_given_twice()
    {
        const string Source = """
            using WasmBindgen;
            [assembly: WitName("demo:app/log#write", "Same")]
            [assembly: WitName("demo:app/log#flush", "Same")]
            [WasmWorld("app.wit", World = "first")] public sealed partial class B;
            """;
        GeneratorRun run = GeneratorRun.Of(GeneratorTest.Compile(Source), InterfaceText.Wit("app.wit", Wit));
        Assert.Equal(
            [
                "WBG0441: 'Same' is given to both 'demo:app/log@1.2.0#write' and 'demo:app/log@1.2.0#flush' by "
                    + "[WitName]: give one of them another",
            ],
            run.Diagnostics.Select(Text));
    }

    [Fact]
    public async Task Guests_are_compared_with_what_WIT_says()
    {
        const string Source = """
            using WasmBindgen;
            [WasmWorld("app.wit", World = "first")] public sealed partial class {|B|};
            """;
        InterfaceText guest = new(
            "plugin.wasm",
            """
            (module
              (import "demo:app/log@1.2.0" "write" (func (param i32 i32 i32) (result i32)))
              (import "demo:app/log@1.2.0" "read" (func (result i32)))
              (import "other" "f" (func)))
            """);
        (string source, _) = Unmark(Source);
        ImmutableArray<Diagnostic> reported =
            await GuestTest.DiagnosticsAsync(source, guest, InterfaceText.Wit("app.wit", Wit));
        Assert.Equal(
            [
                "WBG0401: 'plugin.wasm' imports 'demo:app/log@1.2.0.read' (func (result i32)), which 'B' does not "
                    + "have: add `the function to its WIT`",
                "WBG0401: 'plugin.wasm' imports 'other.f' (func), which the project does not have: "
                    + "add `[WasmImport(\"other\")] … void F()`",
            ],
            reported.Select(Text).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_class_of_what_a_guest_tells_of_itself_fits_it()
    {
        const string Source = """
            using WasmBindgen;
            [WasmExport(Guest = "plugin.wasm")] public sealed partial class B
            {
                public sealed partial class ApiExports
                {
                    public partial GuestResult<Result<uint, string>> Parse(string text);
                }
            }
            """;
        InterfaceText[] guest =
        [
            new(
                "plugin.wasm",
                """
                (module
                  (import "demo:app/log@1.2.0" "write" (func (param i32 i32 i32) (result i32)))
                  (export "memory" (memory 1))
                  (export "cabi_realloc" (func (param i32 i32 i32 i32) (result i32)))
                  (export "demo:app/api@1.2.0#parse" (func (param i32 i32) (result i32))))
                """,
                ("Verify", "false")),
            InterfaceText.WitOf("plugin.wasm", Wit.Replace("world second {\n}", "", StringComparison.Ordinal)),
        ];
        GeneratorRun run = GeneratorRun.Of(GeneratorTest.Compile(Source), guest);
        Assert.Empty(run.Diagnostics);
        Assert.Empty(GeneratorTest.CompilerDiagnostics(run.Output));
        Assert.Empty(await GeneratorTest.AnalyzerDiagnosticsAsync(run.Output, guest));
    }

    [Theory]
    [InlineData("1.0.0", true)]
    [InlineData("2.0.0", false)]
    [InlineData("1.2.0-rc", false)]
    public async Task Guests_of_another_version_are_served_in_one_track(string version, bool isServed)
    {
        const string Source = """
            using WasmBindgen;
            [WasmWorld("app.wit", World = "first")] public sealed partial class B;
            [WasmImport("demo:other/log@1.1.0")] public sealed partial class C { public void Write() { } }
            """;
        InterfaceText guest = new(
            "plugin.wasm",
            $"""
            (module
              (import "demo:app/log@{version}" "write" (func (param i32 i32 i32) (result i32)))
              (import "demo:other/log@{version}" "write" (func)))
            """);
        ImmutableArray<Diagnostic> reported =
            await GuestTest.DiagnosticsAsync(Source, guest, InterfaceText.Wit("app.wit", Wit));
        Assert.Equal(isServed, reported.IsEmpty);
    }

    [Theory]
    [InlineData("new B.Imports({|null!|})")]
    [InlineData("new(Log: {|default!|})")]
    [InlineData("new((Demo.App.ILog){|null!|})")]
    [InlineData("new B.Imports(Other()) with { Log = {|null!|} }")]
    [InlineData("new(Other())")]
    public async Task WBG0445_an_import_without_an_implementation(string marked)
    {
        int start = marked.IndexOf("{|", StringComparison.Ordinal);
        string expression = marked.Replace("{|", "", StringComparison.Ordinal).Replace("|}", "", StringComparison.Ordinal);
        string source = $$"""
            using WasmBindgen;
            [WasmWorld("app.wit", World = "first")] public sealed partial class B
            {
                public static Imports Make() => {{expression}};
                private static Demo.App.ILog Other() => throw null!;
            }
            """;
        InterfaceText wit = InterfaceText.Wit("app.wit", Wit);
        GeneratorRun run = GeneratorRun.Of(GeneratorTest.Compile(source), wit);
        ImmutableArray<Diagnostic> reported = await GeneratorTest.AnalyzerDiagnosticsAsync(run.Output, wit);
        Assert.Equal(
            start < 0 ? [] : ["WBG0445: 'Log' of world 'B' has no implementation: give it an object in place of null"],
            reported.Select(Text));
    }

    private static string Text(Diagnostic diagnostic) =>
        $"{diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}";

    private static (string Source, List<string> Marked) Unmark(string marked)
    {
        int start = marked.IndexOf("{|", StringComparison.Ordinal);
        int end = marked.IndexOf("|}", StringComparison.Ordinal);
        return (
            marked.Replace("{|", "", StringComparison.Ordinal).Replace("|}", "", StringComparison.Ordinal),
            [marked[(start + 2)..end]]);
    }
}
