using System.Globalization;
using Microsoft.CodeAnalysis;

namespace WasmBindgen.Generator.Tests;

/// <summary>Classes in which what is generated for WIT has no room. The compiler finds nothing wrong in that.</summary>
public sealed class WitClashTests
{
    private const string Wit = """
        package demo:app;

        interface log {
          enum severity { info }
          record point { x: f64 }
          write: func(level: severity, text: string) -> u32;
          move: func(to: point);
        }

        interface api {
          use log.{point};
          length: func(path: list<point>) -> result<f64, string>;
          greet: func(name: string) -> u32;
        }

        world app {
          import log;
          export api;
          export run: func(text: string) -> u32;
        }
        """;

    private const string World = "[WasmWorld(\"app.wit\")] ";
    private const string Api = "[WasmExport(\"demo:app/api\", Wit = \"app.wit\")] ";
    private const string Log = "[WasmImport(\"demo:app/log\", Wit = \"app.wit\")] ";
    private const string Parts = "public void Move(Demo.App.Point to) { } ";

    [Theory]
    [InlineData("public partial class {|Imports|};", "'Imports' has the name of a member that is generated: rename it")]
    [InlineData("public partial class {|Define|};", "'Define' has the name of a member that is generated: rename it")]
    [InlineData("public abstract partial class {|W|};", "'W' is abstract: Instantiate makes objects of it")]
    [InlineData(
        "public partial class {|W|} : Base;",
        "'W' has a base class whose constructors need something: give that one without parameters")]
    [InlineData(
        "public partial class W { public int {|Api|} => 1; }",
        "'Api' has the name of what is generated: rename it, or give 'demo:app/api' another by [WitName]")]
    [InlineData(
        "public partial class W { public int {|ApiExports|} => 1; }",
        "'ApiExports' has the name of what is generated: rename it, or give 'demo:app/api' another by [WitName]")]
    [InlineData(
        "public partial class W { public static Linker {|DefinePerStore|}(Linker linker) => linker; }",
        "'DefinePerStore' has the name of what is generated: rename it")]
    [InlineData(
        "public partial class W { public class {|Instantiate|}; }",
        "'Instantiate' has the name of what is generated: rename it")]
    [InlineData(
        "public partial class W { private uint {|Run|}(string s) => 1; }",
        "'Run' has the name of what is generated: rename it, or give 'demo:app/app#run' another by [WitName]")]
    [InlineData(
        "public partial class W { internal partial class {|ApiExports|}; }",
        "'ApiExports' is not public: it is a part of what is generated, which is public")]
    [InlineData(
        "public partial class W { public static partial class {|ApiExports|}; }",
        "'ApiExports' is static: it is a part of what is generated, which is public")]
    [InlineData(
        "public partial class W { public partial class {|ApiExports|}(int x) { public int X => x; } }",
        "'ApiExports' has a constructor: it is a part of what is generated, which is public")]
    [InlineData(
        "public partial class W { private partial record {|Imports|}; }",
        "'Imports' is not public: it is a part of what is generated, which is public")]
    [InlineData(
        "public partial class W { public partial class ApiExports { public uint {|Greet|}(string s) => 1; } }",
        "'Greet' has the name of what is generated: rename it, or give 'demo:app/api#greet' another by [WitName]")]
    public void WBG0417_a_member_that_is_in_the_way(string marked, string message) =>
        Reports("public class Base { public Base(int x) { } }\n" + World + marked, "WBG0417: " + message);

    [Theory]
    [InlineData("public partial class W { public uint Run(int other) => 1; public uint Run() => 1; }")]
    [InlineData("public partial class W { public static void Define(int x) { } public partial class ApiExports; }")]
    [InlineData("public partial class W { public sealed partial record Imports { public int X => 1; } }")]
    [InlineData("public partial class W { public partial class ApiExports { public uint Greet() => 1; } }")]
    [InlineData("public partial class ApiExports { }")]
    [InlineData("public partial class W : Base { private int _api; public int Use() => _api++; }")]
    public void What_is_not_in_the_way(string declaration)
    {
        GeneratorRun run = Run("using WasmBindgen; public class Base; " + World + declaration);
        Assert.Empty(run.Diagnostics);
        Assert.All(
            run.Files.Values, static text => Assert.DoesNotContain("NotSupported", text, StringComparison.Ordinal));
        Assert.Empty(GeneratorTest.CompilerDiagnostics(run.Output));
    }

