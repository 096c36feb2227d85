using System.Text;

namespace WasmBindgen.EndToEnd.Tests;

/// <summary>Descriptors 0 to 2 begin as the streams, and need not stay that.</summary>
public sealed class WasiDescriptorTests : IDisposable
{
    private const int Success = 0;
    private const int BadDescriptor = 8;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wasi");
    private readonly Engine _engine = new();
    private readonly MemoryStream _output = new();
    private readonly MemoryStream _error = new();
    private readonly Store _store;
    private readonly Instance _guest;

    public WasiDescriptorTests()
    {
        _store = new Store(_engine, new StoreOptions
        {
            MaxInstances = 1, // what we need ourselves does not count
            Wasi = new WasiOptions
            {
                StandardInput = new MemoryStream("input"u8.ToArray()),
                StandardOutput = _output,
                StandardError = _error,
                Directories = [new WasiDirectory(_folder.FullName, "/data")],
            },
        });
        using Module module = Module.FromText(_engine, "guest", """
            (module
              (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_close" (func $close (param i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_renumber" (func $renumber (param i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "path_open"
                (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
              (memory (export "memory") 1)
              (data (i32.const 0) "\40\00\00\00\04\00\00\00")
              (data (i32.const 64) "text")
              (data (i32.const 80) "file")
              (func (export "write") (param i32) (result i32)
                (call $write (local.get 0) (i32.const 0) (i32.const 1) (i32.const 8)))
              (func (export "read") (param i32) (result i32)
                (call $read (local.get 0) (i32.const 0) (i32.const 1) (i32.const 8)))
              (func (export "close") (param i32) (result i32) (call $close (local.get 0)))
              (func (export "renumber") (param i32 i32) (result i32) (call $renumber (local.get 0) (local.get 1)))
              (func (export "open") (result i32) ;; creates `file` in the first directory, for writing
                (if
                  (call $open (i32.const 3) (i32.const 0) (i32.const 80) (i32.const 4) (i32.const 1) (i64.const 64)
                    (i64.const 64) (i32.const 0) (i32.const 12))
                  (then (return (i32.const -1))))
                (i32.load (i32.const 12))))
            """);
        using Linker linker = new Linker(_engine).DefineWasi();
        _guest = linker.Instantiate(_store, module);
    }

    private string Output => Encoding.UTF8.GetString(_output.ToArray());

    private string Error => Encoding.UTF8.GetString(_error.ToArray());

    public void Dispose()
    {
        _store.Dispose();
        _engine.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(0, "read")]
    [InlineData(1, "write")]
    [InlineData(2, "write")]
    public void A_closed_stream_is_no_descriptor(int descriptor, string function)
    {
        Assert.Equal(Success, Call(function, descriptor));
        Assert.Equal(Success, Call("close", descriptor));
        Assert.Equal(BadDescriptor, Call(function, descriptor));
        Assert.Equal(BadDescriptor, Call("close", descriptor));
    }

    [Fact]
    public void A_file_takes_the_place_of_standard_output()
    {
        int file = Call("open");
        Assert.Equal(Success, Call("renumber", file, 1));
        Assert.Equal(Success, Call("write", 1));
        Assert.Equal(BadDescriptor, Call("write", file));
        Assert.Empty(Output);
        Assert.Equal("text", File.ReadAllText(Path.Combine(_folder.FullName, "file")));
    }

    [Fact]
    public void Streams_change_their_numbers()
    {
        int file = Call("open");
        Assert.Equal(Success, Call("renumber", 1, 2)); // errors are lost now, and 2 is the output
        Assert.Equal(BadDescriptor, Call("write", 1));
        Assert.Equal(Success, Call("write", 2));
        Assert.Equal(Success, Call("renumber", 2, file));
        Assert.Equal(Success, Call("write", file));
        Assert.Equal(Success, Call("renumber", file, file));
        Assert.Equal(Success, Call("write", file));
        Assert.Equal("texttexttext", Output);
        Assert.Empty(Error);
    }

    [Theory]
    [InlineData(1, 99)]
    [InlineData(99, 1)]
    [InlineData(-1, 1)]
    public void What_is_no_descriptor_takes_no_place(int from, int to)
    {
        Assert.Equal(BadDescriptor, Call("renumber", from, to));
        Assert.Equal(Success, Call("write", 1));
        Assert.Equal("text", Output);
    }

    [Fact]
    public void Another_store_has_descriptors_of_its_own()
    {
        Assert.Equal(Success, Call("close", 1));
        using var other = new WasiDescriptorTests();
        Assert.Equal(Success, other.Call("write", 1));
    }

    [Fact]
    public void Files_can_be_used_after_the_engine_is_disposed()
    {
        _engine.Dispose();
        int file = Call("open");
        Assert.Equal(Success, Call("write", file));
    }

    private int Call(string function, params int[] arguments) =>
        _guest.GetFunction(function)!.Call([.. arguments.Select(WasmValue.FromInt32)])[0].AsInt32();
}
