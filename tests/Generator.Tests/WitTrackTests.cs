using Microsoft.CodeAnalysis;

namespace WasmBindgen.Generator.Tests;

/// <summary>Several versions of one track in a project, of which each class has its own.</summary>
public sealed class WitTrackTests
{
    private const string Old = """
        package demo:track@1.0.0;
        interface log {
          resource file { constructor(); read: func() -> u32; }
          write: func(text: string);
        }
        interface api { run: func() -> u32; }
        world app { import log; import tick: func(); export api; }
        """;

    private const string New = """
        package demo:track@1.1.0;
        interface log {
          resource file { constructor(); read: func() -> u32; close: func(); }
          write: func(text: string);
          flush: func();
        }
        interface api { run: func() -> u32; stop: func(); }
        world app { import log; import tick: func(); import tock: func(); export api; }
        """;

    [Theory]
    [InlineData("write: func(text: string);", "write: func(text: string) -> u8;", "write", "func(text: string)")]
    [InlineData("run: func() -> u32;", "run: func() -> option<u32>;", "run", "func() -> u32")]
    [InlineData("read: func() -> u32;", "read: func(n: u8) -> u32;", "[method]file.read", "func() -> u32")]
    [InlineData("import tick: func();", "import tick: func(n: u8);", "tick", "func()")]
    public void A_function_has_one_signature_in_all_versions(string before, string after, string name, string old)
    {
        GeneratorRun run = Run(
            "[WasmBindgen.WasmWorld(\"old.wit\")] partial class OldApp; "
                + "[WasmBindgen.WasmWorld(\"new.wit\")] partial class NewApp;",
            Old,
            New.Replace(before, after, StringComparison.Ordinal));
        Diagnostic error = Assert.Single(run.Diagnostics, static one => one.Id == "WBG0432");
        Assert.Equal("old.wit", error.Location.GetLineSpan().Path);
        Assert.StartsWith(
            $"'demo:track' 1.0.0 and 1.1.0 are one track, but '{name}' differs: {old} / func(",
            error.GetMessage(null),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_no_part_of_a_signature()
    {
        GeneratorRun run = Run(
            "[WasmBindgen.WasmExport(\"a:b/i\", Wit = \"old.wit\")] partial class OldI; "
                + "[WasmBindgen.WasmExport(\"a:b/i\", Wit = \"new.wit\")] partial class NewI;",
            """
            package a:b@1.0.0;
            interface t { record p { x: u8 } resource r; }
            interface i { use t.{p, r}; type n = u32; f: func(a: p, b: list<n>, c: own<r>, d: borrow<r>) -> tuple<n>; }
            """,
            """
            package a:b@1.2.0;
            interface t { record p { x: u8 } resource r; type s = r; }
            interface i { use t.{p as q, s}; f: func(z: q, y: list<u32>, x: s, w: borrow<s>) -> u32; }
            """);
        Assert.DoesNotContain(run.Diagnostics, static one => one.Id == "WBG0432");
    }

    [Fact]
    public void A_class_has_what_its_version_has()
    {
        GeneratorRun run = Compiles("""
            using Demo.Track;
            using WasmBindgen;

            [WasmImport("demo:track/log@1.0.0", Wit = "old.wit")]
            public sealed partial class OldLog
            {
                public void Write(string text) { }
                public IFile NewFile() => null!;
            }

            [WasmImport("demo:track/log", Wit = "new.wit")]
            public sealed partial class NewLog
            {
                public void Write(string text) { }
                public void Flush() { }
                public IFile NewFile() => null!;
            }

            [WasmExport("demo:track/api", Wit = "old.wit")] public sealed partial class OldApi;
            [WasmExport("demo:track/api", Wit = "new.wit")] public sealed partial class NewApi;
            """);
        Assert.Equal(["NewFile", "Write", "Flush"], Members(run, "Demo.Track.ILog"));
        Assert.Equal(["Read", "Close"], Members(run, "Demo.Track.IFile"));

        string old = run.Files["OldLog.WasmImport.g.cs"];
        Assert.Contains("\"demo:track/log@1.0.0\"", old, StringComparison.Ordinal);
        Assert.DoesNotContain("1.1.0", old, StringComparison.Ordinal);
        Assert.DoesNotContain("file.close", old, StringComparison.Ordinal);
        Assert.Contains("Flush is not in this version.", old, StringComparison.Ordinal);
        Assert.Contains("\"demo:track/log@1.1.0\"", run.Files["NewLog.WasmImport.g.cs"], StringComparison.Ordinal);
        Assert.Contains("[method]file.close", run.Files["NewLog.WasmImport.g.cs"], StringComparison.Ordinal);

        Assert.Contains("demo:track/api@1.0.0#run", run.Files["OldApi.WasmExport.g.cs"], StringComparison.Ordinal);
        Assert.DoesNotContain("#stop", run.Files["OldApi.WasmExport.g.cs"], StringComparison.Ordinal);
        Assert.Contains("demo:track/api@1.1.0#stop", run.Files["NewApi.WasmExport.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_world_has_what_its_version_has()
    {
        GeneratorRun run = Compiles("""
            using WasmBindgen;
            [WasmWorld("old.wit")] public sealed partial class A;
            [WasmWorld("new.wit")] public sealed partial class B;
            [WasmImport("$root", Wit = "old.wit")] public sealed partial class Root { public void Tick() { } }
            """);
        Assert.Equal(["Tick", "Tock"], Members(run, "Demo.Track.IAppImports"));
        string old = run.Files["A.WasmWorld.g.cs"];
        Assert.Contains("\"demo:track/log@1.0.0\"", old, StringComparison.Ordinal);
        Assert.DoesNotContain("log@1.1.0\"", old, StringComparison.Ordinal);
        Assert.DoesNotContain("\"tock\"", old, StringComparison.Ordinal);
        Assert.DoesNotContain("\"flush\"", old, StringComparison.Ordinal);
        Assert.Contains("\"tock\"", run.Files["B.WasmWorld.g.cs"], StringComparison.Ordinal);
        Assert.Contains("is global::WasmBindgen.IWasmImports __Log", old, StringComparison.Ordinal);
    }

    [Fact]
    public void One_world_may_import_two_versions()
    {
        GeneratorRun run = Compiles(
            """
            using WasmBindgen;
            [WasmWorld("both.wit")] public sealed partial class Both;
            """,
            InterfaceText.Wit(
                "both.wit",
                $$"""
                package demo:both;
                world both { import demo:track/log@1.0.0; import demo:track/log@1.1.0; }
                {{Nested(Old)}}
                {{Nested(New)}}
                """));
        string text = run.Files["Both.WasmWorld.g.cs"];
        Assert.Contains("\"demo:track/log@1.0.0\"", text, StringComparison.Ordinal);
        Assert.Contains("\"demo:track/log@1.1.0\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Methods_of_a_guest_s_resource_that_came_later_may_be_lacking()
    {
        GeneratorRun run = Compiles("""
            using WasmBindgen;
            [WasmExport("demo:track/log", Wit = "old.wit")] public sealed partial class OldLog;
            [WasmExport("demo:track/log", Wit = "new.wit")] public sealed partial class NewLog;
            """);
        INamedTypeSymbol file = run.Output.GetTypeByMetadataName("Demo.Track.File")!;
        Assert.Single(file.GetMembers("HasClose"));
        Assert.Empty(file.GetMembers("HasRead"));
    }

    private static string Nested(string package)
    {
        int end = package.IndexOf(';', StringComparison.Ordinal);
        return $"{package[..end]} {{ {package[(end + 1)..].Trim()} }}";
    }

    private static GeneratorRun Run(string source, string old, string newer) => GeneratorRun.Of(
        GeneratorTest.Compile(source), InterfaceText.Wit("old.wit", old), InterfaceText.Wit("new.wit", newer));

    private static GeneratorRun Compiles(string source, params InterfaceText[] more)
    {
        GeneratorRun run = GeneratorRun.Of(
            GeneratorTest.Compile(source),
            more.Length > 0 ? more : [InterfaceText.Wit("old.wit", Old), InterfaceText.Wit("new.wit", New)]);
        Assert.Empty(run.Diagnostics.Where(static one => one.Severity > DiagnosticSeverity.Info));
        Assert.Empty(GeneratorTest.CompilerDiagnostics(run.Output));
        return run;
    }

    private static IEnumerable<string> Members(GeneratorRun run, string type) =>
        run.Output.GetTypeByMetadataName(type)!.GetMembers().Select(static member => member.Name);
}
