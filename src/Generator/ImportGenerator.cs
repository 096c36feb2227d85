using Microsoft.CodeAnalysis;
using WasmBindgen.Generator.Emission;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Parsing;
using WasmBindgen.Generator.Symbols;

namespace WasmBindgen.Generator;

/// <summary>
/// Writes the linker registration and the thunks of every <c>[WasmImport]</c> class.
/// </summary>
[Generator]
public sealed class ImportGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context) => BindingPipeline.Register<ImportClass>(
        context,
        WellKnownNames.WasmImportAttribute,
        static (type, attribute, sink, cancellation) => WitClassParser.IsBound(attribute)
            ? null
            : ImportParser.Parse(type, attribute, sink, cancellation),
        static model => model.Type,
        ImportEmitter.Emit,
        new(
            TrackingNames.ImportClasses,
            TrackingNames.ImportErrors,
            TrackingNames.ImportClashes,
            TrackingNames.ImportSettings,
            TrackingNames.ImportSources));
}
