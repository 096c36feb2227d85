using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using WasmBindgen.Generator.Diagnostics;
using WasmBindgen.Generator.Emission;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Parsing;

namespace WasmBindgen.Generator;

/// <summary>
/// Writes the guests' side of a project's classes for its <c>WasmGuestBindings</c> items. Generators write no files but
/// C#, so the texts are in attributes of the assembly, where the build finds them.
/// </summary>
[Generator]
public sealed class GuestBindingsGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var wanted = context.AnalyzerConfigOptionsProvider
            .Select(static (options, _) => BindingsParser.Wanted(options.GlobalOptions))
            .WithTrackingName(TrackingNames.WantedBindings);

        // Parse: all classes in one step, so that projects without such items, nearly all, need none at all.
        var classes = context.CompilationProvider
            .Combine(wanted)
            .Select(static (given, cancellation) =>
                given.Right.Count == 0 ? null : BindingsParser.Classes(given.Left, cancellation))
            .WithTrackingName(TrackingNames.BoundClasses);

        // Emit: one text for each item.
        var texts = wanted
            .SelectMany(static (items, _) => items)
            .Combine(classes)
            .Select(static (given, _) => GuestBindingsEmitter.Emit(given.Left, given.Right!))
            .WithTrackingName(TrackingNames.GuestBindings);

        // Report: without a place, since what cannot be said depends on the item.
        context.RegisterSourceOutput(texts, static (output, bindings) =>
        {
            foreach (Refusal refusal in bindings.Refusals)
            {
                output.ReportDiagnostic(Diagnostic.Create(
                    Descriptors.GuestBindings,
                    Location.None,
                    refusal.Member,
                    bindings.Path,
                    refusal.Reason,
                    refusal.Remedy));
            }
        });

        var sources = texts.Collect().SelectMany(static (bindings, _) =>
            GuestBindingsEmitter.Attributes(bindings) is { } source
                ? ImmutableArray.Create(source)
                : ImmutableArray<GeneratedSource>.Empty);
        context.RegisterSourceOutput(
            sources, static (output, source) => output.AddSource(source.HintName, source.Text));
    }
}
