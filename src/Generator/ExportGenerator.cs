using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WasmBindgen.Generator.Emission;
using WasmBindgen.Generator.Diagnostics;
using WasmBindgen.Generator.Parsing;
using WasmBindgen.Generator.Symbols;

namespace WasmBindgen.Generator;

/// <summary>
/// Writes the constructor, the call stubs and the property bodies of every <c>[WasmExport]</c> class.
/// </summary>
[Generator]
public sealed class ExportGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // Parse: the class and its partial members, as a model that holds nothing of Roslyn. Diagnostics are the
        // analyzer's.
        var classes = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                WellKnownNames.WasmExportAttribute,
                predicate: static (node, _) => node is TypeDeclarationSyntax,
                transform: static (attributed, cancellation) => attributed.IsRepeated()
                    ? null
                    : ExportParser.Parse((INamedTypeSymbol)attributed.TargetSymbol, attributed.Attributes[0], DiagnosticSink.None, cancellation))
            .Where(static model => model is not null)
            .WithTrackingName(TrackingNames.ExportClasses);

        // Tell apart: nearly always there is nothing in it, and so nothing changes.
        var clashes = classes
            .Select(static (model, _) => model!.Type.DisplayName)
            .Collect()
            .Select(static (types, _) => FileNames.Clashes(types))
            .WithTrackingName(TrackingNames.ExportClashes);

        // Look around: what the project can compile, and what it references. One answer for the whole compilation.
        var settings = context.CompilationProvider
            .Select(static (compilation, _) => ProjectSettings.Of(compilation))
            .WithTrackingName(TrackingNames.ExportSettings);

        // Emit: a model, the name of its file and the project's settings are all that the text depends on.
        var sources = classes
            .Combine(clashes)
            .Combine(settings)
            .Select(static (given, _) => ExportEmitter.Emit(given.Left.Left!, FileNames.Of(given.Left.Left!.Type.DisplayName, given.Left.Right), given.Right))
            .WithTrackingName(TrackingNames.ExportSources);

        context.RegisterSourceOutput(sources, static (output, source) => output.AddSource(source.HintName, source.Text));
    }
}
