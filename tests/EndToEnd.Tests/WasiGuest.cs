using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace WasmBindgen.EndToEnd.Tests;

/// <summary>A guest that passes calls on to WASI's functions for files.</summary>
internal sealed class WasiGuest : IDisposable
{
    internal const int Success = 0;

    // oflags
    internal const int Create = 1;
    internal const int OnlyDirectory = 2;
    internal const int Exclusive = 4;
    internal const int Truncate = 8;

    // fdflags
    internal const int Append = 1;
    internal const int NonBlocking = 4;

    // rights
    internal const long AllRights = (1 << 30) - 1;
    internal const long Read = 1 << 1;
    internal const long Write = 1 << 6;

    // Where arguments and results are in the guest's memory.
    private const int Path = 0x10000;
    private const int OtherPath = 0x30000;
    internal const int Vectors = 0x4000;
    private const int Result = 0x2000;
    private const int Buffer = 0x50000;

    private static readonly Dictionary<string, string> Functions = new()
    {
        ["fd_advise"] = "i32 i64 i64 i32",
        ["fd_allocate"] = "i32 i64 i64",
        ["fd_close"] = "i32",
        ["fd_datasync"] = "i32",
        ["fd_fdstat_get"] = "i32 i32",
        ["fd_fdstat_set_flags"] = "i32 i32",
        ["fd_fdstat_set_rights"] = "i32 i64 i64",
        ["fd_filestat_get"] = "i32 i32",
        ["fd_filestat_set_size"] = "i32 i64",
        ["fd_filestat_set_times"] = "i32 i64 i64 i32",
        ["fd_pread"] = "i32 i32 i32 i64 i32",
        ["fd_prestat_get"] = "i32 i32",
        ["fd_prestat_dir_name"] = "i32 i32 i32",
        ["fd_pwrite"] = "i32 i32 i32 i64 i32",
        ["fd_read"] = "i32 i32 i32 i32",
        ["fd_readdir"] = "i32 i32 i32 i64 i32",
        ["fd_renumber"] = "i32 i32",
        ["fd_seek"] = "i32 i64 i32 i32",
        ["fd_sync"] = "i32",
        ["fd_tell"] = "i32 i32",
        ["fd_write"] = "i32 i32 i32 i32",
        ["path_create_directory"] = "i32 i32 i32",
        ["path_filestat_get"] = "i32 i32 i32 i32 i32",
        ["path_filestat_set_times"] = "i32 i32 i32 i32 i64 i64 i32",
        ["path_link"] = "i32 i32 i32 i32 i32 i32 i32",
        ["path_open"] = "i32 i32 i32 i32 i32 i64 i64 i32 i32",
        ["path_readlink"] = "i32 i32 i32 i32 i32 i32",
        ["path_remove_directory"] = "i32 i32 i32",
        ["path_rename"] = "i32 i32 i32 i32 i32 i32",
        ["path_symlink"] = "i32 i32 i32 i32 i32",
        ["path_unlink_file"] = "i32 i32 i32",
        ["poll_oneoff"] = "i32 i32 i32 i32",
        ["sock_accept"] = "i32 i32 i32",
        ["sock_recv"] = "i32 i32 i32 i32 i32 i32",
        ["sock_send"] = "i32 i32 i32 i32 i32",
        ["sock_shutdown"] = "i32 i32",
    };

    private readonly StringBuilder _log = new();
    private readonly Store _store;
    private readonly Instance _instance;

    internal WasiGuest(Engine engine, params WasiDirectory[] directories)
        : this(new Store(engine, new StoreOptions { Wasi = new WasiOptions { Directories = directories } }))
    {
    }

    internal WasiGuest(Store store)
    {
        _store = store;
        using Linker linker = new Linker(store.Engine).DefineWasi();
        using Module module = Module.FromText(store.Engine, "guest", $"""
            (module
              {string.Concat(Functions.Select(static function => Import(function.Key, function.Value)))}
              (memory (export "memory") 64)
              {string.Concat(Functions.Select(static function => Export(function.Key, function.Value)))})
            """);
        _instance = linker.Instantiate(_store, module);
        Memory = _instance.GetMemory("memory")!;
    }

    internal Memory Memory { get; }

    /// <summary>What the functions answered.</summary>
    internal string Log => _log.ToString();

    /// <summary>The last descriptor that was opened.</summary>
    internal int Opened { get; private set; } = -1;

    public void Dispose() => _store.Dispose();

    /// <summary>Calls a function; an <see cref="int"/> or <see cref="long"/> for each parameter.</summary>
    internal int Call(string function, params object[] arguments) => _instance.GetFunction(function)!.Call(
        [.. arguments.Select(static argument => argument is long wide ? (WasmValue)wide : (WasmValue)(int)argument)])
        [0].AsInt32();

