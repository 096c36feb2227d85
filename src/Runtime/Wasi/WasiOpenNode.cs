namespace WasmBindgen.Wasi;

/// <summary>A guest's descriptor of a file or directory in memory, used as that is.</summary>
internal sealed class WasiOpenNode : WasiDescriptor
{
    internal WasiOpenNode(WasiTree tree, WasiNode node)
    {
        (Tree, Node) = (tree, node);
        node.Openings++;
    }

    internal WasiTree Tree { get; }

    internal WasiNode Node { get; }

    /// <summary>The number of the tree among those of the guest: <c>dev</c>.</summary>
    internal required ulong Device { get; init; }

    /// <summary>The path of a directory that was given to the guest; null for what it opened.</summary>
    internal byte[]? GivenPath { get; init; }

    /// <summary>Whether nothing in a directory can be changed.</summary>
    internal required bool IsReadOnly { get; init; }

    internal bool CanRead { get; init; } = true;

    internal bool CanWrite { get; init; }

    /// <summary>Where the next read or write is.</summary>
    internal ulong Position { get; set; }

    /// <summary><c>fdflags</c>.</summary>
    internal uint Flags { get; set; }
}
