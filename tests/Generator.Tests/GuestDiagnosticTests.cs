using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using WasmBindgen.Generator.Analyzers;

namespace WasmBindgen.Generator.Tests;

/// <summary>What is wrong between classes and the guests of their project, at the member, and what is not.</summary>
public sealed class GuestDiagnosticTests
{
    private static readonly InterfaceText Plugin = new(
        "guests/plugin.wasm",
        """
        (module
          (import "env" "log" (func (param $address i32) (param $length i32)))
          (import "env" "get_time" (func (result i64)))
          (import "wasi_snapshot_preview1" "proc_exit" (func (param i32)))
          (export "memory" (memory 1))
          (export "run" (func (param $count i32) (param $scale f64) (result i32)))
          (export "count_words" (func (param i32) (param i32) (result i32)))
          (export "counter" (global (mut i32)))
          (export "limit" (global i64))
          (export "cabi_realloc" (func (param i32) (param i32) (param i32) (param i32) (result i32)))
        )
        """);

    private const string Env = """
        using WasmBindgen;

        [WasmImport("env")]
        public partial class Env
        {
            public void Log(string message) { }

            public long GetTime() => 0;
        }

        """;

    [Fact]
    public Task What_fits_is_not_reported() => GuestTest.ReportsAsync(
        Env + """
            [WasmExport(Guest = "plugin.wasm")]
            public partial class Plugin
            {
                public partial int Run(int count, double scale);

                public partial int CountWords(string text);

                public partial int Counter { get; set; }

                public partial long Limit { get; }

                public partial Memory Memory { get; }
            }
            """,
        [Plugin]);

    [Theory]
    [InlineData("other.wasm", "add <WasmGuest Include=\"other.wasm\" />")]
    [InlineData("plugins.wasm", "did you mean 'plugin.wasm'?")]
    public Task WBG0400_guest_that_the_project_does_not_have(string name, string advice) => GuestTest.ReportsAsync(
        $$"""
        using WasmBindgen;

        [{|WBG0400:WasmExport(Guest = "{{name}}")|}]
        public partial class Plugin { }
        """,
        [new("plugin.wasm", "(module)")],
        ("WBG0400", $"Guest '{name}' is not in the project: {advice}"));

    [Fact]
    public Task WBG0400_name_of_several_guests() => GuestTest.ReportsAsync(
        """
        using WasmBindgen;

        [{|WBG0400:WasmExport(Guest = "same.wasm")|}]
        public partial class Plugin { }

        [WasmExport(Guest = "./a\\same.wasm")]
        public partial class One { }
        """,
        [new("a/same.wasm", "(module)"), new("b/same.wasm", "(module)")],
        ("WBG0400", "Guest 'same.wasm' is the end of several paths: name one of a/same.wasm, b/same.wasm"));

    [Fact]
    public Task WBG0401_import_without_a_host_function() => GuestTest.ReportsAsync(
        """
        using WasmBindgen;

        [WasmImport("env")]
        public partial class {|WBG0401:Env|}
        {
            public void Log(string message) { }
        }
        """,
        [Plugin],
        ("WBG0401", "'guests/plugin.wasm' imports 'env.get_time' (func (result i64)), which 'Env' does not have: "
            + "add `public long GetTime()`"));

    [Fact]
    public Task WBG0401_is_told_once_and_not_if_another_class_has_it() => GuestTest.ReportsAsync(
        """
        using WasmBindgen;

        [WasmImport("env")]
        public partial class {|WBG0401:A|} { }

        [WasmImport("env")]
        public partial class B
        {
            public void Log(string message) { }
        }
        """,
        [Plugin],
        ("WBG0401", "'guests/plugin.wasm' imports 'env.get_time' (func (result i64)), which 'A' does not have: "
            + "add `public long GetTime()`"));

    [Theory]
    [InlineData("[WasmBindgen.WasmImport(\"env\")] public partial class Zenv { }", "'Zenv'")]
    [InlineData("", "the project")]
    public async Task WBG0401_knows_the_classes_of_references(string source, string where)
    {
        CSharpCompilation library = GeneratorTest.Compile("""
            [WasmBindgen.WasmImport("env")]
            public partial class LibraryEnv
            {
                public long GetTime() => 0;
            }
            """).WithAssemblyName("Library");
        CSharpCompilation project = GeneratorTest.Compile(source).AddReferences(library.ToMetadataReference());
        Diagnostic missing = Assert.Single(
            await project.WithAnalyzers([new GuestAnalyzer()], GuestTest.Options(Plugin)).GetAnalyzerDiagnosticsAsync());
        Assert.Equal("WBG0401", missing.Id);
        Assert.Contains($"imports 'env.log' (func (param i32 i32)), which {where} does", missing.GetMessage(null));
    }

