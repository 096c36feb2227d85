using System.Text;
using WasmBindgen.Native;

namespace WasmBindgen;

/// <summary>
/// The tables of directories and files in the header of a line number program (DWARF 5, section 6.2.4.1; DWARF 4, section 6.2.4). They are
/// read anew for each file that is asked for: of the thousands in a large guest a backtrace names a few.
/// </summary>
internal ref struct DwarfFiles
{
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

    internal WasmReader Tables { get; init; }

    internal ReadOnlySpan<byte> LineStrings { get; init; }

    internal ReadOnlySpan<byte> Strings { get; init; }

    /// <exception cref="InvalidDataException">There is no such file, or the tables make no sense.</exception>
    internal readonly string PathOf(ulong file)
    {
        WasmReader tables = Tables;
        return Version < 5 ? PathOf(ref tables, file) : PathOf5(ref tables, file);
    }

    private static string PathOf(ref WasmReader tables, ulong file)
    {
        var directories = new List<string> { "" }; // where the compiler ran, which is told elsewhere
        while (tables.ZeroTerminated() is { IsEmpty: false } directory)
        {
            directories.Add(Encoding.UTF8.GetString(directory));
        }

        for (ulong i = 1; tables.ZeroTerminated() is { IsEmpty: false } name; i++)
        {
            ulong directory = tables.Number();
            tables.Number(); // when it was changed
            tables.Number(); // its length
            if (i == file)
            {
                return Join(directories, directory, Encoding.UTF8.GetString(name));
            }
        }

        throw new InvalidDataException();
    }

    private readonly string PathOf5(ref WasmReader tables, ulong file)
    {
        var directories = new List<string>();
        WasmReader format = ReadFormat(ref tables, out ulong count);
        for (; count > 0; count--)
        {
            directories.Add(ReadEntry(ref tables, format, out _));
        }

        format = ReadFormat(ref tables, out count);
        for (ulong i = 0; i < count; i++)
        {
            string name = ReadEntry(ref tables, format, out ulong directory);
            if (i == file)
            {
                return Join(directories, directory, name);
            }
        }

        throw new InvalidDataException();
    }

    /// <summary>What each entry of a table consists of: a count, and so many pairs of a content and a form.</summary>
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

    /// <exception cref="InvalidDataException">Always for an empty format, so that no count of such entries is counted down for hours.</exception>
    private readonly string ReadEntry(ref WasmReader tables, scoped WasmReader format, out ulong directory)
    {
        string? path = null;
        directory = 0;
        for (int parts = format.Byte(); parts > 0; parts--)
        {
            var content = (Content)format.Number();
            var form = (Form)format.Number();
            if (content == Content.Path)
            {
                path = ReadText(ref tables, form);
            }
            else
            {
                ulong number = ReadNumber(ref tables, form);
                directory = content == Content.DirectoryIndex ? number : directory;
            }
        }

        return path ?? throw new InvalidDataException();
    }

    private readonly string ReadText(ref WasmReader tables, Form form) => Encoding.UTF8.GetString(form switch
    {
        Form.String => tables.ZeroTerminated(),
        Form.StringOffset => TextAt(Strings, tables.Offset(Is64Bit)),
        Form.LineStringOffset => TextAt(LineStrings, tables.Offset(Is64Bit)),
        _ => throw new InvalidDataException(),
    });

    private static ReadOnlySpan<byte> TextAt(ReadOnlySpan<byte> strings, ulong offset)
    {
        var reader = new WasmReader(strings);
        reader.Bytes(offset);
        return reader.ZeroTerminated();
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

    private static string Join(List<string> directories, ulong directory, string name)
    {
        if (directory >= (ulong)directories.Count)
        {
            throw new InvalidDataException();
        }

        string path = Join(directories[(int)directory], name);
        return directory == 0 ? path : Join(directories[0], path);
    }

    /// <summary>The paths are of the machine that compiled the guest, not of this one.</summary>
    private static string Join(string directory, string path) =>
        directory.Length == 0 || path is ['/' or '\\', ..] or [_, ':', ..] ? path : $"{directory.TrimEnd('/')}/{path}";
}
