namespace WasmBindgen.Binary;

/// <summary>What a module imports, defines or exports, with its type (core specification, section 5.3).</summary>
/// <param name="Kind">Which of the kinds below.</param>
/// <param name="Index">The index of a function's or tag's type.</param>
/// <param name="Type">The type of a table's elements or of a global.</param>
/// <param name="IsMutable">Whether a global is.</param>
/// <param name="Limits">Those of a table or memory.</param>
internal readonly record struct WasmItem(
    byte Kind, uint Index = 0, WasmType Type = default, bool IsMutable = false, WasmLimits Limits = default)
{
    internal const byte Function = 0;
    internal const byte Table = 1;
    internal const byte Memory = 2;
    internal const byte Global = 3;
    internal const byte Tag = 4;

    /// <summary>Reads an item's type; unknown kinds are taken for tags.</summary>
    internal static WasmItem Read(byte kind, scoped ref WasmReader reader)
    {
        switch (kind)
        {
            case Function:
                return new WasmItem(kind, (uint)reader.Number());
            case Table:
                return new WasmItem(kind, Type: reader.ValueType(), Limits: reader.Limits());
            case Memory:
                return new WasmItem(kind, Limits: reader.Limits());
            case Global:
                return new WasmItem(kind, Type: reader.ValueType(), IsMutable: reader.Byte() != 0);
            default:
                reader.Byte();
                return new WasmItem(kind, (uint)reader.Number());
        }
    }

    /// <summary>Reads an entry of the table section, which may have an initial value.</summary>
    internal static WasmItem ReadTable(scoped ref WasmReader reader)
    {
        const byte WithInitialValue = 0x40;
        if (reader.Peek() != WithInitialValue)
        {
            return Read(Table, ref reader);
        }

        reader.Bytes(2);
        WasmItem table = Read(Table, ref reader);
        SkipConstantExpression(ref reader);
        return table;
    }

    /// <summary>Reads an entry of the global section, which has an initial value.</summary>
    internal static WasmItem ReadGlobal(scoped ref WasmReader reader)
    {
        WasmItem global = Read(Global, ref reader);
        SkipConstantExpression(ref reader);
        return global;
    }

    /// <summary>
    /// Skips the instructions that a constant expression may have (core specification, section 3.4.13), with their
    /// operands (section 5.4).
    /// </summary>
    private static void SkipConstantExpression(scoped ref WasmReader reader)
    {
        const byte End = 0x0B;
        for (byte instruction; (instruction = reader.Byte()) != End;)
        {
            switch (instruction)
            {
                case 0x23 or 0x41 or 0x42 or 0xD0 or 0xD2: // global.get, i32.const, i64.const, ref.null, ref.func
                    reader.Number();
                    break;
                case 0x43: // f32.const
                    reader.Bytes(4);
                    break;
                case 0x44: // f64.const
                    reader.Bytes(8);
                    break;
                case 0xFD: // v128.const
                    reader.Number();
                    reader.Bytes(16);
                    break;
                case 0xFB: // garbage collection
                    switch (reader.Number())
                    {
                        case 0 or 1 or 6 or 7: // struct.new, struct.new_default, array.new, array.new_default
                            reader.Number();
                            break;
                        case 8: // array.new_fixed
                            reader.Number();
                            reader.Number();
                            break;
                    }

                    break; // any.convert_extern, extern.convert_any, ref.i31: no operands
                default: // i32.add and the like: no operands
                    break;
            }
        }
    }
}
