using System.Buffers.Binary;

namespace WasmBindgen.Runtime.Tests;

/// <summary>Line programs and tables of files that are longer than anything a compiler writes.</summary>
public sealed class DebugInformationTests
{
    [Theory]
    [InlineData(0, true)]
    [InlineData(DwarfBudget.Most - 100, true)]
    [InlineData(DwarfBudget.Most, false)]
    public void A_program_is_run_up_to_a_number_of_instructions(int idle, bool finds) =>
        Assert.Equal(finds ? new SourceLine("dir/file.c", 3, null) : null, Find(Unit(files: 1, parts: 0, idle), DwarfBudget.Most));

    [Theory]
    [InlineData(2000, 0, true)]
    [InlineData(4000, 0, false)]
    [InlineData(20, 200, true)]
    [InlineData(60, 200, false)] // entries times their parts
    public void Tables_are_read_up_to_a_number_of_entries(int files, int parts, bool finds) =>
        Assert.Equal(finds, Find(Unit(files, parts, idle: 0), steps: 9000) is not null);

    [Fact]
    public void What_was_found_before_the_end_is_kept()
    {
        byte[] lines = [.. Unit(files: 1, parts: 0, idle: 0), .. Unit(files: 1, parts: 0, idle: 10_000)];
        Assert.NotNull(Find(lines, steps: 100));
    }

    private static SourceLine? Find(byte[] lines, int steps)
    {
        var found = new SourceLine?[1];
        DwarfLines.Find(lines, [], [], [20], found, steps);
        return found[0];
    }

    /// <summary>A unit of DWARF 5 in which the address 20 belongs to line 3 of the last file.</summary>
    /// <param name="files">The number of files.</param>
    /// <param name="parts">The number of parts of each that are not known.</param>
    /// <param name="idle">The number of instructions that do nothing.</param>
    private static byte[] Unit(int files, int parts, int idle)
    {
        byte[] format = [(byte)(parts + 2), 1, 8, 2, 0x0B, .. Enumerable.Repeat<byte[]>([0x20, 0x0B], parts).SelectMany(part => part)];
        byte[] file = [.. "file.c\0"u8, 0, .. new byte[parts]];
        byte[] header = [
            1, 1, 1, 0, 14, 13, 0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1,
            1, 1, 8, 1, .. "dir\0"u8,
            .. format, .. Leb(files), .. Enumerable.Repeat(file, files).SelectMany(part => part),
        ];
        byte[] nothing = new byte[idle];
        nothing.AsSpan().Fill(10);
        byte[] program = [.. nothing, 0, 5, 2, 16, 0, 0, 0, 3, 2, 4, .. Leb(files - 1), 1, 2, 16, 0, 1, 1];
        byte[] unit = [5, 0, 4, 0, .. UInt32(header.Length), .. header, .. program];
        return [.. UInt32(unit.Length), .. unit];
    }

    private static byte[] UInt32(int value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] Leb(int value) => value < 128 ? [(byte)value] : [(byte)(value | 128), .. Leb(value >> 7)];
}
