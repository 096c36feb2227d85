namespace WasmBindgen.Wasi;

/// <summary>A file or directory in memory. Who uses it has locked its <see cref="WasiTree"/>.</summary>
/// <param name="number">Its <c>ino</c>, which rises with each node of the tree.</param>
/// <param name="time">When it was created, in nanoseconds since 1970, UTC.</param>
internal abstract class WasiNode(ulong number, ulong time)
{
    internal ulong Number => number;

    internal string Name { get; set; } = "";

    /// <summary>The directory that it is in; null for a root, and for what was removed.</summary>
    internal WasiFolder? Folder { get; set; }

    /// <summary>The length of its path in characters, with a <c>/</c> before each name; 0 for a root.</summary>
    internal int PathLength { get; set; }

    /// <summary>Its path in the tree; it is no root.</summary>
    internal string Path => string.Create(PathLength - 1, this, static (rest, node) =>
    {
        for (; node.Folder is { } folder; node = folder)
        {
            node.Name.CopyTo(rest[^node.Name.Length..]);
            rest = rest[..^node.Name.Length];
            if (folder.Folder is not null)
            {
                rest[^1] = '/';
                rest = rest[..^1];
            }
        }
    });

    /// <summary>The number of its open descriptors, for which it stays when it is removed.</summary>
    internal int Openings { get; set; }

    internal ulong Accessed { get; set; } = time;

    internal ulong Modified { get; set; } = time;

    internal ulong Changed { get; set; } = time;
}

/// <summary>A file in memory.</summary>
internal sealed class WasiFile(ulong number, ulong time) : WasiNode(number, time)
{
    private byte[] _bytes = []; // zeros behind the length

    internal int Length { get; private set; }

    internal Span<byte> Bytes => _bytes.AsSpan(0, Length);

    /// <summary>Cuts the file, or adds zeros.</summary>
    internal void SetLength(int length)
    {
        if (length > _bytes.Length)
        {
            long more = Length == 0 ? 0 : Math.Min(_bytes.Length * 3L / 2, Array.MaxLength); // it grows in steps
            Array.Resize(ref _bytes, Math.Max(length, (int)more));
        }
        else if (length < _bytes.Length / 2)
        {
            Array.Resize(ref _bytes, length);
        }
        else if (length < Length)
        {
            _bytes.AsSpan(length..Length).Clear();
        }

        Length = length;
    }
}

/// <summary>A directory in memory.</summary>
internal sealed class WasiFolder(ulong number, ulong time) : WasiNode(number, time)
{
    private readonly Dictionary<string, WasiNode> _entries = new(StringComparer.Ordinal);

    // The same by their numbers, so that a part of them costs no more than it is.
    private readonly List<WasiNode> _ordered = [];

    internal IReadOnlyDictionary<string, WasiNode> Entries => _entries;

    internal void Add(WasiNode node)
    {
        _entries.Add(node.Name, node);
        _ordered.Insert(IndexOf(node.Number), node);
    }

    internal void Remove(WasiNode node)
    {
        _entries.Remove(node.Name);
        _ordered.RemoveAt(IndexOf(node.Number));
        if (_entries.Count < _entries.EnsureCapacity(0) / 4)
        {
            _entries.TrimExcess(); // or files that move on would leave room behind in each directory
            _ordered.TrimExcess();
        }
    }

    /// <summary>The entries from a number on, by their numbers.</summary>
    internal IEnumerable<WasiNode> From(ulong number)
    {
        for (int i = IndexOf(number); i < _ordered.Count; i++)
        {
            yield return _ordered[i];
        }
    }

    /// <summary>Everything below it. It may be nested deeply.</summary>
    internal IEnumerable<WasiNode> Descendants()
    {
        var rest = new Stack<WasiNode>(_ordered);
        while (rest.TryPop(out WasiNode? node))
        {
            yield return node;
            foreach (WasiNode entry in (node as WasiFolder)?._ordered ?? [])
            {
                rest.Push(entry);
            }
        }
    }

    /// <summary>Where a number is, or would be.</summary>
    private int IndexOf(ulong number)
    {
        (int low, int high) = (0, _ordered.Count);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _ordered[middle].Number < number ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
