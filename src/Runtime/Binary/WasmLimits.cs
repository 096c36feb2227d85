namespace WasmBindgen.Binary;

/// <summary>The limits of a table or memory (core specification, section 5.3).</summary>
/// <param name="Flags">Which of them there are, and what they count.</param>
/// <param name="Minimum">In elements or pages.</param>
/// <param name="Maximum">In elements or pages.</param>
/// <param name="PageSize">The binary logarithm of a memory's page size; null for 64 KiB.</param>
internal readonly record struct WasmLimits(byte Flags, ulong Minimum, ulong? Maximum, ulong? PageSize)
{
    internal const byte HasMaximum = 1;
    internal const byte HasPageSize = 8;

    internal bool IsShared => (Flags & 2) != 0;

    /// <summary>Whether indices or addresses are numbers of 64 bits.</summary>
    internal bool Is64Bit => (Flags & 4) != 0;

    internal bool Exceed32Bits => Minimum > uint.MaxValue || Maximum > uint.MaxValue;
}
