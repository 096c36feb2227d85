using System.Numerics;
using System.Runtime.InteropServices;

namespace WasmBindgen.Binary;

/// <summary>
/// Finds which locals of a function are live where its basic blocks begin: those that are read later, before they are
/// written. A data-flow analysis, backwards over the blocks until nothing changes. Functions of one module, one after
/// the other.
/// </summary>
internal sealed class LiveLocals
{
    // Where the analysis would take longer than this, in 64-bit words that it handles, every local counts as live.
    private const long MaxWork = 1L << 30;

    // The memory that the analysis may use, in 64-bit words.
    private const int MaxSize = 1 << 23;

    private readonly List<int> _events = []; // local.get x: 2x; local.set x: 2x+1
    private readonly List<Block> _blocks = [];
    private readonly List<int> _edges = []; // labels that a block branches to
    private readonly List<int> _labels = []; // the block of each
    private readonly List<int> _sources = []; // the last block that branches to each
    private ulong[] _live = [];
    private long _work = MaxWork;

    /// <summary>The number of basic blocks.</summary>
    internal int Blocks => _blocks.Count;

    /// <summary>Begins with another function.</summary>
    internal void Clear()
    {
        _events.Clear();
        _blocks.Clear();
        _edges.Clear();
        _labels.Clear();
        _sources.Clear();
    }

    /// <summary>A local is read or written.</summary>
    internal void Use(int local, bool isWritten) => _events.Add((local * 2) + (isWritten ? 1 : 0));

    /// <summary>A place to branch to, which <see cref="Resolve"/> will find.</summary>
    internal int NewLabel()
    {
        _labels.Add(-1);
        _sources.Add(-1);
        return _labels.Count - 1;
    }

    /// <summary>A label is where the last block begins; -1 for none.</summary>
    internal void Resolve(int label)
    {
        if (label >= 0)
        {
            _labels[label] = _blocks.Count - 1;
        }
    }

    /// <summary>Labels that have no place lead to the last block.</summary>
    internal void ResolveAll()
    {
        foreach (ref int label in CollectionsMarshal.AsSpan(_labels))
        {
            label = label < 0 ? _blocks.Count - 1 : label;
        }
    }

    /// <summary>The block that ends next may branch to a label.</summary>
    internal void AddEdge(int label)
    {
        if (_sources[label] != _blocks.Count)
        {
            _sources[label] = _blocks.Count;
            _edges.Add(label);
        }
    }

    /// <summary>Begins a basic block.</summary>
    /// <param name="follows">Whether the block before continues here.</param>
    /// <param name="isLoop">Whether later blocks may branch here.</param>
    /// <param name="weight">How much a value counts that is live here.</param>
    internal void StartBlock(bool follows, bool isLoop, int weight) =>
        _blocks.Add(new Block(_events.Count, _edges.Count, follows, isLoop, weight));

    /// <summary>The sum over all blocks of the locals that are live where it begins.</summary>
    internal long Sum(int locals)
    {
        int words = (locals + 63) / 64;
        int size = _blocks.Count * words;
        if ((long)_blocks.Count * words > MaxSize)
        {
            return SumOfAll(locals);
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
                return SumOfAll(locals);
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

    private long SumOfAll(int locals)
    {
        long sum = 0;
        foreach (Block block in _blocks)
        {
            sum += (long)block.Weight * locals;
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
}
