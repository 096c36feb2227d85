using WasmBindgen.Generator.Abi;

namespace WasmBindgen.Generator.Models;

/// <summary>
/// How one C# type crosses between host and guest. There is one record for each shape of value; what generated code
/// does with it is its marshaller's.
/// </summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Flat">The core types that it is flattened to.</param>
/// <param name="Layout">Its size and alignment in memory.</param>
internal abstract record Shape(string Type, EquatableArray<CoreType> Flat, Layout Layout)
{
    /// <summary>What is never in memory by itself.</summary>
    protected static Layout NoLayout => new(4, 4);

    /// <summary>Whether it lies in memory even where it is passed in slots.</summary>
    internal virtual bool NeedsMemory => Parts.Any(static part => part.NeedsMemory);

    /// <summary>Whether the guest must allocate for it.</summary>
    internal virtual bool NeedsAllocator => Parts.Any(static part => part.NeedsAllocator);

    /// <summary>Whether what the guest exports for allocating is needed to read it too.</summary>
    internal virtual bool NeedsClasses => Parts.Any(static part => part.NeedsClasses);

    /// <summary>Whether it can lie in memory with the other parameters, if they are more than slots.</summary>
    internal virtual bool CanSpill => true;

    /// <summary>Whether the store keeps something for it.</summary>
    internal virtual bool NeedsStore => Parts.Any(static part => part.NeedsStore);

    /// <summary>Whether the guest may hand over core values that are no value of the type.</summary>
    internal virtual bool CanFail => Parts.Any(static part => part.CanFail);

    /// <summary>
    /// Whether a C# value may be none that crosses, for which C# has no type: null, or a list of another length.
    /// </summary>
    internal virtual bool CanBeUnfit => NeedsMemory || Parts.Any(static part => part.CanBeUnfit);

    /// <summary>Whether only what is obsolete itself may use the type, or a member of it.</summary>
    internal bool IsObsolete { get; init; }

    /// <summary>
    /// Whether a value lies in memory as the C# type does on a little-endian host, so that it can be shown where it
    /// lies.
    /// </summary>
    internal virtual bool IsBlittable => false;

    /// <summary>Whether it is of the guest's memory where that lies when all other arguments are lifted.</summary>
    internal virtual bool IsView => false;

    /// <summary>What it is made of.</summary>
    internal virtual IEnumerable<Shape> Parts => [];

    /// <summary>Core types, for a shape of a known number of them.</summary>
    protected static EquatableArray<CoreType> Slots(params CoreType[] types) => types.ToEquatableArray();
}
