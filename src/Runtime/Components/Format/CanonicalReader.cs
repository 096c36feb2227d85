using WasmBindgen.Binary;

namespace WasmBindgen.Components.Format;

/// <summary>Reads canonical definitions (Component Model, Binary.md).</summary>
internal static class CanonicalReader
{
    private const int MaxOptions = 10;

    internal static Definition Read(scoped ref WasmReader reader)
    {
        byte form = reader.Byte();
        switch (form)
        {
            case 0x00:
                SkipZero(ref reader);
                return new LiftDefinition(reader.Index(), ReadOptions(ref reader), reader.Index());
            case 0x01:
                SkipZero(ref reader);
                return new LowerDefinition(reader.Index(), ReadOptions(ref reader));
            case 0x02:
                return new HandleDefinition(HandleOperation.New, reader.Index());
            case 0x03:
                return new HandleDefinition(HandleOperation.Drop, reader.Index());
            case 0x04:
                return new HandleDefinition(HandleOperation.Represent, reader.Index());
            default:
                (string name, string operands) = Unsupported(form)
                    ?? throw new InvalidDataException($"0x{form:x2} is not a canonical definition");
                Skip(operands, ref reader);
                return new UnsupportedDefinition(name);
        }
    }

    /// <summary>
    /// A function that is not supported, and what follows its first byte: a byte (b), an index (i), options (o), a core
    /// type (t), results (r).
    /// </summary>
    private static (string Name, string Operands)? Unsupported(byte form) => form switch
    {
        0x05 => ("task.cancel", ""),
        0x06 => ("subtask.cancel", "b"),
        0x09 => ("task.return", "ro"),
        0x0A => ("context.get", "ti"),
        0x0B => ("context.set", "ti"),
        0x0C => ("thread.yield", "b"),
        0x0D => ("subtask.drop", ""),
        0x0E => ("stream.new", "i"),
        0x0F => ("stream.read", "io"),
        0x10 => ("stream.write", "io"),
        0x11 => ("stream.cancel-read", "ib"),
        0x12 => ("stream.cancel-write", "ib"),
        0x13 => ("stream.drop-readable", "i"),
        0x14 => ("stream.drop-writable", "i"),
        0x15 => ("future.new", "i"),
        0x16 => ("future.read", "io"),
        0x17 => ("future.write", "io"),
        0x18 => ("future.cancel-read", "ib"),
        0x19 => ("future.cancel-write", "ib"),
        0x1A => ("future.drop-readable", "i"),
        0x1B => ("future.drop-writable", "i"),
        0x1C => ("error-context.new", "o"),
        0x1D => ("error-context.debug-message", "o"),
        0x1E => ("error-context.drop", ""),
        0x1F => ("waitable-set.new", ""),
        0x20 => ("waitable-set.wait", "bi"),
        0x21 => ("waitable-set.poll", "bi"),
        0x22 => ("waitable-set.drop", ""),
        0x23 => ("waitable.join", ""),
        0x24 => ("backpressure.inc", ""),
        0x25 => ("backpressure.dec", ""),
        0x26 => ("thread.index", ""),
        0x27 => ("thread.new-indirect", "ii"),
        0x28 => ("thread.resume-later", ""),
        0x29 => ("thread.suspend", "b"),
        0x2A => ("thread.suspend-then-resume", "b"),
        0x2B => ("thread.yield-then-resume", "b"),
        0x2C => ("thread.suspend-then-promote", "b"),
        0x2D => ("thread.yield-then-promote", "b"),
        0x40 => ("thread.spawn-ref", "i"),
        0x41 => ("thread.spawn-indirect", "ii"),
        0x42 => ("thread.available-parallelism", ""),
        _ => null,
    };

    private static void SkipZero(scoped ref WasmReader reader)
    {
        if (reader.Byte() != 0)
        {
            throw new InvalidDataException("there is no zero in a canonical definition that begins with one");
        }
    }

    private static void Skip(string operands, scoped ref WasmReader reader)
    {
        foreach (char operand in operands)
        {
            switch (operand)
            {
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
                    ReadOptions(ref reader);
                    break;
            }
        }
    }

    private static CanonicalOptions ReadOptions(scoped ref WasmReader reader)
    {
        (StringEncoding encoding, string? unsupported) = (StringEncoding.Utf8, null);
        (uint? memory, uint? realloc, uint? postReturn) = (null, null, null);
        int known = 0;
        int count = reader.Count();
        if (count > MaxOptions)
        {
            throw new InvalidDataException($"a canonical definition has {count} options");
        }

        for (; count > 0; count--)
        {
            byte option = reader.Byte();
            int bit = option <= 2 ? 1 : 1 << option;
            if (option > 9 || (known & bit) != 0)
            {
                throw new InvalidDataException(option > 9
                    ? $"0x{option:x2} is not an option of a canonical definition"
                    : "a canonical definition has an option twice");
            }

            known |= bit;
            switch (option)
            {
                case <= 2:
                    encoding = (StringEncoding)option;
                    break;
                case 3:
                    memory = reader.Index();
                    break;
                case 4:
                    realloc = reader.Index();
                    break;
                case 5:
                    postReturn = reader.Index();
                    break;
                case 7 or 8:
                    reader.Index();
                    unsupported = option == 7 ? "callback" : "core-type";
                    break;
                default:
                    unsupported ??= option == 6 ? "async" : "gc";
                    break;
            }
        }

        return new CanonicalOptions(encoding, memory, realloc, postReturn, unsupported);
    }
}
