namespace WasmBindgen.Binary;

/// <content>
/// Reads instructions (core specification, section 5.4, and the proposals that the engine supports): how long each is,
/// and how it changes the number of operands.
/// </content>
internal sealed partial class FunctionCost
{
    /// <returns>False if the instruction is not known.</returns>
    private bool Instruction(scoped ref WasmReader reader)
    {
        byte opcode = reader.Byte();
        switch (opcode)
        {
            case 0x00 or 0x0A or 0x0F: // unreachable, throw_ref, return
                _isDead = true;
                return true;
            case 0x01: // nop
                return true;
            case BlockStart or Loop or If: // block, loop, if
                _height -= opcode == If ? 1 : 0;
                (int parameters, int results) = BlockType(ref reader);
                Begin(opcode, parameters, results);
                if (opcode != BlockStart)
                {
                    StartBlock(isLoop: opcode == Loop);
                }

                if (opcode == Loop)
                {
                    _flow.Resolve(_frames[^1].Label);
                }

                return true;
            case 0x05: // else
                Else();
                return true;
            case 0x08: // throw
                reader.Number();
                _isDead = true;
                return true;
            case 0x0B: // end
                End();
                return true;
            case 0x0C: // br
                Branch(reader.Number());
                _isDead = true;
                return true;
            case 0x0D: // br_if
                _height--;
                Branch(reader.Number());
                StartBlock();
                return true;
            case 0x0E: // br_table
                for (ulong targets = reader.Number() + 1; targets > 0; targets--)
                {
                    _cost += Heavy;
                    Branch(reader.Number());
                }

                _isDead = true;
                return true;
            case 0x10 or 0x12: // call, return_call
                Call(FunctionType(reader.Number()), opcode);
                return true;
            case 0x11 or 0x13: // call_indirect, return_call_indirect
                _height--;
                Call(Type(reader.Number()), opcode);
                reader.Number();
                return true;
            case 0x14 or 0x15: // call_ref, return_call_ref
                _height--;
                Call(Type(reader.Number()), opcode);
                return true;
            case 0x1C: // select with types
                for (ulong types = reader.Number(); types > 0; types--)
                {
                    reader.ValueType();
                }

                _height -= 2;
                return true;
            case 0x1F: // try_table
                TryTable(ref reader);
                return true;
            case 0x20 or 0x21 or 0x22: // local.get, local.set, local.tee
                ulong local = reader.Number();
                if (!_isDead && local < (ulong)Locals)
                {
                    _flow.Use((int)local, isWritten: opcode != 0x20);
                }

                _height += opcode == 0x20 ? 1 : opcode == 0x21 ? -1 : 0;
                return true;
            case 0xD5 or 0xD6: // br_on_null, br_on_non_null
                Branch(reader.Number());
                StartBlock();
                _height -= opcode == 0xD5 ? 0 : 1;
                return true;
            case 0xFB:
                return GarbageCollected(ref reader);
            case 0xFC:
                return Prefixed(ref reader);
            case 0xFD:
                Vector(ref reader);
                return true;
            case 0xFE:
                Atomic(ref reader);
                return true;
            default:
                return Plain(ref reader, opcode);
        }
    }

    /// <summary>Instructions of one byte that do not affect control flow.</summary>
    private bool Plain(scoped ref WasmReader reader, byte opcode)
    {
        switch (opcode)
        {
            case 0x23 or 0x24 or 0x25 or 0x26 or 0x3F or 0x40 or 0x41 or 0x42 or 0xD0 or 0xD2: // one number
                reader.Number();
                break;
            case 0x43: // f32.const
                reader.Bytes(4);
                break;
            case 0x44: // f64.const
                reader.Bytes(8);
                break;
            case >= 0x28 and <= 0x3E: // loads and stores
                MemoryOperand(ref reader);
                break;
            case 0x1A or 0x1B or (>= 0x45 and <= 0xC4) or 0xD1 or 0xD3 or 0xD4:
                break;
            default:
                return false;
        }

        _height += opcode switch
        {
            0x23 or 0x3F or (>= 0x41 and <= 0x44) or 0xD0 or 0xD2 => 1, // constants and the like
            0x1B or 0x26 or (>= 0x36 and <= 0x3E) => -2, // select, table.set, stores
            0x1A or 0x24 or 0xD3 => -1, // drop, global.set, ref.eq
            (>= 0x46 and <= 0x4F) or (>= 0x51 and <= 0x66) => -1, // comparisons
            (>= 0x6A and <= 0x78) or (>= 0x7C and <= 0x8A) or (>= 0x92 and <= 0x98) or (>= 0xA0 and <= 0xA6) => -1,
            _ => 0,
        };
        return true;
    }

