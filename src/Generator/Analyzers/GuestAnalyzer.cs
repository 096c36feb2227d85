using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WasmBindgen.Generator.Diagnostics;
using WasmBindgen.Generator.Guests;
using WasmBindgen.Generator.Parsing;
using WasmBindgen.Generator.Symbols;

namespace WasmBindgen.Generator.Analyzers;

/// <summary>Compares the classes of a project with the guests that its <c>&lt;WasmGuest&gt;</c> items name.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class GuestAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        Descriptors.UnknownGuest, Descriptors.MissingImport, Descriptors.OtherType, Descriptors.UnusedImport,
        Descriptors.MissingExport, Descriptors.MissingAllocator, Descriptors.OtherMemory, Descriptors.OtherModule);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            var guests = ProjectGuests.Of(start.Options, start.CancellationToken);
            var hosts = new HostClasses(start.Compilation);
            start.RegisterSymbolAction(symbol => AnalyzeType(symbol, guests, hosts), SymbolKind.NamedType);
            if (guests.Modules.Any(static guest => guest.IsVerified))
            {
                start.RegisterAdditionalFileAction(file => AnalyzeGuest(file, hosts));
            }
        });
    }

    private static void AnalyzeType(SymbolAnalysisContext context, ProjectGuests guests, HostClasses hosts)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        AttributeData? import = type.FindAttribute("WasmImportAttribute");
        AttributeData? world = type.FindAttribute("WasmWorldAttribute");
        if ((import ?? type.FindAttribute("WasmExportAttribute") ?? world) is not { } attribute)
        {
            return;
        }

        string? named = attribute.Named("Guest");
        if (named is not null && guests.Named(named) is var meant and not [_])
        {
            (string what, string advice) = meant.Length > 1
                ? ("the end of several paths", $"name one of {string.Join(", ", meant)}")
                : ("not in the project", NearestName.Of(named, guests.Names.OrderBy(static name => name)) is { } nearest
                    ? $"did you mean '{nearest}'?"
                    : $"add <WasmGuest Include=\"{named}\" />");
            context.ReportDiagnostic(
                Diagnostic.Create(Descriptors.UnknownGuest, PlaceOf(attribute, type), named, what, advice));
            return;
        }

        GuestModule[] compared = [.. guests.For(named)];
        if (compared.Length == 0)
        {
            return;
        }

        if (WitClassParser.IsBound(attribute))
        {
            foreach (HostClass served in HostClass.ServedBy(type, isSource: true))
            {
                ImportComparison.Report(
                    served,
                    PlaceOf(attribute, type),
                    compared,
                    hosts,
                    context.ReportDiagnostic,
                    context.CancellationToken);
            }
        }
        else if (import is null)
        {
            if (named is not null && guests.Named(named).Any(guests.WithWit.Contains))
            {
                return; // the class is generated of that
            }

            ExportComparison.Report(type, attribute, compared, context.ReportDiagnostic, context.CancellationToken);
        }
        else if (HostClass.Of(type, attribute, isSource: true, context.CancellationToken) is { } host)
        {
            ImportComparison.Report(
                host, PlaceOf(attribute, type), compared, hosts, context.ReportDiagnostic, context.CancellationToken);
        }
    }

    /// <summary>Reports what a guest imports from a module that no class has, in the guest's interface text.</summary>
    private static void AnalyzeGuest(AdditionalFileAnalysisContext context, HostClasses hosts)
    {
        if (GuestFile.ReadModule(
                context.AdditionalFile, context.Options.AnalyzerConfigOptionsProvider, context.CancellationToken)
            is { IsVerified: true } guest)
        {
            ImportComparison.ReportUnserved(
                guest, context.AdditionalFile, hosts, context.ReportDiagnostic, context.CancellationToken);
        }
    }

    private static Location? PlaceOf(AttributeData attribute, INamedTypeSymbol type) =>
        attribute.ApplicationSyntaxReference?.GetSyntax().GetLocation() ?? type.Locations.FirstOrDefault();
}