    [Fact]
    public Task WBG0401_module_without_a_class() => GuestTest.ReportsAsync(
        "",
        [new("a.wasm", """
            (module
              (import "host" "stop" (func (param $code i32)))
              (import "wasi_snapshot_preview1" "proc_exit" (func (param i32)))
              (import "env" "invoke_vi" (func (param i32) (param i32)))
            )
            """)],
        ("WBG0401", "'a.wasm' imports 'host.stop' (func (param i32)), which the project does not have: "
            + "add `[WasmImport(\"host\")] … void Stop(int code)`"));

    [Fact]
    public Task WBG0402_other_types() => GuestTest.ReportsAsync(
        """
        using WasmBindgen;

        [WasmImport("env")]
        public partial class Env
        {
            public void {|WBG0402:Log|}(int code) { }

            public long GetTime() => 0;
        }

        [WasmExport]
        public partial class Plugin
        {
            public partial int {|WBG0402:Run|}(int count, float scale);

            public partial int {|WBG0402:Counter|}();

            public partial int {|WBG0402:Limit|} { get; }

            public partial Memory {|WBG0402:CountWords|} { get; }
        }
        """,
        [Plugin],
        ("WBG0402", "'log' is (func (param i32 i32)) in 'guests/plugin.wasm', but (func (param i32)) here: "
            + "want `void Log(int address, int length)`, have `void Log(int code)`"),
        ("WBG0402", "'run' is (func (param i32 f64) (result i32)) in 'guests/plugin.wasm', but "
            + "(func (param i32 f32) (result i32)) here: want `int Run(int count, double scale)`, "
            + "have `int Run(int count, float scale)`"),
        ("WBG0402", "'counter' is (global (mut i32)) in 'guests/plugin.wasm', but (func (result i32)) here: "
            + "want `int Counter { get; set; }`, have `int Counter()`"),
        ("WBG0402", "'limit' is (global i64) in 'guests/plugin.wasm', but (global i32) here: "
            + "want `long Limit { get; }`, have `int Limit`"),
        ("WBG0402", "'count_words' is (func (param i32 i32) (result i32)) in 'guests/plugin.wasm', but (memory) here: "
            + "want `int CountWords(int a, int b)`, have `Memory CountWords`"));

    [Fact]
    public Task WBG0402_says_how_several_results_are_declared() => GuestTest.ReportsAsync(
        """
        using WasmBindgen;

        [WasmExport]
        public partial class Plugin
        {
            public partial (int, int) {|WBG0402:Pair|}();
        }
        """,
        [new("a.wasm", "(module (export \"memory\" (memory 1)) (export \"pair\" (func (result i32 i32))))")],
        ("WBG0402", "'pair' is (func (result i32 i32)) in 'a.wasm', but (func (result i32)) here: "
            + "want `[return: MultiValue] (int, int) Pair()`, have `(int, int) Pair()`"));

    [Fact]
    public Task WBG0402_is_not_reported_if_another_class_fits() => GuestTest.ReportsAsync(
        """
        using WasmBindgen;

        [WasmImport("env")]
        public partial class Env
        {
            public void Log(string message) { }

            public long GetTime() => 0;
        }

        [WasmImport("env")]
        public partial class OldEnv
        {
            public void Log(int code) { }
        }
        """,
        [Plugin]);

    [Fact]
    public Task WBG0403_host_function_that_no_guest_imports() => GuestTest.ReportsAsync(
        """
        using WasmBindgen;

        [WasmImport("env")]
        public partial class {|WBG0401:Env|}
        {
            public void Log(string message) { }

            public long {|WBG0403:GetTimes|}() => 0;

            public void {|WBG0403:Zzz|}() { }
        }
        """,
        [Plugin],
        ("WBG0401", "'guests/plugin.wasm' imports 'env.get_time' (func (result i64)), which 'Env' does not have: "
            + "add `public long GetTime()`"),
        ("WBG0403", "No guest of the project imports 'get_times': did you mean 'get_time'?"),
        ("WBG0403", "No guest of the project imports 'zzz': remove it, or mark it [WasmIgnore]"));

    [Fact]
    public Task WBG0404_member_that_the_guest_does_not_export() => GuestTest.ReportsAsync(
        Env + """
            [WasmExport(Guest = "plugin.wasm")]
            public partial class Plugin
            {
                public partial int {|WBG0404:CountWord|}(string text);

                public partial Table {|WBG0404:Zzz|} { get; }
            }
            """,
        [Plugin],
        ("WBG0404", "'guests/plugin.wasm' exports no 'count_word': did you mean 'count_words'?"),
        ("WBG0404", "'guests/plugin.wasm' exports no 'zzz': it exports memory, run, count_words, counter, limit and 1 "
            + "more"));

    [Fact]
    public Task A_class_without_a_guest_is_compared_with_the_one_most_like_it() => GuestTest.ReportsAsync(
        """
        using WasmBindgen;

        [WasmExport]
        public partial class Plugin
        {
            public partial int Run();

            public partial int {|WBG0404:Stop|}();
        }
        """,
        [new("a.wasm", "(module)"), new("b.wasm", "(module (export \"run\" (func (result i32))))")],
        ("WBG0404", "'b.wasm' exports no 'stop': it exports run"));

