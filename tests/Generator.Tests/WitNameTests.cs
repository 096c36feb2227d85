using Microsoft.CodeAnalysis;

namespace WasmBindgen.Generator.Tests;

/// <summary>Names of WIT that meet those of classes, and of what is generated in them.</summary>
public sealed class WitNameTests
{
    [Fact]
    public void A_class_that_is_called_like_a_function_of_its_interface()
    {
        GeneratorRun run = Compiles(
            """
            using Demo.App;
            using WasmBindgen;

            [WasmImport("demo:app/run", Wit = "app.wit")]
            public sealed partial class Run
            {
                uint IRun.Run(string text) => 1;
                public void Stop() { }
            }

            namespace Calls
            {
                [WasmExport("demo:app/run", Wit = "app.wit")]
                public sealed partial class Run
                {
                }

                [WasmExport("demo:app/run", Wit = "app.wit", Cancellable = true)]
                public sealed partial class Stop
                {
                    public static uint Use(IRun contract, Stop guest) => contract.Run("x") + guest.Run("x");
                }
            }
            """,
            "package demo:app; interface run { run: func(text: string) -> u32; stop: func(); }");
        Assert.Equal(
            ["RunMethod", "Stop"],
            Methods(run, "Calls.Run"));
        Assert.Equal(["Run", "StopMethod", "Use"], Methods(run, "Calls.Stop"));
    }

    [Fact]
    public void Exports_that_are_called_like_what_is_generated_for_others()
    {
        GeneratorRun run = Compiles(
            """
            using WasmBindgen;
            [WasmWorld("app.wit")] public sealed partial class World;
            [WasmWorld("app.wit")] public sealed partial class XExports;
            [WasmWorld("app.wit")] public sealed partial class Slots;
            """,
            """
            package demo:app@1.1.0;
            interface x { x-exports: func() -> string; x: func(); slots: func(a: string); has-new: func(); }
            interface x-exports { f: func(); }
            interface define { f: func(); }
            interface has-late { f: func(); }
            world app {
              export x;
              export other:app/x;
              export x-exports;
              export define;
              export has-late;
              export x-exports-exports: func();
              export slots: func(a: string) -> string;
              export define-resources: func();
              export instantiate: func();
              export thunks: func();
              @since(version = 1.1.0) export late: func();
            }
            package other:app { interface x { f: func(); } }
            """);
        INamedTypeSymbol world = run.Output.GetTypeByMetadataName("World")!;
        Assert.Equal(
            ["DefineExports", "HasLateExports", "XExports", "XExportsExports", "XInterfaceExports"],
            world.GetTypeMembers().Where(static one => one.DeclaredAccessibility == Accessibility.Public)
                .Select(static one => one.Name).Order(StringComparer.Ordinal));
        Assert.Single(world.GetTypeMembers("XExports")[0].GetMembers("XExportsMethod"));
    }

    [Fact]
    public void Resources_and_functions_that_are_called_like_what_is_generated()
    {
        Compiles(
            """
            using WasmBindgen;
            [WasmWorld("app.wit")] public sealed partial class World;
            [WasmExport("demo:app/x", Wit = "app.wit")] public sealed partial class X;
            """,
            """
            package demo:app;
            interface x {
              resource r {
                constructor(); %resource: func(); functions: func() -> string; dispose: func(); slots: func(a: string);
                r: func();
              }
              define-resources: func();
              instance: func(a: string, instance: string, exports: string, call: string, memory: string, slots: string);
            }
            interface i {
              resource r { constructor(); thunks: func(); drop: func(); }
              allocation: func(host: string, context: string, caller: string, slots: string, count: string);
              define: func(%result: string, outcome: string, exception: string, memory: string, parameters: string);
              thunks: func(call: string, handles: string, linker: string, self: string);
              add-to: func();
              main: func();
            }
            world app { import i; export x; }
            """);
    }

    [Theory]
    [InlineData("protected partial class World;", Accessibility.Public)]
    [InlineData("protected internal partial class World;", Accessibility.Public)]
    [InlineData("private protected partial class World;", Accessibility.Internal)]
    [InlineData("private partial class World;", Accessibility.Internal)]
    public void Types_are_as_visible_as_a_nested_class(string declaration, Accessibility accessibility)
    {
        GeneratorRun run = Compiles(
            $$"""using WasmBindgen; public partial class Outer { [WasmWorld("app.wit")] {{declaration}} }""",
            "package demo:app; interface i { enum e { x } f: func(e: e); } world app { import i; export i; }");
        Assert.Equal(accessibility, run.Output.GetTypeByMetadataName("Demo.App.E")!.DeclaredAccessibility);
    }

