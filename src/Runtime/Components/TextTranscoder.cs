using System.Buffers;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using WasmBindgen.Components.Format;
using WasmBindgen.CompilerServices;

namespace WasmBindgen.Components;

/// <summary>
/// Copies texts from one component to another, whose encodings may differ. The receiving guest allocates as the
/// Canonical ABI says, call by call (store_string and what it calls).
/// </summary>
[StackTraceHidden]
internal static class TextTranscoder
{
    private const uint Tag = CanonicalText.Utf16Tag;

    /// <summary>Copies a text.</summary>
    /// <param name="source">Where it is.</param>
    /// <param name="address">Its unchecked address.</param>
    /// <param name="length">What tells its length.</param>
    /// <param name="target">Where it goes.</param>
    /// <returns>Its new address, and what tells its length there.</returns>
    internal static (uint Address, uint Length) Copy(
        ref GuestMemory source, uint address, uint length, ref GuestMemory target)
    {
        StringEncoding from = source.Canonical!.Encoding;
        bool isUtf16 = from == StringEncoding.Utf16;
        if (from == StringEncoding.Latin1OrUtf16 && (length & Tag) != 0)
        {
            isUtf16 = true;
            length &= ~Tag;
        }

        source.Check(address, (ulong)length * (isUtf16 ? 2ul : 1), from == StringEncoding.Utf8 ? 1 : 2);
        if (length > int.MaxValue)
        {
            throw GuestMemoryException.TooLong(address, length);
        }

        Form form = isUtf16 ? Form.Utf16 : from == StringEncoding.Utf8 ? Form.Utf8 : Form.Latin1;
        var text = new Text(address, (int)length, form);
        return target.Canonical!.Encoding switch
        {
            StringEncoding.Utf8 => ToUtf8(ref source, text, ref target),
            StringEncoding.Utf16 => ToUtf16(ref source, text, ref target),
            _ => ToLatin1OrUtf16(ref source, text, from == StringEncoding.Latin1OrUtf16, ref target),
        };
    }

    private static (uint Address, uint Length) ToUtf8(ref GuestMemory source, Text text, ref GuestMemory target)
    {
        uint length = (uint)text.Length;
        uint start = Realloc(ref source, ref target, 0, 0, 1, length);
        if (text.Form == Form.Utf8)
        {
            ReadOnlySpan<byte> bytes = source.Span<byte>(text.Address, text.Length);
            if (!Utf8.IsValid(bytes))
            {
                throw text.Invalid();
            }

            bytes.CopyTo(target.Span<byte>(start, text.Length));
            return (start, length);
        }

        bool isAscii = text.Form == Form.Utf16
            ? Ascii.IsValid(source.Span<char>(text.Address, text.Length))
            : Ascii.IsValid(source.Span<byte>(text.Address, text.Length));
        ulong most = length;
        if (!isAscii)
        {
            most *= text.Form == Form.Utf16 ? 3ul : 2;
            start = Realloc(ref source, ref target, start, length, 1, most);
        }

        Span<byte> written = target.Span<byte>(start, (int)most);
        int count;
        if (text.Form == Form.Utf16)
        {
            ReadOnlySpan<char> units = source.Span<char>(text.Address, text.Length);
            if (Utf8.FromUtf16(units, written, out _, out count, replaceInvalidSequences: false)
                != OperationStatus.Done)
            {
                throw text.Invalid();
            }
        }
        else
        {
            using Units units = Units.OfLatin1(source.Span<byte>(text.Address, text.Length));
            Utf8.FromUtf16(units.Span, written, out _, out count);
        }

        if ((ulong)count < most)
        {
            start = Realloc(ref source, ref target, start, most, 1, (ulong)count);
        }

        return (start, (uint)count);
    }

    private static (uint Address, uint Length) ToUtf16(ref GuestMemory source, Text text, ref GuestMemory target)
    {
        ulong most = (ulong)text.Length * 2;
        uint start = Realloc(ref source, ref target, 0, 0, 2, most);
        int count = WriteUtf16(ref source, text, target.Span<char>(start, text.Length));
        if (count < text.Length)
        {
            start = Realloc(ref source, ref target, start, most, 2, (ulong)count * 2);
        }

        return (start, (uint)count);
    }

