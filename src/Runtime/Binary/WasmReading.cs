using System.Text;

namespace WasmBindgen.Binary;

/// <summary>What both formats, that of modules and that of components, have in common beyond numbers.</summary>
internal static class WasmReading
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A number of things that take at least a byte each.</summary>
    /// <exception cref="InvalidDataException">There cannot be as many.</exception>
    internal static int Count(this scoped ref WasmReader reader)
    {
        ulong count = reader.Number();
        return count <= (ulong)reader.Remaining
            ? (int)count
            : throw new InvalidDataException($"there are to be {count} entries in {reader.Remaining} bytes");
    }

    /// <summary>A number of 32 bits.</summary>
    /// <exception cref="InvalidDataException">It has more.</exception>
    internal static uint Index(this scoped ref WasmReader reader)
    {
        ulong index = reader.Number();
        return index <= uint.MaxValue ? (uint)index : throw new InvalidDataException($"{index} is not an index");
    }

    /// <summary>A name or other text.</summary>
    /// <exception cref="InvalidDataException">It is not UTF-8.</exception>
    internal static string Name(this scoped ref WasmReader reader) => Text(reader.CountedBytes());

    /// <summary>Text that has been read.</summary>
    /// <exception cref="InvalidDataException">It is not UTF-8.</exception>
    internal static string Text(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Utf8.GetString(bytes.ToArray());
        }
        catch (ArgumentException)
        {
            throw new InvalidDataException("a name is not valid UTF-8");
        }
    }

    /// <summary>A list of things that take at least a byte each.</summary>
    /// <exception cref="InvalidDataException">There are too many.</exception>
    internal static T[] List<T>(this scoped ref WasmReader reader, Element<T> element, int max = int.MaxValue)
    {
        int count = reader.Count();
        var list = count <= max ? new T[count] : throw new InvalidDataException($"there are more than {max} entries");
        for (int i = 0; i < list.Length; i++)
        {
            list[i] = element(ref reader);
        }

        return list;
    }

    /// <summary>Something that a zero or one precedes, which says whether it is there.</summary>
    internal static T? Optional<T>(this scoped ref WasmReader reader, Element<T> element)
        where T : class
    {
        byte form = reader.Byte();
        return form switch
        {
            0 => null,
            1 => element(ref reader),
            _ => throw new InvalidDataException($"0x{form:x2} does not say whether something is there"),
        };
    }

    /// <summary>Reads one of a list.</summary>
    internal delegate T Element<out T>(scoped ref WasmReader reader);
}
