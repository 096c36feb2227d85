using WasmBindgen.Generator.CodeFixes;

namespace WasmBindgen.Generator.Tests;

/// <summary>What an editor does about guests: each fix alone, and all of a file at once.</summary>
public sealed class GuestCodeFixTests
{
    private static readonly InterfaceText Plugin = new(
        "plugin.wasm",
        """
        (module
          (import "env" "log" (func (param $address i32) (param $length i32)))
          (import "env" "getTime" (func (result i64)))
          (import "env" "keep_all" (func (param externref)))
          (export "mem" (memory 1))
        )
        """);

    private static readonly InterfaceText Counter = new(
        "counter.wasm",
        """
        (module
          (export "mem" (memory 1))
          (export "malloc" (func (param i32) (result i32)))
          (export "free" (func (param i32)))
          (export "count_words" (func (param $text i32) (param $length i32) (result i32)))
          (export "countLines" (func (param $text i32) (param $length i32) (result i32)))
        )
        """);


    [Fact]
    public Task Missing_imports_are_added() => CodeFixTests.FixesAsync(
        new AddImportFix(),
        "Add 'public",
        """
        using WasmBindgen;

        [WasmImport("env")]
        public partial class Env
        {
        }
        """,
        """
        using WasmBindgen;

        [WasmImport("env")]
        public partial class Env
        {
            public void Log(int address, int length) => throw new System.NotImplementedException();

            [WasmName("getTime")]
            public long GetTime() => throw new System.NotImplementedException();

            public void KeepAll(object? a) => throw new System.NotImplementedException();
        }
        """,
        [Plugin]);

    [Fact]
    public Task Methods_get_the_type_that_the_guest_has() => CodeFixTests.FixesAsync(
        new GuestTypeFix(),
        "Change to",
        """
        using WasmBindgen;

        [WasmExport]
        public partial class Plugin
        {
            /// <summary>Counts.</summary>
            public partial long CountWords(float x);

            [WasmName("countLines")]
            public partial void CountLines();
        }
        """,
        """
        using WasmBindgen;

        [WasmExport]
        public partial class Plugin
        {
            /// <summary>Counts.</summary>
            public partial int CountWords(int text, int length);

            [WasmName("countLines")]
            public partial int CountLines(int text, int length);
        }
        """,
        [Counter]);

    [Fact]
    public Task Members_are_renamed_to_the_guest_s_name() => CodeFixTests.FixesAsync(
        new GuestNameFix(),
        "Rename to 'CountWords'",
        """
        using WasmBindgen;

        [WasmExport]
        public partial class Plugin
        {
            public partial int CountWord(int text, int length);

            public int Twice() => 2 * CountWord(0, 0);
        }
        """,
        """
        using WasmBindgen;

        [WasmExport]
        public partial class Plugin
        {
            public partial int CountWords(int text, int length);

            public int Twice() => 2 * CountWords(0, 0);
        }
        """,
        [Counter]);

    [Fact]
    public Task Members_get_the_guest_s_name_by_an_attribute() => CodeFixTests.FixesAsync(
        new GuestNameFix(),
        "Add [WasmName(\"countLines\")]",
        """
        using WasmBindgen;

        [WasmExport]
        public partial class Plugin
        {
            // Of a text.
            public partial int CountLines(int text, int length);
        }
        """,
        """
        using WasmBindgen;

        [WasmExport]
        public partial class Plugin
        {
            // Of a text.
            [WasmName("countLines")]
            public partial int CountLines(int text, int length);
        }
        """,
        [Counter]);

    [Fact]
    public Task Classes_get_the_allocator_that_the_guest_has() => CodeFixTests.FixesAsync(
        new GuestAttributeFix(),
        "Add [GuestAllocator",
        """
        using WasmBindgen;

        [WasmExport(Memory = "mem")]
        public partial class Plugin
        {
            public partial int CountWords(string text);

            [WasmName("countLines")]
            public partial int CountLines(string text);
        }
        """,
        """
        using WasmBindgen;

        [GuestAllocator("malloc", "free")]
        [WasmExport(Memory = "mem")]
        public partial class Plugin
        {
            public partial int CountWords(string text);

            [WasmName("countLines")]
            public partial int CountLines(string text);
        }
        """,
        [Counter]);

    [Fact]
    public Task Classes_get_the_memory_that_the_guest_has() => CodeFixTests.FixesAsync(
        new GuestAttributeFix(),
        "Set Memory",
        """
        using WasmBindgen;

        [WasmExport]
        [GuestAllocator("malloc", "free")]
        public partial class Plugin
        {
            public partial int CountWords(string text);
        }
        """,
        """
        using WasmBindgen;

        [WasmExport(Memory = "mem")]
        [GuestAllocator("malloc", "free")]
        public partial class Plugin
        {
            public partial int CountWords(string text);
        }
        """,
        [Counter]);

    [Fact]
    public Task Classes_get_the_module_that_the_guest_imports() => CodeFixTests.FixesAsync(
        new GuestAttributeFix(),
        "Change the module",
        """
        using WasmBindgen;

        [WasmImport("host", Memory = "mem")]
        public partial class Env
        {
            public void Log(string message) { }

            [WasmName("getTime")]
            public long Time() => 0;

            public void KeepAll([ExternRef] object? value) { }
        }
        """,
        """
        using WasmBindgen;

        [WasmImport("env", Memory = "mem")]
        public partial class Env
        {
            public void Log(string message) { }

            [WasmName("getTime")]
            public long Time() => 0;

            public void KeepAll([ExternRef] object? value) { }
        }
        """,
        [Plugin]);
}
