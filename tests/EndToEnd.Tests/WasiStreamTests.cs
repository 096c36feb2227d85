namespace WasmBindgen.EndToEnd.Tests;

[WasmExport]
public sealed partial class Reader
{
    public partial Memory Memory { get; }

    public partial int Read();

    [WasmName("read")]
    public partial int Read(CancellationToken token);
}

/// <summary>Streams that do more than to read, or other than they should.</summary>
public sealed class WasiStreamTests
{
    [Fact]
    public void What_is_read_goes_where_the_memory_lies_then()
    {
        using var source = new CancellationTokenSource();
        using var engine = new Engine(
            new EngineOptions { MemoryReservation = 0, MemoryReservationForGrowth = 0, MemoryGuardSize = 0 });
        var stream = new OddStream();
        using Store store = NewStore(engine, stream);
        Reader guest = NewReader(store);
        stream.OnRead = buffer =>
        {
            guest.Memory.Grow(100);
            buffer.Fill((byte)'x');
            return buffer.Length;
        };
        for (int i = 0; i < 10; i++)
        {
            guest.Memory.GetSpan(64, 4).Clear();
            Assert.Equal(4, guest.Read(source.Token));
            Assert.Equal("xxxx", guest.Memory.ReadString(64, 4));
            guest.Memory.GetSpan(64, 4).Clear();
            Assert.Equal(4, guest.Read());
            Assert.Equal("xxxx", guest.Memory.ReadString(64, 4));
        }
    }

    [Fact]
    public void The_end_is_read_once()
    {
        using var engine = new Engine();
        int reads = 0;
        var stream = new OddStream
        {
            OnRead = _ =>
            {
                reads++;
                return 0;
            },
        };
        using Store store = NewStore(engine, stream);
        Assert.Equal(0, NewReader(store, vectors: 2).Read());
        Assert.Equal(1, reads);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(-1)]
    public void A_stream_that_claims_what_it_cannot_have_read_ends_the_guest(int count)
    {
        using var source = new CancellationTokenSource();
        using var engine = new Engine();
        using Store store = NewStore(engine, new OddStream { OnRead = _ => count });
        Reader guest = NewReader(store);
        Assert.Throws<HostFunctionException>(() => guest.Read());
        Assert.Throws<HostFunctionException>(() => guest.Read(source.Token));
    }

    private static Store NewStore(Engine engine, Stream input) =>
        new(engine, new StoreOptions { Wasi = new WasiOptions { StandardInput = input } });

    /// <summary>A guest that reads four bytes to address 64, and tells how many they were.</summary>
    private static Reader NewReader(Store store, int vectors = 1)
    {
        using Module module = Module.FromText(store.Engine, "guest", $"""
            (module
              (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
              (memory (export "memory") 1)
              (data (i32.const 0) "\40\00\00\00\04\00\00\00\40\00\00\00\04\00\00\00")
              (func (export "read") (result i32)
                (drop (call $read (i32.const 0) (i32.const 0) (i32.const {vectors}) (i32.const 32)))
                (i32.load (i32.const 32))))
            """);
        using Linker linker = new Linker(store.Engine).DefineWasi();
        return new Reader(linker.Instantiate(store, module));
    }

    private delegate int OnReading(Span<byte> buffer);

    private sealed class OddStream : MemoryStream
    {
        internal OnReading OnRead { get; set; } = static _ => 0;

        public override int Read(Span<byte> buffer) => OnRead(buffer);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            new(OnRead(buffer.Span));
    }
}
