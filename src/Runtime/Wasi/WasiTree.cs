namespace WasmBindgen.Wasi;

/// <summary>
/// What a <see cref="WasiFiles"/> holds. Stores and the host may use it at once: who uses it or its nodes locks it.
/// </summary>
internal sealed class WasiTree
{
    // What a node takes at most beside its bytes, with its name and its place in a directory.
    private const int NodeSize = 1024;

    // Without it, the paths of nested directories could take the square of what the directories take.
    private const int MaxPath = 1024;

    private long _used;
    private ulong _lastNumber;

    internal WasiTree() => Root = new WasiFolder(++_lastNumber, 0);

    internal WasiFolder Root { get; }

    internal long MaxBytes { get; set; } = 64 << 20;

    internal TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>The time, in nanoseconds since 1970, UTC.</summary>
    internal ulong Now => WasiClock.TimeOfDay(Clock);

    /// <summary>Adds an empty file or directory, where there is nothing.</summary>
    /// <returns>The errno.</returns>
    internal int Create(WasiFolder folder, string name, bool isFolder)
    {
        int errno = IsRemoved(folder)
            ? WasiErrno.NoEntry
            : Check(folder.PathLength + 1 + name.Length, nodes: 1, bytes: 0);
        if (errno == WasiErrno.Success)
        {
            ulong now = Now; // first, as the host's clock may fail
            ulong number = ++_lastNumber;
            Attach(isFolder ? new WasiFolder(number, now) : new WasiFile(number, now), folder, name, now);
            _used += NodeSize;
        }

        return errno;
    }

    /// <summary>Whether there is room for files and directories, and for bytes in them.</summary>
    /// <param name="pathLength">The longest of their paths, with a <c>/</c> before each name.</param>
    /// <param name="nodes">The number of those to create.</param>
    /// <param name="bytes">The bytes to add; less than none if some go.</param>
    /// <returns>The errno.</returns>
    internal int Check(int pathLength, int nodes, long bytes) =>
        pathLength > MaxPath ? WasiErrno.NameTooLong
        : (nodes > 0 || bytes > 0) && ((long)nodes * NodeSize) + bytes > MaxBytes - _used ? WasiErrno.NoSpace
        : WasiErrno.Success;

    /// <summary>Moves a file or directory, to replace what is there.</summary>
    /// <returns>The errno.</returns>
    internal int Move(WasiNode node, WasiFolder folder, string name)
    {
        if (IsRemoved(folder))
        {
            return WasiErrno.NoEntry;
        }

        int change = folder.PathLength + 1 + name.Length - node.PathLength;
        WasiNode[] moved = [node, .. (node as WasiFolder)?.Descendants() ?? []];
        if (change > 0 && moved.Max(static one => one.PathLength) > MaxPath - change)
        {
            return WasiErrno.NameTooLong;
        }

        ulong now = Now; // first, as the host's clock may fail
        if (folder.Entries.TryGetValue(name, out WasiNode? replaced))
        {
            Detach(replaced, now);
            FreeUnused(replaced);
        }

        Detach(node, now);
        Attach(node, folder, name, now);
        foreach (WasiNode below in moved.AsSpan(1))
        {
            below.PathLength += change;
        }

        return WasiErrno.Success;
    }

    /// <summary>Removes a file or an empty directory.</summary>
    /// <returns>The errno.</returns>
    internal int Remove(WasiNode node)
    {
        Detach(node, Now);
        FreeUnused(node);
        return WasiErrno.Success;
    }

    /// <summary>A descriptor is closed.</summary>
    internal void Close(WasiNode node)
    {
        node.Openings--;
        FreeUnused(node);
    }

    /// <summary>The length that a file can have now.</summary>
    internal int MaxLength(WasiFile file) =>
        (int)Math.Min(file.Length + Math.Max(MaxBytes - _used, 0), Array.MaxLength);

    /// <summary>Cuts a file, or adds zeros.</summary>
    /// <returns>The errno.</returns>
    internal int SetLength(WasiFile file, ulong length)
    {
        if (length > (ulong)MaxLength(file))
        {
            return length > (ulong)Array.MaxLength ? WasiErrno.FileTooLarge : WasiErrno.NoSpace;
        }

        ulong now = Now;
        int before = file.Length;
        file.SetLength((int)length);
        _used += file.Length - before;
        file.Modified = file.Changed = now;
        return WasiErrno.Success;
    }

    private bool IsRemoved(WasiNode node) => node.Folder is null && node != Root;

    private static void Attach(WasiNode node, WasiFolder folder, string name, ulong now)
    {
        node.Name = name;
        folder.Add(node);
        folder.Modified = folder.Changed = now;
        node.Folder = folder;
        node.PathLength = folder.PathLength + 1 + name.Length;
    }

    private static void Detach(WasiNode node, ulong now)
    {
        WasiFolder folder = node.Folder!;
        folder.Modified = folder.Changed = node.Changed = now;
        folder.Remove(node);
        node.Folder = null;
    }

    private void FreeUnused(WasiNode node)
    {
        if (IsRemoved(node) && node.Openings == 0)
        {
            _used -= NodeSize + ((node as WasiFile)?.Length ?? 0);
        }
    }
}
