using System.Text;
using WasmBindgen.Binary;

namespace WasmBindgen;

/// <summary>
/// The tables of directories and files in the header of a line number program (DWARF 5, section 6.2.4.1; DWARF 4,
/// section 6.2.4). They are read again for each file: a large guest has thousands, of which a backtrace needs a few.
/// </summary>
internal ref struct DwarfFiles
{
    // More than any compiler writes, and few enough to search for each frame.
    private const int MaxEntries = 100_000;
    private const int MaxPath = 4096;

    private enum Content : ulong
    {
        Path = 1,
        DirectoryIndex = 2,
    }

    private enum Form : ulong
    {
        Data2 = 0x05,
        Data4 = 0x06,
        Data8 = 0x07,
        String = 0x08,
        Block = 0x09,
        Data1 = 0x0B,
        StringOffset = 0x0E,
        UnsignedNumber = 0x0F,
        Data16 = 0x1E,
        LineStringOffset = 0x1F,
    }

    internal ushort Version { get; init; }

    internal bool Is64Bit { get; init; }

    internal DwarfBudget Budget { get; init; }

    internal WasmReader Tables { get; init; }

    internal ReadOnlySpan<byte> LineStrings { get; init; }

    internal ReadOnlySpan<byte> Strings { get; init; }

    /// <exception cref="InvalidDataException">There is no such file, or the tables make no sense.</exception>
    internal readonly string PathOf(ulong file)
    {
        WasmReader tables = Tables;
        return Version < 5 ? PathOf4(ref tables, file) : PathOf5(ref tables, file);
    }

    private readonly string PathOf4(ref WasmReader tables, ulong file)
    {
        WasmReader directories = tables;
        while (!tables.ZeroTerminated().IsEmpty)
        {
            Budget.Spend();
        }

        for (int i = 1; i <= MaxEntries && tables.ZeroTerminated() is { IsEmpty: false } name; i++)
        {
            Budget.Spend();
            ulong directory = tables.Number();
            tables.Number(); // when it was changed
            tables.Number(); // its length
            if ((ulong)i == file)
            {
                // 0 is the compiler's directory, which is recorded elsewhere
                return directory == 0 ? Text(name) : Join(Text(DirectoryOf(directories, directory)), Text(name));
            }
        }

        throw new InvalidDataException();
    }

    private readonly ReadOnlySpan<byte> DirectoryOf(WasmReader directories, ulong number)
    {
        for (ulong i = 1; directories.ZeroTerminated() is { IsEmpty: false } name; i++)
        {
            Budget.Spend();
            if (i == number)
            {
                return name;
            }
        }

        throw new InvalidDataException();
    }

    private readonly string PathOf5(ref WasmReader tables, ulong file)
    {
        WasmReader directories = tables;
        SkipTo(ref tables, null, out _);
        string name = Text(SkipTo(ref tables, file, out ulong directory));
        WasmReader again = directories;
        string path = Join(Text(SkipTo(ref again, directory, out _)), name);
        return directory == 0 ? path : Join(Text(SkipTo(ref directories, 0, out _)), path);
    }

    /// <summary>Reads a table up to an entry, or to its end if no entry is given.</summary>
    /// <returns>The entry's path.</returns>
    private readonly ReadOnlySpan<byte> SkipTo(scoped ref WasmReader tables, ulong? number, out ulong directory)
    {
        WasmReader format = ReadFormat(ref tables, out ulong count);
        if (count > MaxEntries || number >= count)
        {
            throw new InvalidDataException();
        }

        directory = 0;
        ReadOnlySpan<byte> path = default;
        for (ulong i = 0; i <= (number ?? (count - 1)) && i < count; i++)
        {
            path = ReadEntry(ref tables, format, out directory);
        }

        return path;
    }

    /// <summary>Reads the format of a table's entries: a count, and that many pairs of a content and a form.</summary>
    private static WasmReader ReadFormat(ref WasmReader tables, out ulong entries)
    {
        WasmReader format = tables;
        for (int numbers = tables.Byte() * 2; numbers > 0; numbers--)
        {
            tables.Number();
        }

        entries = tables.Number();
        return format;
    }

    /// <returns>The entry's path.</returns>
    private readonly ReadOnlySpan<byte> ReadEntry(
        scoped ref WasmReader tables, scoped WasmReader format, out ulong directory)
    {
        Budget.Spend();
        ReadOnlySpan<byte> path = default;
        directory = 0;
        for (int parts = format.Byte(); parts > 0; parts--)
        {
            Budget.Spend();
            var content = (Content)format.Number();
            var form = (Form)format.Number();
            ulong number = 0;
            ReadOnlySpan<byte> text = default;
            switch (form)
            {
                case Form.String:
                    text = tables.ZeroTerminated();
                    break;
                case Form.StringOffset:
                    text = From(Strings, tables.Offset(Is64Bit));
                    break;
                case Form.LineStringOffset:
                    text = From(LineStrings, tables.Offset(Is64Bit));
                    break;
                default:
                    number = ReadNumber(ref tables, form);
                    break;
            }

            path = content == Content.Path ? text : path;
            directory = content == Content.DirectoryIndex ? number : directory;
        }

        return path;
    }

    /// <summary>The rest of a section from an offset on.</summary>
    private static ReadOnlySpan<byte> From(ReadOnlySpan<byte> strings, ulong offset)
    {
        var reader = new WasmReader(strings);
        reader.Bytes(offset);
        return strings[reader.Position..];
    }

    /// <summary>The text up to a zero byte, or to the end of the input.</summary>
    /// <exception cref="InvalidDataException">
    /// It is longer than a path can be: thousands of entries may refer to the same megabytes.
    /// </exception>
    private static string Text(ReadOnlySpan<byte> path)
    {
        int length = path.IndexOf((byte)0);
        path = length < 0 ? path : path[..length];
        return path.Length > MaxPath ? throw new InvalidDataException() : Encoding.UTF8.GetString(path);
    }

    private static ulong ReadNumber(ref WasmReader tables, Form form)
    {
        switch (form)
        {
            case Form.Data1:
                return tables.Byte();
            case Form.Data2:
                return tables.UInt16();
            case Form.Data4:
                return tables.UInt32();
            case Form.Data8:
                return tables.UInt64();
            case Form.UnsignedNumber:
                return tables.Number();
            case Form.Data16: // a checksum
                tables.Bytes(16);
                return 0;
            case Form.Block:
                tables.CountedBytes();
                return 0;
            default:
                throw new InvalidDataException();
        }
    }

    /// <summary>The paths belong to the machine that compiled the guest, not to this one.</summary>
    private static string Join(string directory, string path) =>
        directory.Length == 0 || path is ['/' or '\\', ..] or [_, ':', ..] ? path : $"{directory.TrimEnd('/')}/{path}";
}
