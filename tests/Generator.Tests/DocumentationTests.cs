using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using WasmBindgen.Tests;

namespace WasmBindgen.Generator.Tests;

/// <summary>That the C# of the README and the documentation is C#, and gets the diagnostics that it says.</summary>
public sealed partial class DocumentationTests
{
    /// <summary>The guest that blocks name, which they are not compared with.</summary>
    private static readonly InterfaceText s_guest = new("plugin.wasm", "(module)", ("Verify", "false"));

    private const string Diagnostics = "docs/diagnostics.md";

    /// <summary>What the blocks take for granted.</summary>
    private const string Prelude = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using WasmBindgen;
        global using static Given;

        internal static class Given
        {
            internal static Engine engine = null!;
            internal static Module module = null!;
            internal static Linker linker = null!;
            internal static Store store = null!;
            internal static InstancePre pre = null!;
            internal static ILogger logger = null!;
            internal static Request request = null!;
            internal static Stream _stream = null!;
            internal static ReadOnlyMemory<byte> _data;
            internal static int _counter, _count, _left;
            internal static int[] _items = [];
            internal static Guest guest = null!;
            internal static void Restart() { }
            internal static Task SaveAsync(int id) => Task.CompletedTask;
        }

        internal interface ILogger { void LogError(string message, object argument); }
        public sealed record Request(string Path, CancellationToken Aborted);
        public readonly record struct OutOfQuota(int Left);
        public enum ExitCode { Ok }
        public enum FileError { NoEntry, Denied }
        public sealed class ExitException : Exception;
        public sealed class ExitCodeException : Exception;
        public sealed class QuotaException : Exception;
        public sealed class ScriptException(string message) : Exception(message);
        public sealed class MillisecondsMarshaller : IWasmMarshaller<TimeSpan, int>
        {
            public static int ToGuest(TimeSpan value) => (int)value.TotalMilliseconds;
            public static TimeSpan FromGuest(int value) => TimeSpan.FromMilliseconds(value);
        }
        """;

    private const string Guest = """
        [WasmExport] public sealed partial class Guest { public partial GuestResult<int> Run(); }
        """;

    // What a block may be: a program, or members of a class.
    private static readonly string[] Places =
    [
        "{0}",
        "[WasmImport(\"demo\")] public sealed partial class Host {{\n{0}\n}}",
        "[WasmExport] public sealed partial class Bound {{\n{0}\n}}",
        "[WasmExport, GuestAllocator(\"malloc\", \"free\")] public sealed partial class Bound {{\n{0}\n}}",
    ];

    public static TheoryData<string, int> Blocks
    {
        get
        {
            var blocks = new TheoryData<string, int>();
            foreach (string path in Directory.GetFiles(Repository.PathOf("docs"), "*.md")
                .Where(static path => Path.GetFileName(path) != "migrating.md") // whole programs, see MigratingTests
                .Append(Repository.PathOf("README.md")).Order(StringComparer.Ordinal))
            {
                string file = Path.GetRelativePath(Repository.PathOf(), path).Replace('\\', '/');
                foreach (int line in Code(file).Keys)
                {
                    blocks.Add(file, line);
                }
            }

            return blocks;
        }
    }

    [Fact]
    public void There_are_blocks() => Assert.InRange(Blocks.Count, 30, 1000);

    [Theory]
    [MemberData(nameof(Blocks))]
    public async Task Each_block_compiles(string file, int line)
    {
        string code = Code(file)[line];

        // The page of diagnostics shows wrong and right ways one after the other, parted by blank lines.
        foreach (string part in file == Diagnostics ? code.Split("\n\n") : [code])
        {
            string[] expected = [.. Marked().Matches(part).Select(static match => match.Value).Distinct()];
            var problems = new List<string>();
            foreach (string place in Places)
            {
                string[] found = await ProblemsAsync(string.Format(null, place, part), Wit(file));
                if (expected.Length == 0
                    ? found.Length == 0
                    : expected.All(id => found.Any(problem => problem.Contains(id, StringComparison.Ordinal))))
                {
                    problems.Clear();
                    break;
                }

                problems.AddRange([.. found, ""]);
            }

            Assert.True(
                problems.Count == 0,
                $"{file}:{line} should have {(expected.Length == 0 ? "no problem" : string.Join(", ", expected))}:\n"
                    + $"{part}\n\n{string.Join('\n', problems)}");
        }
    }

    /// <summary>The errors of the compiler, and all that ours says.</summary>
    private static async Task<string[]> ProblemsAsync(string code, InterfaceText[] wit)
    {
        bool isProgram = CSharpSyntaxTree.ParseText(code, GeneratorTest.CSharp13)
            .GetCompilationUnitRoot().Members
            .OfType<Microsoft.CodeAnalysis.CSharp.Syntax.GlobalStatementSyntax>()
            .Any();
        CSharpCompilationOptions options = GeneratorTest.Library.WithOutputKind(
            isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary);
        string prelude = TypeName().Matches(code).Aggregate(Prelude, static (text, type) =>
            Regex.Replace(text, $@"(?m)^public .*\b{type.Groups[1].Value}\b.*(\n[{{}} ].*)*", ""));
        string guest = code.Contains("class Guest", StringComparison.Ordinal) ? "" : Guest;
        GeneratorRun run = GeneratorRun.Of(
            GeneratorTest.Compile(
                GeneratorTest.CSharp13, options, wit.Length > 0 ? "global using Demo.Plugin;" : "", code, prelude, guest),
            wit);
        ImmutableArray<Diagnostic> own = await GeneratorTest.AnalyzerDiagnosticsAsync(run.Output, [.. wit, s_guest]);
        return [.. run.Output.GetDiagnostics()
            .Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Concat(run.Diagnostics)
            .Concat(own)
            .Select(static diagnostic => diagnostic.ToString())];
    }

    /// <summary>The WIT that a page is about.</summary>
    private static InterfaceText[] Wit(string file) =>
    [
        .. WitBlock().Matches(File.ReadAllText(Repository.PathOf(file)))
            .Select(static match => InterfaceText.Wit("plugin.wit", match.Groups[1].Value)),
    ];

    /// <summary>The C# blocks of a page by the line that each begins in, with a body for each ellipsis.</summary>
    private static Dictionary<int, string> Code(string file)
    {
        string text = File.ReadAllText(Repository.PathOf(file));
        return Block().Matches(text).ToDictionary(
            match => text.AsSpan(0, match.Index).Count('\n') + 1,
            static match => match.Groups[1].Value.Replace("{ … }", "{ throw null!; }", StringComparison.Ordinal)
                .Replace("=> …", "=> throw null!", StringComparison.Ordinal)
                .TrimEnd());
    }

    [GeneratedRegex("^```csharp\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("^```wit\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex WitBlock();

    [GeneratedRegex("WBG[0-9]{4}(?=[^\n]*$)", RegexOptions.Multiline)]
    private static partial Regex Marked();

    [GeneratedRegex(@"(?:class|struct|enum) (\w+)")]
    private static partial Regex TypeName();
}
