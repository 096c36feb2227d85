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
                transform: static (attributed, cancellation) => ImportParser.Parse(
                    (INamedTypeSymbol)attributed.TargetSymbol, attributed.Attributes[0], DiagnosticSink.None, cancellation))
            .Where(static model => model is not null)
            .WithTrackingName(TrackingNames.ImportClasses);

        // Emit: a model is all that the text depends on.
        var sources = classes
            .Select(static (model, _) => ImportEmitter.Emit(model!))
            .WithTrackingName(TrackingNames.ImportSources);

        context.RegisterSourceOutput(sources, static (output, source) => output.AddSource(source.HintName, source.Text));
    }
}
