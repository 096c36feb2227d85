using System.Net;
using System.Net.Sockets;
using System.Text;

namespace WasmBindgen.EndToEnd.Tests;

[WasmImport("memories")]
public sealed partial class MemoryHost
{
    internal MemoryStream Written { get; } = new();

    internal ReadOnlyMemory<byte> Kept { get; set; }

    internal Action Between { get; set; } = static () => { };

    /// <summary>What a span cannot do.</summary>
    public async Task<int> Write(ReadOnlyMemory<byte> data)
    {
        await Task.Yield();
        await Written.WriteAsync(data);
        return data.Length;
    }

    public void Fill(Memory<int> data)
    {
        for (int i = 0; i < data.Length; i++)
        {
            data.Span[i] *= 2;
        }
    }

    public int ReadElsewhere(in ReadOnlyMemory<byte> data)
    {
        ReadOnlyMemory<byte> copy = data;
        var thread = new Thread(() => Written.Write(copy.Span));
        thread.Start();
        thread.Join();
        return copy.Length;
    }

    public int ReadLater(ReadOnlyMemory<byte> data)
    {
        Between();
        Written.Write(data.Span);
        return data.Length;
    }

    public void Keep(ReadOnlyMemory<byte> data) => Kept = data;

    public int KeepMeanwhile(ReadOnlyMemory<byte> data)
    {
        Kept = data;
        Between();
        return data.Length;
    }

    public void ReadKept() => Written.Write(Kept.Span);

    internal Memory<int> KeptForWriting { get; private set; }

    public void KeepForWriting(Memory<int> data)
    {
        Between();
        data.Span[0] = 1;
        KeptForWriting = data;
    }

    public ReadOnlyMemory<byte> Tail(ReadOnlyMemory<byte> data) => data[1..];

    public ReadOnlySpan<byte> TailOfSpan(ReadOnlySpan<byte> data) => data[1..];

    public double Sum(
        long a, long b, long c, long d, long e, long f, long g, long h, long i, long j, long k, long l, long m, long n,
        long o, ReadOnlyMemory<double> data)
    {
        double sum = a + b + c + d + e + f + g + h + i + j + k + l + m + n + o;
        foreach (double one in data.Span)
        {
            sum += one;
        }

        return sum;
    }

    public unsafe int Pin(ReadOnlyMemory<byte> data)
    {
        using System.Buffers.MemoryHandle handle = data.Pin();
        return data.IsEmpty ? -1 : *(byte*)handle.Pointer;
    }
}

/// <summary>Lists that host methods may keep, since they may await.</summary>
public sealed class MemoryParameterTests : IDisposable
{
    private const string Wat = """
        (module
          (import "memories" "write" (func $write (param i32 i32) (result i32)))
          (import "memories" "fill" (func $fill (param i32 i32)))
          (import "memories" "read_elsewhere" (func $read_elsewhere (param i32 i32) (result i32)))
          (import "memories" "read_later" (func $read_later (param i32 i32) (result i32)))
          (import "memories" "keep" (func $keep (param i32 i32)))
          (import "memories" "keep_meanwhile" (func $keep_meanwhile (param i32 i32) (result i32)))
          (import "memories" "read_kept" (func $read_kept))
          (import "memories" "keep_for_writing" (func $keep_for_writing (param i32 i32)))
          (import "memories" "tail" (func $tail (param i32 i32 i32)))
          (import "memories" "tail_of_span" (func $tail_of_span (param i32 i32 i32)))
          (import "memories" "sum" (func $sum (param i32) (result f64)))
          (import "memories" "pin" (func $pin (param i32 i32) (result i32)))
          (memory (export "memory") 1)
          (data (i32.const 64) "some text")
          (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
            (memory.grow (i32.const 8)) (i32.mul (i32.const 65536)))
          (func (export "write") (param i32 i32) (result i32) (call $write (local.get 0) (local.get 1)))
          (func (export "fill") (param i32 i32) (call $fill (local.get 0) (local.get 1)))
          (func (export "read_elsewhere") (param i32 i32) (result i32)
            (call $read_elsewhere (local.get 0) (local.get 1)))
          (func (export "read_later") (param i32 i32) (result i32) (call $read_later (local.get 0) (local.get 1)))
          (func (export "keep") (param i32 i32) (call $keep (local.get 0) (local.get 1)))
          (func (export "keep_for_writing") (param i32 i32) (call $keep_for_writing (local.get 0) (local.get 1)))
          (func (export "keep_meanwhile") (param i32 i32) (result i32)
            (call $keep_meanwhile (local.get 0) (local.get 1)))
          (func (export "grow_and_read")
            (drop (memory.grow (i32.const 8))) (i32.store8 (i32.const 64) (i32.const 83)) (call $read_kept))
          (func (export "tail") (param i32 i32) (call $tail (local.get 0) (local.get 1) (i32.const 32)))
          (func (export "tail_of_span") (param i32 i32) (call $tail_of_span (local.get 0) (local.get 1) (i32.const 32)))
          (func (export "sum") (param i32) (result f64) (call $sum (local.get 0)))
          (func (export "pin") (param i32 i32) (result i32) (call $pin (local.get 0) (local.get 1))))
        """;

