using System.Collections.Immutable;
using System.Globalization;

namespace WasmBindgen;

/// <summary>
/// The type of something that a module imports or exports. Its text uses the WebAssembly text format.
/// </summary>
public abstract record ExternType
{
    private protected ExternType()
    {
    }

    /// <summary>
    /// Whether an item of this type may satisfy an import of type <paramref name="wanted"/> (core specification,
    /// section 3.3.7).
    /// </summary>
    internal abstract bool Satisfies(ExternType wanted);
}

/// <summary>The type of a function.</summary>
/// <param name="Parameters">The parameters' types, in order.</param>
/// <param name="Results">The results' types, in order.</param>
public sealed record FunctionType(
    ImmutableArray<WasmValueType> Parameters, ImmutableArray<WasmValueType> Results)
    : ExternType
{
    /// <summary>The slots that a call of this type needs; arguments and results share them.</summary>
    internal int SlotCount => Math.Max(Parameters.Length, Results.Length);

    /// <inheritdoc/>
    public bool Equals(FunctionType? other) =>
        other is not null
        && Parameters.AsSpan().SequenceEqual(other.Parameters.AsSpan())
        && Results.AsSpan().SequenceEqual(other.Results.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (WasmValueType type in Parameters)
        {
            hash.Add(type);
        }

        hash.Add(-1);
        foreach (WasmValueType type in Results)
        {
            hash.Add(type);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => $"func{List("param", Parameters)}{List("result", Results)}";

    internal override bool Satisfies(ExternType wanted) => Equals(wanted as FunctionType);

    internal static string List(string word, ImmutableArray<WasmValueType> types) =>
        types.IsEmpty ? "" : $" ({word} {string.Join(' ', types)})";
}

/// <summary>The type of a global.</summary>
/// <param name="Content">The type of its value.</param>
/// <param name="IsMutable">Whether it can be set.</param>
public sealed record GlobalType(WasmValueType Content, bool IsMutable) : ExternType
{
    /// <inheritdoc/>
    public override string ToString() => IsMutable ? $"global (mut {Content})" : $"global {Content}";

    internal override bool Satisfies(ExternType wanted) =>
        wanted is GlobalType global
        && global.IsMutable == IsMutable
        && (IsMutable ? global.Content == Content : Content.IsSubtypeOf(global.Content));
}

/// <summary>The type of a table.</summary>
/// <param name="Element">The type of its elements.</param>
/// <param name="Minimum">The smallest number of elements.</param>
/// <param name="Maximum">The largest number of elements; null for no limit.</param>
public sealed record TableType(WasmValueType Element, uint Minimum, uint? Maximum = null) : ExternType
{
    /// <inheritdoc/>
    public override string ToString() => $"table {Limits.Text(Minimum, Maximum)} {Element}";

    internal override bool Satisfies(ExternType wanted) =>
        wanted is TableType table
        && table.Element == Element
        && Limits.Fit(Minimum, Maximum, table.Minimum, table.Maximum);
}

/// <summary>The type of a linear memory, in pages of 64 KiB.</summary>
/// <param name="Minimum">The smallest number of pages.</param>
/// <param name="Maximum">The largest number of pages; null for no limit.</param>
/// <param name="Is64Bit">Whether its addresses are i64.</param>
/// <param name="IsShared">Whether several threads may use it.</param>
public sealed record MemoryType(
    ulong Minimum, ulong? Maximum = null, bool Is64Bit = false, bool IsShared = false)
    : ExternType
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"memory {(Is64Bit ? "i64 " : "")}{Limits.Text(Minimum, Maximum)}{(IsShared ? " shared" : "")}";

    internal override bool Satisfies(ExternType wanted) =>
        wanted is MemoryType memory && memory.Is64Bit == Is64Bit && memory.IsShared == IsShared
        && Limits.Fit(Minimum, Maximum, memory.Minimum, memory.Maximum);
}

/// <summary>The type of a tag, with which a guest throws exceptions.</summary>
/// <param name="Parameters">The types of an exception's values, in order.</param>
public sealed record TagType(ImmutableArray<WasmValueType> Parameters) : ExternType
{
    /// <inheritdoc/>
    public bool Equals(TagType? other) =>
        other is not null && Parameters.AsSpan().SequenceEqual(other.Parameters.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => new FunctionType(Parameters, []).GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => $"tag{FunctionType.List("param", Parameters)}";

    internal override bool Satisfies(ExternType wanted) => Equals(wanted as TagType);
}

/// <summary>Something that a module imports.</summary>
/// <param name="Module">The import module.</param>
/// <param name="Name">The name in it.</param>
/// <param name="Type">What it must be.</param>
public sealed record ImportType(string Module, string Name, ExternType Type);

/// <summary>Something that a module exports.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it is.</param>
public sealed record ExportType(string Name, ExternType Type);

internal static class Limits
{
    internal static string Text(ulong minimum, ulong? maximum) => maximum is { } most
        ? string.Create(CultureInfo.InvariantCulture, $"{minimum} {most}")
        : minimum.ToString(CultureInfo.InvariantCulture);

    internal static bool Fit(ulong minimum, ulong? maximum, ulong wantedMinimum, ulong? wantedMaximum) =>
        minimum >= wantedMinimum && (wantedMaximum is null || (maximum is not null && maximum <= wantedMaximum));
}
