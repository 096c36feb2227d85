using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace WasmBindgen.Benchmarks;

/// <summary>
/// The generator beside .NET's own for <c>[LibraryImport]</c>, in one run: the first time over a project, and again
/// after an edit that concerns neither. And what Roslyn itself takes for that edit, with a generator that only finds
/// the classes.
/// </summary>
internal static class GeneratorComparison
{
    private const int Classes = 1000;
    private const int Methods = 10;
    private const int OtherTypes = 20_000;
    private const int Edits = 10;

    internal static int Run()
    {
        SyntaxTree bindings = Parse(WriteBindings());
        SyntaxTree imports = Parse(WriteLibraryImports());
        SyntaxTree others = Parse(WriteOtherTypes());
        Console.WriteLine($"{Classes} classes of {Methods} methods; an edit is the least of {Edits}.");
        Console.WriteLine();
        Console.WriteLine("| generator | project | first | an edit | allocated |");
        Console.WriteLine("|---|---|---|---|---|");
        ISourceGenerator[] finder = [new Finder(static _ => 0).AsSourceGenerator()];
        Measure("one that finds the classes", "bindings", finder, bindings);
        Measure("one that reads their members", "bindings", [new Finder(Read).AsSourceGenerator()], bindings);
        Measure("WasmBindgen", "bindings", Ours(), bindings);
        Measure("one that finds the classes", $"bindings, {OtherTypes} other types", finder, bindings, others);
        Measure("WasmBindgen", $"bindings, {OtherTypes} other types", Ours(), bindings, others);
        Measure("LibraryImport", "imports", DotNets(), imports);
        return 0;
    }

    private static void Measure(string name, string project, ISourceGenerator[] generators, params SyntaxTree[] trees)
    {
        _ = Measure(generators, trees); // so that all is compiled
        (double first, double edit, double bytes) = Measure(generators, trees);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {project} | {first:F0} ms | {edit:F0} ms | {bytes / 1e6:F0} MB |"));
    }

    private static (double First, double Edit, double Bytes) Measure(ISourceGenerator[] generators, SyntaxTree[] trees)
    {
        SyntaxTree edited = Parse("class Edited { int Value => 0; }");
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Benchmark",
            [.. trees, edited],
            References(),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            generators, parseOptions: (CSharpParseOptions)edited.Options);

        long start = Stopwatch.GetTimestamp();
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out _, out _);
        double first = Stopwatch.GetElapsedTime(start).TotalMilliseconds;

        (double edit, double bytes) = (double.MaxValue, double.MaxValue);
        for (int i = 1; i <= Edits; i++)
        {
            SyntaxTree next = edited.WithChangedText(SourceText.From($"class Edited {{ int Value => {i}; }}"));
            compilation = compilation.ReplaceSyntaxTree(edited, next);
            edited = next;
            long before = GC.GetTotalAllocatedBytes(precise: true);
            start = Stopwatch.GetTimestamp();
            driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out _, out _);
            edit = Math.Min(edit, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            bytes = Math.Min(bytes, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        return (first, edit, bytes);
    }

    /// <summary>Has Roslyn bind all that a signature says, which every generator for methods needs.</summary>
    private static int Read(INamedTypeSymbol type)
    {
        foreach (IMethodSymbol method in type.GetMembers().OfType<IMethodSymbol>())
        {
            _ = (method.ReturnType, method.GetAttributes(), method.GetReturnTypeAttributes());
            foreach (IParameterSymbol parameter in method.Parameters)
            {
                _ = (parameter.Type, parameter.GetAttributes());
            }
        }

        return 0;
    }

    internal static ISourceGenerator[] Ours() =>
    [
        .. Assembly.Load("WasmBindgen.Generator").GetTypes()
            .Where(static type => type.GetCustomAttribute<GeneratorAttribute>() is not null)
            .Select(Make),
    ];

    /// <summary>From the SDK's reference pack, whose generators every build of a .NET project loads.</summary>
    private static ISourceGenerator[] DotNets()
    {
        string root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));
        string pack = Directory.GetDirectories(Path.Combine(root, "packs", "Microsoft.NETCore.App.Ref")).Max()!;
        string file = Path.Combine(pack, "analyzers/dotnet/cs/Microsoft.Interop.LibraryImportGenerator.dll");
        return [Make(Assembly.LoadFrom(file).GetType("Microsoft.Interop.LibraryImportGenerator", throwOnError: true)!)];
    }

    private static ISourceGenerator Make(Type generator) =>
        ((IIncrementalGenerator)Activator.CreateInstance(generator, nonPublic: true)!).AsSourceGenerator();

    internal static IEnumerable<MetadataReference> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(static file => Path.GetFileName(file).StartsWith("System.", StringComparison.Ordinal)
                || Path.GetFileName(file) is "netstandard.dll" or "WasmBindgen.dll")
            .Select(static file => MetadataReference.CreateFromFile(file));

    internal static SyntaxTree Parse(string text) =>
        CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.CSharp12));

    private static string WriteBindings() => Write((text, number) =>
    {
        text.AppendLine("[WasmBindgen.WasmImport(\"env\")]");
        text.AppendLine(CultureInfo.InvariantCulture, $"public sealed partial class Env{number}");
        text.AppendLine("{");
        for (int i = 0; i < Methods; i++)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"    public int Method{i}(int a, string b) => a;");
        }

        text.AppendLine("}");
    });

    private static string WriteLibraryImports() => Write((text, number) =>
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"public static partial class Native{number}");
        text.AppendLine("{");
        for (int i = 0; i < Methods; i++)
        {
            text.AppendLine(
                "    [System.Runtime.InteropServices.LibraryImport(\"n\", "
                + "StringMarshalling = System.Runtime.InteropServices.StringMarshalling.Utf8)]");
            text.AppendLine(
                CultureInfo.InvariantCulture, $"    public static partial int Method{i}(int a, string b);");
        }

        text.AppendLine("}");
    });

    private static string WriteOtherTypes()
    {
        var text = new StringBuilder();
        for (int i = 0; i < OtherTypes; i++)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"namespace Other.N{i % 100} {{ public class Type{i}; }}");
        }

        return text.ToString();
    }

    private static string Write(Action<StringBuilder, int> writeClass)
    {
        var text = new StringBuilder();
        for (int i = 0; i < Classes; i++)
        {
            writeClass(text, i);
        }

        return text.ToString();
    }

    /// <summary>Finds the classes, and reads of them what it is told to: what Roslyn itself takes.</summary>
    private sealed class Finder(Func<INamedTypeSymbol, int> read) : IIncrementalGenerator
    {
        public void Initialize(IncrementalGeneratorInitializationContext context) => context.RegisterSourceOutput(
            context.SyntaxProvider.ForAttributeWithMetadataName(
                "WasmBindgen.WasmImportAttribute",
                static (_, _) => true,
                (found, _) => read((INamedTypeSymbol)found.TargetSymbol)),
            static (_, _) => { });
    }
}
