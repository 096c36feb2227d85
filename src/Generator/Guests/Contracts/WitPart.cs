using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Guests;

/// <summary>What a declaration is.</summary>
internal enum WitPartKind
{
    RecordClass,
    RecordStruct,
    Enum,
    Class,
    Interface,
    Other,
}

/// <summary>What somebody else has written of a type of WIT.</summary>
/// <param name="Path">The item that an attribute names; null for a type of the generated one's own name.</param>
/// <param name="Namespace">Its namespace; empty for none.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="IsPublic">Whether other assemblies see it.</param>
/// <param name="HasFields">Whether objects have fields that it declares, or another layout.</param>
internal sealed record WitPart(
    string? Path, string Namespace, string Name, WitPartKind Kind, bool IsPublic, bool HasFields)
{
    /// <summary>The type as generated code names it.</summary>
    internal string FullName => Foreign ?? $"global::{(Namespace.Length > 0 ? Namespace + "." : "")}{Name}";

    /// <summary>The type as generated code names it, if it crosses by a marshaller.</summary>
    internal string? Foreign { get; init; }

    /// <summary>What lets it cross, and by way of which type; null for a type that crosses by itself.</summary>
    internal (string Marshaller, string? Crossing)? Custom { get; init; }

    /// <summary>The type as messages call it.</summary>
    internal string DisplayName => FullName.Substring("global::".Length);

    /// <summary>Whether a part can be added to it.</summary>
    internal bool IsPartial { get; init; } = true;

    /// <summary>How many fields the type of another assembly has; null for a part of a type.</summary>
    internal int? FieldCount { get; init; }

    /// <summary>Whether there is more in an object than WIT's fields.</summary>
    internal bool HasMore(int fields) => FieldCount is { } count ? count != fields : HasFields;

    /// <summary>Why it can be no type of WIT's, whatever that is; null for no reason.</summary>
    internal string? Problem { get; init; }

    /// <summary>What it has, where it is complete.</summary>
    internal WitOwnFields? Fields { get; init; }

    /// <summary>The same of an enum.</summary>
    internal EnumShape? Enum { get; init; }

    /// <summary>Whether a value is an object; null if that is not said.</summary>
    internal bool? IsReference => Kind switch
    {
        WitPartKind.RecordClass or WitPartKind.Class => true,
        WitPartKind.RecordStruct or WitPartKind.Other => false,
        _ => null,
    };
}

/// <summary>The fields of a record that its author wrote.</summary>
/// <param name="Construction">How generated code makes it.</param>
/// <param name="Items">The fields in order; of a type that is still to be generated, no symbol tells.</param>
/// <param name="IsSequential">Whether it is a struct that has its fields, and nothing else, in this order.</param>
/// <param name="HasCode">Whether code of the user's runs when one is made or taken apart.</param>
internal sealed record WitOwnFields(
    Construction Construction,
    EquatableArray<(string Name, string Member, string? Type)> Items,
    bool IsSequential,
    bool HasCode)
{
    /// <summary>What differs from a record of WIT; null for nothing.</summary>
    internal string? Difference(EquatableArray<DeclaredField> fields)
    {
        for (int i = 0; i < Math.Max(fields.Count, Items.Count); i++)
        {
            string want = i < fields.Count ? $"`{Short(fields[i].Value.Type)} {fields[i].Name}`" : "nothing";
            string have = i < Items.Count ? $"`{Short(Items[i].Type ?? "…")} {Items[i].Name}`" : "nothing";
            if (i >= fields.Count
                || i >= Items.Count
                || !string.Equals(fields[i].Name, Items[i].Name, StringComparison.OrdinalIgnoreCase)
                || (Items[i].Type is { } type && type != fields[i].Value.Type))
            {
                return $"field {i + 1} must be {want}, and is {have}";
            }
        }

        return null;
    }

    private static string Short(string type) => type.Replace("global::", "");
}
