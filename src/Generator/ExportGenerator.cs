using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WasmBindgen.Generator.Emission;
using WasmBindgen.Generator.Models;
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
        // Parse: the class and its members, as a model that holds nothing of Roslyn.
        var parsed = context.SyntaxProvider.ForAttributeWithMetadataName(
            WellKnownNames.WasmExportAttribute,
            predicate: static (node, _) => node is TypeDeclarationSyntax,
            transform: static (attributed, cancellation) =>
            {
                var type = (INamedTypeSymbol)attributed.TargetSymbol;
                return attributed.IsRepeated()
                    ? default
                    : Parsed<ExportClass>.Of(
                        type, sink => ExportParser.Parse(type, attributed.Attributes[0], sink, cancellation));
            });
        var classes = parsed
            .Where(static result => result.Model is not null)
            .Select(static (result, _) => result.Model!)
            .WithTrackingName(TrackingNames.ExportClasses);

        // Report: errors are the analyzer's, as long as it runs and sees what is wrong.
        var errors = parsed
            .SelectMany(static (result, _) => result.Errors)
            .Combine(context.AnalyzerConfigOptionsProvider
                .Select(static (options, _) => ProjectSettings.SkipsAnalyzers(options.GlobalOptions)))
            .Where(static given => given.Right || given.Left.IsMissed)
            .Select(static (given, _) => given.Left)
            .WithTrackingName(TrackingNames.ExportErrors);

        context.RegisterSourceOutput(errors, static (output, error) => output.ReportDiagnostic(error.ToDiagnostic()));

        // Tell apart: nearly always there is nothing in it, and so nothing changes.
        var clashes = classes
            .Select(static (model, _) => model.Type.DisplayName)
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
            .Select(static (given, _) =>
                ExportEmitter.Emit(
                    given.Left.Left, FileNames.Of(given.Left.Left.Type.DisplayName, given.Left.Right), given.Right))
            .WithTrackingName(TrackingNames.ExportSources);

        context.RegisterSourceOutput(
            sources, static (output, source) => output.AddSource(source.HintName, source.Text));
    }
}
