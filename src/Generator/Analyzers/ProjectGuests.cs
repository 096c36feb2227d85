using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WasmBindgen.Generator.Guests;
using WasmBindgen.Generator.Parsing;

namespace WasmBindgen.Generator.Analyzers;

/// <summary>The guests of a project.</summary>
/// <param name="Names">The names of all.</param>
/// <param name="WithWit">Those that tell their world themselves.</param>
/// <param name="Modules">Those that are core modules.</param>
internal sealed record ProjectGuests(
    ImmutableHashSet<string> Names, ImmutableHashSet<string> WithWit, ImmutableArray<GuestModule> Modules)
{
    internal static ProjectGuests Of(AnalyzerOptions options, CancellationToken cancellation)
    {
        AnalyzerConfigOptionsProvider settings = options.AnalyzerConfigOptionsProvider;
        return new ProjectGuests(
            Names(options.AdditionalFiles),
            Names(options.AdditionalFiles.Where(GuestFile.IsWit)),
            options.AdditionalFiles
                .Select(file => GuestFile.ReadModule(file, settings, cancellation))
                .OfType<GuestModule>()
                .ToImmutableArray());

        ImmutableHashSet<string> Names(IEnumerable<AdditionalText> files) => files
            .Select(file => GuestFile.GuestOf(file, settings))
            .OfType<string>()
            .ToImmutableHashSet(StringComparer.Ordinal);
    }

    /// <summary>The guests that an attribute may mean, by their names.</summary>
    internal string[] Named(string name) =>
        [.. GuestNames.Named(name, Names).OrderBy(static guest => guest, StringComparer.Ordinal)];

    /// <summary>The core modules that a class is compared with.</summary>
    /// <param name="name">The guest that it names; null if it names none, so that it may be for all.</param>
    internal IEnumerable<GuestModule> For(string? name) => name is null
        ? Modules.Where(static guest => guest.IsVerified)
        : Modules.Where(guest => guest.IsVerified && GuestNames.Named(name, Names).Contains(guest.Name));
}