    private bool Prefixed(scoped ref WasmReader reader)
    {
        ulong opcode = reader.Number();
        if (opcode > 22)
        {
            return false;
        }

        for (int numbers = opcode is 8 or 10 or 12 or 14 ? 2 : opcode is >= 8 and <= 17 ? 1 : 0; numbers > 0; numbers--)
        {
            reader.Number();
        }

        _height += opcode switch
        {
            8 or 10 or 11 or 12 or 14 or 17 => -3, // memory.init and the like
            15 => -1, // table.grow
            16 => 1, // table.size
            19 or 20 => -2, // i64.add128, i64.sub128
            _ => 0,
        };
        return true;
    }

    private bool GarbageCollected(scoped ref WasmReader reader)
    {
        ulong opcode = reader.Number();
        switch (opcode)
        {
            case 0 or 1: // struct.new, struct.new_default
                int fields = Type(reader.Number()).First;
                _cost += Field * fields;
                _height += opcode == 0 ? 1 - fields : 1;
                return true;
            case 8: // array.new_fixed
                reader.Number();
                ulong elements = Math.Min(reader.Number(), int.MaxValue / 2);
                _cost += (long)elements;
                _height = Math.Max(_height - (int)elements, 0) + 1;
                return true;
            case 24 or 25: // br_on_cast, br_on_cast_fail
                reader.Byte();
                Branch(reader.Number());
                reader.Number();
                reader.Number();
                StartBlock();
                return true;
            case <= 30:
                int numbers = opcode switch
                {
                    15 or >= 26 => 0,
                    (>= 2 and <= 5) or 9 or 10 or (>= 17 and <= 19) => 2,
                    _ => 1,
                };
                for (; numbers > 0; numbers--)
                {
                    reader.Number();
                }

                _height += opcode switch
                {
                    5 => -2, // struct.set
                    6 or 9 or 10 or 11 or 12 or 13 => -1, // array.new, array.get
                    14 => -3, // array.set
                    16 or 18 or 19 => -4, // array.fill, array.init_data
                    17 => -5, // array.copy
                    _ => 0,
                };
                return true;
            default:
                return false;
        }
    }

    private void Vector(scoped ref WasmReader reader)
    {
        ulong opcode = reader.Number();
        switch (opcode)
        {
            case <= 0x0B or 0x5C or 0x5D:
                MemoryOperand(ref reader);
                break;
            case 0x0C or 0x0D: // v128.const, i8x16.shuffle
                reader.Bytes(16);
                break;
            case >= 0x15 and <= 0x22: // lanes
                reader.Byte();
                break;
            case >= 0x54 and <= 0x5B: // memory and a lane
                MemoryOperand(ref reader);
                reader.Byte();
                break;
        }

        _height += opcode switch
        {
            0x0C => 1,
            0x0B or 0x52 or (>= 0x58 and <= 0x5B) or (>= 0x105 and <= 0x10C) or 0x113 => -2,
            <= 0x0A or (>= 0x0F and <= 0x16) or 0x18 or 0x19 or 0x1B or 0x1D or 0x1F or 0x21 or 0x4D or 0x53 => 0,
            (>= 0x5C and <= 0x64) or (>= 0x67 and <= 0x6A) or 0x74 or 0x75 or 0x7A or (>= 0x7C and <= 0x81) => 0,
            0x83 or 0x84 or (>= 0x87 and <= 0x8A) or 0x94 or 0xA0 or 0xA1 or 0xA3 or 0xA4 => 0,
            (>= 0xA7 and <= 0xAA) or 0xC0 or 0xC1 or 0xC3 or 0xC4 or (>= 0xC7 and <= 0xCA) or 0xE0 or 0xE1 => 0,
            0xE3 or 0xEC or 0xED or 0xEF or (>= 0xF8 and <= 0xFF) or (>= 0x101 and <= 0x104) => 0,
            _ => -1,
        };
    }

    private void Atomic(scoped ref WasmReader reader)
    {
        ulong opcode = reader.Number();
        if (opcode == 3) // atomic.fence
        {
            reader.Byte();
            return;
        }

        MemoryOperand(ref reader);
        _height += opcode switch
        {
            >= 0x10 and <= 0x16 => 0, // loads
            1 or 2 or (>= 0x17 and <= 0x1D) or >= 0x48 => -2, // waits, stores, cmpxchg
            _ => -1,
        };
    }

    private static void MemoryOperand(scoped ref WasmReader reader)
    {
        const ulong HasMemory = 0x40;
        if ((reader.Number() & HasMemory) != 0)
        {
            reader.Number();
        }

        reader.Number();
    }

    private (int Parameters, int Results) BlockType(scoped ref WasmReader reader)
    {
        const byte None = 0x40;
        byte first = reader.Peek();
        if ((first & 0xC0) != 0x40)
        {
            return Type(reader.Number());
        }

        reader.ValueType();
        return (0, first == None ? 0 : 1);
    }
}
