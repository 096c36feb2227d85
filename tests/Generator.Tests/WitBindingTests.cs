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
