using System.ComponentModel;
using System.Diagnostics;

namespace WasmBindgen.CompilerServices;

/// <summary>
/// What options, results and variants have in common: the number of a case, and its payload. Only generated code calls
/// it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public static class Cases
{
    /// <summary>
    /// Bytes in memory: the case, the payload behind it where it is aligned, and what fills up to the next such value.
    /// </summary>
    internal static int Size(int caseWidth, int payloadSize, int payloadAlignment)
    {
        int alignment = Math.Max(caseWidth, payloadAlignment);
        return Align(Align(caseWidth, payloadAlignment) + payloadSize, alignment);
    }

    /// <summary>Rounds up to a multiple of a power of two.</summary>
    internal static int Align(int offset, int alignment) => (offset + alignment - 1) & -alignment;

    /// <summary>The number of a case, if there is one of that number.</summary>
    /// <exception cref="GuestMemoryException">There is none.</exception>
    public static uint Check(uint number, uint count, string type) =>
        number < count ? number : throw Invalid(number, type);

    /// <summary>The fault of a number that no case has.</summary>
    public static GuestMemoryException Invalid(long number, string type) =>
        GuestMemoryException.InvalidDiscriminant(null, type, number);

    /// <summary>The host's own mistake: a variant that is null, or of a class that is no case of it.</summary>
    public static ArgumentException NoCase(object? value, string type) =>
        value is null ? Lists.Null(type) : new ArgumentException($"{value.GetType()} is no case of {type}.");
}
