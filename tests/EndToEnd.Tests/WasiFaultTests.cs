using System.Buffers.Binary;

namespace WasmBindgen.EndToEnd.Tests;

/// <summary>
/// WASI functions on files, of the host or in memory: bad arguments, large ones, and what they cost the guest's limits.
/// </summary>
public abstract class WasiFaultTests : IDisposable
{
    private const int Vectors = 1024;
    private const int Result = 2048;
    private const long AllRights = (1 << 30) - 1;

    private static readonly Dictionary<string, string> Functions = new()
    {
        ["path_open"] = "i32 i32 i32 i32 i32 i64 i64 i32 i32",
        ["path_rename"] = "i32 i32 i32 i32 i32 i32",
        ["fd_write"] = "i32 i32 i32 i32",
        ["fd_read"] = "i32 i32 i32 i32",
        ["fd_pread"] = "i32 i32 i32 i64 i32",
        ["fd_pwrite"] = "i32 i32 i32 i64 i32",
        ["fd_seek"] = "i32 i64 i32 i32",
        ["fd_readdir"] = "i32 i32 i32 i64 i32",
        ["fd_renumber"] = "i32 i32",
        ["fd_prestat_get"] = "i32 i32",
        ["fd_prestat_dir_name"] = "i32 i32 i32",
        ["fd_filestat_get"] = "i32 i32",
        ["fd_advise"] = "i32 i64 i64 i32",
        ["fd_filestat_set_times"] = "i32 i64 i64 i32",
        ["clock_time_get"] = "i32 i64 i32",
        ["environ_sizes_get"] = "i32 i32",
        ["sched_yield"] = "",
    };

    private readonly Engine _engine = new();
    private readonly Store _store;
    private readonly Instance _guest;
    private readonly Memory _memory;

    protected WasiFaultTests(WasiDirectory directory)
    {
        _store = new Store(_engine, new StoreOptions
        {
            MaxMemories = 1,
            MaxInstances = 1,
            MaxMemoryBytes = 4 << 20,
            Wasi = new WasiOptions { Directories = [directory] },
        });
        using Linker linker = new Linker(_engine).DefineWasi();
        using Module module = Module.FromText(_engine, "guest", $"""
            (module
              {string.Concat(Functions.Select(static function => Import(function.Key, function.Value)))}
              (memory (export "memory") 64)
              {string.Concat(Functions.Select(static function => Export(function.Key, function.Value)))}
              (data (i32.const 0) "file"))
            """);
        _guest = linker.Instantiate(_store, module);
        _memory = _guest.GetMemory("memory")!;
    }

    protected abstract IEnumerable<string> FileNames { get; }

    public void Dispose()
    {
        _store.Dispose();
        _engine.Dispose();
        DeleteFiles();
        GC.SuppressFinalize(this);
    }

    protected abstract byte[] ReadFile(string name);

    protected abstract void WriteFile(string name, byte[] bytes);

    protected abstract void DeleteFiles();

    public static TheoryData<string, string, object[]> BadAddresses() => new()
    {
        { "path_open", "path", [3, 0, 0x3ffffe, 4, 0, 0L, 0L, 0, 16] },
        { "path_open", "path", [3, 0, 0, -1, 0, 0L, 0L, 0, 16] },
        { "path_open", "opened_fd", [3, 0, 0, 4, 1, 0L, 0L, 0, 0x400000] },
        { "path_open", "opened_fd", [3, 0, 0, 4, 1, 0L, 0L, 0, 18] },
        { "path_rename", "new_path", [3, 0, 4, 3, -1, 1] },
        { "fd_read", "iovs", [3, -8, 1, 16] },
        { "fd_read", "iovs", [3, 1026, 1, 16] },
        { "fd_pread", "nread", [3, Vectors, 0, 0L, -4] },
        { "fd_seek", "newoffset", [3, 0L, 0, 12] },
        { "fd_readdir", "buf", [3, 0x3ff000, 0x2000, 0L, 16] },
        { "fd_prestat_get", "buf", [3, 0x3ffffc] },
        { "fd_prestat_dir_name", "path", [3, -1, 1] },
        { "fd_filestat_get", "buf", [3, 0x3fffc8] },
        { "clock_time_get", "time", [0, 0L, 4] },
        { "clock_time_get", "time", [1, 0L, -8] },
        { "environ_sizes_get", "size", [0, -1] },
    };

    [Theory]
    [MemberData(nameof(BadAddresses))]
    public void A_bad_address_is_a_typed_error(string function, string parameter, object[] arguments)
    {
        GuestMemoryException exception = Assert.Throws<GuestMemoryException>(() => Call(function, arguments));
        Assert.Equal("wasi_snapshot_preview1." + function, exception.Function);
        Assert.Equal(parameter, exception.Parameter);
        Assert.Empty(FileNames);
        Assert.Equal(0, Call("fd_prestat_get", [3, 16])); // the store goes on
    }

