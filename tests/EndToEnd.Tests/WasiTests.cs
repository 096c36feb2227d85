using System.Text;

namespace WasmBindgen.EndToEnd.Tests;

[WasmExport]
public sealed partial class Command
{
    [WasmName("_start")]
    public partial void Start();

    [WasmName("_start")]
    public partial GuestResult TryStart();
}

/// <summary>Commands for WASI preview 1, from a C and a Rust compiler.</summary>
public abstract class WasiTests(string file) : IDisposable
{
    private readonly Engine _engine = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wasi");
    private readonly MemoryStream _output = new();
    private readonly MemoryStream _error = new();

    private string Output => Encoding.UTF8.GetString(_output.ToArray());

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(42)]
    [InlineData(126)]
    [InlineData(200)]
    [InlineData(-1)]
    public void Any_exit_code_arrives(int code)
    {
        using Store store = NewStore([code.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        var exit = Assert.Throws<GuestExitException>(() => Run(store));
        Assert.Equal(code, exit.ExitCode);
        Assert.NotEmpty(GuestBacktrace.Of(exit)!.Frames);
    }

    [Fact]
    public void An_exit_is_an_interrupt_by_value_too()
    {
        using Store store = NewStore(["1000"]);
        GuestResult result = NewCommand(store).TryStart();
        Assert.True(result.TryGetInterrupt(out GuestExitException? exit));
        Assert.Equal(0, exit!.ExitCode);
    }

    [Fact]
    public void Arguments_environment_and_streams_are_what_the_store_gives()
    {
        using Store store = NewStore(["0"], "héllo\nworld\n");
        Run(store);
        Assert.Equal(
            "2 arguments, GREETING=good day\nHÉLLO\nWORLD\n", Output.Replace("é", "É", StringComparison.Ordinal));
        Assert.Equal("to stderr\n", Encoding.UTF8.GetString(_error.ToArray()));
    }

    [Fact]
    public void A_store_without_wasi_gives_nothing()
    {
        using var store = new Store(_engine);
        Run(store);
        Assert.Empty(Output);
    }

    [Fact]
    public void Files_are_read_and_written_in_the_directories_that_are_given()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "notes"), "first\n");
        using (Store store = NewStore(["0", "/data/notes"], directories: new WasiDirectory(_folder.FullName, "/data")))
        {
            Run(store);
        }

        Assert.Equal("3 arguments, GREETING=good day\nfile: first\nfile: appended\n", Output);
        Assert.Equal("first\nappended\n", File.ReadAllText(Path.Combine(_folder.FullName, "notes")));
    }

    [Fact]
    public void What_is_not_given_cannot_be_opened()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "notes"), "first\n");
        var data = new WasiDirectory(_folder.FullName, "/data", IsReadOnly: true);
        foreach ((string path, WasiDirectory[] directories) in ((string, WasiDirectory[])[])
            [("/etc/passwd", [data]), ("/data/../../etc/passwd", [data]), ("/data/notes", []), ("/data/notes", [data])])
        {
            using Store store = NewStore(["0", path], directories: directories);
            Assert.Equal(1, Assert.Throws<GuestExitException>(() => Run(store)).ExitCode);
        }

        Assert.Equal("first\n", File.ReadAllText(Path.Combine(_folder.FullName, "notes")));
        using Store missing = NewStore(
            ["0"], directories: new WasiDirectory(Path.Combine(_folder.FullName, "missing"), "/data"));
        Assert.Contains("missing", Assert.Throws<DirectoryNotFoundException>(() => Run(missing)).Message);
        Assert.Throws<DirectoryNotFoundException>(() => Run(missing)); // and the store is not left half way
    }

    [Fact]
    public void A_link_does_not_lead_out_of_a_directory()
    {
        File.CreateSymbolicLink(Path.Combine(_folder.FullName, "link"), "/etc/passwd");
        using Store store = NewStore(["0", "/data/link"], directories: new WasiDirectory(_folder.FullName, "/data"));
        Assert.Equal(1, Assert.Throws<GuestExitException>(() => Run(store)).ExitCode);
        Assert.DoesNotContain("root", Output);
    }

    [Fact]
    public void A_stream_that_throws_something_else_ends_the_guest()
    {
        using var store = new Store(
            _engine,
            new StoreOptions { Wasi = new WasiOptions { StandardOutput = new MemoryStream([], writable: false) } });
        var exception = Assert.Throws<HostFunctionException>(() => Run(store));
        Assert.Equal("fd_write", exception.Function);
        Assert.IsType<NotSupportedException>(exception.InnerException);
    }

    [Fact]
    public void Texts_with_a_zero_are_refused()
    {
        using Store store = NewStore(["a\0b"]);
        Assert.Throws<ArgumentException>(() => Run(store));
    }

    [Fact]
    public void A_stream_that_fails_is_an_error_for_the_guest()
    {
        using var store = new Store(_engine, new StoreOptions
        {
            Wasi = new WasiOptions { Arguments = ["program", "7"], StandardOutput = new BrokenStream() },
        });
        GuestResult result = NewCommand(store).TryStart(); // C goes on, Rust panics
        Assert.True(result.TryGetInterrupt(out GuestExitException? exit)
            ? exit!.ExitCode == 7
            : result.Error.Kind == GuestErrorKind.Trap);
    }

    private void Run(Store store) => NewCommand(store).Start();

    private Command NewCommand(Store store)
    {
        using Module module = Module.FromFile(_engine, Path.Combine(AppContext.BaseDirectory, "Guests", file));
        using Linker linker = new Linker(_engine).DefineWasi();
        return new Command(linker.Instantiate(store, module));
    }

    private Store NewStore(string[] arguments, string input = "", params WasiDirectory[] directories) =>
        new(_engine, new StoreOptions
        {
            Wasi = new WasiOptions
            {
                Arguments = ["program", .. arguments],
                Environment = new Dictionary<string, string> { ["GREETING"] = "good day", ["OTHER"] = "" },
                StandardInput = new MemoryStream(Encoding.UTF8.GetBytes(input)),
                StandardOutput = _output,
                StandardError = _error,
                Directories = directories,
            },
        });

    private sealed class BrokenStream : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("broken");
    }
}

