using WasmBindgen.Binary;

namespace WasmBindgen.Components.Format;

/// <summary>
/// The sections of a module or component in a file. Of those that nobody asks for, only the headers are read.
/// </summary>
/// <param name="file">The whole file; it can seek.</param>
/// <param name="start">Where the first section begins.</param>
/// <param name="end">Where the last one ends.</param>
internal sealed class GuestSections(Stream file, long start, long end)
{
    /// <summary>
    /// The largest section that is read, in bytes. The interfaces of real guests are far below it, and a hostile one
    /// takes no more memory than a small multiple of it.
    /// </summary>
    internal const int MaxLength = 16 << 20;

    private const int MaxHeader = 11; // an id, and the longest number that WasmReader takes
    private long _next = start;

    /// <summary>The kind of section.</summary>
    internal byte Id { get; private set; }

    /// <summary>Where its content begins in the file.</summary>
    internal long Offset { get; private set; }

    /// <summary>The length of its content, in bytes.</summary>
    internal long Length { get; private set; }

    /// <summary>Moves to the next section.</summary>
    /// <returns>False if there is none.</returns>
    /// <exception cref="InvalidGuestException">It is longer than what it is in.</exception>
    internal bool MoveNext()
    {
        if (_next == end)
        {
            return false;
        }

        var header = new WasmReader(Read(file, _next, (int)Math.Min(MaxHeader, end - _next)));
        ulong length;
        try
        {
            Id = header.Byte();
            length = header.Number();
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidGuestException(_next, exception.Message);
        }

        Offset = _next + header.Position;
        if (length > (ulong)(end - Offset))
        {
            throw new InvalidGuestException(
                _next, $"section {Id} is of {length} bytes, and only {end - Offset} are left");
        }

        Length = (long)length;
        _next = Offset + Length;
        return true;
    }

    /// <summary>Reads the content.</summary>
    /// <exception cref="InvalidGuestException">It is too long.</exception>
    internal byte[] Read() => Length <= MaxLength
        ? Read(file, Offset, (int)Length)
        : throw new InvalidGuestException(Offset, $"section {Id} is of more than {MaxLength} bytes");

    /// <summary>Reads a piece of a file.</summary>
    /// <exception cref="InvalidGuestException">The file has become shorter.</exception>
    internal static byte[] Read(Stream file, long offset, int length)
    {
        var bytes = new byte[length];
        file.Position = offset;
        for (int read = 0; read < length;)
        {
            int count = file.Read(bytes, read, length - read);
            if (count == 0)
            {
                throw new InvalidGuestException(offset + read, "the file ends too early");
            }

            read += count;
        }

        return bytes;
    }
}
