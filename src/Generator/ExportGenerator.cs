using Microsoft.CodeAnalysis;
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
    public void Initialize(IncrementalGeneratorInitializationContext context) => BindingPipeline.Register<ExportClass>(
        context,
        WellKnownNames.WasmExportAttribute,
        ExportParser.Parse,
        static model => model.Type,
        ExportEmitter.Emit,
        new(
            TrackingNames.ExportClasses,
            TrackingNames.ExportErrors,
            TrackingNames.ExportClashes,
            TrackingNames.ExportSettings,
            TrackingNames.ExportSources));
}