    [Theory]
    [InlineData("demo:app/i#point.x", "ToString")]
    [InlineData("demo:app/i#point.x", "Equals")]
    [InlineData("demo:app/i#point.x", "Point")]
    [InlineData("demo:app/i#problem.empty", "Match")]
    [InlineData("demo:app/i#problem.empty", "Problem")]
    [InlineData("demo:app/i#level.info", "value__")]
    [InlineData("demo:app/i#f", "GetHashCode")]
    [InlineData("demo:app/i@1.0.0#file.read", "Dispose")]
    [InlineData("demo:app/app#run", "Instantiate")]
    public void WBG0444_a_name_that_is_kept(string path, string name)
    {
        string source = $$"""
            using WasmBindgen;
            [assembly: WitName("{{path}}", "{{name}}")]
            [WasmWorld("app.wit")] public sealed partial class World;
            """;
        GeneratorRun run = GeneratorRun.Of(
            GeneratorTest.Compile(source),
            InterfaceText.Wit(
                "app.wit",
                """
                package demo:app@1.0.0;
                interface i {
                  record point { x: u32 }
                  variant problem { empty, far(point) }
                  enum level { info }
                  resource file { read: func(); }
                  f: func(level: level, file: borrow<file>) -> result<point, problem>;
                }
                world app { import i; export run: func(); }
                """));
        Diagnostic error = Assert.Single(run.Diagnostics);
        Assert.Equal(
            $"WBG0444: '{name}' is no free name in C#: choose another for '{path}'",
            $"{error.Id}: {error.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}");
        Assert.Equal(1, error.Location.GetLineSpan().StartLinePosition.Line);
        Assert.Empty(GeneratorTest.CompilerDiagnostics(run.Output));
    }

    [Fact]
    public void A_parameter_may_be_given_a_name()
    {
        GeneratorRun run = Compiles(
            """
            using WasmBindgen;
            [assembly: WitName("demo:app/i#f.a", "first")]
            [assembly: WitName("demo:app/i#file.constructor.p", "path")]
            [assembly: WitName("demo:app/i@1.0.0#file.read.n", "count")]
            [assembly: WitName("demo:app/app#run.t", "text")]
            [assembly: WitName("demo:app/i#left.out", "gone")]
            [WasmWorld("app.wit", Skip = ["left"])] public sealed partial class App;
            """,
            """
            package demo:app@1.0.0;
            interface i {
              resource file { constructor(p: string); read: func(n: u8); }
              f: func(a: u8, first: u8, %class: u8);
              left: func(out: u8);
            }
            world app { import i; export run: func(t: string); }
            """);
        Assert.Equal(["first", "firstArg", "class"], Parameters(run, "Demo.App.II", "F"));
        Assert.Equal(["path"], Parameters(run, "Demo.App.II", "NewFile"));
        Assert.Equal(["count"], Parameters(run, "Demo.App.IFile", "Read"));
        Assert.Equal(["text"], Parameters(run, "App", "Run"));
    }

    private static IEnumerable<string> Parameters(GeneratorRun run, string type, string method) => run.Output
        .GetTypeByMetadataName(type)!.GetMembers(method).OfType<IMethodSymbol>().Single()
        .Parameters.Select(static one => one.Name);

    private static IEnumerable<string> Methods(GeneratorRun run, string type) => run.Output
        .GetTypeByMetadataName(type)!.GetMembers().OfType<IMethodSymbol>()
        .Where(static one => one is { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public })
        .Select(static one => one.Name)
        .Order(StringComparer.Ordinal);

    private static GeneratorRun Compiles(string source, string wit)
    {
        GeneratorRun run = GeneratorRun.Of(GeneratorTest.Compile(source), InterfaceText.Wit("app.wit", wit));
        Assert.Empty(run.Diagnostics.Where(static one => one.Severity > DiagnosticSeverity.Info));
        Assert.Empty(GeneratorTest.CompilerDiagnostics(run.Output));
        return run;
    }
}
