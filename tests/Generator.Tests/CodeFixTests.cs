using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;
using Microsoft.CodeAnalysis.Text;
using WasmBindgen.Generator.CodeFixes;

namespace WasmBindgen.Generator.Tests;

/// <summary>Each fix, applied as an editor does it, on code that then has no diagnostic of ours left.</summary>
public sealed class CodeFixTests
{
    [Fact]
    public Task What_is_thrown_is_declared() => FixesAsync(
        new DeclareInterruptFix(),
        """
        using System;
        using WasmBindgen;
        namespace Demo
        {
            public class Quota : Exception { }

            [WasmImport("env")]
            public partial class Env
            {
                /// <summary>Reads.</summary>
                public int Read(int id) => id > 0 ? id : throw new Quota();

                // Stops.
                [WasmName("halt")]
                public void Stop() => throw new System.IO.IOException();

                /// <exception cref="Quota">Often.</exception>
                public void Documented() { }

                public void Typed() => throw new Of<Guid>();
            }

            public class Of<T> : Exception { }
        }
        """,
        """
        using System;
        using WasmBindgen;
        namespace Demo
        {
            public class Quota : Exception { }

            [WasmImport("env")]
            public partial class Env
            {
                /// <summary>Reads.</summary>
                [Interrupts<Quota>]
                public int Read(int id) => id > 0 ? id : throw new Quota();

                // Stops.
                [Interrupts<System.IO.IOException>]
                [WasmName("halt")]
                public void Stop() => throw new System.IO.IOException();

                /// <exception cref="Quota">Often.</exception>
                [Interrupts<Quota>]
                public void Documented() { }

                [Interrupts<Of<Guid>>]
                public void Typed() => throw new Of<Guid>();
            }

            public class Of<T> : Exception { }
        }
        """);

    [Fact]
    public Task Classes_are_made_partial() => FixesAsync(
        new MakePartialFix(),
        """
        using WasmBindgen;
        // Around.
        static class Outer
        {
            /// <summary>Inside.</summary>
            [WasmImport("env")]
            class Env { public void A() { } }
        }
        [WasmExport] public sealed class Guest { }
        """,
        """
        using WasmBindgen;
        // Around.
        static partial class Outer
        {
            /// <summary>Inside.</summary>
            [WasmImport("env")]
            partial class Env { public void A() { } }
        }
        [WasmExport] public sealed partial class Guest { }
        """);

    [Theory]
    [InlineData("[Interrupts<Quota>] public void A()", "[Errno<Quota>(1)] public void A()")]
    [InlineData(
        "[WasmName(\"a\"), Errno<Quota>(5)] public int A()", "[WasmName(\"a\"), Interrupts<Quota>] public int A()")]
    [InlineData("[Interrupts<Quota>] public long A()", null)] // has no room for a number
    [InlineData("[Interrupts] public void A()", null)]
    public async Task An_interrupt_and_a_number_are_turned_into_each_other(string before, string? after)
    {
        const string Around =
            "using System; using WasmBindgen; public class Quota : Exception { } [WasmImport(\"env\")] public partial "
                + "class Env { ";
        const string End = " => throw new Quota(); }";
        Document document = NewDocument(Around + before + End);
        var actions = new List<CodeAction>();
        var span = new TextSpan(
            (Around + before).LastIndexOf(
                before.Contains("Errno", StringComparison.Ordinal) ? "Errno" : "Interrupts",
                StringComparison.Ordinal), 1);
        await new ErrnoRefactoring().ComputeRefactoringsAsync(
            new CodeRefactoringContext(document, span, actions.Add, CancellationToken.None));
        if (after is null)
        {
            Assert.Empty(actions);
            return;
        }

        document = await ApplyAsync(document, Assert.Single(actions));
        Assert.Equal(Around + after + End, (await document.GetTextAsync()).ToString());
    }

    [Fact]
    public async Task All_that_is_thrown_is_declared_once()
    {
        const string Before = """
            using System;
            using WasmBindgen;
            public class Quota : Exception { }
            [WasmImport("env")]
            public partial class Env
            {
                public void A(int a)
                {
                    if (a > 0)
                    {
                        throw new Quota();
                    }

                    throw new Quota();
                }

                public void B() => throw new Quota();
            }
            """;
        Document document = NewDocument(Before);
        var fix = new DeclareInterruptFix();
        CodeAction action = (await fix.GetFixAllProvider().GetFixAsync(new FixAllContext(
            document, fix, FixAllScope.Document, "Declare [Interrupts<Quota>]", fix.FixableDiagnosticIds, new Found(),
            CancellationToken.None)))!;
        document = await ApplyAsync(document, action);
        const string Declared = "    [Interrupts<Quota>]\n";
        Assert.Equal(
            Before.Replace("    public void", $"{Declared}    public void", StringComparison.Ordinal),
            (await document.GetTextAsync()).ToString());
    }

    [Fact]
    public Task Cases_of_errors_are_those_that_were_meant() => FixesAsync(
        new WitErrorFix(),
        """
        using System;
        using WasmBindgen;
        public enum Error { NoEntry, Denied }

        [WasmImport("env")]
        [WitError<TimeoutException>("no-entri")]
        public partial class Env
        {
            [WitError<ArgumentException>( "Denied" /* by us */ ), WitError<FormatException>("denied")]
            public Result<int, Error> Read() => 1;
        }
        """,
        """
        using System;
        using WasmBindgen;
        public enum Error { NoEntry, Denied }

        [WasmImport("env")]
        [WitError<TimeoutException>("no-entry")]
        public partial class Env
        {
            [WitError<ArgumentException>( "denied" /* by us */ ), WitError<FormatException>("denied")]
            public Result<int, Error> Read() => 1;
        }
        """);

