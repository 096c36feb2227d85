using System.Globalization;
using Microsoft.CodeAnalysis;

namespace WasmBindgen.Generator.Tests;

/// <summary>What classes leave out of the WIT that they are bound to.</summary>
public sealed class WitSkipTests
{
    private const string Wit = """
        package demo:app@1.2.0;

        interface log {
          resource file { constructor(); read: func() -> u32; close: func(); }
          write: func(text: string);
          flush: func();
          wait: async func();
        }

        interface api {
          run: func() -> u32;
          stop: func();
        }

        world app {
          import log;
          import poll: func();
          import tick: func();
          export api;
          export last: func();
        }
        """;

    [Fact]
    public void Each_class_leaves_out_what_it_says()
    {
        const string Source = """
            using Demo.App;
            using WasmBindgen;

            [WasmImport("demo:app/log", Wit = "app.wit", Skip = ["flush", "wait", "demo:app/log#file.close"])]
            public sealed partial class Small
            {
                public void Write(string text) { }
                public IFile NewFile() => null!;
            }

            [WasmImport("demo:app/log", Wit = "app.wit", Skip = ["demo:app/log@1.2.0#wait"])]
            public sealed partial class Whole
            {
                public void Write(string text) { }
                public void Flush() { }
                public IFile NewFile() => null!;
            }

            [WasmExport("demo:app/api", Wit = "app.wit", Skip = ["stop"])]
            public sealed partial class Caller
            {
            }

            [WasmExport("demo:app/api", Wit = "app.wit")]
            public sealed partial class Stopper
            {
            }
            """;
        GeneratorRun run = Run(Source);
        Assert.Empty(run.Diagnostics);
        Assert.Empty(GeneratorTest.CompilerDiagnostics(run.Output));
        Assert.Equal(["NewFile", "Write", "Flush"], Members(run, "Demo.App.ILog"));
        Assert.Equal(["Read", "Close"], Members(run, "Demo.App.IFile"));
        Assert.Equal(["Run", "Stop"], Members(run, "Demo.App.IApi"));

        string small = run.Files["Small.WasmImport.g.cs"];
        Assert.DoesNotContain("\"flush\",", small, StringComparison.Ordinal);
        Assert.DoesNotContain("file.close", small, StringComparison.Ordinal);
        Assert.Contains("[method]file.read", small, StringComparison.Ordinal);
        Assert.Contains(
            """
                void global::Demo.App.ILog.Flush() =>
                    throw new global::System.NotSupportedException("Flush is left out by Skip.");
            """,
            small,
            StringComparison.Ordinal);
        Assert.Contains("\"flush\",", run.Files["Whole.WasmImport.g.cs"], StringComparison.Ordinal);

        string caller = run.Files["Caller.WasmExport.g.cs"];
        Assert.DoesNotContain("api@1.2.0#stop", caller, StringComparison.Ordinal);
        Assert.Contains("Stop is left out by Skip.", caller, StringComparison.Ordinal);
        Assert.Contains("api@1.2.0#stop", run.Files["Stopper.WasmExport.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void What_all_leave_out_is_in_no_contract()
    {
        const string Source = """
            using WasmBindgen;
            [WasmWorld("app.wit", Skip = ["flush", "wait", "poll", "stop", "last", "close"])]
            public sealed partial class World;
            [WasmWorld("app.wit", Skip = ["flush", "wait", "poll", "stop", "last", "close"])]
            public sealed partial class Again;
            """;
        GeneratorRun run = Run(Source);
        Assert.Empty(run.Diagnostics);
        Assert.Empty(GeneratorTest.CompilerDiagnostics(run.Output));
        Assert.Equal(["NewFile", "Write"], Members(run, "Demo.App.ILog"));
        Assert.Equal(["Read"], Members(run, "Demo.App.IFile"));
        Assert.Equal(["Run"], Members(run, "Demo.App.IApi"));
        Assert.Equal(["Tick"], Members(run, "Demo.App.IAppImports"));
        Assert.DoesNotContain("\"last\"", run.Files["World.WasmWorld.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_that_has_the_method_all_the_same_keeps_it_for_the_host()
    {
        const string Source = """
            using Demo.App;
            using WasmBindgen;

            [WasmImport("demo:app/log", Wit = "app.wit", Skip = ["flush", "wait"])]
            public sealed partial class Small
            {
                public void Write(string text) { }
                public void Flush() { }
                public IFile NewFile() => null!;
            }

            [WasmWorld("app.wit", Skip = ["wait"])]
            public sealed partial class World;
            """;
        GeneratorRun run = Run(Source);
        Assert.Empty(run.Diagnostics);
        Assert.Empty(GeneratorTest.CompilerDiagnostics(run.Output));
        Assert.DoesNotContain("Flush", run.Files["Small.WasmImport.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void WBG0424_at_the_class_that_does_not_leave_it_out()
    {
        const string Source = """
            using WasmBindgen;
            [WasmWorld("app.wit", Skip = ["wait"])] public sealed partial class World;
            [WasmWorld("app.wit")] public sealed partial class Other;
            """;
        Assert.Equal(
            [("WBG0424", "WasmWorld(\"app.wit\")")],
            Run(Source).Diagnostics.Where(static one => one.Location.GetLineSpan().Path != "app.wit")
                .Select(static one => (one.Id, Shown(one, Source))));
    }

    [Theory]
    [InlineData(
        "Skip = [\"wait\", \"flsh\"]",
        "'flsh' names nothing that Skip of the class could mean: did you mean 'flush'?")]
    [InlineData(
        "Skip = [\"wait\", \"demo:app/log#file.cloze\"]",
        "'demo:app/log#file.cloze' names nothing that Skip of the class could mean: "
            + "did you mean 'demo:app/log#file.close'?")]
    [InlineData(
        "Skip = [\"wait\", \"nothing-like-it\"]",
        "'nothing-like-it' names nothing that Skip of the class could mean: remove it, or correct it")]
    [InlineData(
        "Skip = [\"wait\"], Own = [\"wasi:cli/enviroment\"]",
        "'wasi:cli/enviroment' names nothing that Own of the class could mean: did you mean 'wasi:cli/environment'?")]
    public void WBG0433_a_name_that_means_nothing(string argument, string message)
    {
        string source = $"using WasmBindgen; [WasmWorld(\"app.wit\", {argument})] public sealed partial class World;";
        GeneratorRun run = GeneratorRun.Of(
            GeneratorTest.Compile(source),
            InterfaceText.Wit("app.wit", Wit.Replace(
                "world app {", "world app { import wasi:cli/environment@0.2.0;", StringComparison.Ordinal)
                + " package wasi:cli@0.2.0 { interface environment { get: func() -> string; } }"));
        Diagnostic error = Assert.Single(run.Diagnostics);
        Assert.Equal("WBG0433: " + message, $"{error.Id}: {error.GetMessage(CultureInfo.InvariantCulture)}");
        Assert.Equal($"WasmWorld(\"app.wit\", {argument})", Shown(error, source));
        Assert.Empty(GeneratorTest.CompilerDiagnostics(run.Output));
    }

    private static GeneratorRun Run(string source) =>
        GeneratorRun.Of(GeneratorTest.Compile(source), InterfaceText.Wit("app.wit", Wit));

    private static string Shown(Diagnostic diagnostic, string source) =>
        source.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length);

    private static IEnumerable<string> Members(GeneratorRun run, string type) =>
        run.Output.GetTypeByMetadataName(type)!.GetMembers().Select(static member => member.Name);
}