    [Fact]
    public Task WBG0405_guest_without_the_allocator() => GuestTest.ReportsAsync(
        """
        using WasmBindgen;

        [WasmImport("env")]
        public partial class Env
        {
            public string {|WBG0405:GetName|}() => "";
        }

        [WasmExport]
        [GuestAllocator("malloc", "free")]
        public partial class Plugin
        {
            public partial int {|WBG0405:Run|}(int id, string text);
        }
        """,
        [new("a.wasm", """
            (module
              (import "env" "get_name" (func (param i32)))
              (export "memory" (memory 1))
              (export "run" (func (param i32) (param i32) (param i32) (result i32)))
              (export "malloc" (func (param i32) (result i32)))
            )
            """)],
        ("WBG0405", "'a.wasm' exports no allocator 'cabi_realloc', which 'GetName' needs for its result: name the "
            + "guest's own with [GuestAllocator], such as 'malloc'"),
        ("WBG0405", "'a.wasm' exports no allocator 'free', which 'Run' needs for 'text': name the guest's own with "
            + "[GuestAllocator]"));

    [Theory]
    [InlineData("(export \"mem\" (memory 1))", "its memory as 'mem'", "set Memory = \"mem\" on the class")]
    [InlineData("(export \"memory\" (memory i64 1))", "its memory as 'memory', of 64 bits", "add [Memory64] to the class")]
    [InlineData("", "no memory", "pass numbers alone")]
    public Task WBG0406_values_in_another_memory(string memory, string what, string advice) => GuestTest.ReportsAsync(
        """
        using WasmBindgen;

        [WasmImport("env")]
        public partial class Env
        {
            public void {|WBG0406:Log|}(string message) { }
        }
        """,
        [new("a.wasm", $"(module (import \"env\" \"log\" (func (param i32) (param i32))) {memory})")],
        ("WBG0406", $"'a.wasm' has {what}, which 'Log' does not use: {advice}"));

    [Fact]
    public Task WBG0406_is_not_reported_of_an_imported_memory() => GuestTest.ReportsAsync(
        """
        using WasmBindgen;

        [WasmImport("env")]
        public partial class Env
        {
            public void Log(string message) { }
        }
        """,
        [new("a.wasm", """
            (module (import "env" "memory" (memory 1)) (import "env" "log" (func (param i32) (param i32))))
            """)]);

    [Fact]
    public Task WBG0407_another_module() => GuestTest.ReportsAsync(
        """
        using WasmBindgen;

        [{|WBG0407:WasmImport("host")|}]
        public partial class Env
        {
            public void Log(string message) { }

            public long GetTime() => 0;
        }
        """,
        [Plugin],
        ("WBG0401", "'guests/plugin.wasm' imports 'env.log' (func (param i32 i32)), which the project does not have: "
            + "add `[WasmImport(\"env\")] … void Log(int address, int length)`"),
        ("WBG0401", "'guests/plugin.wasm' imports 'env.get_time' (func (result i64)), which the project does not have: "
            + "add `[WasmImport(\"env\")] … long GetTime()`"),
        ("WBG0407", "'guests/plugin.wasm' imports 'log' from 'env', not 'host': change the module to \"env\""));

    [Fact]
    public Task A_guest_that_is_not_to_be_verified_is_not() => GuestTest.ReportsAsync(
        """
        using WasmBindgen;

        [WasmImport("env")]
        public partial class Env { }

        [WasmExport(Guest = "a.wasm")]
        public partial class Plugin
        {
            public partial void Run();
        }
        """,
        [new("a.wasm", "(module (import \"env\" \"log\" (func)))", ("Verify", "false"))]);

    [Theory]
    [InlineData("")]
    [InlineData("(module")]
    [InlineData("(module (import \"a\"))")]
    [InlineData("(module (export \"a\" (what)))")]
    [InlineData("(module (export \"\\zz\" (func)))")]
    [InlineData("(module (export \"a\" (func (param $ ; i32))))")]
    public Task Text_that_cannot_be_read_is_no_guest(string text) => GuestTest.ReportsAsync(
        Env, [new("a.wasm", text)]);

    [Fact]
    public Task Hashes_of_wasm_bindgen_do_not_count() => GuestTest.ReportsAsync(
        """
        using WasmBindgen;

        [WasmImport("wbg", Prefix = "__wbg_")]
        [RustWasmBindgen]
        public partial class Glue
        {
            public void Log(int code) { }

            [WasmName("__wbindgen_throw")]
            public void Throw(string message) { }

            public void {|WBG0403:Zzz|}() { }
        }
        """,
        [new("a.wasm", """
            (module
              (import "wbg" "__wbg_log_ea240990d83e374e" (func (param i32)))
              (import "wbg" "__wbg___wbindgen_throw_bb96b2010945f0bc" (func (param i32 i32)))
              (export "memory" (memory 1))
            )
            """)],
        ("WBG0403", "No guest of the project imports '__wbg_zzz': remove it, or mark it [WasmIgnore]"));
}
