using WasmBindgen.Binary;

namespace WasmBindgen.Build.Components;

/// <summary>
/// Reads canonical definitions (Component Model, Binary.md). Only lifted functions have a type; of all others it is
/// enough to know how long they are.
/// </summary>
internal static class CanonicalReader
{
    /// <returns>Null unless it lifts a function.</returns>
    internal static LiftedFunction? Read(scoped ref WasmReader reader)
    {
        byte form = reader.Byte();
        if (form == 0)
        {
            Skip("0io", ref reader);
            return new LiftedFunction(reader.Index());
        }

        string operands = Operands(form)
            ?? throw new InvalidDataException($"0x{form:x2} is not a canonical definition");
        Skip(operands, ref reader);
        return null;
    }

    /// <summary>
    /// What follows the first byte: a zero (0), a byte (b), an index (i), options (o), a core type (t), results (r).
    /// </summary>
    private static string? Operands(byte form) => form switch
    {
        0x01 => "0io", // lower
        0x02 or 0x03 or 0x04 => "i", // resource.new, resource.drop, resource.rep
        0x05 or 0x0D or 0x1E or 0x1F or 0x22 or 0x23 or 0x24 or 0x25 or 0x26 or 0x28 or 0x42 => "",
        0x06 or 0x0C or (>= 0x29 and <= 0x2D) => "b", // subtask.cancel, thread.yield, thread.suspend and the like
        0x09 => "ro", // task.return
        0x0A or 0x0B => "ti", // context.get, context.set
        0x0E or 0x13 or 0x14 or 0x15 or 0x1A or 0x1B => "i", // stream.new, future.new and the like
        0x0F or 0x10 or 0x16 or 0x17 => "io", // stream.read, future.read and the like
        0x11 or 0x12 or 0x18 or 0x19 => "ib", // stream.cancel-read, future.cancel-read and the like
        0x1C or 0x1D => "o", // error-context.new, error-context.debug-message
        0x20 or 0x21 => "bi", // waitable-set.wait, waitable-set.poll
        0x27 or 0x41 => "ii", // thread.new-indirect, thread.spawn-indirect
        0x40 => "i", // thread.spawn-ref
        _ => null,
    };

    private static void Skip(string operands, scoped ref WasmReader reader)
    {
        foreach (char operand in operands)
        {
            switch (operand)
            {
                case '0' when reader.Byte() != 0:
                    throw new InvalidDataException("there is no zero in a canonical definition that begins with one");
                case '0':
                    break;
                case 'b':
                    reader.Byte();
                    break;
                case 'i':
                    reader.Index();
                    break;
                case 't':
                    reader.ValueType();
                    break;
                case 'r' when reader.Byte() == 0:
                    reader.SignedNumber();
                    break;
                case 'r':
                    reader.Byte();
                    break;
                default:
                    SkipOptions(ref reader);
                    break;
            }
        }
    }

    private static void SkipOptions(scoped ref WasmReader reader)
    {
        for (int count = reader.Count(); count > 0; count--)
        {
            if (reader.Byte() is 3 or 4 or 5 or 7 or 8) // memory, realloc, post-return, callback, core type
            {
                reader.Index();
            }
        }
    }
}
