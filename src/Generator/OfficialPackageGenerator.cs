using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using WasmBindgen.Generator.Emission;
using WasmBindgen.Generator.Symbols;

namespace WasmBindgen.Generator;

/// <summary>
/// Writes extensions for the objects of the official package Wasmtime, where a compilation references it.
/// </summary>
[Generator]
public sealed class OfficialPackageGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // Look: one answer for the whole compilation.
        var needsThem = context.CompilationProvider
            .Select(static (compilation, _) =>
                OfficialPackage.IsReferenced(compilation) && !OfficialPackage.HasExtensions(compilation))
            .WithTrackingName(TrackingNames.OfficialExtensions);

        // Emit: the same text for every compilation, or nothing.
        var sources = needsThem.SelectMany(static (needed, _) =>
            needed
                ? ImmutableArray.Create(OfficialPackageEmitter.Extensions)
                : ImmutableArray<Models.GeneratedSource>.Empty);

        context.RegisterSourceOutput(
            sources, static (output, source) => output.AddSource(source.HintName, source.Text));
    }
}
