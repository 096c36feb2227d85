using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WasmBindgen.Generator.Emission;
using WasmBindgen.Generator.Parsing;

namespace WasmBindgen.Generator;

/// <summary>Writes the linker registration and the thunks of every <c>[WasmImport]</c> class.</summary>
[Generator]
public sealed class ImportGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // Parse: the class and its methods, as a model that holds nothing of Roslyn. Diagnostics are the analyzer's.
        var classes = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                WellKnownNames.WasmImportAttribute,
                predicate: static (node, _) => node is TypeDeclarationSyntax,
                transform: static (attributed, cancellation) => attributed.IsRepeated()
                    ? null
                    : ImportParser.Parse((INamedTypeSymbol)attributed.TargetSymbol, attributed.Attributes[0], DiagnosticSink.None, cancellation))
            .Where(static model => model is not null)
            .WithTrackingName(TrackingNames.ImportClasses);

        // Tell apart: nearly always there is nothing in it, and so nothing changes.
        var clashes = classes
            .Select(static (model, _) => model!.Type.DisplayName)
            .Collect()
            .Select(static (types, _) => FileNames.Clashes(types))
            .WithTrackingName(TrackingNames.ImportClashes);

        // Look around: what the project can compile, and what it references. One answer for the whole compilation.
        var settings = context.CompilationProvider
            .Select(static (compilation, _) => ProjectSettings.Of(compilation))
            .WithTrackingName(TrackingNames.ImportSettings);

        // Emit: a model, the name of its file and the project's settings are all that the text depends on.
        var sources = classes
            .Combine(clashes)
            .Combine(settings)
            .Select(static (given, _) => ImportEmitter.Emit(given.Left.Left!, FileNames.Of(given.Left.Left!.Type.DisplayName, given.Left.Right), given.Right))
            .WithTrackingName(TrackingNames.ImportSources);

        context.RegisterSourceOutput(sources, static (output, source) => output.AddSource(source.HintName, source.Text));
    }
}
