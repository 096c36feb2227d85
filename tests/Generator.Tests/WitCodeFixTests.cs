using Microsoft.CodeAnalysis.CodeFixes;
using WasmBindgen.Generator.CodeFixes;

namespace WasmBindgen.Generator.Tests;

/// <summary>What an editor does about classes and the WIT that they name.</summary>
public sealed class WitCodeFixTests
{
    private static readonly InterfaceText App = InterfaceText.Wit(
        "app.wit",
        """
        package demo:app@1.2.0;

        interface log {
          enum level { info }
          write: func(level: level, text: string) -> u32;
          flush: func();
          find: func(text: string) -> result<list<u8>, string>;
        }

        interface api {
          parse: func(text: string) -> result<u32, string>;
          stop: func();
        }

        world first { import log; export api; }
        world second { export api; }
        """);

    private static readonly InterfaceText Late = InterfaceText.Wit(
        "late.wit",
        """
        package demo:late;
        interface i { wait: async func(); pipe: func() -> stream<u8>; stop: func(); }
        """);

    [Fact]
    public Task WBG0411_missing_methods_are_added() => FixesAsync(
        new AddImportFix(),
        "Add 'public",
        """
        using System;
        using Demo.App;
        using WasmBindgen;

        [WasmImport("demo:app/log", Wit = "app.wit")]
        public sealed partial class Log
        {
            public void Flush() { }
        }
        """,
        """
        using System;
        using Demo.App;
        using WasmBindgen;

        [WasmImport("demo:app/log", Wit = "app.wit")]
        public sealed partial class Log
        {
            public void Flush() { }

            public uint Write(Level level, string text) => throw new NotImplementedException();

            public Result<byte[], string> Find(string text) => throw new NotImplementedException();
        }
        """);

    [Fact]
    public Task WBG0412_methods_get_the_signature_of_WIT() => FixesAsync(
        new WitSignatureFix(),
        "Change the signature",
        """
        using Demo.App;
        using WasmBindgen;

        [WasmImport("demo:app/log", Wit = "app.wit")]
        public sealed partial class Log
        {
            /// <summary>Writes.</summary>
            public void Write(Caller caller, string text, Store store)
            {
                Flush(1);
            }

            public void Flush(int times) { }

            public int Find(Caller caller, int name) => name;
        }
        """,
        """
        using Demo.App;
        using WasmBindgen;

        [WasmImport("demo:app/log", Wit = "app.wit")]
        public sealed partial class Log
        {
            /// <summary>Writes.</summary>
            public uint Write(Caller caller, Level level, string text, Store store)
            {
                Flush(1);
            }

            public void Flush() { }

            public Result<byte[], string> Find(Caller caller, string name) => name;
        }
        """);

    [Fact]
    public Task WBG0412_calls_stay_what_they_are_for_the_caller() => FixesAsync(
        new WitSignatureFix(),
        "Change the signature",
        """
        using System.Threading;
        using System.Threading.Tasks;
        using WasmBindgen;

        [WasmExport("demo:app/api", Wit = "app.wit")]
        public sealed partial class Api
        {
            public partial Task<GuestResult<string>> Parse(int text, CancellationToken token);

            [Timeout(5)]
            public partial Task<int> Stop(CancellationToken token);
        }
        """,
        """
        using System.Threading;
        using System.Threading.Tasks;
        using WasmBindgen;

        [WasmExport("demo:app/api", Wit = "app.wit")]
        public sealed partial class Api
        {
            public partial Task<GuestResult<Result<uint, string>>> Parse(string text, CancellationToken token);

            [Timeout(5)]
            public partial Task Stop(CancellationToken token);
        }
        """);

    private const string NearlyFlush = """
        using WasmBindgen;

        [WasmImport("demo:app/log", Wit = "app.wit")]
        public sealed partial class Log
        {
            public uint Write(Demo.App.Level level, string text) => 0;

            public Result<byte[], string> Find(string text) => text;

            // All of it.
            public void Flsh() { }
        }
        """;