    [Theory]
    [InlineData("path_open", 3, 0, 0, 4, 0, -1L, 0L, 0, 16)]
    [InlineData("path_open", 3, 2, 0, 4, 0, 0L, 0L, 0, 16)]
    [InlineData("path_open", 3, 0, 0, 4, 16, 0L, 0L, 0, 16)]
    [InlineData("path_open", 3, 0, 0, 4, 0, 0L, 0L, 32, 16)]
    [InlineData("fd_seek", 3, 0L, 3, 16)]
    [InlineData("fd_advise", 3, 0L, 0L, 6)]
    [InlineData("fd_filestat_set_times", 3, 0L, 0L, 16)]
    [InlineData("clock_time_get", 4, 0L, 16)]
    [InlineData("fd_readdir", 3, 0, (1 << 20) + 1, 0L, 16)]
    public void A_number_that_means_nothing_is_an_errno(string function, params object[] arguments)
    {
        const int Invalid = 28;
        Assert.Equal(Invalid, Call(function, arguments));
    }

    [Fact]
    public void A_path_longer_than_any_system_takes_is_an_errno()
    {
        const int NameTooLong = 37;
        _memory.GetSpan(4096, 1 << 21).Fill((byte)'a');
        Assert.Equal(NameTooLong, Call("path_open", [3, 0, 4096, 1 << 21, 1, AllRights, AllRights, 0, Result]));
        Assert.Equal(NameTooLong, Call("path_open", [3, 0, 4096, 60_000, 1, AllRights, AllRights, 0, Result]));
    }

    [Fact]
    public void Renumbering_does_not_open_more_files_than_allowed()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        int before = Directory.GetFiles("/proc/self/fd").Length;
        Assert.Equal(0, Open());
        int first = _memory.Read<int>(Result);
        const int TooManyFiles = 33;
        int errno = 0;
        for (int i = 0; i < 1000 && errno == 0; i++)
        {
            errno = Open();
            if (errno == 0)
            {
                Assert.Equal(0, Call("fd_renumber", [_memory.Read<int>(Result), first]));
            }
        }

        Assert.Contains(errno, (int[])[0, TooManyFiles]);
        Assert.True(Directory.GetFiles("/proc/self/fd").Length - before < 300); // other tests open some too
    }

    [Fact]
    public void Vectors_are_written_and_read_in_their_order()
    {
        Assert.Equal(0, Open());
        int file = _memory.Read<int>(Result);
        SetVectors((100, 3), (0, 0), (200, 5));
        _memory.WriteString(100, "abc");
        _memory.WriteString(200, "defgh");
        Assert.Equal(0, Call("fd_write", [file, Vectors, 3, Result]));
        Assert.Equal(8, _memory.Read<int>(Result));
        Assert.Equal(0, Call("fd_pwrite", [file, Vectors, 1, 8L, Result]));
        Assert.Equal("abcdefghabc"u8, ReadFile("file"));

        SetVectors((300, 4), (400, 4), (500, 4));
        Assert.Equal(0, Call("fd_pread", [file, Vectors, 3, 0L, Result]));
        Assert.Equal(11, _memory.Read<int>(Result));
        Assert.Equal(
            ("abcd", "efgh", "abc\0"),
            (_memory.ReadString(300, 4), _memory.ReadString(400, 4), _memory.ReadString(500, 4)));
        Assert.Equal(0, Call("fd_read", [file, Vectors, 3, Result])); // behind what fd_write wrote
        Assert.Equal(("abcd", 3), (_memory.ReadString(300, 3) + "d", _memory.Read<int>(Result)));
    }

    [Fact]
    public void Large_reads_and_writes_are_done_in_pieces()
    {
        Assert.Equal(0, Open());
        int file = _memory.Read<int>(Result);
        const int Length = 3 << 20;
        const int Piece = 1 << 20;
        _memory.GetSpan(4096, Length).Fill(7);
        SetVectors((4096, Length));
        Assert.Equal(0, Call("fd_write", [file, Vectors, 1, Result]));
        Assert.Equal(Piece, _memory.Read<int>(Result));
        Assert.Equal(Piece, ReadFile("file").Length);

        WriteFile("file", new byte[Length]);
        Assert.Equal(0, Call("fd_pread", [file, Vectors, 1, 5L, Result]));
        int read = _memory.Read<int>(Result);
        Assert.InRange(read, 1, Piece); // the engine's own pieces are of 64 KiB
        Assert.Equal(-1, _memory.GetSpan(4096, read).IndexOfAnyExcept((byte)0));
        Assert.Equal(7, _memory.GetSpan(4096 + read, 1)[0]);
    }

    [Fact]
    public void What_the_engine_does_not_write_stays()
    {
        _memory.GetSpan(100, 10).Fill(9);
        Assert.Equal(0, Call("fd_prestat_dir_name", [3, 100, 10]));
        Assert.Equal("/"u8.ToArray().Concat(Enumerable.Repeat((byte)9, 9)), _memory.GetSpan(100, 10).ToArray());
        WriteFile("name", []);
        Assert.Equal(0, Call("fd_readdir", [3, 100, 1000, 0L, Result]));
        Assert.InRange(_memory.Read<int>(Result), 3 * 24, 200);
        Assert.NotEqual(-1, _memory.GetSpan(100, 200).IndexOf("name"u8));
    }

    [Fact]
    public void A_function_without_arguments_has_a_result() => Assert.Equal(0, Call("sched_yield", []));

    private static string Import(string name, string parameters) =>
        $"(import \"wasi_snapshot_preview1\" \"{name}\" (func ${name} (param {parameters}) (result i32)))";

    private static string Export(string name, string parameters)
    {
        IEnumerable<string> arguments = parameters.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(static (_, index) => $"(local.get {index})");
        return $"""
            (func (export "{name}") (param {parameters}) (result i32) (call ${name} {string.Join(' ', arguments)}))
            """;
    }

    private int Call(string function, object[] arguments) => _guest.GetFunction(function)!.Call(
        [.. arguments.Select(static argument => argument is long wide ? (WasmValue)wide : (WasmValue)(int)argument)])
        [0].AsInt32();

    /// <summary>Opens a file, creating it.</summary>
    private int Open() => Call("path_open", [3, 0, 0, 4, 1, AllRights, AllRights, 0, Result]);

    private void SetVectors(params (int Address, int Length)[] vectors)
    {
        Span<byte> bytes = _memory.GetSpan(Vectors, vectors.Length * 8);
        foreach ((int address, int length) in vectors)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes, address);
            BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], length);
            bytes = bytes[8..];
        }
    }
}

