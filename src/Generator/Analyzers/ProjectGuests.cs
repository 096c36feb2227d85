using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WasmBindgen.Generator.Guests;
using WasmBindgen.Generator.Parsing;

namespace WasmBindgen.Generator.Analyzers;

/// <summary>The guests of a project.</summary>
/// <param name="Names">The names of all.</param>
/// <param name="Modules">Those that are core modules.</param>
internal sealed record ProjectGuests(ImmutableHashSet<string> Names, ImmutableArray<GuestModule> Modules)
{
    internal static ProjectGuests Of(AnalyzerOptions options, CancellationToken cancellation)
    {
        AnalyzerConfigOptionsProvider settings = options.AnalyzerConfigOptionsProvider;
        return new ProjectGuests(
            options.AdditionalFiles
                .Select(file => GuestFile.GuestOf(file, settings))
                .OfType<string>()
                .ToImmutableHashSet(StringComparer.Ordinal),
            options.AdditionalFiles
                .Select(file => GuestFile.ReadModule(file, settings, cancellation))
                .OfType<GuestModule>()
                .ToImmutableArray());
    }

    /// <summary>The guests that an attribute may mean, by their names.</summary>
    internal string[] Named(string name) =>
        [.. GuestFile.Named(name, Names).OrderBy(static guest => guest, StringComparer.Ordinal)];

    /// <summary>The core modules that a class is compared with.</summary>
    /// <param name="name">The guest that it names; null if it names none, so that it may be for all.</param>
    internal IEnumerable<GuestModule> For(string? name) => name is null
        ? Modules.Where(static guest => guest.IsVerified)
        : Modules.Where(guest => guest.IsVerified && GuestFile.Named(name, Names).Contains(guest.Name));
}
