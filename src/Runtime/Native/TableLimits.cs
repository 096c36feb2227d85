namespace WasmBindgen.Native;

/// <summary>
/// A table with 64-bit indices may have limits beyond 32 bits. The C API has no room for them, and aborts the process when it is
/// asked for them (<c>wasm_tabletype_limits</c>), so they are looked for in the binary before.
/// </summary>
internal ref struct TableLimits
{
    private const byte ImportSection = 2;
    private const byte TableSection = 4;

    private WasmReader _reader;

    private TableLimits(ReadOnlySpan<byte> content) => _reader = new WasmReader(content);

    /// <summary>Whether a module, which the engine has found valid, has such a table.</summary>
    internal static bool Exceed32Bits(ReadOnlySpan<byte> module)
    {
        var sections = new WasmReader(module[8..]);
        while (!sections.IsAtEnd)
        {
            byte id = sections.Byte();
            var section = new TableLimits(sections.CountedBytes());
            if ((id == ImportSection && section.InImports()) || (id == TableSection && section.InTables()))
            {
                return true;
            }
        }

        return false;
    }

    private bool InImports()
    {
        for (ulong count = _reader.Number(); count > 0; count--)
        {
            _reader.CountedBytes(); // the module
            _reader.CountedBytes(); // the name
            switch (_reader.Byte())
            {
                case 0: // a function
                    _reader.Number();
                    break;
                case 1:
                    if (Table())
                    {
                        return true;
                    }

                    break;
                case 2: // a memory
                    Limits();
                    break;
                case 3: // a global
                    ValueType();
                    _reader.Byte();
                    break;
                default: // a tag
                    _reader.Byte();
                    _reader.Number();
                    break;
            }
        }

        return false;
    }

    private bool InTables()
    {
        for (ulong count = _reader.Number(); count > 0; count--)
        {
            if (Table())
            {
                return true;
            }
        }

        return false;
    }

    // 0x40 begins a table with an initial value, which the engine knows only with a proposal that is off.
    private bool Table() => ValueType() == 0x40 || Limits();

    /// <returns>Whether they exceed 32 bits.</returns>
    private bool Limits()
    {
        byte flags = _reader.Byte();
        bool exceed = _reader.Number() > uint.MaxValue;
        if ((flags & 1) != 0)
        {
            exceed |= _reader.Number() > uint.MaxValue;
        }

        if ((flags & 8) != 0)
        {
            _reader.Number(); // a page size
        }

        return exceed;
    }

    /// <returns>Its first byte.</returns>
    private byte ValueType()
    {
        byte type = _reader.Byte();
        if (type is 0x63 or 0x64)
        {
            _reader.Number(); // of a reference: what it refers to
        }

        return type;
    }
}
