using System.Globalization;
using WasmBindgen.Generator.Abi;

namespace WasmBindgen.Generator.Models;

/// <summary>A type that fits into one slot, which generated code reads and writes in place.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Core">The core type that the guest sees.</param>
/// <param name="Layout">Its size and alignment in memory.</param>
internal abstract record SlotShape(string Type, CoreType Core, Layout Layout) : Shape(Type, Slots(Core), Layout);

/// <summary>bool, the integers and the floats.</summary>
/// <param name="Type">The C# type.</param>
/// <param name="Scalar">WIT's type.</param>
internal sealed record ScalarShape(string Type, Scalar Scalar)
    : SlotShape(Type, Scalar.Core(), new(Scalar.Size(), Scalar.Size()))
{
    /// <summary>C#'s <c>int</c>.</summary>
    internal static ScalarShape Int { get; } = new("int", Scalar.S32);

    /// <summary>All but bool, whose byte may be any in a guest's memory.</summary>
    internal override bool IsBlittable => Scalar != Scalar.Bool;
}

/// <summary>
/// System.Text.Rune: WIT's char, a Unicode scalar value. A guest's i32 that is none is a fault of the guest.
/// </summary>
internal sealed record RuneShape() : SlotShape("global::System.Text.Rune", CoreType.I32, new(4, 4))
{
    internal override bool CanFail => true;
}

/// <summary><c>Vector128&lt;T&gt;</c>: v128, which is no type of a component and so no part of anything else.</summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Element">The type of its lanes.</param>
internal sealed record VectorShape(string Type, string Element) : SlotShape(Type, CoreType.V128, new(16, 16))
{
    internal override bool CanSpill => false;
}

/// <summary>
/// An enum: its number, as wide as its underlying type wants. A number that names no member is a fault of the guest; of
/// a [Flags] enum, bits that no member has are dropped, as the Canonical ABI does. In memory it is as wide as WIT's
/// enum or flags if its members are numbered like those, from 0 on without gaps, and else as wide as in C.
/// </summary>
/// <param name="Type">The C# type as generated code names it.</param>
/// <param name="Struct">The name for the struct that reads and writes it as a part of something else.</param>
/// <param name="DisplayName">The type as messages call it.</param>
/// <param name="Number">Its number in a slot: as wide as the core type, and signed like the enum.</param>
/// <param name="Ranges">The numbers of its members, neighbours joined, in order; none for a [Flags] enum.</param>
/// <param name="Bits">The bits of a [Flags] enum's members; null for another one.</param>
/// <param name="Width">Its bytes in memory.</param>
/// <param name="IsNumberedFromZero">
/// Whether its members are numbered as those of WIT are, so that none is negative.
/// </param>
/// <param name="Members">Its members in order of declaration.</param>
internal sealed record EnumShape(
    string Type,
    string Struct,
    string DisplayName,
    Scalar Number,
    EquatableArray<(decimal First, decimal Last)> Ranges,
    ulong? Bits,
    int Width,
    bool IsNumberedFromZero,
    EquatableArray<EnumMember> Members)
    : SlotShape(Type, Number.Core(), new(Width, Width))
{
    internal bool IsFlags => Bits is not null;

    internal override bool CanFail => !IsFlags;

    internal override bool CanBeUnfit => !IsFlags;
}

/// <summary>A member of an enum.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its number.</param>
internal sealed record EnumMember(string Name, decimal Value)
{
    /// <summary>The number in any language of programs: cultures may have another minus.</summary>
    internal string Text => Value.ToString(CultureInfo.InvariantCulture);
}
