using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace WasmBindgen.Generator.Diagnostics;

/// <summary>Where the parser's findings go: to the compiler from the analyzer, nowhere from the generator.</summary>
internal readonly struct DiagnosticSink(Action<Diagnostic>? report)
{
    internal static DiagnosticSink None => default;

    internal void Report(DiagnosticDescriptor descriptor, ISymbol symbol, params object[] arguments) =>
        Report(descriptor, symbol.Locations.FirstOrDefault(), arguments);

    internal void Report(
        DiagnosticDescriptor descriptor, AttributeData attribute, ISymbol owner, params object[] arguments) =>
        Report(descriptor, attribute, owner, properties: null, arguments);

    /// <summary>The same, with what a code fix needs.</summary>
    internal void Report(
        DiagnosticDescriptor descriptor,
        AttributeData attribute,
        ISymbol owner,
        ImmutableDictionary<string, string?>? properties,
        params object[] arguments)
    {
        if (report is not null)
        {
            Location? location =
                attribute.ApplicationSyntaxReference?.GetSyntax().GetLocation() ?? owner.Locations.FirstOrDefault();
            report(Diagnostic.Create(descriptor, location, properties, arguments));
        }
    }

    private void Report(DiagnosticDescriptor descriptor, Location? location, params object[] arguments) =>
        report?.Invoke(Diagnostic.Create(descriptor, location, arguments));
}
