using Microsoft.CodeAnalysis;
using WasmBindgen.Generator.Abi;
using WasmBindgen.Generator.Guests;
using WasmBindgen.Generator.Models;
using WasmBindgen.Tests;

namespace WasmBindgen.Generator.Tests;

/// <summary>What is written for those who write guests.</summary>
public sealed class GuestBindingsTests
{
    /// <summary>Files that were reviewed; build.sh there compiles them.</summary>
    private static readonly string Folder = Repository.PathOf("tests", "Generator.Tests", "GuestBindings");

    public static TheoryData<string> Files =>
    [
        "canonical.h", "canonical.rs", "canonical.ts", "canonical.wit", "conventions.h", "conventions.rs",
        "conventions.ts", "scripts.ts",
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void The_text_of_each_language(string file) => Snapshot.VerifyFile(
        Path.Combine(Folder, file),
        GuestBindingsSet.Text(
            Path.GetFileNameWithoutExtension(file) switch
            {
                "canonical" => GuestBindingsSet.Canonical,
                "conventions" => GuestBindingsSet.Conventions,
                _ => GuestBindingsSet.Scripts,
            },
            $"out/{file}??",
            "out/" + file));

    /// <summary>A guest of the world would import and export just what the classes have.</summary>
    [Fact]
    public async Task Wit_is_what_the_classes_are()
    {
        string wit = GuestBindingsSet.Text(GuestBindingsSet.Canonical, "canonical.wit??", "canonical.wit");
        WitPackages packages = WitSet.Resolve(wit);
        Assert.Empty(packages.Errors);
        Declarations declared = WitDeclarer.Declare(
            packages, [new WitBinding("W", "demo:plugin/canonical", default, default)], WitOptions.Default)
            .Declarations;
        DeclaredGuest guest = Assert.Single(declared.Guests);
        IEnumerable<string> imports =
        [
            .. declared.Namespaces.SelectMany(static space => space.Contracts).SelectMany(contract =>
                contract.Methods.Select(method =>
                    $"(import \"{Module(guest, contract)}\" \"{method.WasmName}\" {Core(method, isImport: true)})")),
            """(import "demo:plugin/counters" "[resource-drop]counter" (func (param i32)))""",
        ];
        IEnumerable<string> exports =
        [
            .. guest.Functions.Select(static method =>
                $"(export \"{method.WasmName}\" {Core(method, isImport: false)})"),
            """(export "memory" (memory 1))""",
            """(export "cabi_realloc" (func (param i32) (param i32) (param i32) (param i32) (result i32)))""",
        ];
        Assert.Equal(17, imports.Count());
        Assert.Equal(6, exports.Count());
        Assert.Empty(await GuestTest.DiagnosticsAsync(
            GuestBindingsSet.Canonical,
            new InterfaceText("guest.wasm", $"(module\n{string.Join('\n', imports.Concat(exports))}\n)")));
    }

    [Theory]
    [InlineData("w.wit", "[WasmImport(\"demo:a/b\")] {1} void F() {{ }} }}", "package demo:a;")]
    [InlineData("w.wit", "[WasmImport(\"demo:a/b@1.2.3\")] {1} void F() {{ }} }}", "package demo:a@1.2.3;")]
    [InlineData("w.wit", "{0} void F() {{ }} }}", "package demo:w;")]
    [InlineData("my_Plugin.wit", "{0} void F() {{ }} }}", "world my-plugin {")]
    [InlineData("b.wit", "[WasmImport(\"demo:a/b\")] {1} void F() {{ }} }}", "world b-world {\n    import b;")]
    [InlineData(
        "w.wit?x:y", "[WasmImport(\"demo:a/b\")] {1} void F() {{ }} }}",
        "import demo:a/b;\n}\n\npackage demo:a {")]
    [InlineData("w.wit", "[WasmImport(\"$root\")] {1} void F() {{ }} }}", "    import f: func();")]
    [InlineData("w.wit", "{0} void List(int borrow) {{ }} }}", "%list: func(%borrow: s32);")]
    [InlineData("w.wit", "[WasmExport(Prefix = \"demo:a/b#\")] {1} partial void F(); }}", "export b;")]
    [InlineData(
        "w.wit", "[WasmExport(Prefix = \"api#\")] {1} partial void F(); }}",
        "export api: interface {\n        /// A.F")]
    [InlineData("w.wit", "", "package demo:w;\n\nworld w {")]
    [InlineData("a-b.h", "{0} void F() {{ }} }}", "#ifndef A_B_H")]
    [InlineData("a.h", "{0} Vector128<int> F() => default; }}", "#include <wasm_simd128.h>")]
    [InlineData("a.h", "[Memory64] {0} void F(string text) {{ }} }}", "env_f(const uint8_t *text, size_t text_len)")]
    [InlineData("a.h", "[Memory64] {0} void F(string text) {{ }} }}", "_Static_assert(sizeof(void *) == 8, ")]
    [InlineData("a.rs", "[Memory64] {0} void F(string text) {{ }} }}", "assert!(core::mem::size_of::<usize>() == 8);")]
    [InlineData("a.ts", "{0} void Try() {{ }} }}", "function envTry()")]
    public void Names_and_packages(string item, string classes, string expected)
    {
        string[] parts = [.. item.Split('?'), ""];
        Assert.Contains(
            expected,
            GuestBindingsSet.Text(Complete(classes), $"{parts[0]}?{parts[1]}?", parts[0]),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "wit", "{0} void GetTime() {{ }} }}",
        "A.GetTime", "'get_time' is no name of WIT (it is made of words", "set Naming = Naming.KebabCase")]
    [InlineData(
        "wit", "[WasmImport(\"a_b\")] {1} void F() {{ }} }}",
        "A.F", "its module 'a_b' is no name of WIT", "another name")]
    [InlineData(
        "wit", "{0} void F([CString] string a) {{ }} }}",
        "A.F", "WIT has only strings in UTF-8 with a length, and no [CString]", "remove")]
    [InlineData("wit", "{0} void F([Utf16] string a) {{ }} }}", "A.F", "no [Utf16]", "remove")]
    [InlineData("wit", "{0} void F(GuestPointer<int> a) {{ }} }}", "A.F", "WIT has no addresses", "lists")]
    [InlineData("wit", "{0} void F(ref int a) {{ }} }}", "A.F", "WIT has no addresses", "lists")]
    [InlineData(
        "wit", "{0} void F(Span<int> a) {{ }} }}",
        "A.F", "what a Span writes does not go back", "ReadOnlySpan")]
    [InlineData(
        "wit", "{0} void F(Memory<int> a) {{ }} }}",
        "A.F", "what a Memory writes does not go back", "ReadOnlyMemory")]
    [InlineData(
        "wit", "[Memory64] {0} void F(string a) {{ }} }}",
        "A.F", "WIT has no memories of 64 bits", "[Memory64]")]
    [InlineData("wit", "{0} void F(object a) {{ }} }}", "A.F", "WIT has no references to objects", "[WasmResource]")]
    [InlineData("wit", "{0} void F(Action a) {{ }} }}", "A.F", "WIT has no functions as values", "[WasmResource]")]
    [InlineData("wit", "{0} void F(Vector128<int> a) {{ }} }}", "A.F", "WIT has no v128", "numbers")]
    [InlineData(
        "wit", "{0} const int C = 0; [return: Packed] public string F() => \"\"; }}",
        "A.F", "WIT leaves results of several values", "[return: Packed]")]
    [InlineData(
        "wit", "{0} const int C = 0; [return: MultiValue] public (int, int) F() => default; }}",
        "A.F", "WIT leaves results of several values", "[return: MultiValue]")]
    [InlineData(
        "wit", "[GuestAllocator(\"malloc\")] {0} string F() => \"\"; }}",
        "A.F", "guests of WIT allocate by cabi_realloc", "[GuestAllocator]")]
    [InlineData(
        "wit", "[WasmImport(\"env\", Memory = \"m\")] {1} void F(string a) {{ }} }}",
        "A.F", "in 'memory'", "no other memory")]
    [InlineData(
        "wit", "{0} void F(E a) {{ }} }} public enum E {{ A = 1 }}",
        "E", "the members of an enum of WIT are 0, 1, 2", "number them")]
    [InlineData("wit", "{0} void F(E a) {{ }} }} public enum E : long {{ A }}", "E", "of 32 bits", "number them")]
    [InlineData(
        "wit", "{0} void F(E a) {{ }} }} [Flags] public enum E {{ A = 2 }}",
        "E", "the lowest bits", "number and name")]
    [InlineData(
        "wit", "{0} void F(E a) {{ }} }} [Flags] public enum E {{ A = 3 }}",
        "E", "each has a name", "number and name")]
    [InlineData(
        "wit", "{0} void F(int größe) {{ }} }}",
        "A.F", "'größe' would be 'größe', which is no name", "another name")]
    [InlineData(
        "wit", "{0} void F(R a) {{ }} }} [WasmResource] public class R;",
        "A.F", "has the functions of the resource 'R'", "[WasmImport]")]
    [InlineData(
        "wit", "[WasmExport] {1} partial int Count {{ get; }} }}",
        "A.Count", "WIT has no global to export", "Classes")]
    [InlineData(
        "wit", "[WasmExport] {1} partial Table Table {{ get; }} }}",
        "A.Table", "WIT has no Table to export", "Classes")]
    [InlineData(
        "wit", "{0} B F() => new(); }} [WasmResource, WasmImport(\"host\")] public partial class B {{ }}",
        "A.F", "'b' is of module 'host', and WIT lets no other use it", "demo:plugin/types")]
    [InlineData("wit", "{0} void F(int aB, int a_b) {{ }} }}", "w", "WIT does not allow it", "other names")]
    [InlineData(
        "wit", "[AssemblyScript] {0} void F(string a) {{ }} }}",
        "A.F", "it has objects of AssemblyScript", ".ts")]
    [InlineData(
        "h", "[AssemblyScript] {0} void F(string a) {{ }} }}",
        "A.F", "it has objects of AssemblyScript", ".ts")]
    [InlineData("h", "[RustWasmBindgen] {0} void F(string a) {{ }} }}", "A", "wasm-bindgen itself writes", "Classes")]
    [InlineData(
        "h", "{0} const int C = 0; [return: MultiValue] public (int, int) F() => default; }}",
        "A.F", "a function of C has a single result", "[return: MultiValue]")]
    [InlineData(
        "rs", "{0} const int C = 0; [return: MultiValue] public (int, int) F() => default; }}",
        "A.F", "a function of Rust has a single result", "[return: MultiValue]")]
    [InlineData(
        "h", "{0} void F(object a) {{ }} }}",
        "A.F", "C has no references to objects of the host", "[WasmResource]")]
    [InlineData(
        "rs", "{0} void F(Action a) {{ }} }}",
        "A.F", "Rust has no references to functions", "[TableIndex(\"__indirect_function_table\")]")]
    [InlineData(
        "h", "[WasmExport] {1} partial int Count {{ get; }} }}",
        "A.Count", "C has no global to export", "function")]
    [InlineData(
        "h", "[WasmExport] {1} partial Memory Other {{ get; }} }}",
        "A.Other", "C has no Memory to export", "function")]
    [InlineData(
        "ts", "[WasmExport] {1} partial Memory Other {{ get; }} }}",
        "A.Other", "AssemblyScript exports no Memory of that name", "Classes")]
    [InlineData(
        "ts", "[WasmExport] {1} const int C = 0; [WasmName(\"a-b\")] public partial void F(); }}",
        "A.F", "AssemblyScript cannot export the name 'a-b'", "Naming.CamelCase")]
    [InlineData(
        "h", "{0} const int C = 0; [WasmName(\"a\\n\")] public void F() {{ }} }}",
        "A.F", "its name has control characters", "[WasmName]")]
    [InlineData(
        "h",
        "[WasmExport] {1} partial int F(); }} [WasmExport] public partial class B {{ public partial long F(); }}",
        "B.F", "'A.F' is 'f' too, with other types", "Classes")]
    [InlineData(
        "h",
        "[GuestAllocator(\"a\")] {0} string F() => \"\"; }} [WasmImport(\"b\"), GuestAllocator(\"a(size, alignment)\")]"
            + " public partial class B {{ public string G() => \"\"; }}",
        "a", "with different parameters", "[GuestAllocator]")]
    [InlineData("wit", "[WasmImport(\"\")] {1} void F() {{ }} }}", "A.F", "its module '' is no name of WIT", "name")]
    [InlineData("ts", "[Memory64] {0} void F(string a) {{ }} }}", "A.F", "AssemblyScript has no memories", "remove")]
    [InlineData(
        "rs", "[WasmImport(\"e\", Memory = \"m\")] {1} void F(string a) {{ }} }}",
        "A.F", "guests in Rust export 'memory', and not 'm'", "memory")]
    [InlineData(
        "h",
        "[Memory64] {0} void F(string a) {{ }} }} "
            + "[WasmExport] public partial class B {{ public partial void G(string a); }}",
        "A.F", "other functions are for memories of 32 bits", "Classes")]
    public void WBG0429_what_a_language_cannot_say(
        string language, string classes, string member, string reason, string remedy)
    {
        GeneratorRun run = GeneratorRun.Of(GeneratorTest.Compile(Complete(classes)), $"w.{language}??");
        Diagnostic error = Assert.Single(run.Diagnostics);
        Assert.Equal("WBG0429", error.Id);
        string message = error.GetMessage(null);
        Assert.StartsWith($"'{member}' cannot be written to 'w.{language}', as ", message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
        int end = message.IndexOf(": ", message.IndexOf(reason, StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains(remedy, message[end..], StringComparison.Ordinal);
        Assert.DoesNotContain("WasmGuestBindings.g.cs", run.Files.Keys);
    }

    /// <summary>It is not taken for the world, and its resources are found.</summary>
    [Fact]
    public void A_module_without_a_name_is_none_of_WIT()
    {
        GeneratorRun run = GeneratorRun.Of(
            GeneratorTest.Compile(Complete("[WasmResource, WasmImport(\"\")] {1} A() {{ }} }}")), "w.wit??");
        Assert.Equal(["WBG0429"], run.Diagnostics.Select(static error => error.Id));
    }

    [Fact]
    public void An_item_may_name_its_classes()
    {
        const string Item = "a.h??C,Demo.CGuest|b.h??Env,Demo|c.h??CGuest";
        GeneratorRun run = GeneratorRun.Of(GeneratorTest.Compile(GuestBindingsSet.Conventions), Item);
        Assert.Equal(
            [
                "'Demo' cannot be written to 'b.h', as there is no [WasmImport] or [WasmExport] class of that name: "
                    + "change the item's Classes",
                "'Env' cannot be written to 'b.h', as there is no [WasmImport] or [WasmExport] class of that name: "
                    + "change the item's Classes",
            ],
            run.Diagnostics.Select(static error => error.GetMessage(null)).Order(StringComparer.Ordinal));
        string text = run.Files["WasmGuestBindings.g.cs"];
        Assert.Contains("\"WasmGuestBindings:a.h\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"WasmGuestBindings:b.h\"", text, StringComparison.Ordinal);
        Assert.Contains("from the C# classes Demo.CGuest: changes", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_written_where_nothing_is_wanted()
    {
        GeneratorRun run = GeneratorRun.Of(GeneratorTest.Compile(GuestBindingsSet.Canonical));
        Assert.Empty(run.Step(TrackingNames.GuestBindings));
        Assert.DoesNotContain("WasmGuestBindings.g.cs", run.Files.Keys);
    }

    [Fact]
    public void Edits_that_change_no_signature_write_nothing_again()
    {
        GeneratorRun run = GeneratorRun.Of(GeneratorTest.Compile(GuestBindingsSet.Canonical), "a.h??|a.wit??");
        GeneratorTest.AssertIncremental(run);
        GeneratorRun again = run.Again(GeneratorTest.Compile(GuestBindingsSet.Canonical.Replace(
            "int Increment(int by)", "long Increment(int by)", StringComparison.Ordinal)));
        Assert.All(
            again.Step(TrackingNames.GuestBindings),
            static output => Assert.Equal(IncrementalStepRunReason.Modified, output.Reason));
    }

    /// <param name="classes">Classes, with {0} for the beginning of one, or {1} for one without an attribute.</param>
    private static string Complete(string classes)
    {
        const string Class = "public partial class A { public";
        return "using System; using System.Runtime.Intrinsics; using WasmBindgen;\n"
            + string.Format(null, classes, $"[WasmImport(\"env\")] {Class}", Class);
    }

    private static string Module(DeclaredGuest guest, Contract contract) =>
        guest.Imports.FirstOrDefault(one => one.Contract == contract.FullName)?.Module ?? contract.Module;

    private static string Core(DeclaredMethod method, bool isImport)
    {
        Shape[] self = method.WasmName.StartsWith("[method]", StringComparison.Ordinal) ? [ScalarShape.Int] : [];
        CoreFunction core = CoreFunction.Of(
            self.Concat(method.Parameters.Select(static parameter => parameter.Value)), method.Result, isImport);
        return "(func"
            + string.Concat(core.Parameters.Select(static type => $" (param {type.Text()})"))
            + string.Concat(core.Results.Select(static type => $" (result {type.Text()})"))
            + ")";
    }
}
