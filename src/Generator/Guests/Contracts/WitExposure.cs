using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Guests;

/// <summary>Where a type is seen by more than its author lets see it, which C# does not allow.</summary>
internal static class WitExposure
{
    /// <summary>The types of authors that are in what is public, and are not public themselves; reports them.</summary>
    internal static WitPart[] Of(
        IEnumerable<DeclaredNamespace> spaces, IEnumerable<WitPart> parts, Action<WitFinding> report)
    {
        Dictionary<string, WitPart> hidden = parts.Where(static part => !part.IsPublic)
            .GroupBy(static part => part.FullName)
            .ToDictionary(static same => same.Key, static same => same.First(), StringComparer.Ordinal);
        if (hidden.Count == 0)
        {
            return [];
        }

        var found = new HashSet<WitPart>();
        foreach ((string path, Shape value) in spaces.SelectMany(Shown))
        {
            if (NameOf(value) is { } name && hidden.TryGetValue(name, out WitPart? part) && found.Add(part))
            {
                string why = $"it is not public, and '{path}', which is, has it";
                report(new WitFinding(
                    WitFindingKind.NotThatType,
                    null,
                    new[] { part.DisplayName, part.Path ?? part.DisplayName, why }.ToEquatableArray()));
            }
        }

        return [.. found];
    }

    /// <summary>All values in what is public, each with what has it.</summary>
    private static IEnumerable<(string Path, Shape Value)> Shown(DeclaredNamespace space) => space.Types
        .Where(type => type.IsPublic ?? space.IsPublic)
        .SelectMany(static type => type switch
        {
            DeclaredRecord record => record.Fields.Select(field => (type.Docs.Path, field.Value)),
            DeclaredVariant variant => variant.Cases.Where(static one => one.Value is not null)
                .Select(one => (type.Docs.Path, one.Value!)),
            _ => [],
        })
        .Concat(space.Contracts.Where(contract => contract.IsPublic ?? space.IsPublic)
            .SelectMany(static contract => contract.Methods)
            .Concat(space.Handles.Where(handle => handle.IsPublic ?? space.IsPublic)
                .SelectMany(static handle => handle.Methods))
            .SelectMany(static method => method.Parameters
                .Select(static parameter => parameter.Value)
                .Concat(method.Result is null ? [] : [method.Result])
                .Select(value => (method.Docs.Path, value))))
        .SelectMany(static one => Flat(one.Item2).Select(value => (one.Item1, value)));

    /// <summary>A value and what is in it, as far as that is not the part of a type with a name.</summary>
    private static IEnumerable<Shape> Flat(Shape value) =>
        NameOf(value) is not null ? [value] : value.Parts.SelectMany(Flat).Prepend(value);

    private static string? NameOf(Shape value) => value switch
    {
        RecordShape { Fields.Construction: not Construction.Tuple } or VariantShape or EnumShape or CustomShape =>
            value.Type,
        ResourceShape resource => resource.Resource,
        _ => null,
    };
}
