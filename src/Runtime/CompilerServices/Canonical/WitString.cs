using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using WasmBindgen.Components;
using WasmBindgen.Components.Format;

namespace WasmBindgen.CompilerServices;

/// <summary>
/// string: the address and the length in bytes of UTF-8. Invalid UTF-8 is a fault of the guest. An unpaired surrogate
/// in the host's text is passed as U+FFFD.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct WitString : ICanonical<string>
{
    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <inheritdoc/>
    public static int Size => 8;

    /// <inheritdoc/>
    public static int Alignment => 4;

    /// <inheritdoc/>
    public static string Lift(Slot* slots, ref GuestMemory memory) => Read(slots[0].U32, slots[1].U32, ref memory);

    /// <inheritdoc/>
    public static string Load(uint address, ref GuestMemory memory) =>
        Read(memory.ReadU32(address), memory.ReadU32(address + 4), ref memory);

    /// <inheritdoc/>
    public static void Lower(Slot* slots, string value, ref GuestMemory memory)
    {
        slots[0].U32 = Write(value ?? throw Unfit.Null("string"), out uint length, ref memory);
        slots[1].U32 = length;
    }

    /// <inheritdoc/>
    public static void Store(uint address, string value, ref GuestMemory memory)
    {
        uint start = Write(value ?? throw Unfit.Null("string"), out uint length, ref memory);
        memory.WriteU32(address, start);
        memory.WriteU32(address + 4, length);
    }

    /// <summary>Writes text to an area that the guest allocates.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">Gets what tells its length: of UTF-8, the number of bytes.</param>
    /// <param name="memory">Where.</param>
    internal static uint Write(ReadOnlySpan<char> text, out uint length, ref GuestMemory memory)
    {
        if (memory.Canonical is { Encoding: not StringEncoding.Utf8 and var encoding })
        {
            return CanonicalText.Write(encoding, text, out length, ref memory);
        }

        int bytes = Encoding.UTF8.GetByteCount(text);
        length = (uint)bytes;
        uint start = (uint)memory.AllocateFor(ref text, length, alignment: 1);
        Encoding.UTF8.GetBytes(text, memory.Span<byte>(start, bytes));
        return start;
    }

    /// <summary>Reads text from an unchecked address.</summary>
    internal static string Read(uint address, uint length, ref GuestMemory memory)
    {
        if (memory.Canonical is { Encoding: not StringEncoding.Utf8 and var encoding })
        {
            return CanonicalText.Read(encoding, address, length, ref memory);
        }

        memory.CheckCopy(address, length, alignment: 1);
        if (length > int.MaxValue)
        {
            throw GuestMemoryException.TooLong(address, length);
        }

        return Decode(memory.Span<byte>(address, (int)length), address);
    }

    /// <summary>Decodes text that was read from an address.</summary>
    internal static string Decode(ReadOnlySpan<byte> bytes, long address)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw GuestMemoryException.InvalidUtf8(address, bytes.Length);
        }
        catch (OutOfMemoryException)
        {
            throw GuestMemoryException.TooLong(address, bytes.Length);
        }
    }

    /// <summary>Reads UTF-16 from an unchecked address.</summary>
    internal static string ReadUtf16(uint address, uint units, ref GuestMemory memory)
    {
        int count = Lists.Check<ushort, WitU16>(address, units, ref memory);
        try
        {
            return new string(memory.Span<char>(address, count));
        }
        catch (OutOfMemoryException)
        {
            throw GuestMemoryException.TooLong(address, (long)units * sizeof(char));
        }
    }
}