    private readonly World _world = new();
    private readonly MemoryHost _host = new();
    private readonly Instance _instance;

    public MemoryParameterTests() => _instance = Instantiate(_world);

    private string Written => Encoding.UTF8.GetString(_host.Written.ToArray());

    private Memory Memory => _instance.GetMemory("memory")!;

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("write")]
    [InlineData("read_elsewhere")]
    [InlineData("read_later")]
    public void A_host_method_reads_it(string function)
    {
        Assert.Equal(9, Call(function, 64, 9).AsInt32());
        Assert.Equal("some text", Written);
        Assert.Equal(0, Call(function, 65536, 0).AsInt32());
    }

    [Fact]
    public void What_a_host_method_writes_goes_back()
    {
        Memory.Write(128, 21);
        Call("fill", 128, 2);
        Assert.Equal(42, Memory.Read<int>(128));
    }

    [Fact]
    public void What_is_kept_is_a_copy()
    {
        Call("keep", 64, 9);
        ReadOnlyMemory<byte> kept = _host.Kept;
        Memory.Write(64, (byte)'S');
        Assert.Equal("some text", Encoding.UTF8.GetString(kept.Span));
        Call("keep", 64, 4);
        Assert.Equal("some text", Encoding.UTF8.GetString(kept.Span));
        Assert.Equal("Some", Encoding.UTF8.GetString(_host.Kept.Span));
    }

    [Fact]
    public void What_is_written_too_late_reaches_nobody()
    {
        Call("keep_for_writing", 128, 2);
        Assert.Equal(1, Memory.Read<int>(128));
        _host.KeptForWriting.Span[0] = 2;
        Assert.Equal(1, Memory.Read<int>(128));
        _world.Store.Dispose();
        _host.KeptForWriting.Span[1] = 3;
        Assert.Equal([2, 3], _host.KeptForWriting.ToArray());
    }

    [Fact]
    public void It_goes_back_to_a_memory_that_has_moved()
    {
        using World moving = NewMovingWorld();
        Instance instance = Instantiate(moving);
        Function inner = instance.GetFunction("cabi_realloc")!;
        _host.Between = () => inner.Call(0, 0, 0, 0);
        for (int i = 0; i < 20; i++)
        {
            instance.GetMemory("memory")!.Write(128, 0);
            instance.GetFunction("keep_for_writing")!.Call(128, 2);
            Assert.Equal(1, instance.GetMemory("memory")!.Read<int>(128));
        }
    }

    [Fact]
    public async Task An_operation_that_outlives_the_call_harms_nobody()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new TcpClient();
        client.Connect((IPEndPoint)listener.LocalEndpoint);
        using Socket server = listener.AcceptSocket();
        var host = new LateHost(client.Client);
        _world.Linker.Define(host);
        Instance instance = _world.Instantiate(
            """
            (module
              (import "late" "receive" (func $receive (param i32 i32) (result i32)))
              (memory (export "memory") 1)
              (func (export "run") (drop (call $receive (i32.const 0) (i32.const 1000)))))
            """);
        Assert.Throws<GuestTimeoutException>(new LateGuest(instance).Run);
        _world.Store.Dispose();
        server.Send("late"u8);
        Assert.Equal(4, await host.Receiving!);
    }

    [Theory]
    [InlineData("tail")]
    [InlineData("tail_of_span")]
    public void What_is_returned_is_copied_though_the_memory_moves(string function)
    {
        using World moving = NewMovingWorld();
        foreach (World world in (World[])[_world, moving])
        {
            Instance instance = world == _world ? _instance : Instantiate(world);
            Memory memory = instance.GetMemory("memory")!;
            for (int i = 0; i < 20; i++) // each time the guest grows its memory for the result
            {
                instance.GetFunction(function)!.Call(64, 9);
                Assert.Equal("ome text", memory.ReadString(memory.Read<uint>(32), memory.Read<int>(36)));
            }
        }
    }

    [Fact]
    public void It_may_come_by_way_of_memory()
    {
        for (int i = 0; i < 15; i++)
        {
            Memory.Write(1024 + (8 * i), 1L);
        }

        Memory.Write(1024 + (8 * 15), 2048);
        Memory.Write(1024 + (8 * 15) + 4, 2);
        Memory.Write(2048, 0.25);
        Memory.Write(2056, 0.5);
        Assert.Equal(15.75, Call("sum", 1024).AsDouble());
        Memory.Write(1024 + (8 * 15), 2044);
        var fault = Assert.Throws<GuestMemoryException>(() => Call("sum", 1024));
        Assert.Equal(("data", GuestMemoryFault.Misaligned), (fault.Parameter, fault.Fault));
    }

    [Fact]
    public void It_can_be_pinned()
    {
        Assert.Equal('s', Call("pin", 64, 9).AsInt32());
        Assert.Equal(-1, Call("pin", 64, 0).AsInt32());
    }

    [Theory]
    [InlineData(65536, 1)]
    [InlineData(65535, 2)]
    [InlineData(-1, 1)]
    [InlineData(0, -1)]
    [InlineData(16, int.MaxValue)]
    public void What_is_not_inside_the_memory_is_a_fault(int address, int length)
    {
        var fault = Assert.Throws<GuestMemoryException>(() => Call("write", address, length));
        Assert.Equal(
            ("memories.write", "data", GuestMemoryFault.OutOfBounds), (fault.Function, fault.Parameter, fault.Fault));
    }

    private static World NewMovingWorld() =>
        new(new EngineOptions { MemoryReservation = 0, MemoryReservationForGrowth = 0, MemoryGuardSize = 0 });

    private WasmValue Call(string function, params int[] arguments) =>
        _instance.GetFunction(function)!.Call([.. arguments.Select(WasmValue.FromInt32)]) is [var result]
            ? result
            : default;

    private Instance Instantiate(World world)
    {
        world.Linker.Define(_host);
        return world.Instantiate(Wat);
    }
}

[WasmImport("late")]
public sealed partial class LateHost(Socket socket)
{
    internal Task<int>? Receiving { get; private set; }

    public async Task<int> Receive(Memory<byte> buffer, CancellationToken token)
    {
        Receiving = socket.ReceiveAsync(buffer, CancellationToken.None).AsTask();
        return await Receiving.WaitAsync(token);
    }
}

[WasmExport]
public sealed partial class LateGuest
{
    [Timeout(50)]
    public partial void Run();
}
