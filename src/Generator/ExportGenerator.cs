using Microsoft.CodeAnalysis;
using WasmBindgen.Generator.Emission;
using WasmBindgen.Generator.Guests;
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
        static (type, attribute, sink, cancellation) => WitClassParser.IsBound(attribute)
            ? null
            : ExportParser.Parse(type, attribute, sink, cancellation),
        static model => model.Type,
        ExportEmitter.Emit,
        new(
            TrackingNames.ExportClasses,
            TrackingNames.ExportErrors,
            TrackingNames.ExportClashes,
            TrackingNames.ExportSettings,
            TrackingNames.ExportSources),
        classes => AddGuests(context, classes));

    /// <summary>Adds what the guests that classes name export. A guest's text is read again if it changes.</summary>
    private static IncrementalValuesProvider<ExportClass> AddGuests(
        IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<ExportClass> classes)
    {
        var guests = context.AdditionalTextsProvider
            .Where(GuestFile.IsModule)
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (file, cancellation) => GuestFile.ReadModule(file.Left, file.Right, cancellation))
            .Where(static guest => guest is not null)
            .WithTrackingName(TrackingNames.GuestModules)
            .Collect();

        // Guests with WIT are shown by that.
        var guestsWithWit = context.AdditionalTextsProvider
            .Where(GuestFile.IsWit)
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (file, _) => GuestFile.GuestOf(file.Left, file.Right))
            .Where(static guest => guest is not null)
            .Collect()
            .Select(static (names, _) => names.Distinct().ToEquatableArray())
            .WithTrackingName(TrackingNames.GuestsWithWit);

        return classes.Combine(guestsWithWit)
            .Where(static given => given.Left.Guest is not { } shown
                || !GuestNames.Named(shown.Name, given.Right!).Any())
            .Select(static (given, _) => given.Left)
            .Combine(guests)
            .Select(static (given, _) =>
                given.Left.Guest is { } shown
                    && GuestNames.Named(shown.Name, given.Right.Select(static guest => guest!.Name)).ToArray()
                        is [var name]
                        ? GuestMembers.AddTo(given.Left, given.Right.First(guest => guest!.Name == name)!)
                        : given.Left)
            .WithTrackingName(TrackingNames.ExportClassesOfGuests);
    }
}
