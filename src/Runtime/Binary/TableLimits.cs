namespace WasmBindgen.Binary;

/// <summary>
/// Finds tables with limits beyond 32 bits, which 64-bit indices allow. The C API cannot represent them, and aborts the
/// process when asked (<c>wasm_tabletype_limits</c>), so the binary is searched for them first.
/// </summary>
internal ref struct TableLimits
{
    private WasmReader _reader;

    private TableLimits(ReadOnlySpan<byte> content) => _reader = new WasmReader(content);

    /// <summary>Whether a module that the engine has found valid has such a table.</summary>
    internal static bool Exceed32Bits(ReadOnlySpan<byte> module)
    {
        var sections = new WasmSections(module);
        while (sections.MoveNext())
        {
            var section = new TableLimits(sections.Content);
            if ((sections.Id == WasmSections.Import && section.InImports())
                || (sections.Id == WasmSections.Table && section.InTables()))
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
            if (WasmImport.Read(ref _reader) is { Kind: WasmImport.Table, ExceedsLimits: true })
            {
                return true;
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

    private bool Table()
    {
        const byte WithInitialValue = 0x40;
        if (_reader.ValueType() != WithInitialValue)
        {
            return _reader.Limits();
        }

        _reader.Byte();
        _reader.ValueType();
        bool exceed = _reader.Limits();
        SkipConstantExpression();
        return exceed;
    }

    /// <summary>
    /// Skips the instructions that a constant expression may have (core specification, section 3.4.13), with their
    /// operands (section 5.4).
    /// </summary>
    private void SkipConstantExpression()
    {
        const byte End = 0x0B;
        for (byte instruction; (instruction = _reader.Byte()) != End;)
        {
            switch (instruction)
            {
                case 0x23 or 0x41 or 0x42 or 0xD0 or 0xD2: // global.get, i32.const, i64.const, ref.null, ref.func
                    _reader.Number();
                    break;
                case 0x43: // f32.const
                    _reader.Bytes(4);
                    break;
                case 0x44: // f64.const
                    _reader.Bytes(8);
                    break;
                case 0xFD: // v128.const
                    _reader.Number();
                    _reader.Bytes(16);
                    break;
                case 0xFB: // garbage collection
                    switch (_reader.Number())
                    {
                        case 0 or 1 or 6 or 7: // struct.new, struct.new_default, array.new, array.new_default
                            _reader.Number();
                            break;
                        case 8: // array.new_fixed
                            _reader.Number();
                            _reader.Number();
                            break;
                    }

                    break; // any.convert_extern, extern.convert_any, ref.i31: no operands
                default: // i32.add and the like: no operands
                    break;
            }
        }
    }
}
