using System.Numerics;
using System.Runtime.InteropServices;

namespace WasmBindgen.Binary;

/// <summary>
/// Estimates what a function costs to compile. Beside its instructions, the compiler handles every value that is live
/// where a basic block begins, so that a few KiB with many blocks and locals can take it minutes: those pairs of a
/// block and a value are counted. Values are locals, found by a data-flow analysis, and operands on the stack. Also
/// counted is what a short instruction can refer to: targets, operands and handlers of branches and calls, and fields.
/// </summary>
internal sealed class FunctionCost
{
    private const int MaxLocals = 50_000; // the engine's limit

    // Where the analysis would take longer than this, in 64-bit words that it handles, every local counts as live.
    private const long MaxWork = 1L << 30;

    // The memory that the analysis may use, in 64-bit words.
    private const int MaxSize = 1 << 23;

    // Weights, measured: results of calls and targets of br_table; fields of a new struct.
    private const int Heavy = 4;
    private const int Field = 8;

    // A value that is live in a loop counts once more for this many loops around it, and an operand of a branch for
    // this many loops in the function. The number of loops counts squared.
    private const int LoopsForOnce = 8;

    private const byte BlockStart = 0x02;
    private const byte Loop = 0x03;
    private const byte If = 0x04;

    private readonly List<int> _events = []; // local.get x: 2x; local.set x: 2x+1
    private readonly List<Block> _blocks = [];
    private readonly List<int> _edges = []; // labels that a block branches to
    private readonly List<int> _labels = []; // the block of each
    private readonly List<int> _sources = []; // the last block that branches to each
    private readonly List<Frame> _frames = [];
    private ulong[] _live = [];
    private long _work = MaxWork;

    private int _height;
    private int _handlers;
    private bool _isDead;
    private long _loops;
    private int _depth; // of loops
    private long _operands; // of blocks and branches
    private long _cost;

    /// <summary>Numbers of parameters and results, or of fields and -1, of each type.</summary>
    internal List<(int First, int Second)> Types { get; } = [];

    /// <summary>The type of each function; imports come first.</summary>
    internal List<uint> FunctionTypes { get; } = [];

    /// <summary>The number of basic blocks of the last function.</summary>
    internal int Blocks => _blocks.Count;

    /// <summary>The number of locals and parameters of the last function.</summary>
    internal int Locals { get; private set; }

    /// <summary>Estimates the code that converts parameters and results for calls from outside.</summary>
    internal static long Signature(long values) => (5 * values) + (values * values / 64);

    /// <summary>Estimates a function.</summary>
    /// <param name="index">Its index; imports come first.</param>
    /// <param name="body">Its locals and instructions.</param>
    internal long Of(int index, ReadOnlySpan<byte> body)
    {
        _events.Clear();
        _blocks.Clear();
        _edges.Clear();
        _labels.Clear();
        _sources.Clear();
        _frames.Clear();
        _height = _handlers = 0;
        _isDead = false;
        (int parameters, int results) = FunctionType((uint)index);
        _cost = Signature(parameters + results);
        _operands = _loops = _depth = 0;
        Locals = parameters;
        var reader = new WasmReader(body);
        try
        {
            ReadLocals(ref reader);
            Begin(BlockStart, 0, results);
            StartBlock();
            while (_frames.Count > 0 && Instruction(ref reader))
            {
                _cost++;
            }
        }
        catch (InvalidDataException)
        {
            // The engine refuses it.
        }

        // What is not known counts by its length, and labels that have no end lead there.
        _cost += body.Length - reader.Position;
        _isDead = false;
        StartBlock();
        foreach (ref int label in CollectionsMarshal.AsSpan(_labels))
        {
            label = label < 0 ? _blocks.Count - 1 : label;
        }

        return _cost + (_loops * (_loops + (_operands / LoopsForOnce))) + LiveLocals();
    }