    [Fact]
    public void Classes_may_derive_from_bound_ones()
    {
        GeneratorRun run = Run($$"""
            using WasmBindgen;
            {{World}} public partial class W { }
            {{World}} public partial class Derived : W { }
            {{Api}} public abstract partial class A { }
            {{Api}} public partial class B : A { }
            """);
        Assert.Empty(run.Diagnostics);
        Assert.Empty(GeneratorTest.CompilerDiagnostics(run.Output));
    }

    [Theory]
    [InlineData(
        "public partial ValueTask<uint> {|Greet|}(string name);",
        "WBG0412: 'Greet' differs from 'demo:app/api#greet' in its result: want `Task<uint>`, have `ValueTask<uint>`")]
    [InlineData(
        "public partial GuestResult<double> {|Length|}(System.ReadOnlySpan<Demo.App.Point> path);",
        "WBG0412: 'Length' differs from 'demo:app/api#length' in its result: want `GuestResult<WasmBindgen.Result"
            + "<double, string>>`, have `GuestResult<double>`")]
    [InlineData(
        "public partial uint {|Greet|}(string name, CancellationToken a, CancellationToken b);",
        "WBG0412: 'Greet' differs from 'demo:app/api#greet' in parameter 'a': want `nothing`, have `CancellationToken`")]
    [InlineData(
        "public partial uint {|Greet|}(string name, Memory memory);",
        "WBG0412: 'Greet' differs from 'demo:app/api#greet' in parameter 'memory': want `nothing`, have `Memory`")]
    [InlineData(
        "public partial uint {|Greet|}(ref string name);",
        "WBG0412: 'Greet' differs from 'demo:app/api#greet' in parameter 'name': want `string`, have `ref string`")]
    [InlineData(
        "public partial Interruptible<uint, int> {|Greet|}(string name);",
        "WBG0412: 'Greet' differs from 'demo:app/api#greet' in its result: want `uint`, have `Interruptible<…>`")]
    [InlineData(
        "public static partial uint {|Greet|}(string name);",
        "WBG0007: 'Greet' is static: make it an instance member of an instance class, since each object shows one guest "
            + "instance")]
    [InlineData(
        "public partial uint {|Greet|}<T>(string name);",
        "WBG0004: Method 'Greet' is generic: give it concrete types, or mark it [WasmIgnore]")]
    [InlineData(
        "public partial Result<double, string> {|Length|}(System.Collections.Generic.List<Demo.App.Point> path);",
        "WBG0412: 'Length' differs from 'demo:app/api#length' in parameter 'path': want "
            + "`System.ReadOnlySpan<Demo.App.Point>`, have `System.Collections.Generic.List<…>`")]
    public void Partial_methods_that_cannot_be_calls(string method, string message) => Reports(
        Api + $"public partial class A {{ {method} }}", message);

    [Theory]
    [InlineData(
        "public uint {|Write|}<T>(T level, string text) => 0;",
        "WBG0004: Method 'Write' is generic: give it concrete types, or mark it [WasmIgnore]")]
    [InlineData(
        "private uint _x; public ref uint {|Write|}(Demo.App.Severity level, string text) => ref _x;",
        "WBG0005: Method 'Write' returns by reference: return the value, or mark it [WasmIgnore]")]
    [InlineData(
        "public uint {|Write|}(Demo.App.Severity level, ref string text) => 0;",
        "WBG0412: 'Write' differs from 'demo:app/log#write' in parameter 'text': want `string`, have `ref string`")]
    [InlineData(
        "public GuestResult<uint> {|Write|}(Demo.App.Severity level, string text) => default;",
        "WBG0412: 'Write' differs from 'demo:app/log#write' in its result: want `uint`, have `GuestResult<uint>`")]
    [InlineData(
        "public uint {|Write|}(int level, string text, Caller caller) => 0;",
        "WBG0412: 'Write' differs from 'demo:app/log#write' in parameter 'level': want `Demo.App.Severity`, have `int`")]
    public void Host_methods_that_cannot_be_functions(string method, string message) => Reports(
        Log + $"public partial class L {{ {Parts} {method} }}", message);