    internal int Open(int directory, string path, int how = 0, long rights = Read, int flags = 0) =>
        Open(directory, Encoding.UTF8.GetBytes(path), how, rights, flags);

    internal int Open(int directory, byte[] path, int how = 0, long rights = Read, int flags = 0)
    {
        (int address, int length) = Put(Path, path);
        int errno = Call("path_open", directory, 0, address, length, how, rights, rights, flags, Result);
        Opened = errno == Success ? Memory.Read<int>(Result) : -1;
        return Note("open", errno, $"{directory} {Encoding.UTF8.GetString(path)} {how} {rights} {flags} -> {Opened}");
    }

    internal int WriteText(int descriptor, string text, long? offset = null)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        bytes.CopyTo(Memory.GetSpan(Buffer, bytes.Length));
        SetVectors((Buffer, bytes.Length));
        int errno = offset is null
            ? Call("fd_write", descriptor, Vectors, 1, Result)
            : Call("fd_pwrite", descriptor, Vectors, 1, offset, Result);
        return Note("write", errno, $"{descriptor} at {offset} {text} -> {Number(errno)}");
    }

    internal int ReadText(int descriptor, int length, long? offset = null)
    {
        SetVectors((Buffer, length));
        int errno = offset is null
            ? Call("fd_read", descriptor, Vectors, 1, Result)
            : Call("fd_pread", descriptor, Vectors, 1, offset, Result);
        Text = errno == Success ? Memory.ReadString(Buffer, Memory.Read<int>(Result)) : "";
        return Note("read", errno, $"{descriptor} at {offset} {length} -> {Text.Replace('\0', '_')}");
    }

    /// <summary>What was read last.</summary>
    internal string Text { get; private set; } = "";

    internal int Seek(int descriptor, long offset, int whence)
    {
        int errno = Call("fd_seek", descriptor, offset, whence, Result);
        return Note("seek", errno, $"{descriptor} {offset} {whence} -> {Wide(errno)}");
    }

    internal int Tell(int descriptor)
    {
        int errno = Call("fd_tell", descriptor, Result);
        return Note("tell", errno, $"{descriptor} -> {Wide(errno)}");
    }

    /// <summary>A function of a descriptor and numbers.</summary>
    internal int On(string function, int descriptor, params object[] numbers) =>
        Note(function, Call(function, [descriptor, .. numbers]), $"{descriptor} {string.Join(' ', numbers)}");

    /// <summary>A function of a descriptor and a path.</summary>
    internal int At(string function, int directory, string path)
    {
        (int address, int length) = Put(Path, Encoding.UTF8.GetBytes(path));
        return Note(function, Call(function, directory, address, length), $"{directory} {path}");
    }

    /// <summary>A function of two paths.</summary>
    internal int Between(string function, int directory, string path, int other, string otherPath)
    {
        (int from, int fromLength) = Put(Path, Encoding.UTF8.GetBytes(path));
        (int to, int toLength) = Put(OtherPath, Encoding.UTF8.GetBytes(otherPath));
        int errno = function switch
        {
            "path_rename" => Call(function, directory, from, fromLength, other, to, toLength),
            "path_link" => Call(function, directory, 0, from, fromLength, other, to, toLength),
            _ => Call(function, from, fromLength, other, to, toLength),
        };
        return Note(function, errno, $"{directory} {path} {other} {otherPath}");
    }

    internal int ReadLink(int directory, string path)
    {
        (int address, int length) = Put(Path, Encoding.UTF8.GetBytes(path));
        return Note("readlink", Call("path_readlink", directory, address, length, Buffer, 100, Result), path);
    }

    /// <summary>Notes the type, and the size of a file.</summary>
    internal int Status(int directory, string? path)
    {
        (int address, int length) = Put(Path, Encoding.UTF8.GetBytes(path ?? ""));
        int errno = path is null
            ? Call("fd_filestat_get", directory, Result)
            : Call("path_filestat_get", directory, 0, address, length, Result);
        byte type = Memory.Read<byte>(Result + 16);
        string status = errno != Success ? "" : type == 4 ? $"file of {Size}" : $"type {type}";
        return Note("filestat", errno, $"{directory} {path} -> {status}");
    }

    internal long Size => Memory.Read<long>(Result + 32);

    internal (ulong Device, ulong Number) Identity => (Memory.Read<ulong>(Result), Memory.Read<ulong>(Result + 8));

    internal (ulong Accessed, ulong Modified) Times =>
        (Memory.Read<ulong>(Result + 40), Memory.Read<ulong>(Result + 48));

    internal int SetTimes(int directory, string? path, long accessed, long modified, int flags)
    {
        (int address, int length) = Put(Path, Encoding.UTF8.GetBytes(path ?? ""));
        int errno = path is null
            ? Call("fd_filestat_set_times", directory, accessed, modified, flags)
            : Call("path_filestat_set_times", directory, 0, address, length, accessed, modified, flags);
        return Note("set_times", errno, $"{directory} {path} {flags}");
    }

    internal int DescriptorStatus(int descriptor)
    {
        int errno = Call("fd_fdstat_get", descriptor, Result);
        string status = errno != Success ? ""
            : $"{Memory.Read<byte>(Result)} {Memory.Read<ushort>(Result + 2)} {Memory.Read<ulong>(Result + 8):x} "
                + $"{Memory.Read<ulong>(Result + 16):x}";
        return Note("fdstat", errno, $"{descriptor} -> {status}");
    }

    internal int GivenPath(int descriptor)
    {
        int errno = Call("fd_prestat_get", descriptor, Result);
        int length = errno == Success ? Memory.Read<int>(Result + 4) : 10;
        int otherErrno = Call("fd_prestat_dir_name", descriptor, Buffer, length);
        int shortErrno = Call("fd_prestat_dir_name", descriptor, Buffer, length - 1);
        string path = otherErrno == Success ? Memory.ReadString(Buffer, length) : "";
        return Note("prestat", errno, $"{descriptor} -> {otherErrno} {shortErrno} {path}");
    }

    /// <summary>Lists a directory as libraries do: in pieces.</summary>
    /// <returns>The errno.</returns>
    internal int List(int directory, int pieceSize = 300, Action<string>? afterPiece = null)
    {
        const int EntrySize = 24;
        var names = new List<string>();
        long cookie = 0;
        int errno;
        while (true)
        {
            errno = Call("fd_readdir", directory, Buffer, pieceSize, cookie, Result);
            int used = errno == Success ? Memory.Read<int>(Result) : 0;
            var piece = new List<string>();
            Span<byte> rest = Memory.GetSpan(Buffer, used);
            while (rest.Length >= EntrySize
                && BinaryPrimitives.ReadInt32LittleEndian(rest[16..]) is var length
                && rest.Length - EntrySize >= length)
            {
                cookie = BinaryPrimitives.ReadInt64LittleEndian(rest);
                piece.Add(Encoding.UTF8.GetString(rest.Slice(EntrySize, length)));
                names.Add($"{piece[^1]}:{rest[20]}");
                rest = rest[(EntrySize + length)..];
            }

            piece.ForEach(name => afterPiece?.Invoke(name));
            if (used < pieceSize)
            {
                break;
            }
        }

        Names = [.. names.Order(StringComparer.Ordinal)];
        return Note("readdir", errno, $"{directory} -> {string.Join(' ', Names)}");
    }

    /// <summary>What was listed last, each with its type.</summary>
    internal string[] Names { get; private set; } = [];

    internal int Poll(int descriptor)
    {
        const int Events = Buffer + 100;
        const byte ReadTag = 1;
        Memory.GetSpan(Buffer, 48).Clear();
        Memory.Write(Buffer + 8, ReadTag);
        Memory.Write(Buffer + 16, descriptor);
        return Note("poll", Call("poll_oneoff", Buffer, Events + 4, 1, Result), $"{descriptor}");
    }

    internal void SetVectors(params (int Address, int Length)[] vectors)
    {
        Span<byte> bytes = Memory.GetSpan(Vectors, vectors.Length * 8);
        foreach ((int address, int length) in vectors)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes, address);
            BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], length);
            bytes = bytes[8..];
        }
    }

    private (int Address, int Length) Put(int address, byte[] bytes)
    {
        bytes.CopyTo(Memory.GetSpan(address, bytes.Length));
        return (address, bytes.Length);
    }

    private int Note(string function, int errno, string details)
    {
        _log.AppendLine(CultureInfo.InvariantCulture, $"{function} {details}: {errno}");
        return errno;
    }

    private int Number(int errno) => errno == Success ? Memory.Read<int>(Result) : 0;

    private long Wide(int errno) => errno == Success ? Memory.Read<long>(Result) : 0;

    private static string Import(string name, string parameters) =>
        $"(import \"wasi_snapshot_preview1\" \"{name}\" (func ${name} (param {parameters}) (result i32)))";

    private static string Export(string name, string parameters)
    {
        IEnumerable<string> arguments = parameters.Split(' ').Select(static (_, index) => $"(local.get {index})");
        return $"""
            (func (export "{name}") (param {parameters}) (result i32) (call ${name} {string.Join(' ', arguments)}))
            """;
    }
}
