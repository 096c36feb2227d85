using System.ComponentModel;
using System.Diagnostics;

namespace WasmBindgen.CompilerServices;

/// <summary>
/// Shared by options, results and variants: the number of a case, and its payload. Only generated code calls it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public static class Cases
{
    /// <summary>
    /// The size in memory in bytes: the case, the aligned payload after it, and padding up to the next such value.
    /// </summary>
    internal static int Size(int caseWidth, int payloadSize, int payloadAlignment)
    {
        int alignment = Math.Max(caseWidth, payloadAlignment);
        return Align(Align(caseWidth, payloadAlignment) + payloadSize, alignment);
    }

    /// <summary>Rounds up to a multiple of a power of two.</summary>
    internal static int Align(int offset, int alignment) => (offset + alignment - 1) & -alignment;

    /// <summary>Checks the number of a case.</summary>
    /// <exception cref="GuestMemoryException">There is no such case.</exception>
    public static uint Check(uint number, uint count, string type) =>
        number < count ? number : throw Invalid(number, type);

    /// <summary>The fault of a number that no case has.</summary>
    public static GuestMemoryException Invalid(long number, string type) =>
        GuestMemoryException.InvalidDiscriminant(null, type, number);

    /// <summary>The number of an enum's member, for the guest.</summary>
    /// <param name="number">The number.</param>
    /// <param name="count">How many members there are, from 0 on.</param>
    /// <param name="type">The enum.</param>
    /// <param name="name">The parameter that it is of; null for a part of one.</param>
    /// <exception cref="ArgumentException">No member has it.</exception>
    public static int Number(int number, uint count, string type, string? name = null) =>
        (uint)number < count ? number : throw Unfit.NoMember(number, type, name);

    /// <inheritdoc cref="Number(int, uint, string, string?)"/>
    public static uint Number(uint number, uint count, string type, string? name = null) =>
        number < count ? number : throw Unfit.NoMember(number, type, name);

    /// <summary>The host's mistake: a number that no member of an enum has.</summary>
    public static ArgumentException NoMember(long number, string type, string? name = null) =>
        Unfit.NoMember(number, type, name);

    /// <summary>The host's mistake: a variant that is null, or an object that is not one of its cases.</summary>
    public static ArgumentException NoCase(object? value, string type) =>
        value is null ? Unfit.Null(type) : Unfit.NoCase(value, type);
}
