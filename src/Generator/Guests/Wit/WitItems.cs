using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Guests;

/// <summary>Since when, and under which conditions, there is an item.</summary>
/// <param name="Since">The version that brought it; null if that is not said.</param>
/// <param name="Features">The features that must all be asked for.</param>
/// <param name="Deprecated">The version that deprecated it; null if none did.</param>
internal sealed record WitGate(WitVersion? Since, EquatableArray<string> Features, WitVersion? Deprecated)
{
    /// <summary>Of an item that says nothing.</summary>
    internal static WitGate None { get; } = new(null, default, null);
}

/// <summary>What every item has.</summary>
/// <param name="Name">Its name, without <c>%</c>.</param>
/// <param name="Place">Where the name stands.</param>
/// <param name="Docs">Its documentation, in lines separated by <c>\n</c>; empty for none.</param>
/// <param name="Gate">Since when there is one.</param>
/// <param name="ExternalId">Its name for the world outside; null for none.</param>
internal sealed record WitHeader(string Name, WitPlace Place, string Docs, WitGate Gate, string? ExternalId);

/// <summary>Something in an interface or a world.</summary>
/// <param name="Header">What every item has.</param>
internal abstract record WitItem(WitHeader Header)
{
    internal string Name => Header.Name;
}

/// <summary>A type that has a name.</summary>
/// <param name="Header">What every item has.</param>
internal abstract record WitTypeItem(WitHeader Header) : WitItem(Header)
{
    /// <summary>The types that it is made of.</summary>
    internal virtual IEnumerable<WitType> Parts => [];
}

/// <summary><c>type a = b</c>.</summary>
/// <param name="Header">What every item has.</param>
/// <param name="Type">What it stands for.</param>
internal sealed record WitAlias(WitHeader Header, WitType Type) : WitTypeItem(Header)
{
    internal override IEnumerable<WitType> Parts => [Type];
}

/// <summary><c>use i.{t as u}</c>: a type of another interface.</summary>
/// <param name="Header">What every item has; its name is the one here.</param>
/// <param name="Definition">The type that it stands for, which is no <c>use</c> itself.</param>
internal sealed record WitUsedType(WitHeader Header, WitTypeId Definition) : WitTypeItem(Header);

/// <summary><c>record</c>.</summary>
/// <param name="Header">What every item has.</param>
/// <param name="Fields">Its fields: at least one.</param>
internal sealed record WitRecord(WitHeader Header, EquatableArray<WitField> Fields) : WitTypeItem(Header)
{
    internal override IEnumerable<WitType> Parts => Fields.Select(static one => one.Type);
}

/// <summary>A field of a record, or a parameter of a function.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Place">Where its name stands.</param>
/// <param name="Docs">Its documentation; empty for none.</param>
internal sealed record WitField(string Name, WitType Type, WitPlace Place, string Docs);

/// <summary><c>variant</c>.</summary>
/// <param name="Header">What every item has.</param>
/// <param name="Cases">Its cases: at least one.</param>
internal sealed record WitVariant(WitHeader Header, EquatableArray<WitCase> Cases) : WitTypeItem(Header)
{
    internal override IEnumerable<WitType> Parts => Cases.Select(static one => one.Type).OfType<WitType>();
}

/// <summary><c>enum</c>.</summary>
/// <param name="Header">What every item has.</param>
/// <param name="Cases">Its cases, none of which has a type: at least one.</param>
internal sealed record WitEnum(WitHeader Header, EquatableArray<WitCase> Cases) : WitTypeItem(Header);

/// <summary><c>flags</c>.</summary>
/// <param name="Header">What every item has.</param>
/// <param name="Flags">The flags, none of which has a type: at least one.</param>
internal sealed record WitFlags(WitHeader Header, EquatableArray<WitCase> Flags) : WitTypeItem(Header)
{
    /// <summary>More than these the Canonical ABI does not have.</summary>
    internal const int Most = 32;
}

/// <summary>A case of a variant or enum, or a flag.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What comes with it; null for nothing.</param>
/// <param name="Place">Where its name stands.</param>
/// <param name="Docs">Its documentation; empty for none.</param>
internal sealed record WitCase(string Name, WitType? Type, WitPlace Place, string Docs);

/// <summary><c>resource</c>.</summary>
/// <param name="Header">What every item has.</param>
/// <param name="Functions">Its constructor, methods and static functions.</param>
internal sealed record WitResource(WitHeader Header, EquatableArray<WitFunction> Functions) : WitTypeItem(Header);

/// <summary>What a function belongs to.</summary>
internal enum WitFunctionKind
{
    /// <summary>The interface or world.</summary>
    Free,

    /// <summary>It makes a resource.</summary>
    Constructor,

    /// <summary>It is a resource's, which is lent to it.</summary>
    Method,

    /// <summary>It is a resource's, but not one object's.</summary>
    Static,
}

/// <summary>A function.</summary>
/// <param name="Header">What every item has; a constructor has the name of its resource.</param>
/// <param name="Kind">What it belongs to.</param>
/// <param name="IsAsync">Whether it may wait.</param>
/// <param name="Parameters">Its parameters, without the object of a method.</param>
/// <param name="Result">Its result; null for none, and for a constructor that cannot fail.</param>
internal sealed record WitFunction(
    WitHeader Header, WitFunctionKind Kind, bool IsAsync, EquatableArray<WitField> Parameters, WitType? Result)
    : WitItem(Header)
{
    /// <summary>The types in its signature.</summary>
    internal IEnumerable<WitType> Types =>
        Parameters.Select(static parameter => parameter.Type).Concat(Result is null ? [] : [Result]);

    /// <summary>Its name among an instance's exports.</summary>
    /// <param name="resource">The resource that it belongs to; null for none.</param>
    internal string ExternName(string? resource) => Kind switch
    {
        WitFunctionKind.Constructor => $"[constructor]{resource}",
        WitFunctionKind.Method => $"[method]{resource}.{Name}",
        WitFunctionKind.Static => $"[static]{resource}.{Name}",
        _ => Name,
    };
}