public sealed class WasiOfCTests() : WasiTests("program.c.wasm");

public sealed class WasiOfRustTests() : WasiTests("program.rs.wasm");

/// <summary>WASI without a compiler: what a hostile guest would call.</summary>
public sealed class WasiFunctionTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Every_function_of_preview_1_is_there_with_its_type()
    {
        // Taken from the specification's witx: the engine checks each type.
        string[] functions =
        [
            "args_get (param i32 i32) (result i32)", "args_sizes_get (param i32 i32) (result i32)",
            "environ_get (param i32 i32) (result i32)",
            "clock_time_get (param i32 i64 i32) (result i32)", "fd_pread (param i32 i32 i32 i64 i32) (result i32)",
            "fd_seek (param i32 i64 i32 i32) (result i32)",
            "fd_filestat_set_times (param i32 i64 i64 i32) (result i32)",
            "path_open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)",
            "path_filestat_set_times (param i32 i32 i32 i32 i64 i64 i32) (result i32)",
            "poll_oneoff (param i32 i32 i32 i32) (result i32)",
            "proc_exit (param i32)", "sched_yield (result i32)", "random_get (param i32 i32) (result i32)",
        ];
        _world.Linker.DefineWasi();
        _world.Instantiate($"""(module {string.Concat(functions.Select(static function =>
            $"(import \"wasi_snapshot_preview1\" \"{function.Split(' ')[0]}\" "
                + $"(func {string.Join(' ', function.Split(' ')[1..])}))"))} (memory (export "memory") 1))""");
    }

    [Fact]
    public void The_types_that_linking_is_checked_by_are_the_engine_s()
    {
        _world.Linker.DefineWasi();
        foreach ((string name, string type) in AllImports())
        {
            _world.Instantiate($"""
                (module (import "wasi_snapshot_preview1" "{name}" (func {type})) (memory (export "memory") 1))
                """);
        }
    }

    [Theory]
    [InlineData("fd_write", 0, 0, 1, 8, 8)]
    [InlineData("fd_write", 3, 0, 1, 8, 8)]
    [InlineData("fd_write", -1, 0, 1, 8, 8)]
    [InlineData("fd_write", 1, 0, 1, 8, 0)]
    [InlineData("fd_read", 1, 0, 1, 8, 8)]
    [InlineData("fd_read", 9, 0, 1, 8, 8)]
    [InlineData("fd_read", 0, 0, 1, 8, 0)]
    public void Bad_arguments_are_errnos(string function, int descriptor, int vectors, int count, int result, int errno)
    {
        _world.Linker.DefineWasi();
        Instance instance = _world.Instantiate($"""
            (module
              (import "wasi_snapshot_preview1" "{function}" (func $f (param i32 i32 i32 i32) (result i32)))
              (memory (export "memory") 1)
              (data (i32.const 0)
                "\40\00\00\00\04\00\00\00\00\00\00\00\00\00\00\00\40\00\00\00\ff\ff\ff\ff\f8\ff\00\00\09\00\00\00")
              (func (export "f") (param i32 i32 i32 i32) (result i32)
                (call $f (local.get 0) (local.get 1) (local.get 2) (local.get 3))))
            """);
        Assert.Equal(errno, instance.GetFunction("f")!.Call(descriptor, vectors, count, result)[0].AsInt32());
    }

    [Fact]
    public void A_guest_cannot_open_all_files_of_the_process()
    {
        string directory = Directory.CreateTempSubdirectory().FullName;
        try
        {
            using var store = new Store(_world.Engine, new StoreOptions
            {
                Wasi = new WasiOptions { Directories = [new(directory, "/")], MaxOpenFiles = 5 },
            });
            using Module module = Module.FromText(_world.Engine, "guest", """
                (module
                  (import "wasi_snapshot_preview1" "path_open"
                    (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
                  (import "wasi_snapshot_preview1" "fd_close" (func $close (param i32) (result i32)))
                  (memory (export "memory") 1)
                  (data (i32.const 8) "file")
                  (func (export "open") (result i32)
                    (call $open (i32.const 3) (i32.const 0) (i32.const 8) (i32.const 4) (i32.const 1)
                      (i64.const 0x1fffffff) (i64.const 0x1fffffff) (i32.const 0) (i32.const 16)))
                  (func (export "close") (result i32) (call $close (i32.load (i32.const 16)))))
                """);
            using Linker linker = new Linker(_world.Engine).DefineWasi();
            Instance instance = linker.Instantiate(store, module);
            Function open = instance.GetFunction("open")!;
            Assert.All(Enumerable.Range(0, 5), _ => Assert.Equal(0, open.Call()[0].AsInt32()));
            const int TooManyFiles = 33;
            Assert.Equal(TooManyFiles, open.Call()[0].AsInt32());
            Assert.Equal(0, instance.GetFunction("close")!.Call()[0].AsInt32());
            Assert.Equal(0, open.Call()[0].AsInt32());
            Assert.Equal(TooManyFiles, open.Call()[0].AsInt32());
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public void Random_bytes_are_random_bounded_and_stopped_in_time()
    {
        using Linker linker = new Linker(_world.Engine).DefineWasi();
        using Module module = Module.FromText(_world.Engine, "guest", """
            (module
              (import "wasi_snapshot_preview1" "random_get" (func $random (param i32 i32) (result i32)))
              (memory (export "memory") 16384)
              (func (export "random") (param i32 i32) (result i32) (call $random (local.get 0) (local.get 1)))
              (func (export "for_ever")
                (loop (drop (call $random (i32.const 0) (i32.const 0x40000000))) (br 0))))
            """);
        using var store = new Store(_world.Engine);
        Instance instance = linker.Instantiate(store, module);
        Memory memory = instance.GetMemory("memory")!;
        Function random = instance.GetFunction("random")!;
        Assert.Equal(0, random.Call(8, 64)[0].AsInt32());
        Assert.NotEqual(new byte[64], memory.GetSpan(8, 64).ToArray());
        Assert.Equal(new byte[8], memory.GetSpan(72, 8).ToArray());
        Assert.Throws<GuestMemoryException>(() => random.Call(0x3fffffff, 2));
        Assert.Throws<GuestMemoryException>(() => random.Call(-1, -1));
        store.Timeout = TimeSpan.FromMilliseconds(20);
        Assert.Throws<GuestTimeoutException>(() => instance.GetFunction("for_ever")!.Call());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("/a\0b")]
    public void A_path_that_C_cannot_read_is_refused(string? path)
    {
        foreach (WasiDirectory directory in (WasiDirectory[])
            [new(Path.GetTempPath(), path!), new(path!, "/tmp"), null!])
        {
            using var store = new Store(
                _world.Engine, new StoreOptions { Wasi = new WasiOptions { Directories = [directory] } });
            using Module module = Module.FromText(_world.Engine, "guest", "(module)");
            using Linker linker = new Linker(_world.Engine).DefineWasi();
            Assert.Throws<ArgumentException>(() => linker.Instantiate(store, module));
        }
    }

    [Fact]
    public void A_write_is_bounded_however_often_it_names_the_same_bytes()
    {
        using var output = new MemoryStream();
        using var store = new Store(
            _world.Engine, new StoreOptions { Wasi = new WasiOptions { StandardOutput = output } });
        using Module module = Module.FromText(_world.Engine, "guest", """
            (module
              (import "wasi_snapshot_preview1" "fd_write" (func $f (param i32 i32 i32 i32) (result i32)))
              (memory (export "memory") 2)
              (func (export "f") (result i32) (local $i i32)
                (loop $again
                  (i32.store (i32.shl (local.get $i) (i32.const 3)) (i32.const 65536))
                  (i32.store offset=4 (i32.shl (local.get $i) (i32.const 3)) (i32.const 65536))
                  (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 8000))))
                (drop (call $f (i32.const 1) (i32.const 0) (i32.const 8000) (i32.const 65536)))
                (i32.load (i32.const 65536))))
            """);
        int written = _world.Linker.DefineWasi().Instantiate(store, module).GetFunction("f")!.Call()[0].AsInt32();
        Assert.Equal(1 << 20, written);
        Assert.Equal(written, output.Length);
    }

    [Fact]
    public void Wasi_is_defined_once_and_host_classes_may_replace_parts_of_it()
    {
        _world.Linker.DefineWasi();
        Assert.Contains(
            "wasi_snapshot_preview1.args_get", Assert.Throws<LinkException>(_world.Linker.DefineWasi).Message);
        _world.Linker.AllowShadowing = true;
        _world.Linker.Define(new FixedRandom());
        Instance instance = _world.Instantiate("""
            (module
              (import "wasi_snapshot_preview1" "random_get" (func $f (param i32 i32) (result i32)))
              (func (export "f") (result i32) (call $f (i32.const 0) (i32.const 0))))
            """);
        Assert.Equal(7, instance.GetFunction("f")!.Call()[0].AsInt32());
    }

    [Fact]
    public void Options_that_cannot_be_null_say_so_where_they_are_set()
    {
        Refuses("Arguments", static () => new WasiOptions { Arguments = null! });
        Refuses("Environment", static () => new WasiOptions { Environment = null! });
        Refuses("Directories", static () => new WasiOptions { Directories = null! });
        Refuses("Clock", static () => new WasiOptions { Clock = null! });

        static void Refuses(string option, Func<WasiOptions> make) =>
            Assert.Throws<ArgumentNullException>(option, make);
    }

    [Fact]
    public void An_instance_pre_and_many_stores_have_their_own_wasi()
    {
        using Module module = Module.FromText(
            _world.Engine, "guest",
            "(module (import \"wasi_snapshot_preview1\" \"args_sizes_get\" (func $f (param i32 i32) (result i32))) "
                + "(memory (export \"memory\") 1) (func (export \"f\") (result i32) (drop (call $f (i32.const 0) "
                + "(i32.const 4))) (i32.load (i32.const 0))))");
        using InstancePre pre = _world.Linker.DefineWasi().InstantiatePre(module);
        foreach (int count in (int[])[0, 1, 3])
        {
            using var store = new Store(
                _world.Engine,
                new StoreOptions { Wasi = new WasiOptions { Arguments = [.. Enumerable.Repeat("a", count)] } });
            Assert.Equal(count, pre.Instantiate(store).GetFunction("f")!.Call()[0].AsInt32());
        }
    }

    /// <summary>What Linker lists, as text.</summary>
    private static IEnumerable<(string Name, string Type)> AllImports()
    {
        using var engine = new Engine();
        using Linker linker = new Linker(engine).DefineWasi();
        using var store = new Store(engine);
        string[] names =
        [
            "args_get", "args_sizes_get", "environ_get", "environ_sizes_get", "clock_res_get", "clock_time_get",
            "fd_advise", "fd_allocate", "fd_close", "fd_datasync", "fd_fdstat_get", "fd_fdstat_set_flags",
            "fd_fdstat_set_rights", "fd_filestat_get", "fd_filestat_set_size", "fd_filestat_set_times", "fd_pread",
            "fd_prestat_get", "fd_prestat_dir_name", "fd_pwrite", "fd_read", "fd_readdir", "fd_renumber", "fd_seek",
            "fd_sync", "fd_tell", "fd_write", "path_create_directory", "path_filestat_get", "path_filestat_set_times",
            "path_link", "path_open", "path_readlink", "path_remove_directory", "path_rename", "path_symlink",
            "path_unlink_file", "poll_oneoff", "proc_exit", "proc_raise", "random_get", "sched_yield", "sock_accept",
            "sock_recv", "sock_send", "sock_shutdown",
        ];
        foreach (string name in names)
        {
            // Asked for with a type that no function has, linking tells what there is.
            using Module module = Module.FromText(
                engine,
                "guest",
                $"""
                (module
                  (import "wasi_snapshot_preview1" "{name}" (func (param f32))) (memory (export "memory") 1))
                """);
            string? have = Assert.Single(
                Assert.Throws<LinkException>(() => linker.Instantiate(store, module)).Problems).Have;
            yield return (name, have!["func".Length..]);
        }
    }
}

[WasmImport("wasi_snapshot_preview1")]
public sealed partial class FixedRandom
{
    public int RandomGet(uint address, uint length) => 7;
}
