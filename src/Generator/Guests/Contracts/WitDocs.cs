using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Guests;

/// <summary>What WIT says of items beside their types.</summary>
internal static class WitDocs
{
    internal static Documented Of(WitHeader header, string path, string? wit = null) => new(
        path,
        header.Docs,
        wit,
        header.Gate.Since?.ToString(),
        header.Gate.Deprecated?.ToString(),
        header.ExternalId);

    internal static Documented Of(WitField field, string owner, WitCatalog catalog) => new(
        $"{owner}.{field.Name}", field.Docs, Wit(field.Type, catalog), null, null, null);

    internal static Documented Of(WitCase one, string owner, WitCatalog catalog) => new(
        $"{owner}.{one.Name}", one.Docs, one.Type is { } type ? Wit(type, catalog) : null, null, null, null);

    /// <summary>The text of a function's type, if an alias is in it.</summary>
    internal static string? Wit(WitFunction function, WitCatalog catalog) =>
        function.Types.Any(type => HasAlias(type, catalog)) ? WitPrinter.Signature(function) : null;

    private static string? Wit(WitType type, WitCatalog catalog) =>
        HasAlias(type, catalog) ? WitPrinter.Type(type) : null;

    private static bool HasAlias(WitType type, WitCatalog catalog) =>
        type is WitNamedType { Id: { } id } named
            ? named.Name != id.Name || catalog.Type(id) is { Item: WitAlias }
            : type.Parts.Any(part => HasAlias(part, catalog));
}