public sealed class WasiHostFaultTests : WasiFaultTests
{
    private readonly string _directory;

    public WasiHostFaultTests()
        : this(Directory.CreateTempSubdirectory().FullName)
    {
    }

    private WasiHostFaultTests(string directory)
        : base(new WasiDirectory(directory, "/")) =>
        _directory = directory;

    protected override IEnumerable<string> FileNames => Directory.GetFiles(_directory);

    protected override byte[] ReadFile(string name) => File.ReadAllBytes(Path.Combine(_directory, name));

    protected override void WriteFile(string name, byte[] bytes) =>
        File.WriteAllBytes(Path.Combine(_directory, name), bytes);

    protected override void DeleteFiles() => Directory.Delete(_directory, recursive: true);
}

public sealed class WasiMemoryFaultTests : WasiFaultTests
{
    private readonly WasiFiles _files;

    public WasiMemoryFaultTests()
        : this(new WasiFiles())
    {
    }

    private WasiMemoryFaultTests(WasiFiles files)
        : base(new WasiDirectory(files, "/")) =>
        _files = files;

    protected override IEnumerable<string> FileNames => _files.Paths;

    protected override byte[] ReadFile(string name) => _files[name];

    protected override void WriteFile(string name, byte[] bytes) => _files[name] = bytes;

    protected override void DeleteFiles()
    {
    }
}

/// <summary>Clocks and randomness that the program sets.</summary>
public sealed class WasiReproducibilityTests
{
    private sealed class StandingClock : TimeProvider
    {
        public override long TimestampFrequency => 1000;

        public long Timestamp { get; set; } = 5000;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddSeconds(1_000_000);

        public override long GetTimestamp() => Timestamp;
    }

    [Fact]
    public void Runs_can_be_the_same()
    {
        var clock = new StandingClock();
        using var world = new World(storeOptions: new StoreOptions
        {
            Wasi = new WasiOptions { Clock = clock, Random = new Random(42) },
        });
        world.Linker.DefineWasi();
        Instance guest = world.Instantiate("""
            (module
              (import "wasi_snapshot_preview1" "clock_time_get" (func $time (param i32 i64 i32) (result i32)))
              (import "wasi_snapshot_preview1" "clock_res_get" (func $resolution (param i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "random_get" (func $random (param i32 i32) (result i32)))
              (memory (export "memory") 1)
              (func (export "run") (result i32)
                (i32.or
                  (i32.or
                    (call $time (i32.const 0) (i64.const 1) (i32.const 0))
                    (call $time (i32.const 1) (i64.const 1) (i32.const 8)))
                  (i32.or
                    (call $resolution (i32.const 1) (i32.const 16))
                    (call $random (i32.const 24) (i32.const 8))))))
            """);
        Memory memory = guest.GetMemory("memory")!;
        clock.Timestamp += 250;
        Assert.Equal(0, guest.GetFunction("run")!.Call()[0].AsInt32());
        byte[] random = new byte[8];
        new Random(42).NextBytes(random);
        Assert.Equal(
            (1_000_000UL * 1_000_000_000, 250UL * 1_000_000, 1_000_000UL, BitConverter.ToUInt64(random)),
            (memory.Read<ulong>(0), memory.Read<ulong>(8), memory.Read<ulong>(16), memory.Read<ulong>(24)));
    }
}