    [Fact]
    public Task WBG0413_methods_that_are_no_functions_become_internal() => FixesAsync(
        new MakeInternalFix(),
        "Make internal",
        NearlyFlush,
        NearlyFlush.Replace("public void Flsh", "internal void Flsh", StringComparison.Ordinal),
        "WBG0411");

    [Fact]
    public Task WBG0413_methods_are_renamed_to_the_function() => FixesAsync(
        new GuestNameFix(),
        "Rename to 'Flush'",
        NearlyFlush,
        NearlyFlush.Replace("Flsh", "Flush", StringComparison.Ordinal));

    [Fact]
    public Task WBG0414_partial_methods_are_renamed_to_the_function() => FixesAsync(
        new GuestNameFix(),
        "Rename to 'Parse'",
        """
        using WasmBindgen;

        [WasmExport("demo:app/api", Wit = "app.wit")]
        public sealed partial class Api
        {
            public partial Result<uint, string> Pars(string text);

            public uint Twice(string text) => 2 * Pars(text).Unwrap();
        }
        """,
        """
        using WasmBindgen;

        [WasmExport("demo:app/api", Wit = "app.wit")]
        public sealed partial class Api
        {
            public partial Result<uint, string> Parse(string text);

            public uint Twice(string text) => 2 * Parse(text).Unwrap();
        }
        """);

    [Theory]
    [InlineData("demo:app/apis", "demo:app/api")]
    [InlineData("demo:app/apis@1.2.0", "demo:app/api@1.2.0")]
    public Task WBG0410_classes_name_the_nearest_interface(string before, string after) => FixesAsync(
        new WitInterfaceFix(), "Change the interface to", Exports(before), Exports(after));

    private static string Exports(string name) => $"""
        using WasmBindgen;

        [WasmExport("{name}", Wit = "app.wit")] public sealed partial class A;
        [WasmExport(/* the other */ "{name}", Wit = "app.wit")] public sealed partial class B;
        """;

    [Theory]
    [InlineData("")]
    [InlineData(", World = \"thrd\"")]
    public async Task WBG0422_classes_name_a_world(string world)
    {
        foreach (string one in new[] { "first", "second" })
        {
            await FixesAsync(
                new WitWorldFix(), $"Set World = \"{one}\"", Worlds(world), Worlds($", World = \"{one}\""));
        }
    }

    private static string Worlds(string world) => $"""
        using WasmBindgen;

        [WasmWorld("app.wit"{world})] public sealed partial class A;

        [WasmWorld("app.wit"{world})]
        public sealed partial class B;
        """;

    [Theory]
    [InlineData("", "[\"demo:late/i#wait\", \"demo:late/i#pipe\"]")]
    [InlineData(", Skip = [\"demo:late/i#pipe\"]", "[\"demo:late/i#pipe\", \"demo:late/i#wait\"]")]
    [InlineData(", Skip = new[] { \"pipe\" }", "[\"pipe\", \"demo:late/i#wait\"]")]
    [InlineData(", Skip = new string[] { \"pipe\" }", "[\"pipe\", \"demo:late/i#wait\"]")]
    public Task WBG0424_functions_are_skipped(string before, string after) => FixesAsync(
        new WitSkipFix(), "Skip \"demo:late/i#", Skips(before), Skips($", Skip = {after}"));

    private static string Skips(string skip) => $"""
        using WasmBindgen;

        [WasmImport("demo:late/i", Wit = "late.wit"{skip})]
        public sealed partial class Late
        {"{"}
            public void Stop() {"{ }"}
        {"}"}
        """;

    private static Task FixesAsync(
        CodeFixProvider fix, string title, string before, string after, params string[] left) =>
        CodeFixTests.FixesAsync(fix, title, before, after, [App, Late], left);
}
