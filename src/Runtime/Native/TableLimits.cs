namespace WasmBindgen.Native;

/// <summary>
/// A table with 64-bit indices may have limits beyond 32 bits. The C API has no room for them, and aborts the process when it is
/// asked for them (<c>wasm_tabletype_limits</c>), so they are looked for in the binary before.
/// </summary>
internal ref struct TableLimits
{
    private const byte ImportSection = 2;
    private const byte TableSection = 4;

    private ReadOnlySpan<byte> _rest;

    private TableLimits(ReadOnlySpan<byte> content) => _rest = content;

    /// <summary>Whether a module, which the engine has found valid, has such a table.</summary>
    internal static bool Exceed32Bits(ReadOnlySpan<byte> module)
    {
        var sections = new TableLimits(module[8..]);
        while (!sections._rest.IsEmpty)
        {
            byte id = sections.Byte();
            var section = new TableLimits(sections.Bytes((int)sections.Number()));
            if ((id == ImportSection && section.InImports()) || (id == TableSection && section.InTables()))
            {
                return true;
            }
        }

        return false;
    }

    private bool InImports()
    {
        for (ulong count = Number(); count > 0; count--)
        {
            Bytes((int)Number()); // the module
            Bytes((int)Number()); // the name
            switch (Byte())
            {
                case 0: // a function
                    Number();
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
                    Byte();
                    break;
                default: // a tag
                    Byte();
                    Number();
                    break;
            }
        }

        return false;
    }

    private bool InTables()
    {
        for (ulong count = Number(); count > 0; count--)
        {
            // 0x40 begins a table with an initial value, which the engine knows only with a proposal that is off.
            if (_rest[0] == 0x40 || Table())
            {
                return true;
            }
        }

        return false;
    }

    private bool Table()
    {
        ValueType();
        return Limits();
    }

    /// <returns>Whether they exceed 32 bits.</returns>
    private bool Limits()
    {
        byte flags = Byte();
        bool exceed = Number() > uint.MaxValue;
        if ((flags & 1) != 0)
        {
            exceed |= Number() > uint.MaxValue;
        }

        if ((flags & 8) != 0)
        {
            Number(); // a page size
        }

        return exceed;
    }

    private void ValueType()
    {
        if (Byte() is 0x63 or 0x64)
        {
            Number(); // of a reference: what it refers to
        }
    }

    /// <summary>A LEB128 number; of a signed one only the length is right.</summary>
    private ulong Number()
    {
        ulong number = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte part = Byte();
            number |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return number;
            }
        }
    }

    private byte Byte() => Bytes(1)[0];

    private ReadOnlySpan<byte> Bytes(int count)
    {
        ReadOnlySpan<byte> bytes = _rest[..count];
        _rest = _rest[count..];
        return bytes;
    }
}