    private static Task FixesAsync(CodeFixProvider fix, string before, string after) =>
        FixesAsync(fix, "", before, after, []);

    /// <summary>Fixes one diagnostic after the other, and all at once.</summary>
    /// <param name="fix">The fix.</param>
    /// <param name="title">How the title of the one to take begins.</param>
    /// <param name="before">The code.</param>
    /// <param name="after">What becomes of it.</param>
    /// <param name="guests">The guests of the project, and its WIT.</param>
    /// <param name="left">What is then still to be fixed in another way.</param>
    internal static async Task FixesAsync(
        CodeFixProvider fix, string title, string before, string after, InterfaceText[] guests, params string[] left)
    {
        Document document = NewDocument(before, guests);
        string? key = null;
        int rounds = 0;
        while ((await DiagnosticsAsync(document, guests))
            .FirstOrDefault(one => one.Location.IsInSource && fix.FixableDiagnosticIds.Contains(one.Id))
            is { } diagnostic)
        {
            var actions = new List<CodeAction>();
            await fix.RegisterCodeFixesAsync(
                new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
            CodeAction action =
                Assert.Single(actions, action => action.Title.StartsWith(title, StringComparison.Ordinal));
            key = action.EquivalenceKey;
            document = await ApplyAsync(document, action);
            Assert.InRange(++rounds, 1, 10);
        }

        Assert.InRange(rounds, 1, 10);
        Assert.Equal(after, (await document.GetTextAsync()).ToString());
        Assert.Equal(left, (await DiagnosticsAsync(document, guests)).Select(static one => one.Id));

        if (guests.Length > 0)
        {
            document = NewDocument(before, guests);
            CodeAction all = (await fix.GetFixAllProvider()!.GetFixAsync(new FixAllContext(
                document,
                fix,
                FixAllScope.Document,
                key,
                fix.FixableDiagnosticIds,
                new Found(guests),
                CancellationToken.None)))!;
            Assert.Equal(after, (await (await ApplyAsync(document, all)).GetTextAsync()).ToString());
        }
    }

    /// <summary>As editors do it: the action, then shorter names and the file's formatting.</summary>
    internal static async Task<Document> ApplyAsync(Document document, CodeAction action)
    {
        ApplyChangesOperation operation =
            (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single();
        Document changed = operation.ChangedSolution.GetDocument(document.Id)!;
        changed = await Simplifier.ReduceAsync(changed, Simplifier.Annotation);
        return await Formatter.FormatAsync(changed, Formatter.Annotation);
    }

    /// <summary>What analyzers say, and generators: editors offer fixes of both.</summary>
    private static async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(Document document, InterfaceText[] guests)
    {
        Project project = document.Project;
        var input = (CSharpCompilation)(await project.WithAnalyzerReferences([]).GetCompilationAsync())!;
        GeneratorRun run = GeneratorRun.Of(input, guests);
        SyntaxTree tree = input.SyntaxTrees.Single();
        return
        [
            .. run.Diagnostics.Select(one => InTree(one, tree)),
            .. await GeneratorTest.AnalyzerDiagnosticsAsync(run.Output, guests),
        ];
    }

    /// <summary>A generator knows only the file.</summary>
    private static Diagnostic InTree(Diagnostic one, SyntaxTree tree) =>
        one.Location.GetLineSpan().Path != tree.FilePath
            ? one
            : Diagnostic.Create(
                one.Id,
                one.Descriptor.Category,
                one.GetMessage(CultureInfo.InvariantCulture),
                one.Severity,
                one.DefaultSeverity,
                isEnabledByDefault: true,
                one.WarningLevel,
                location: Location.Create(tree, one.Location.SourceSpan),
                properties: one.Properties);

    /// <summary>The only document of a project, in which the types of its WIT are there as in an editor.</summary>
    private static Document NewDocument(string source, InterfaceText[] guests)
    {
        Project project = NewDocument(source).Project.AddAnalyzerReference(
            new AnalyzerFileReference(typeof(WitGenerator).Assembly.Location, new Loader()));
        foreach (InterfaceText guest in guests)
        {
            project = project.AddAdditionalDocument(guest.Path, guest.GetText(), filePath: guest.Path).Project;
        }

        return project.Documents.Single();
    }

    internal static Document NewDocument(string source, params MetadataReference[] further)
    {
        var workspace = new AdhocWorkspace();
        Project project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(),
            VersionStamp.Default,
            "Demo",
            "Demo",
            LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                allowUnsafe: true,
                nullableContextOptions: NullableContextOptions.Enable),
            parseOptions: CSharpParseOptions.Default.WithDocumentationMode(DocumentationMode.Parse),
            metadataReferences: GeneratorTest.References.AddRange(further)));
        return workspace.AddDocument(project.Id, "Demo.cs", SourceText.From(source));
    }

    /// <summary>The assembly that the tests have already.</summary>
    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => typeof(WitGenerator).Assembly;
    }

    private sealed class Found(params InterfaceText[] guests) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(
            Document document, CancellationToken cancellationToken) =>
            await DiagnosticsAsync(document, guests);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(
            Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);

        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(
            Project project, CancellationToken cancellationToken) =>
            GetDocumentDiagnosticsAsync(project.Documents.Single(), cancellationToken);
    }
}
