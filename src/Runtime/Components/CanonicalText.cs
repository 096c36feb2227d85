using System.Diagnostics;
using System.Text;
using WasmBindgen.Components.Format;
using WasmBindgen.CompilerServices;

namespace WasmBindgen.Components;

/// <summary>
/// Texts of components whose canonical definition names another encoding than UTF-8 (Component Model, Canonical ABI:
/// load_string, store_string).
/// </summary>
[StackTraceHidden]
internal static class CanonicalText
{
    /// <summary>Of a length: the text is UTF-16, and not Latin-1.</summary>
    internal const uint Utf16Tag = 1u << 31;

    private const int Alignment = 2;

    /// <summary>Reads text from an unchecked address.</summary>
    internal static string Read(StringEncoding encoding, uint address, uint length, ref GuestMemory memory)
    {
        if (encoding == StringEncoding.Utf16 || (length & Utf16Tag) != 0)
        {
            uint units = encoding == StringEncoding.Utf16 ? length : length & ~Utf16Tag;
            return Decode(memory.Span<char>(address, Check(address, units, sizeof(char), ref memory)), address);
        }

        return Encoding.Latin1.GetString(memory.Span<byte>(address, Check(address, length, 1, ref memory)));
    }

    /// <summary>Writes text to an area that the guest allocates.</summary>
    /// <param name="encoding">How.</param>
    /// <param name="text">The text; what is no Unicode scalar value becomes U+FFFD.</param>
    /// <param name="length">What tells its length.</param>
    /// <param name="memory">Where.</param>
    internal static uint Write(
        StringEncoding encoding, ReadOnlySpan<char> text, out uint length, ref GuestMemory memory)
    {
        length = (uint)text.Length;
        uint start;
        if (encoding == StringEncoding.Latin1OrUtf16)
        {
            if (text.IndexOfAnyExceptInRange('\0', '\u00FF') < 0)
            {
                start = (uint)memory.AllocateFor(ref text, (ulong)text.Length, Alignment);
                Encoding.Latin1.GetBytes(text, memory.Span<byte>(start, text.Length));
                return start;
            }

            length |= Utf16Tag;
        }

        start = (uint)memory.AllocateFor(ref text, (ulong)text.Length * sizeof(char), Alignment);
        Span<char> target = memory.Span<char>(start, text.Length);
        text.CopyTo(target);
        for (int i = NextInvalid(target); i < target.Length; i += 1 + NextInvalid(target[(i + 1)..]))
        {
            target[i] = '\uFFFD';
        }

        return start;
    }

    /// <summary>The index of the first unit that is half of a surrogate pair, without the other half.</summary>
    internal static int NextInvalid(ReadOnlySpan<char> units)
    {
        int index = 0;
        while (units[index..].IndexOfAnyInRange('\uD800', '\uDFFF') is >= 0 and var found)
        {
            index += found;
            if (index + 1 >= units.Length || !char.IsSurrogatePair(units[index], units[index + 1]))
            {
                return index;
            }

            index += 2;
        }

        return units.Length;
    }

    private static string Decode(ReadOnlySpan<char> units, uint address)
    {
        if (NextInvalid(units) < units.Length)
        {
            throw GuestMemoryException.InvalidUtf16(address, (long)units.Length * sizeof(char));
        }

        try
        {
            return new string(units);
        }
        catch (OutOfMemoryException)
        {
            throw GuestMemoryException.TooLong(address, (long)units.Length * sizeof(char));
        }
    }

    private static int Check(uint address, uint length, int size, ref GuestMemory memory)
    {
        memory.CheckCopy(address, (ulong)length * (ulong)size, Alignment);
        return length <= int.MaxValue
            ? (int)length
            : throw GuestMemoryException.TooLong(address, (long)length * size);
    }
}
