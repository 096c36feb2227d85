using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using WasmBindgen.Generator;

namespace WasmBindgen.Conformance.Tests;

/// <summary>
/// Bindings for types that are known only when the test runs: C# text, our generators, and the compiler.
/// </summary>
internal static class Bindings
{
    /// <summary>The types that must be declared for these, each once.</summary>
    internal static string Declare(IEnumerable<WitType> types) => string.Join(
        "\n",
        types.SelectMany(static type => type.WithParts())
            .Select(static type => type.DeclareCSharp())
            .OfType<string>()
            .Distinct());

    /// <summary>Compiles annotated classes, and loads them so that they can be unloaded.</summary>
    internal static Assembly Compile(string source)
    {
        CSharpCompilation input = CSharpCompilation.Create(
            "Bindings" + Guid.NewGuid().ToString("N"),
            [
                CSharpSyntaxTree.ParseText(
                    $"#nullable enable\nusing System;\nusing WasmBindgen;\n{source}",
                    new CSharpParseOptions(LanguageVersion.CSharp13)),
            ],
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                .Select(static path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        CSharpGeneratorDriver
            .Create(
                [new ImportGenerator().AsSourceGenerator(), new ExportGenerator().AsSourceGenerator()],
                parseOptions: new CSharpParseOptions(LanguageVersion.CSharp13))
            .RunGeneratorsAndUpdateCompilation(input, out Compilation output, out _);
        using var image = new MemoryStream();
        Microsoft.CodeAnalysis.Emit.EmitResult result = output.Emit(image);
        Assert.True(
            result.Success,
            string.Join("\n", result.Diagnostics.Where(static one => one.Severity == DiagnosticSeverity.Error)));
        image.Position = 0;
        return new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image);
    }
}
