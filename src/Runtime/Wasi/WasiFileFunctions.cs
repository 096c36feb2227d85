using System.Buffers.Binary;
using System.Text;

namespace WasmBindgen.Wasi;

/// <summary>The functions for descriptors of files and directories in memory. They answer as the engine's do.</summary>
internal static class WasiFileFunctions
{
    // fdflags
    private const uint Append = 1 << 0;
    private const uint NonBlocking = 1 << 2;

    // fstflags: each time may be the given one, or the current one.
    private const uint Accesses = 0b0011;
    private const uint Modifications = 0b1100;

    private const ulong AllRights = (1 << 30) - 1;
    private const ulong RightsToRead = (1 << 1) | (1 << 14); // fd_read, fd_readdir
    private const ulong RightsToWrite = 1 << 6; // fd_write
    private const ulong RightsOfFiles = (1 << 2) | (1 << 19) | (1 << 22); // fd_seek and the two set_size
    private const ulong RightsOfGiven = 0b0111_1011_0111_1111_1110_0000_0000; // what the engine says
    private const ulong RightsBelowGiven = RightsOfGiven | 0b1000_1110_0000_0000_0001_1111_1111;

    /// <summary><c>fd_advise</c>.</summary>
    internal static int Advise(WasiCall call, WasiOpenNode open) =>
        open.Node is WasiFile && call.Wide(2) > long.MaxValue ? WasiErrno.Invalid : Sync(call, open);

    /// <summary><c>fd_datasync</c>, <c>fd_sync</c>.</summary>
    internal static int Sync(WasiCall call, WasiOpenNode open) =>
        open.Node is WasiFile ? WasiErrno.Success : WasiErrno.BadDescriptor;

    /// <summary><c>fd_allocate</c>.</summary>
    internal static int Allocate(WasiCall call, WasiOpenNode open) =>
        open.Node is WasiFile ? WasiErrno.NotSupported : WasiErrno.BadDescriptor;

    /// <summary><c>sock_accept</c> and the like.</summary>
    internal static int OfSocket(WasiCall call, WasiOpenNode open) => WasiErrno.NotSocket;

    /// <summary><c>fd_fdstat_get</c>.</summary>
    internal static int Status(WasiCall call, WasiOpenNode open)
    {
        ulong rights = AllRights
            & ~(open.Node is WasiFile ? 0 : RightsOfFiles)
            & ~(open.CanRead ? 0 : RightsToRead)
            & ~(open.CanWrite ? 0 : RightsToWrite);
        Span<byte> result = call.Part("stat", call.Number(1), 24);
        result.Clear();
        result[0] = TypeOf(open.Node);
        BinaryPrimitives.WriteUInt16LittleEndian(result[2..], (ushort)open.Flags);
        BinaryPrimitives.WriteUInt64LittleEndian(result[8..], open.GivenPath is null ? rights : RightsOfGiven);
        BinaryPrimitives.WriteUInt64LittleEndian(result[16..], open.GivenPath is null ? rights : RightsBelowGiven);
        return WasiErrno.Success;
    }

    /// <summary><c>fd_fdstat_set_flags</c>.</summary>
    internal static int SetFlags(WasiCall call, WasiOpenNode open)
    {
        uint flags = call.Number(1);
        if (open.Node is not WasiFile || (flags & ~(Append | NonBlocking)) != 0)
        {
            return open.Node is WasiFile ? WasiErrno.Invalid : WasiErrno.BadDescriptor;
        }

        open.Flags = flags;
        return WasiErrno.Success;
    }

    /// <summary><c>fd_fdstat_set_rights</c>.</summary>
    internal static int SetRights(WasiCall call, WasiOpenNode open) => WasiErrno.NotSupported;

    /// <summary><c>fd_filestat_get</c>.</summary>
    internal static int FileStatus(WasiCall call, WasiOpenNode open) => WriteStatus(call, 1, open, open.Node);

    /// <summary><c>fd_filestat_set_size</c>.</summary>
    internal static int SetSize(WasiCall call, WasiOpenNode open) =>
        open.Node is not WasiFile file ? WasiErrno.BadDescriptor
        : open.IsReadOnly ? WasiErrno.NotPermitted
        : !open.CanWrite || call.Wide(1) > long.MaxValue ? WasiErrno.Invalid
        : open.Tree.SetLength(file, call.Wide(1));

    /// <summary><c>fd_filestat_set_times</c>.</summary>
    internal static int SetTimes(WasiCall call, WasiOpenNode open) =>
        AreTimes(call.Number(3)) ? SetTimes(call, 1, open, open.Node) : WasiErrno.Invalid;

