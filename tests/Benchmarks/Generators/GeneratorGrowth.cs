using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using WasmBindgen.Build;

namespace WasmBindgen.Benchmarks;

/// <summary>
/// What the generator takes by the number of classes, without and with a guest's text and WIT: the first time, and
/// after another signature in one class.
/// </summary>
internal static class GeneratorGrowth
{
    private const int Methods = 10;
    private const int Runs = 5;
    private const int Edits = 10;

    /// <summary>Of a world with all of WASI 0.2 but HTTP, whose interfaces the host implements itself.</summary>
    private const string World = """
        [WasmBindgen.WasmWorld("wasi", World = "command", Own = [
            "wasi:cli/environment", "wasi:cli/exit", "wasi:cli/stdin", "wasi:cli/stdout", "wasi:cli/stderr",
            "wasi:cli/terminal-input", "wasi:cli/terminal-output", "wasi:cli/terminal-stdin",
            "wasi:cli/terminal-stdout", "wasi:cli/terminal-stderr", "wasi:clocks/monotonic-clock",
            "wasi:clocks/wall-clock", "wasi:filesystem/types", "wasi:filesystem/preopens", "wasi:sockets/network",
            "wasi:sockets/instance-network", "wasi:sockets/udp", "wasi:sockets/udp-create-socket", "wasi:sockets/tcp",
            "wasi:sockets/tcp-create-socket", "wasi:sockets/ip-name-lookup", "wasi:random/random",
            "wasi:random/insecure", "wasi:random/insecure-seed", "wasi:io/error", "wasi:io/poll", "wasi:io/streams"])]
        public sealed partial class Command;
        """;

    private const string Guest = """
        [WasmBindgen.WasmExport(Guest = "guest.wasm")]
        public sealed partial class Guest;
        """;

    private static readonly ISourceGenerator[] s_generators = GeneratorComparison.Ours();

    /// <param name="guest">The path of a core module; null to leave out what is with one.</param>
    internal static int Run(string? guest)
    {
        InterfaceText[] wit =
        [
            .. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "wasi"))
                .Select(static path => (Name: Path.GetFileName(path), Text: File.ReadAllText(path)))
                .Select(static file => new InterfaceText(
                    file.Name == "cli.wit" ? "wasi/cli.wit" : $"wasi/deps/{file.Name}", file.Text)),
        ];
        var projects = new List<(string Name, string[] Classes, InterfaceText[] Texts)>
        {
            ("nothing", [], []),
            ("WIT", [World], wit),
        };
        if (guest is not null)
        {
            using FileStream file = File.OpenRead(guest);
            string text = GuestReader.Read(file).Wat!;
            projects.Insert(1, ($"a guest's text, {text.Length:N0} characters", [Guest], [new("guest.wat", text)]));
        }

        Console.WriteLine();
        Console.WriteLine(
            $"Classes of {Methods} methods; the least of {Runs} runs, and of {Edits} edits of one class.");
        Console.WriteLine();
        Console.WriteLine("| classes | with | first | allocated | an edit | allocated | files written again |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach ((string name, string[] classes, InterfaceText[] texts) in projects)
        {
            foreach (int count in (int[])[10, 100, 1000])
            {
                Figures figures = Measure(count, classes, texts);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {count} | {name} | {figures.First:F1} ms | {figures.FirstBytes / 1e6:F1} MB "
                        + $"| {figures.Edit:F1} ms | {figures.EditBytes / 1e6:F1} MB | {figures.Files} |"));
            }
        }

        return 0;
    }

    private static Figures Measure(int count, string[] classes, InterfaceText[] additional)
    {
        var figures = new Figures(double.MaxValue, double.MaxValue, double.MaxValue, double.MaxValue, 0);
        for (int run = 0; run <= Runs; run++)
        {
            CSharpCompilation compilation = CSharpCompilation.Create(
                "Benchmark",
                [
                    .. Enumerable.Range(0, count).Select(static i => GeneratorComparison.Parse(Write(i, "int"))),
                    .. classes.Select(GeneratorComparison.Parse),
                ],
                GeneratorComparison.References(),
                new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
            GeneratorDriver driver = CSharpGeneratorDriver.Create(
                s_generators,
                additional,
                (CSharpParseOptions)compilation.SyntaxTrees[0].Options,
                new Settings());
            (double first, double firstBytes) = Time(ref driver, compilation);
            GeneratorDriverRunResult result = driver.GetRunResult();
            HashSet<SourceText> texts = TextsOf(result);
            if (result.Diagnostics.Length > 0 || texts.Count < count + classes.Length)
            {
                throw new InvalidOperationException($"The project is wrong: {result.Diagnostics.FirstOrDefault()}");
            }

            (double edit, double editBytes, int files) = (double.MaxValue, double.MaxValue, 0);
            for (int i = 0; i < Edits; i++)
            {
                SyntaxTree edited = compilation.SyntaxTrees[count / 2];
                compilation = compilation.ReplaceSyntaxTree(
                    edited,
                    edited.WithChangedText(SourceText.From(Write(count / 2, i % 2 == 0 ? "long" : "int"))));
                (double time, double bytes) = Time(ref driver, compilation);
                (edit, editBytes) = (Math.Min(edit, time), Math.Min(editBytes, bytes));
                HashSet<SourceText> now = TextsOf(driver.GetRunResult());
                files = Math.Max(files, now.Except(texts).Count());
                texts = now;
            }

            // The first run is there so that all is compiled.
            figures = run == 0
                ? figures
                : new Figures(
                    Math.Min(figures.First, first),
                    Math.Min(figures.FirstBytes, firstBytes),
                    Math.Min(figures.Edit, edit),
                    Math.Min(figures.EditBytes, editBytes),
                    files);
        }

        return figures;
    }

    private static (double Time, double Bytes) Time(ref GeneratorDriver driver, CSharpCompilation compilation)
    {
        long before = GC.GetTotalAllocatedBytes(precise: true);
        long start = Stopwatch.GetTimestamp();
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out _, out _);
        double time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return (time, GC.GetTotalAllocatedBytes(precise: true) - before);
    }

    /// <summary>The objects themselves: one stays as long as its file is not written again.</summary>
    private static HashSet<SourceText> TextsOf(GeneratorDriverRunResult result) => new(
        result.Results.SelectMany(static one => one.GeneratedSources).Select(static source => source.SourceText),
        ReferenceEqualityComparer.Instance);

    private static string Write(int number, string type) => $$"""
        [WasmBindgen.WasmImport("env")]
        public sealed partial class Env{{number}}
        {
        {{string.Concat(Enumerable.Range(0, Methods)
            .Select(i => $"    public int Method{i}({type} a, string b) => 0;\n"))}}
        }
        """;

    private sealed record Figures(double First, double FirstBytes, double Edit, double EditBytes, int Files);

    private sealed class InterfaceText(string path, string text) : AdditionalText
    {
        private readonly SourceText _text = SourceText.From(text);

        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => _text;
    }

    /// <summary>What the build tells of the guest.</summary>
    private sealed class Settings : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values([]);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => textFile.Path == "guest.wat"
            ? new Values(new() { ["build_metadata.AdditionalFiles.WasmGuest"] = "guest.wasm" })
            : GlobalOptions;
    }

    private sealed class Values(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) =>
            values.TryGetValue(key, out value);
    }
}