    private static (uint Address, uint Length) ToLatin1OrUtf16(
        ref GuestMemory source, Text text, bool isTagged, ref GuestMemory target)
    {
        ulong length = (ulong)text.Length;
        if (text.Form == Form.Utf16 && isTagged)
        {
            (uint start, _) = ToUtf16(ref source, text, ref target);
            Span<char> copied = target.Span<char>(start, text.Length);
            if (copied.IndexOfAnyExceptInRange('\0', '\u00FF') >= 0)
            {
                return (start, (uint)text.Length | Tag);
            }

            Narrow(copied, MemoryMarshal.AsBytes(copied));
            return (Realloc(ref source, ref target, start, length * 2, 2, length), (uint)text.Length);
        }

        uint at = Realloc(ref source, ref target, 0, 0, 2, length);
        if (text.Form == Form.Latin1)
        {
            source.Span<byte>(text.Address, text.Length).CopyTo(target.Span<byte>(at, text.Length));
            return (at, (uint)text.Length);
        }

        using var units = new Units(text.Length);
        int count = WriteUtf16(ref source, text, units.Span);
        Span<char> read = units.Span[..count];
        if (read.IndexOfAnyExceptInRange('\0', '\u00FF') < 0)
        {
            Narrow(read, target.Span<byte>(at, count));
            if ((ulong)count < length)
            {
                at = Realloc(ref source, ref target, at, length, 2, (ulong)count);
            }

            return (at, (uint)count);
        }

        at = Realloc(ref source, ref target, at, length, 2, length * 2);
        read.CopyTo(target.Span<char>(at, count));
        if ((ulong)count < length)
        {
            at = Realloc(ref source, ref target, at, length * 2, 2, (ulong)count * 2);
        }

        return (at, (uint)count | Tag);
    }

    /// <summary>Writes a text as UTF-16.</summary>
    /// <returns>The number of code units.</returns>
    private static int WriteUtf16(ref GuestMemory source, Text text, Span<char> target)
    {
        switch (text.Form)
        {
            case Form.Utf8:
                ReadOnlySpan<byte> bytes = source.Span<byte>(text.Address, text.Length);
                return Utf8.ToUtf16(bytes, target, out _, out int count, replaceInvalidSequences: false)
                    == OperationStatus.Done
                        ? count
                        : throw text.Invalid();
            case Form.Latin1:
                return Encoding.Latin1.GetChars(source.Span<byte>(text.Address, text.Length), target);
            default:
                ReadOnlySpan<char> units = source.Span<char>(text.Address, text.Length);
                if (CanonicalText.NextInvalid(units) < units.Length)
                {
                    throw text.Invalid();
                }

                units.CopyTo(target);
                return text.Length;
        }
    }

    /// <summary>Writes units that are Latin-1, perhaps to where they are.</summary>
    private static void Narrow(ReadOnlySpan<char> units, Span<byte> target)
    {
        for (int i = 0; i < units.Length; i++)
        {
            target[i] = (byte)units[i];
        }
    }

    private static uint Realloc(
        ref GuestMemory source, ref GuestMemory target, uint old, ulong oldSize, int alignment, ulong size)
    {
        if (size > int.MaxValue)
        {
            throw GuestMemoryException.TooLong(old, unchecked((long)size));
        }

        uint address = target.Reallocate(old, (uint)oldSize, alignment, (uint)size);
        source.Refresh(); // the guest may be one with the same memory
        return address;
    }

    private enum Form
    {
        Utf8,
        Utf16,
        Latin1,
    }

    /// <summary>A text in the memory of the guest that gives it.</summary>
    /// <param name="Address">Its checked address.</param>
    /// <param name="Length">The number of its code units.</param>
    /// <param name="Form">What they are.</param>
    private readonly record struct Text(uint Address, int Length, Form Form)
    {
        internal GuestMemoryException Invalid() => Form == Form.Utf8
            ? GuestMemoryException.InvalidUtf8(Address, Length)
            : GuestMemoryException.InvalidUtf16(Address, (long)Length * sizeof(char));
    }

    /// <summary>Code units of UTF-16 on their way.</summary>
    private readonly struct Units(int length) : IDisposable
    {
        private readonly char[] _units = ArrayPool<char>.Shared.Rent(length);

        internal Span<char> Span => _units.AsSpan(0, length);

        internal static Units OfLatin1(ReadOnlySpan<byte> bytes)
        {
            var units = new Units(bytes.Length);
            Encoding.Latin1.GetChars(bytes, units.Span);
            return units;
        }

        public void Dispose() => ArrayPool<char>.Shared.Return(_units);
    }
}
