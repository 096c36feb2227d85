using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Guests;

/// <summary>A type where it is used.</summary>
internal abstract record WitType
{
    /// <summary>What it is made of.</summary>
    internal virtual IEnumerable<WitType> Parts => [];
}

/// <summary>The types that have no parts, spelled as in WIT but for the case of letters.</summary>
internal enum WitPrimitive
{
    Bool,
    S8,
    U8,
    S16,
    U16,
    S32,
    U32,
    S64,
    U64,
    F32,
    F64,
    Char,
    String,
    ErrorContext,
}

/// <summary>A type that has no parts.</summary>
/// <param name="Primitive">Which one.</param>
internal sealed record WitPrimitiveType(WitPrimitive Primitive) : WitType;

/// <summary>The name that a type has for all interfaces and worlds.</summary>
/// <param name="Owner">The interface or world that defines it.</param>
/// <param name="Name">Its name there.</param>
internal readonly record struct WitTypeId(string Owner, string Name)
{
    public override string ToString() => $"{Owner}#{Name}";
}

/// <summary>A type by its name. That of a resource stands for the resource itself, as <c>own</c> does.</summary>
/// <param name="Name">How it is called where it is used.</param>
/// <param name="Place">Where that is.</param>
internal sealed record WitNamedType(string Name, WitPlace Place) : WitType
{
    /// <summary>
    /// The definition, which may be an alias but not a <c>use</c>; null as long as nobody has looked for it.
    /// </summary>
    internal WitTypeId? Id { get; init; }
}

/// <summary><c>own</c> or <c>borrow</c>: a resource that the sender gives away, or keeps.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="IsBorrow">Which of them.</param>
internal sealed record WitHandleType(WitNamedType Resource, bool IsBorrow) : WitType
{
    internal override IEnumerable<WitType> Parts => [Resource];
}

/// <summary><c>list</c>.</summary>
/// <param name="Element">The type of an element.</param>
/// <param name="Length">The number of elements, if it is fixed.</param>
internal sealed record WitListType(WitType Element, uint? Length) : WitType
{
    internal override IEnumerable<WitType> Parts => [Element];
}

/// <summary><c>map</c>.</summary>
/// <param name="Key">The type of a key.</param>
/// <param name="Value">The type of a value.</param>
internal sealed record WitMapType(WitType Key, WitType Value) : WitType
{
    internal override IEnumerable<WitType> Parts => [Key, Value];
}

/// <summary><c>option</c>.</summary>
/// <param name="Value">The type of the value.</param>
internal sealed record WitOptionType(WitType Value) : WitType
{
    internal override IEnumerable<WitType> Parts => [Value];
}

/// <summary><c>result</c>.</summary>
/// <param name="Ok">The type of the value; null for none.</param>
/// <param name="Error">The type of the error; null for none.</param>
internal sealed record WitResultType(WitType? Ok, WitType? Error) : WitType
{
    internal override IEnumerable<WitType> Parts => new[] { Ok, Error }.OfType<WitType>();
}

/// <summary><c>tuple</c>.</summary>
/// <param name="Items">The types of its parts: at least one.</param>
internal sealed record WitTupleType(EquatableArray<WitType> Items) : WitType
{
    internal override IEnumerable<WitType> Parts => Items;
}

/// <summary><c>future</c> or <c>stream</c>.</summary>
/// <param name="IsStream">Which of them.</param>
/// <param name="Item">The type of what comes; null for nothing.</param>
internal sealed record WitAsyncType(bool IsStream, WitType? Item) : WitType
{
    internal override IEnumerable<WitType> Parts => Item is null ? [] : [Item];
}