    private void ReadLocals(scoped ref WasmReader reader)
    {
        ulong count = (ulong)Locals;
        for (ulong groups = reader.Number(); groups > 0; groups--)
        {
            count += Math.Min(reader.Number(), MaxLocals);
            reader.ValueType();
        }

        Locals = (int)Math.Min(count, MaxLocals);
    }

    private (int First, int Second) Type(ulong index)
    {
        (int first, int second) = index < (ulong)Types.Count ? Types[(int)index] : default;
        return (first, Math.Max(second, 0));
    }

    private (int Parameters, int Results) FunctionType(ulong index) =>
        index < (ulong)FunctionTypes.Count ? Type(FunctionTypes[(int)index]) : default;

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
                    Resolve(_frames[^1].Label);
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
                    _events.Add(((int)local * 2) + (opcode == 0x20 ? 0 : 1));
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

    private void TryTable(scoped ref WasmReader reader)
    {
        (int parameters, int results) = BlockType(ref reader);
        int handlers = 0;
        for (ulong count = reader.Number(); count > 0; count--, handlers++)
        {
            const byte CatchRef = 1;
            if (reader.Byte() <= CatchRef)
            {
                reader.Number(); // the tag
            }

            Branch(reader.Number());
        }

        Begin(BlockStart, parameters, results, handlers);
        StartBlock();
    }

    private void Call((int Parameters, int Results) type, byte opcode)
    {
        _height += type.Results - type.Parameters;
        _cost += _isDead ? 0 : type.Parameters + (Heavy * type.Results) + _handlers;
        if (opcode is 0x12 or 0x13 or 0x15)
        {
            _isDead = true;
        }
        else if (_handlers > 0)
        {
            StartBlock();
        }
    }

    private void Begin(byte opcode, int parameters, int results, int handlers = 0)
    {
        int label = NewLabel();
        int otherwise = -1;
        if (opcode == If)
        {
            otherwise = NewLabel();
            AddEdge(otherwise);
        }

        if (opcode == Loop)
        {
            _loops++;
            _depth++;
        }

        _operands += parameters + results;
        int height = Math.Max(_height - parameters, 0);
        _frames.Add(new Frame(opcode == Loop, label, otherwise, height, parameters, results, handlers, _isDead));
        _handlers += handlers;
    }

    private void Else()
    {
        Frame frame = _frames[^1];
        Branch(0); // the first part leads to the end
        _isDead = frame.IsDead;
        _height = frame.Height + frame.Parameters;
        StartBlock(follows: false);
        Resolve(frame.Otherwise);
        _frames[^1] = frame with { Otherwise = -1 };
    }

    private void End()
    {
        Frame frame = _frames[^1];
        _frames.RemoveAt(_frames.Count - 1);
        _handlers -= frame.Handlers;
        _depth -= frame.IsLoop ? 1 : 0;
        bool follows = !_isDead;
        _isDead = frame.IsDead;
        _height = frame.Height + frame.Results;
        StartBlock(follows);
        Resolve(frame.Otherwise);
        if (!frame.IsLoop)
        {
            Resolve(frame.Label);
        }
    }

    private void Branch(ulong depth)
    {
        if (depth < (ulong)_frames.Count)
        {
            Frame target = _frames[_frames.Count - 1 - (int)depth];
            int operands = target.IsLoop ? target.Parameters : target.Results;
            _cost += 1 + operands;
            _operands += operands;
            AddEdge(target.Label);
        }
    }

    private int NewLabel()
    {
        _labels.Add(-1);
        _sources.Add(-1);
        return _labels.Count - 1;
    }

    private void Resolve(int label)
    {
        if (label >= 0)
        {
            _labels[label] = _blocks.Count - 1;
        }
    }

    private void AddEdge(int label)
    {
        if (!_isDead && _sources[label] != _blocks.Count)
        {
            _sources[label] = _blocks.Count;
            _edges.Add(label);
        }
    }

    private void StartBlock(bool follows = true, bool isLoop = false)
    {
        if (!_isDead)
        {
            int weight = 1 + (_depth / LoopsForOnce);
            _blocks.Add(new Block(_events.Count, _edges.Count, follows, isLoop, weight));
            _cost += weight * Math.Max(_height, 0L);
        }
    }

