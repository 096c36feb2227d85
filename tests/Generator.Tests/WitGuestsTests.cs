using Microsoft.CodeAnalysis;

namespace WasmBindgen.Generator.Tests;

/// <summary>Several guests of one project that have WIT in them.</summary>
public sealed class WitGuestsTests
{
    private const string Classes = """
        using WasmBindgen;
        [WasmExport(Guest = "one/first-1.wasm")] public sealed partial class First;
        [WasmExport(Guest = "two/second.wasm")] public sealed partial class Second;
        """;

    /// <summary>All components have a world of one name, which is none of their own.</summary>
    [Fact]
    public void Each_component_has_its_own_world()
    {
        GeneratorRun run = Run(
            """
            package root:component;
            world root { enum level { low } export run: func(level: level); export demo:p/api; }
            package demo:p { interface api { f: func(); } }
            """,
            """
            package root:component;
            world root { enum level { high } export stop: func(level: level); export demo:p/other; }
            package demo:p { interface other { g: func(); } }
            """);
        Assert.Empty(run.Diagnostics);
        Assert.Empty(GeneratorTest.CompilerDiagnostics(run.Output));
        Assert.Equal(
            ["Api", "Run(Root.First1.Level)"], MembersOf(run, "First"));
        Assert.Equal(
            ["Other", "Stop(Root.Second.Level)"], MembersOf(run, "Second"));
    }

    /// <summary>A component has only what it uses of an interface that it imports.</summary>
    [Fact]
    public void What_guests_have_of_an_interface_is_put_together()
    {
        GeneratorRun run = Run(
            """
            package root:component;
            world root { import demo:p/types; import demo:p/log; export demo:p/api; }
            package demo:p {
              interface types { record point { x: u8 } resource file { close: func(); } }
              interface log { use types.{point}; write: func(p: point); }
              interface api { use types.{point}; f: func(p: point); }
            }
            """,
            """
            package root:component;
            world root { import demo:p/types; import demo:p/log; export demo:p/other; }
            package demo:p {
              interface types { enum level { low } resource file { open: func(); } }
              interface log { use types.{level}; flush: func(l: level); }
              interface other { use types.{level, file}; g: func(l: level, f: borrow<file>); }
            }
            """);
        Assert.Empty(run.Diagnostics);
        Assert.Empty(GeneratorTest.CompilerDiagnostics(run.Output));
        string text = run.Files["Demo.P.Wit.g.cs"];
        Assert.Contains("record struct Point(", text, StringComparison.Ordinal);
        Assert.Contains("enum Level", text, StringComparison.Ordinal);
        Assert.Contains("void Close();", text, StringComparison.Ordinal);
        Assert.Contains("void Open();", text, StringComparison.Ordinal);
    }

    /// <summary>A contract has the functions that its author wrote, and no others.</summary>
    [Fact]
    public void What_is_written_gets_types_of_guests_and_no_functions()
    {
        GeneratorRun run = GeneratorRun.Of(
            GeneratorTest.Compile(
                """
                using WasmBindgen;
                [WasmImport("demo:p/log", Wit = "log.wit")] public sealed partial class Log { public void Write() { } }
                [WasmExport(Guest = "guest.wasm")] public sealed partial class Guest;
                """),
            InterfaceText.Wit("log.wit", "package demo:p; interface log { resource file; write: func(); }"),
            InterfaceText.WitOf(
                "guest.wasm",
                """
                package root:component;
                world root { import demo:p/log; export demo:p/api; }
                package demo:p {
                  interface log {
                    resource file { close: func(); }
                    enum level { low }
                    write: func();
                    flush: func(l: level);
                  }
                  interface api { use log.{level}; f: func(l: level); }
                }
                """));
        Assert.Empty(run.Diagnostics);
        Assert.Empty(GeneratorTest.CompilerDiagnostics(run.Output));
    }

    [Fact]
    public void Components_of_one_file_name_must_have_one_world()
    {
        const string World = "package root:component; world root { export demo:p/api; } "
            + "package demo:p { interface api { f: func(); } interface other { f: func(); } }";
        Diagnostic[] Report(string second) => [.. GeneratorRun.Of(
            GeneratorTest.Compile(
                """
                using WasmBindgen;
                [WasmExport(Guest = "one/plugin.wasm")] public sealed partial class First;
                [WasmExport(Guest = "two/plugin.wasm")] public sealed partial class Second;
                """),
            InterfaceText.WitOf("one/plugin.wasm", World),
            InterfaceText.WitOf("two/plugin.wasm", second)).Diagnostics];
        Assert.Empty(Report(World));
        Diagnostic error = Assert.Single(
            Report(World.Replace("export demo:p/api", "export demo:p/other", StringComparison.Ordinal)));
        Assert.Equal("WBG0432", error.Id);
        Assert.Contains("'root:plugin'", error.GetMessage(null), StringComparison.Ordinal);
    }

    private static GeneratorRun Run(string first, string second) => GeneratorRun.Of(
        GeneratorTest.Compile(Classes),
        InterfaceText.WitOf("one/first-1.wasm", first),
        InterfaceText.WitOf("two/second.wasm", second));

    private static IEnumerable<string> MembersOf(GeneratorRun run, string type) => run.Output
        .GetTypeByMetadataName(type)!
        .GetMembers()
        .Where(static member => member.DeclaredAccessibility == Accessibility.Public)
        .Select(static member => member switch
        {
            IPropertySymbol => member.Name,
            IMethodSymbol { MethodKind: MethodKind.Ordinary, Parameters: var parameters } =>
                $"{member.Name}({string.Join(", ", parameters.Select(static one => one.Type.ToString()))})",
            _ => null,
        })
        .OfType<string>()
        .Order(StringComparer.Ordinal);
}
