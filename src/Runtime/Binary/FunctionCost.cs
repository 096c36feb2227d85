namespace WasmBindgen.Binary;

/// <summary>
/// Estimates what a function costs to compile. Beside its instructions, the compiler handles every value that is live
/// where a basic block begins, so that a few KiB with many blocks and locals can take it minutes: those pairs of a
/// block and a value are counted. Values are locals, found by a data-flow analysis, and operands on the stack. Also
/// counted is what a short instruction can refer to: targets, operands and handlers of branches and calls, and fields.
/// </summary>
internal sealed partial class FunctionCost
{
    private const int MaxLocals = 50_000; // the engine's limit

    // Weights, measured: results of calls and targets of br_table; fields of a new struct.
    private const int Heavy = 4;
    private const int Field = 8;

    // A value that is live in a loop counts once more for this many loops around it, and an operand of a branch for
    // this many loops in the function. The number of loops counts squared.
    private const int LoopsForOnce = 8;

    private const byte BlockStart = 0x02;
    private const byte Loop = 0x03;
    private const byte If = 0x04;

    private readonly LiveLocals _flow = new();
    private readonly List<Frame> _frames = [];

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
    internal int Blocks => _flow.Blocks;

    /// <summary>The number of locals and parameters of the last function.</summary>
    internal int Locals { get; private set; }

    /// <summary>Estimates the code that converts parameters and results for calls from outside.</summary>
    internal static long Signature(long values) => (5 * values) + (values * values / 64);

    /// <summary>Estimates a function.</summary>
    /// <param name="index">Its index; imports come first.</param>
    /// <param name="body">Its locals and instructions.</param>
    internal long Of(int index, ReadOnlySpan<byte> body)
    {
        _flow.Clear();
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
        _flow.ResolveAll();
        return _cost + (_loops * (_loops + (_operands / LoopsForOnce))) + _flow.Sum(Locals);
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
        int label = _flow.NewLabel();
        int otherwise = -1;
        if (opcode == If)
        {
            otherwise = _flow.NewLabel();
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
        _flow.Resolve(frame.Otherwise);
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
        _flow.Resolve(frame.Otherwise);
        if (!frame.IsLoop)
        {
            _flow.Resolve(frame.Label);
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

    private void AddEdge(int label)
    {
        if (!_isDead)
        {
            _flow.AddEdge(label);
        }
    }

    private void StartBlock(bool follows = true, bool isLoop = false)
    {
        if (!_isDead)
        {
            int weight = 1 + (_depth / LoopsForOnce);
            _flow.StartBlock(follows, isLoop, weight);
            _cost += weight * Math.Max(_height, 0L);
        }
    }

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