    /// <summary>The sum over all blocks of the locals that are live where it begins.</summary>
    private long LiveLocals()
    {
        int words = (Locals + 63) / 64;
        int size = _blocks.Count * words;
        if ((long)_blocks.Count * words > MaxSize)
        {
            return AllLocals();
        }

        if (_live.Length < size)
        {
            _live = new ulong[Math.Max(size, 4096)];
        }

        Span<ulong> live = _live.AsSpan(0, size);
        live.Clear();
        while (words > 0)
        {
            _work -= (_blocks.Count + (long)_edges.Count) * words + _events.Count;
            if (_work < 0)
            {
                return AllLocals();
            }

            if (!Sweep(live, words))
            {
                break;
            }
        }

        long sum = 0;
        for (int i = 0; i < live.Length; i++)
        {
            sum += _blocks[i / words].Weight * BitOperations.PopCount(live[i]);
        }

        return sum;
    }

    private long AllLocals()
    {
        long sum = 0;
        foreach (Block block in _blocks)
        {
            sum += (long)block.Weight * Locals;
        }

        return sum;
    }

    /// <summary>Goes through all blocks backwards.</summary>
    /// <returns>Whether a block branches back to one for which something new was found.</returns>
    private bool Sweep(Span<ulong> live, int words)
    {
        bool again = false;
        int lastEvent = _events.Count, lastEdge = _edges.Count;
        bool followed = false;
        Span<ulong> current = new ulong[words];
        for (int i = _blocks.Count - 1; i >= 0; i--)
        {
            Block block = _blocks[i];
            current.Clear();
            if (followed)
            {
                live.Slice((i + 1) * words, words).CopyTo(current);
            }

            for (int edge = block.FirstEdge; edge < lastEdge; edge++)
            {
                ReadOnlySpan<ulong> target = live.Slice(_labels[_edges[edge]] * words, words);
                for (int word = 0; word < words; word++)
                {
                    current[word] |= target[word];
                }
            }

            for (int j = lastEvent - 1; j >= block.FirstEvent; j--)
            {
                int local = _events[j] >> 1;
                ulong bit = 1ul << (local & 63);
                current[local >> 6] = (_events[j] & 1) == 0 ? current[local >> 6] | bit : current[local >> 6] & ~bit;
            }

            Span<ulong> before = live.Slice(i * words, words);
            again |= block.IsLoop && !current.SequenceEqual(before);
            current.CopyTo(before);
            (lastEvent, lastEdge, followed) = (block.FirstEvent, block.FirstEdge, block.Follows);
        }

        return again;
    }

    /// <summary>A basic block, up to where the next one begins.</summary>
    /// <param name="FirstEvent">Its first use of a local.</param>
    /// <param name="FirstEdge">The first label that it branches to.</param>
    /// <param name="Follows">Whether the block before continues here.</param>
    /// <param name="IsLoop">Whether later blocks may branch here.</param>
    /// <param name="Weight">How much a value counts that is live where it begins.</param>
    private readonly record struct Block(int FirstEvent, int FirstEdge, bool Follows, bool IsLoop, int Weight);

    /// <summary>A block, loop, if or try of the source.</summary>
    /// <param name="IsLoop">Whether branches lead to its begin.</param>
    /// <param name="Label">Where branches lead.</param>
    /// <param name="Otherwise">Where the condition of an <c>if</c> leads otherwise; -1 when that is known.</param>
    /// <param name="Height">Operands below.</param>
    /// <param name="Parameters">Operands at its begin.</param>
    /// <param name="Results">Operands at its end.</param>
    /// <param name="Handlers">The exceptions that it handles.</param>
    /// <param name="IsDead">Whether it cannot be reached.</param>
    private readonly record struct Frame(
        bool IsLoop, int Label, int Otherwise, int Height, int Parameters, int Results, int Handlers, bool IsDead);
}
