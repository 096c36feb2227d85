using System.Globalization;
using Microsoft.CodeAnalysis;

namespace WasmBindgen.Generator.Tests;

/// <summary>The asynchronous contracts of WIT.</summary>
public sealed class WitAsyncTests
{
    private const string Wit = """
        package demo:app;
        interface log {
          record point { x: f64 }
          resource file { constructor(name: string); read: func() -> u32; }
          draw: func(path: list<point>, four: list<u8, 4>, cancellation-token: string) -> result<u32, string>;
          flush: func();
          count: func() -> u32;
        }
        world app { import log; import tick: func(n: u32); export run: func(); }
        """;

    [Fact]
    public void A_world_and_a_class_have_them()
    {
        GeneratorRun run = Compiles("""
            using System;
            using System.Threading;
            using System.Threading.Tasks;
            using Demo.App;
            using WasmBindgen;

            [WasmWorld("app.wit", Async = true)] public sealed partial class App;

            [WasmImport("demo:app/log", Wit = "app.wit", Async = true)]
            public sealed partial class Log
            {
                public async ValueTask<Result<uint, string>> Draw(
                    ReadOnlyMemory<Point> path, byte[] four, string text, CancellationToken token)
                {
                    await Task.Delay(1, token);
                    return (uint)path.Length;
                }
                public ValueTask Flush(CancellationToken token) => default;
                public ValueTask<uint> Count(CancellationToken token) => new(1u);
                public ValueTask<IFile> NewFile(string name, CancellationToken token) => default;
            }

            public static class Use
            {
                public static App.Imports Make(IAppImportsAsync root, Log log) => new(root, log);
                public static ValueTask<uint> Count(ILogAsync log) => log.Count();
            }
            """);
        Assert.Null(run.Output.GetTypeByMetadataName("Demo.App.ILog"));
        Assert.Equal(
            "System.Threading.Tasks.ValueTask<WasmBindgen.Result<uint, string>> Demo.App.ILogAsync.Draw("
                + "System.ReadOnlyMemory<Demo.App.Point> path, byte[] four, string cancellationToken, "
                + "System.Threading.CancellationToken cancellationToken_ = default(System.Threading.CancellationToken))",
            run.Output.GetTypeByMetadataName("Demo.App.ILogAsync")!.GetMembers("Draw").Single().ToDisplayString(
                SymbolDisplayFormat.CSharpErrorMessageFormat
                    .WithMemberOptions(
                        SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeContainingType
                            | SymbolDisplayMemberOptions.IncludeParameters)
                    .WithParameterOptions(
                        SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName
                            | SymbolDisplayParameterOptions.IncludeDefaultValue)));
        Assert.Equal(
            ["Read"],
            run.Output.GetTypeByMetadataName("Demo.App.IFile")!.GetMembers().Select(static one => one.Name));
    }

    [Theory]
    [InlineData("public uint Count() => 1;")]
    [InlineData("public Task<uint> Count() => Task.FromResult(1u);")]
    [InlineData("public async ValueTask<uint> Count() { await Task.Yield(); return 1; }")]
    [InlineData("public ValueTask<uint> Count(CancellationToken a, Caller caller) => new(1u);")]
    [InlineData("public async Task<Interruptible<uint, int>> Count() { await Task.Yield(); return 1u; }")]
    [InlineData("public Interrupt<int> Count() => Interrupt.With(1);")]
    [InlineData("ValueTask<uint> ILogAsync.Count(CancellationToken token) => new(1u);")]
    public void A_method_may_differ_from_them(string count) => Compiles($$"""
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using Demo.App;
        using WasmBindgen;

        [WasmImport("demo:app/log", Wit = "app.wit", Async = true, Skip = ["flush"])]
        public sealed partial class Log
        {
            public uint Draw(ReadOnlySpan<Point> path, ReadOnlySpan<byte> four, string text) => 1;
            public async Task<IFile> NewFile(string name) { await Task.Yield(); return null!; }
            {{count}}
        }

        [WasmImport("demo:app/log", Wit = "app.wit")]
        public sealed partial class Both
        {
            public async ValueTask<uint> Draw(ReadOnlyMemory<Point> path, byte[] four, string text, CancellationToken t)
            {
                await Task.Yield();
                return 1;
            }
            public void Flush() { }
            public uint Count() => 1;
            public IFile NewFile(string name) => null!;
        }
        """);

    [Fact]
    public void WBG0411_has_their_signatures()
    {
        GeneratorRun run = Run("""
            using WasmBindgen;
            [WasmImport("demo:app/log", Wit = "app.wit", Async = true)] public sealed partial class Log { }
            [WasmImport("demo:app/log", Wit = "app.wit", Async = true, Skip = ["flush"])]
            public static partial class S { }
            """);
        Assert.Contains(
            "WBG0411: 'Log' does not implement 'demo:app/log#count': add `public System.Threading.Tasks.ValueTask<uint> "
                + "Count(System.Threading.CancellationToken cancellationToken)`",
            run.Diagnostics.Select(Text));
        Assert.Contains(
            "WBG0416: 'S' is static and cannot have a contract with Async: make it a class with objects",
            run.Diagnostics.Select(Text));
    }

    private static GeneratorRun Compiles(string source)
    {
        GeneratorRun run = Run(source);
        Assert.Empty(run.Diagnostics);
        Assert.Empty(GeneratorTest.CompilerDiagnostics(run.Output));
        GeneratorTest.AssertIncremental(run);
        return run;
    }

    private static GeneratorRun Run(string source) =>
        GeneratorRun.Of(GeneratorTest.Compile(source), InterfaceText.Wit("app.wit", Wit));

    private static string Text(Diagnostic diagnostic) =>
        $"{diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}";
}
