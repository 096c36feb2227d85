using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WasmBindgen.Generator.Emission;
using WasmBindgen.Generator.Parsing;

namespace WasmBindgen.Generator;

/// <summary>Writes the constructor, the call stubs and the property bodies of every <c>[WasmExport]</c> class.</summary>
[Generator]
public sealed class ExportGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // Parse: the class and its partial members, as a model that holds nothing of Roslyn. Diagnostics are the analyzer's.
        var classes = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                WellKnownNames.WasmExportAttribute,
                predicate: static (node, _) => node is TypeDeclarationSyntax,
                transform: static (attributed, cancellation) => ExportParser.Parse(
                    (INamedTypeSymbol)attributed.TargetSymbol, attributed.Attributes[0], DiagnosticSink.None, cancellation))
            .Where(static model => model is not null)
            .WithTrackingName(TrackingNames.ExportClasses);

        // Emit: a model is all that the text depends on.
        var sources = classes
            .Select(static (model, _) => ExportEmitter.Emit(model!))
            .WithTrackingName(TrackingNames.ExportSources);

        context.RegisterSourceOutput(sources, static (output, source) => output.AddSource(source.HintName, source.Text));
    }
}
