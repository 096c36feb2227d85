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
        int errno = IsRemoved(folder) ? WasiErrno.NoEntry
            : folder.PathLength + 1 + name.Length > MaxPath ? WasiErrno.NameTooLong
            : _used > MaxBytes - NodeSize ? WasiErrno.NoSpace
            : WasiErrno.Success;
        if (errno == WasiErrno.Success)
        {
            ulong number = _lastNumber + 1;
            Attach(isFolder ? new WasiFolder(number, Now) : new WasiFile(number, Now), folder, name);
            _lastNumber = number;
            _used += NodeSize;
        }

        return errno;
    }

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

        if (folder.Entries.TryGetValue(name, out WasiNode? replaced))
        {
            Remove(replaced);
        }

        Detach(node);
        Attach(node, folder, name);
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
        Detach(node);
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

        int before = file.Length;
        file.SetLength((int)length);
        _used += file.Length - before;
        file.Modified = file.Changed = Now;
        return WasiErrno.Success;
    }

    private bool IsRemoved(WasiNode node) => node.Folder is null && node != Root;

    private void Attach(WasiNode node, WasiFolder folder, string name)
    {
        folder.Modified = folder.Changed = Now; // first, as the host's clock may fail
        folder.Entries.Add(name, node);
        node.Name = name;
        node.Folder = folder;
        node.PathLength = folder.PathLength + 1 + name.Length;
    }

    private void Detach(WasiNode node)
    {
        WasiFolder folder = node.Folder!;
        folder.Modified = folder.Changed = node.Changed = Now;
        folder.Entries.Remove(node.Name);
        if (folder.Entries.Count < folder.Entries.EnsureCapacity(0) / 4)
        {
            folder.Entries.TrimExcess(); // or files that move on would leave room behind in each directory
        }

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
