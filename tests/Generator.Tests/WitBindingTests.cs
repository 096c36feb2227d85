namespace WasmBindgen.Generator.Tests;

/// <summary>Classes that are bound to WIT.</summary>
public sealed class WitBindingTests
{
    private const string Plugin = """
        package demo:plugin@1.0.0;

        /// Types of all.
        interface types {
          record point { x: f64, y: f64 }
          enum level { info, warn }
          variant problem { empty, too-far(f64) }
        }

        interface log {
          use types.{level};
          /// Writes a line.
          write: func(level: level, message: string);
        }

        interface api {
          use types.{point, problem};
          length: func(path: list<point>) -> result<f64, problem>;
        }

        world plugin {
          import log;
          export api;
        }
        """;

    private const string World = """
        using Demo.Plugin;
        using WasmBindgen;

        [WasmWorld("plugin.wit")]
        public sealed partial class Plugin;

        public sealed class ConsoleLog : ILog
        {
            public void Write(Level level, string message) => System.Console.WriteLine($"{level}: {message}");
        }

        public static class Program
        {
            public static double Run(Store store, Module module) =>
                Plugin.Instantiate(store, module, new(new ConsoleLog())).Api.Length([new(0, 0), new(3, 4)]).Value;
        }
        """;

    [Fact]
    public async Task A_world_is_a_class()
    {
        GeneratorRun run = await VerifyAsync(World, InterfaceText.Wit("plugin.wit", Plugin));
        Snapshot.Verify(run);
    }

    [Fact]
    public async Task Resources_of_both_sides()
    {
        const string Wit = """
            package demo:shop;

            interface stock {
              resource item { constructor(name: string); price: func() -> u32; }
              find: func(name: string) -> option<item>;
            }

            interface carts {
              use stock.{item};
              resource cart { constructor(); add: func(item: item, count: u32); total: func() -> result<u32, string>; }
              merge: func(a: cart, b: borrow<cart>) -> cart;
            }

            world shop { import stock; export carts; }
            """;
        GeneratorRun run = await VerifyAsync(
            "using WasmBindgen; [WasmWorld(\"shop.wit\")] internal sealed partial class Shop;",
            InterfaceText.Wit("shop.wit", Wit));
        Snapshot.Verify(run);
    }

    [Fact]
    public async Task Classes_for_single_interfaces()
    {
        GeneratorRun run = await VerifyAsync(
            """
            using System;
            using System.Threading;
            using System.Threading.Tasks;
            using Demo.Plugin;
            using WasmBindgen;

            [WasmImport("demo:plugin/log", Wit = "plugin.wit")]
            [Interrupts<InvalidOperationException>]
            public sealed partial class Log
            {
                public async ValueTask Write(Level level, string message, CancellationToken token) => await Task.Yield();
            }

            [WasmExport("demo:plugin/api", Wit = "plugin.wit")]
            public sealed partial class Api
            {
                [Timeout(50)]
                public partial double Length(ReadOnlySpan<Point> points, CancellationToken token);
            }
            """,
            InterfaceText.Wit("plugin.wit", Plugin));
        Snapshot.Verify(run);
    }

    [Fact]
    public async Task Long_lists_of_parameters_and_names_that_differ_by_case()
    {
        await VerifyAsync(
            """
            using System;
            using WasmBindgen;
            [assembly: WitName("my:plug-in/log", "ILogger")]
            [WasmWorld("one.wit", Cancellable = true)] public sealed partial class One;
            [WasmWorld("two.wit")] public sealed partial class Two;
            [WasmImport("my:plug-in/log", Wit = "one.wit")]
            public sealed partial class Log
            {
                public byte[] Many(scoped ReadOnlySpan<byte> a, Caller caller, params ReadOnlySpan<byte> b) => [];
            }
            """,
            InterfaceText.Wit(
                "one.wit",
                """
                package my:plug-in;
                interface log { many: func(a: list<u8>, b: list<u8>) -> list<u8>; }
                interface orders {
                  create-order: func(customer-identifier: string, delivery-address-line: string, requested-quantity: u32,
                    preferred-delivery-day: u32, remark: string) -> u32;
                }
                world w { import log; export orders; }
                """),
            InterfaceText.Wit("two.wit", "package my:plugin; interface a { enum e { x } f: func(e: e); } world w { export a; }"));
    }

    private static async Task<GeneratorRun> VerifyAsync(string source, params InterfaceText[] files)
    {
        GeneratorRun run = GeneratorRun.Of(GeneratorTest.Compile(source), files);
        Assert.Empty(run.Diagnostics);
        Assert.Empty(GeneratorTest.CompilerDiagnostics(run.Output));
        Assert.Empty(await GeneratorTest.AnalyzerDiagnosticsAsync(run.Output, files));
        GeneratorTest.AssertIncremental(run);
        return run;
    }
}