    [Theory]
    [InlineData("public uint Write(in Demo.App.Severity level, in string text) => 0;")]
    [InlineData("public uint Write(Demo.App.Severity level, CancellationToken a, string text, CancellationToken b) => 0;")]
    public void Host_methods_that_differ_in_what_they_may(string method)
    {
        GeneratorRun run = Run(
            "using System.Threading; using WasmBindgen; " + Log + $"public partial class L {{ {Parts} {method} }}");
        Assert.Empty(run.Diagnostics);
        Assert.Empty(GeneratorTest.CompilerDiagnostics(run.Output));
    }

    [Theory]
    [InlineData("protected partial uint Greet(string name);")]
    [InlineData("internal partial uint Greet(in string name);")]
    [InlineData("public partial uint Greet(in string name, CancellationToken token);")]
    public void Partial_methods_that_differ_in_what_they_may(string method)
    {
        GeneratorRun run = Run(
            "using System.Threading; using WasmBindgen; " + Api + $"public partial class A {{ {method} }}");
        Assert.Empty(run.Diagnostics);
        Assert.Empty(GeneratorTest.CompilerDiagnostics(run.Output));
    }

    [Theory]
    [InlineData("[WasmWorld(\"app.wit\")] [WasmExport(\"demo:app/api\", Wit = \"app.wit\")]", "WasmExport", "WasmWorld")]
    [InlineData("[WasmWorld(\"app.wit\")] [WasmExport]", "WasmExport", "WasmWorld")]
    [InlineData("[WasmWorld(\"app.wit\")] [WasmImport(\"env\")]", "WasmImport", "WasmWorld")]
    [InlineData(
        "[WasmImport(\"demo:app/log\", Wit = \"app.wit\")] [WasmExport(\"demo:app/api\", Wit = \"app.wit\")]",
        "WasmImport",
        "WasmExport")]
    public async Task WBG0012_two_sides_in_one_class(string attributes, string first, string second)
    {
        GeneratorRun run = Run($"using WasmBindgen; {attributes} public partial class W {{ }}");
        Assert.Equal(
            [$"WBG0012: Class 'W' has both [{first}] and [{second}]: make it two classes"],
            (await GeneratorTest.AnalyzerDiagnosticsAsync(run.Output, InterfaceText.Wit("app.wit", Wit))).Select(Text));
        Assert.Empty(GeneratorTest.CompilerDiagnostics(run.Output));
    }

    /// <summary>One diagnostic, at the marked place; in generated code none but the same.</summary>
    private static void Reports(string marked, string message)
    {
        marked = "using System.Threading; using System.Threading.Tasks; using WasmBindgen;\n" + marked;
        int start = marked.IndexOf("{|", StringComparison.Ordinal);
        string source = marked.Remove(start, 2).Replace("|}", "", StringComparison.Ordinal);
        GeneratorRun run = Run(source);
        Diagnostic error = Assert.Single(run.Diagnostics);
        Assert.Equal(message, Text(error));
        Assert.Equal(
            (start, marked.IndexOf("|}", StringComparison.Ordinal) - 2),
            (error.Location.SourceSpan.Start, error.Location.SourceSpan.End));
        Assert.All(
            GeneratorTest.CompilerDiagnostics(run.Output).Where(GeneratorTest.IsGenerated),
            one => Assert.Equal($"#error: '{message}'", one.GetMessage(CultureInfo.InvariantCulture)));
    }

    private static GeneratorRun Run(string source) =>
        GeneratorRun.Of(GeneratorTest.Compile(source), InterfaceText.Wit("app.wit", Wit));

    private static string Text(Diagnostic diagnostic) =>
        $"{diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}";
}
