using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WasmBindgen.Generator.Guests;

namespace WasmBindgen.Generator.Parsing;

/// <summary>The additional files that the build makes of a project's <c>&lt;WasmGuest&gt;</c> items.</summary>
internal static class GuestFile
{
    private const string Metadata = "build_metadata.AdditionalFiles.WasmGuest";

    /// <summary>The guest's path as the project names it; null if the file is of no guest.</summary>
    internal static string? GuestOf(AdditionalText file, AnalyzerConfigOptionsProvider options) =>
        options.GetOptions(file).TryGetValue(Metadata, out string? guest) && guest.Length > 0
            ? guest.Replace('\\', '/')
            : null;

    /// <summary>Whether it can be the interface text of a core module.</summary>
    internal static bool IsModule(AdditionalText file) =>
        file.Path.EndsWith(".wat", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the interface text of a core module; null if it is none.</summary>
    internal static GuestModule? ReadModule(
        AdditionalText file, AnalyzerConfigOptionsProvider options, CancellationToken cancellation) =>
        IsModule(file)
        && GuestOf(file, options) is { } guest
        && file.GetText(cancellation) is { } text
            ? ModuleText.Parse(guest, IsVerified(file, options), text.ToString(), cancellation)
            : null;

    /// <summary>Whether it is WIT: a file of the project's, or the interface text of a guest.</summary>
    internal static bool IsWit(AdditionalText file) => file.Path.EndsWith(".wit", StringComparison.OrdinalIgnoreCase);

    /// <summary>What the project says of a file of WIT.</summary>
    internal static WitInput WitOf(AdditionalText file, WitFile parsed, AnalyzerConfigOptionsProvider options)
    {
        AnalyzerConfigOptions metadata = options.GetOptions(file);
        return WitInput.Of(parsed, GuestOf(file, options), Value("Source"), Value);

        string? Value(string name) =>
            metadata.TryGetValue(Metadata + name, out string? value) && value.Length > 0 ? value : null;
    }

    private static bool IsVerified(AdditionalText file, AnalyzerConfigOptionsProvider options) =>
        !options.GetOptions(file).TryGetValue(Metadata + "Verify", out string? verify)
        || !verify.Equals("false", StringComparison.OrdinalIgnoreCase);
}
