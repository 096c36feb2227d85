using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace WasmBindgen.Generator.Diagnostics;

/// <summary>What is told of a project, as a value that a pipeline can keep: nothing in it is Roslyn's.</summary>
/// <param name="Id">The diagnostic's id.</param>
/// <param name="Message">What it says.</param>
/// <param name="Place">Where.</param>
/// <param name="IsMissed">Whether analyzers do not report it even when they run.</param>
internal sealed record Finding(string Id, string Message, Place Place, bool IsMissed)
{
    /// <summary>What a code fix needs, and the key under which it looks for that; null for no fix.</summary>
    internal (string Key, string Value)? Fix { get; init; }

    internal static Finding Of(Diagnostic diagnostic, bool isMissed) => new(
        diagnostic.Id,
        diagnostic.GetMessage(CultureInfo.InvariantCulture),
        Place.Of(diagnostic.Location),
        isMissed);

    /// <summary>One that only the generator reports.</summary>
    internal static Finding Of(DiagnosticDescriptor descriptor, Place place, params object[] arguments) => new(
        descriptor.Id,
        string.Format(CultureInfo.InvariantCulture, descriptor.MessageFormat.ToString(), arguments),
        place,
        IsMissed: true);

    internal Diagnostic ToDiagnostic()
    {
        DiagnosticDescriptor descriptor = Descriptors.All[Id];
        return Diagnostic.Create(
            Id,
            descriptor.Category,
            Message,
            descriptor.DefaultSeverity,
            descriptor.DefaultSeverity,
            descriptor.IsEnabledByDefault,
            warningLevel: descriptor.DefaultSeverity switch
            {
                DiagnosticSeverity.Error => 0,
                DiagnosticSeverity.Warning => 1,
                _ => 4,
            },
            descriptor.Title,
            descriptor.Description,
            descriptor.HelpLinkUri,
            Place.ToLocation(),
            additionalLocations: null,
            descriptor.CustomTags,
            Fix is var (key, value)
                ? ImmutableDictionary<string, string?>.Empty.Add(key, value)
                : ImmutableDictionary<string, string?>.Empty);
    }
}