    /// <summary><c>fd_prestat_get</c>.</summary>
    internal static int GivenPathLength(WasiCall call, WasiOpenNode open)
    {
        if (open.GivenPath is not { } path)
        {
            return WasiErrno.BadDescriptor;
        }

        call.Write("buf", 1, (ulong)path.Length << 32); // the tag of a directory is 0
        return WasiErrno.Success;
    }

    /// <summary><c>fd_prestat_dir_name</c>.</summary>
    internal static int GivenPath(WasiCall call, WasiOpenNode open) =>
        open.GivenPath is not { } path ? WasiErrno.NotDirectory
        : path.AsSpan().TryCopyTo(call.Part("path", call.Number(1), call.Number(2))) ? WasiErrno.Success
        : WasiErrno.NameTooLong;

    /// <summary><c>fd_read</c>.</summary>
    internal static int Read(WasiCall call, WasiOpenNode open)
    {
        int errno = Read(call, open, open.Position, 3, out uint read);
        open.Position += read;
        return errno;
    }

    /// <summary><c>fd_pread</c>.</summary>
    internal static int ReadAt(WasiCall call, WasiOpenNode open) => Read(call, open, call.Wide(3), 4, out _);

    /// <summary><c>fd_write</c>.</summary>
    internal static int Write(WasiCall call, WasiOpenNode open)
    {
        int errno = Write(call, open, open.Position, 3, out ulong end);
        open.Position = end;
        return errno;
    }

    /// <summary><c>fd_pwrite</c>. As on Linux, the offset does not matter to a descriptor that appends.</summary>
    internal static int WriteAt(WasiCall call, WasiOpenNode open) => Write(call, open, call.Wide(3), 4, out _);

    /// <summary><c>fd_seek</c>.</summary>
    internal static int Seek(WasiCall call, WasiOpenNode open)
    {
        if (open.Node is not WasiFile file)
        {
            return WasiErrno.BadDescriptor;
        }

        Int128 position = (long)call.Wide(1) + call.Number(2) switch
        {
            0 => (Int128)0,
            1 => open.Position,
            _ => file.Length,
        };
        if (position < 0 || position > ulong.MaxValue)
        {
            return WasiErrno.Invalid;
        }

        open.Position = (ulong)position;
        call.Write("newoffset", 3, open.Position);
        return WasiErrno.Success;
    }

    /// <summary><c>fd_tell</c>.</summary>
    internal static int Tell(WasiCall call, WasiOpenNode open)
    {
        if (open.Node is not WasiFile)
        {
            return WasiErrno.BadDescriptor;
        }

        call.Write("offset", 1, open.Position);
        return WasiErrno.Success;
    }

    /// <summary><c>fd_readdir</c>. A cookie is the lowest number of a node that is still to be listed.</summary>
    internal static int List(WasiCall call, WasiOpenNode open)
    {
        if (open.Node is not WasiFolder folder)
        {
            return WasiErrno.BadDescriptor;
        }

        (uint address, uint length, ulong cookie) = (call.Number(1), call.Number(2), call.Wide(3));
        IEnumerable<(string Name, WasiNode Node, ulong Next)> entries =
            ((string, WasiNode, ulong)[])[(".", folder, 1), ("..", folder, 2)]; // as the engine numbers them
        entries = entries.Concat(folder.From(cookie).Select(static node => (node.Name, node, node.Number + 1)));
        Span<byte> rest = call.Part("buf", address, length);
        Span<byte> entry = stackalloc byte[24];
        entry.Clear();
        foreach ((string name, WasiNode node, ulong next) in entries.Where(entry => entry.Next > cookie))
        {
            byte[] bytes = Encoding.UTF8.GetBytes(name);
            BinaryPrimitives.WriteUInt64LittleEndian(entry, next);
            BinaryPrimitives.WriteUInt64LittleEndian(entry[8..], node.Number);
            BinaryPrimitives.WriteInt32LittleEndian(entry[16..], bytes.Length);
            entry[20] = TypeOf(node);
            rest = Fill(Fill(rest, entry), bytes);
            if (rest.IsEmpty)
            {
                break; // the last one may be cut off
            }
        }

        call.Write("bufused", 4, length - (uint)rest.Length);
        return WasiErrno.Success;

        static Span<byte> Fill(Span<byte> rest, scoped ReadOnlySpan<byte> bytes)
        {
            int length = Math.Min(rest.Length, bytes.Length);
            bytes[..length].CopyTo(rest);
            return rest[length..];
        }
    }

