using WasmBindgen.Binary;

namespace WasmBindgen;

/// <summary>
/// Looks addresses up in the line number programs of DWARF, versions 2 to 5 (section 6.2 of each). A program is code
/// for a small machine that produces a table of lines. It is run once for all wanted addresses, and only their lines
/// are kept.
/// </summary>
internal ref struct DwarfLines
{
    // The wanted addresses in ascending order, and the lines found for them.
    private readonly ReadOnlySpan<uint> _wanted;
    private readonly Span<SourceLine?> _found;

    private readonly sbyte _lineBase;
    private readonly byte _lineRange;
    private readonly byte _opcodeBase;
    private readonly ReadOnlySpan<byte> _operandCounts;
    private readonly DwarfFiles _files;
    private WasmReader _program;

    // The last row of the current sequence; it applies up to the address of the next one.
    private Row _last;
    private bool _hasLast;

    private DwarfLines(ReadOnlySpan<byte> unit, DwarfFiles files, ReadOnlySpan<uint> wanted, Span<SourceLine?> found)
    {
        _wanted = wanted;
        _found = found;
        var header = new WasmReader(unit);
        ushort version = header.UInt16();
        if (version is < 2 or > 5)
        {
            return; // a version with other contents: its program stays empty
        }

        if (version == 5)
        {
            header.Bytes(2); // the sizes of addresses and of segment selectors
        }

        ReadOnlySpan<byte> rest = header.Bytes(header.Offset(files.Is64Bit));
        _program = header;
        header = new WasmReader(rest);
        // the least instruction, operations an instruction (1 in WebAssembly), whether rows begin statements
        header.Bytes(version >= 4 ? 3u : 2u);
        _lineBase = (sbyte)header.Byte();
        _lineRange = header.Byte();
        _opcodeBase = header.Byte();
        _operandCounts = header.Bytes((ulong)Math.Max(_opcodeBase - 1, 0));
        _files = files with { Version = version, Tables = header };
        if (_lineRange == 0)
        {
            throw new InvalidDataException();
        }
    }

    private enum Opcode : byte
    {
        Extended,
        Copy,
        AdvancePc,
        AdvanceLine,
        SetFile,
        SetColumn,
        NegateStatement,
        SetBasicBlock,
        ConstAddPc,
        FixedAdvancePc,
    }

    private enum ExtendedOpcode : byte
    {
        EndSequence = 1,
        SetAddress = 2,
    }

    /// <summary>
    /// Looks up the addresses in <paramref name="wanted"/>, which are in ascending order. Those without a line stay
    /// null in <paramref name="found"/>.
    /// </summary>
    /// <param name="lines">Section <c>.debug_line</c>.</param>
    /// <param name="lineStrings">Section <c>.debug_line_str</c>.</param>
    /// <param name="strings">Section <c>.debug_str</c>.</param>
    /// <param name="wanted">Offsets in the code section.</param>
    /// <param name="found">The lines, one for each.</param>
    /// <param name="steps">How much may be read; what is beyond has no lines.</param>
    internal static void Find(
        ReadOnlySpan<byte> lines,
        ReadOnlySpan<byte> lineStrings,
        ReadOnlySpan<byte> strings,
        ReadOnlySpan<uint> wanted,
        Span<SourceLine?> found,
        int steps = DwarfBudget.Most)
    {
        var budget = new DwarfBudget(steps);
        var units = new WasmReader(lines);
        try
        {
            while (!units.IsAtEnd)
            {
                budget.Spend();
                ulong length = units.UInt32();
                bool is64Bit = length == uint.MaxValue;
                ReadOnlySpan<byte> unit = units.Bytes(is64Bit ? units.UInt64() : length);
                new DwarfLines(
                    unit,
                    new DwarfFiles
                    {
                        Is64Bit = is64Bit,
                        LineStrings = lineStrings,
                        Strings = strings,
                        Budget = budget,
                    },
                    wanted,
                    found).Run();
            }
        }
        catch (InvalidDataException)
        {
            // The guest's data is invalid from here on, or too much. What was read before is still good.
        }
    }

    private void Run()
    {
        Row row = Row.First;
        while (!_program.IsAtEnd)
        {
            _files.Budget.Spend();
            byte opcode = _program.Byte();
            if (opcode >= _opcodeBase)
            {
                AdvanceBy(ref row, opcode);
                row.Line += _lineBase + ((opcode - _opcodeBase) % _lineRange);
                Append(row);
                continue;
            }

            switch ((Opcode)opcode)
            {
                case Opcode.Extended:
                    RunExtended(ref row);
                    break;
                case Opcode.Copy:
                    Append(row);
                    break;
                case Opcode.AdvancePc:
                    row.Address += _program.Number();
                    break;
                case Opcode.AdvanceLine:
                    row.Line += _program.SignedNumber();
                    break;
                case Opcode.SetFile:
                    row.File = _program.Number();
                    break;
                case Opcode.SetColumn:
                    row.Column = _program.Number();
                    break;
                case Opcode.ConstAddPc:
                    AdvanceBy(ref row, 255);
                    break;
                case Opcode.FixedAdvancePc:
                    row.Address += _program.UInt16();
                    break;
                default: // not about lines
                    for (int i = _operandCounts[opcode - 1]; i > 0; i--)
                    {
                        _files.Budget.Spend();
                        _program.Number();
                    }

                    break;
            }
        }
    }

    private void RunExtended(ref Row row)
    {
        var instruction = new WasmReader(_program.CountedBytes());
        switch ((ExtendedOpcode)instruction.Byte())
        {
            case ExtendedOpcode.EndSequence:
                Append(row);
                _hasLast = false;
                row = Row.First;
                break;
            case ExtendedOpcode.SetAddress:
                row.Address = instruction.UInt32();
                break;
        }
    }

    private readonly void AdvanceBy(ref Row row, int opcode) =>
        row.Address += (ulong)((opcode - _opcodeBase) / _lineRange);

    private void Append(Row row)
    {
        // Code that the linker has removed is at 0, where no function's body is, or at the largest address.
        if (_hasLast && _last.Address != 0 && _last.Line is > 0 and <= int.MaxValue)
        {
            for (int i = FirstWanted(_last.Address); i < _wanted.Length && _wanted[i] < row.Address; i++)
            {
                _found[i] ??= new SourceLine(
                    _files.PathOf(_last.File),
                    (int)_last.Line,
                    _last.Column is > 0 and <= int.MaxValue ? (int)_last.Column : null);
            }
        }

        _last = row;
        _hasLast = true;
    }

    private readonly int FirstWanted(ulong address)
    {
        int i = address > uint.MaxValue ? _wanted.Length : _wanted.BinarySearch((uint)address);
        return i < 0 ? ~i : i;
    }

    /// <summary>A row of the table that a program makes (DWARF 5, section 6.2.2).</summary>
    private struct Row
    {
        internal static readonly Row First = new() { File = 1, Line = 1 };

        internal ulong Address;
        internal ulong File;
        internal long Line;
        internal ulong Column;
    }
}
