namespace WasmBindgen.Wasi;

/// <summary>The functions for paths in memory. They answer as the engine's do, but there are no links.</summary>
internal static class WasiPathFunctions
{
    // oflags
    private const uint Create = 1 << 0;
    private const uint Directory = 1 << 1;
    private const uint Exclusive = 1 << 2;
    private const uint Truncate = 1 << 3;

    // rights
    private const ulong Reads = 1 << 1;
    private const ulong Writes = 1 << 6;

    // fdflags that the engine does not support either
    private const uint Synchronous = 0b11010;

    /// <summary><c>path_open</c>.</summary>
    internal static int Open(WasiCall call, WasiOpenNode open)
    {
        (uint how, ulong rights, uint flags) = (call.Number(4), call.Wide(5), call.Number(7));
        bool writes = (rights & Writes) != 0;
        bool changes = writes || (how & (Create | Truncate)) != 0;
        if (open.Node is WasiFile || (flags & Synchronous) != 0 || ((how & Directory) != 0 && how != Directory))
        {
            return open.Node is WasiFile ? WasiErrno.NotDirectory
                : (flags & Synchronous) != 0 ? WasiErrno.NotSupported
                : WasiErrno.Invalid;
        }

        int errno = WasiPath.Find(call, open, 2, changes, out WasiPath path);
        errno = errno != WasiErrno.Success ? errno
            : (how & Create) != 0 && path is { EndsWithSlash: true, Name: not "" } ? WasiErrno.IsDirectory
            : (how & Create) != 0 && path.Node is null ? open.Tree.Create(path.Folder, path.Name, isFolder: false)
            : (how & Create) != 0 && (how & Exclusive) != 0 ? WasiErrno.Exists
            : path.Node is WasiFolder && changes ? WasiErrno.IsDirectory
            : path.Node is WasiFile && (how & Directory) != 0 ? WasiErrno.NotDirectory
            : path.Existing;
        if (errno != WasiErrno.Success)
        {
            return errno;
        }

        WasiNode node = path.Node ?? path.Folder.Entries[path.Name];
        if (node is WasiFile file && (how & Truncate) != 0)
        {
            open.Tree.SetLength(file, 0);
        }

        call.Write("opened_fd", 8, call.Wasi.Descriptors.Add(new WasiOpenNode(open.Tree, node)
        {
            Device = open.Device,
            IsReadOnly = open.IsReadOnly,
            CanRead = !writes || (rights & Reads) != 0,
            CanWrite = changes,
            Flags = flags,
        }));
        return WasiErrno.Success;
    }

    /// <summary><c>path_create_directory</c>.</summary>
    internal static int CreateDirectory(WasiCall call, WasiOpenNode open) =>
        WasiPath.Find(call, open, 1, changes: true, out WasiPath path) is var errno and not WasiErrno.Success ? errno
        : path.Node is not null ? WasiErrno.Exists
        : open.Tree.Create(path.Folder, path.Name, isFolder: true);

    /// <summary><c>path_filestat_get</c>.</summary>
    internal static int FileStatus(WasiCall call, WasiOpenNode open) =>
        WasiPath.FindNode(call, open, 2, changes: false, out WasiPath path) is var errno and not WasiErrno.Success
            ? errno
            : WasiFileFunctions.WriteStatus(call, 4, open, path.Node!);

    /// <summary><c>path_filestat_set_times</c>.</summary>
    internal static int SetTimes(WasiCall call, WasiOpenNode open) =>
        !WasiFileFunctions.AreTimes(call.Number(6)) ? WasiErrno.Invalid
        : WasiPath.FindNode(call, open, 2, changes: true, out WasiPath path) is var errno and not WasiErrno.Success
            ? errno
        : WasiFileFunctions.SetTimes(call, 4, open, path.Node!);

    /// <summary><c>path_readlink</c>: nothing is a link.</summary>
    internal static int ReadLink(WasiCall call, WasiOpenNode open) =>
        WasiPath.FindNode(call, open, 1, changes: false, out _) is var errno and not WasiErrno.Success
            ? errno
            : WasiErrno.Invalid;

    /// <summary><c>path_remove_directory</c>.</summary>
    internal static int RemoveDirectory(WasiCall call, WasiOpenNode open) =>
        WasiPath.FindNode(call, open, 1, changes: true, out WasiPath path) is var errno and not WasiErrno.Success
            ? errno
        : path.Name is "" ? WasiErrno.Invalid
        : path.Node is not WasiFolder folder ? WasiErrno.NotDirectory
        : folder.Entries.Count != 0 ? WasiErrno.NotEmpty
        : open.Tree.Remove(folder);

    /// <summary><c>path_unlink_file</c>.</summary>
    internal static int UnlinkFile(WasiCall call, WasiOpenNode open) =>
        WasiPath.FindNode(call, open, 1, changes: true, out WasiPath path) is var errno and not WasiErrno.Success
            ? errno
        : path.Node is not WasiFile file ? WasiErrno.IsDirectory
        : open.Tree.Remove(file);

    /// <summary><c>path_rename</c>.</summary>
    internal static int Rename(WasiCall call, WasiOpenNode open)
    {
        WasiDescriptor? target = call.Wasi.Descriptors[call.Number(3)];
        bool isDirectory = target is WasiOpenNode { Node: WasiFolder }
            or WasiEngineDescriptor { Stream: WasiStream.None };
        return open.Node is not WasiFolder || !isDirectory ? WasiErrno.BadDescriptor
            : target is not WasiOpenNode other || other.Tree != open.Tree ? WasiErrno.OtherDevice
            : other.IsReadOnly ? WasiErrno.NotPermitted
            : WasiPath.Find(call, open, 1, changes: true, out WasiPath from) is var errno and not WasiErrno.Success
                ? errno
            : WasiPath.Find(call, other, 4, changes: true, out WasiPath to) is var failure and not WasiErrno.Success
                ? failure
            : CanMove(from, to) is var refusal and not WasiErrno.Success ? refusal
            : from.Node == to.Node ? WasiErrno.Success
            : open.Tree.Move(from.Node!, to.Folder, to.Name);
    }

    /// <summary><c>path_link</c>, <c>path_symlink</c>.</summary>
    internal static int Link(WasiCall call, WasiOpenNode open) =>
        open.Node is WasiFolder ? WasiErrno.NotSupported : WasiErrno.BadDescriptor;

    private static int CanMove(WasiPath from, WasiPath to) =>
        from.Name is "" || to.Name is "" ? WasiErrno.Busy
        : from.Existing != WasiErrno.Success ? from.Existing
        : from.Node is WasiFile && to.EndsWithSlash ? WasiErrno.NotDirectory
        : from.Node == to.Node ? WasiErrno.Success
        : IsWithin(from.Node!, to.Folder) ? WasiErrno.Invalid
        : IsWithin(to.Node, from.Folder) ? WasiErrno.NotEmpty
        : (from.Node, to.Node) switch
        {
            (WasiFolder, WasiFolder { Entries.Count: not 0 }) => WasiErrno.NotEmpty,
            (WasiFolder, WasiFile) => WasiErrno.NotDirectory,
            (WasiFile, WasiFolder) => WasiErrno.IsDirectory,
            _ => WasiErrno.Success,
        };

    /// <summary>Whether a directory is in one, or is it.</summary>
    private static bool IsWithin(WasiNode? outer, WasiFolder inner)
    {
        WasiFolder? folder = inner;
        while (folder is not null && folder != outer)
        {
            folder = folder.Folder;
        }

        return folder is not null;
    }
}