    /// <summary>Writes a <c>filestat</c>.</summary>
    internal static int WriteStatus(WasiCall call, int slot, WasiOpenNode open, WasiNode node)
    {
        Span<byte> result = call.Part("buf", call.Number(slot), 64);
        result.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(result, open.Device);
        BinaryPrimitives.WriteUInt64LittleEndian(result[8..], node.Number);
        result[16] = TypeOf(node);
        BinaryPrimitives.WriteUInt64LittleEndian(result[24..], 1); // links
        BinaryPrimitives.WriteInt64LittleEndian(result[32..], (node as WasiFile)?.Length ?? 0);
        BinaryPrimitives.WriteUInt64LittleEndian(result[40..], node.Accessed);
        BinaryPrimitives.WriteUInt64LittleEndian(result[48..], node.Modified);
        BinaryPrimitives.WriteUInt64LittleEndian(result[56..], node.Changed);
        return WasiErrno.Success;
    }

    /// <summary>Whether <c>fstflags</c> set each time at most once.</summary>
    internal static bool AreTimes(uint flags) =>
        (flags & Accesses) != Accesses && (flags & Modifications) != Modifications;

    /// <summary>Sets the times of a node.</summary>
    /// <param name="call">The call.</param>
    /// <param name="slot">The slot of the time of access; those of modification and <c>fstflags</c> follow.</param>
    /// <param name="open">The descriptor.</param>
    /// <param name="node">The node.</param>
    internal static int SetTimes(WasiCall call, int slot, WasiOpenNode open, WasiNode node)
    {
        if (open.IsReadOnly)
        {
            return WasiErrno.NotPermitted;
        }

        uint flags = call.Number(slot + 2);
        node.Changed = open.Tree.Now;
        node.Accessed = Time(flags & Accesses, call.Wide(slot), node.Accessed);
        node.Modified = Time((flags & Modifications) >> 2, call.Wide(slot + 1), node.Modified);
        return WasiErrno.Success;

        ulong Time(uint which, ulong given, ulong old) => which switch
        {
            0 => old,
            1 => given,
            _ => node.Changed,
        };
    }

    private static byte TypeOf(WasiNode node) => node is WasiFile ? (byte)4 : (byte)3;

    private static ulong LengthOf(List<(uint Address, int Length)> parts) =>
        (ulong)parts.Sum(static part => part.Length);

    private static int Read(WasiCall call, WasiOpenNode open, ulong offset, int resultSlot, out uint read)
    {
        read = 0;
        List<(uint Address, int Length)> parts = call.Vectors("iovs", 1);
        bool isFarOff = offset > long.MaxValue - LengthOf(parts);
        if (open.Node is not WasiFile file || isFarOff || !open.CanRead)
        {
            return open.Node is WasiFile && isFarOff ? WasiErrno.Invalid : WasiErrno.BadDescriptor;
        }

        ReadOnlySpan<byte> bytes = file.Bytes[(int)Math.Min(offset, (ulong)file.Length)..];
        foreach ((uint address, int length) in parts)
        {
            int part = Math.Min(length, bytes.Length);
            bytes[..part].CopyTo(call.Part("iovs", address, part));
            bytes = bytes[part..];
            read += (uint)part;
        }

        call.Write("nread", resultSlot, read);
        return WasiErrno.Success;
    }

    private static int Write(WasiCall call, WasiOpenNode open, ulong offset, int resultSlot, out ulong end)
    {
        end = offset;
        List<(uint Address, int Length)> parts = call.Vectors("iovs", 1);
        if (open.Node is not WasiFile file || !open.CanWrite)
        {
            return WasiErrno.BadDescriptor;
        }

        ulong start = (open.Flags & Append) != 0 ? (ulong)file.Length : offset;
        if (start > long.MaxValue)
        {
            return WasiErrno.Invalid;
        }

        // What does not fit is for the guest's next write, which fails.
        ulong most = (ulong)open.Tree.MaxLength(file);
        int written = (int)Math.Min(LengthOf(parts), most > start ? most - start : 0);
        ulong needed = start + Math.Max((uint)written, 1);
        int errno = LengthOf(parts) == 0 || (written != 0 && needed <= (ulong)file.Length) ? WasiErrno.Success
            : open.Tree.SetLength(file, needed);
        if (errno != WasiErrno.Success)
        {
            return errno;
        }

        end = start + (uint)written;
        call.Write("nwritten", resultSlot, (uint)written);
        Span<byte> to = written == 0 ? [] : file.Bytes.Slice((int)start, written);
        foreach ((uint address, int length) in parts)
        {
            int part = Math.Min(length, to.Length);
            call.Part("iovs", address, part).CopyTo(to);
            to = to[part..];
        }

        file.Modified = file.Changed = open.Tree.Now;
        return WasiErrno.Success;
    }
}
