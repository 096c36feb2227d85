using System.Text;

namespace WasmBindgen.EndToEnd.Tests;

[WasmImport("lent")]
public sealed partial class LendingHost
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
        ReadOnlyMemory<byte> lent = data;
#pragma warning disable WBG0017 // the thread ends before the method does
        var thread = new Thread(() => Written.Write(lent.Span));
#pragma warning restore WBG0017
        thread.Start();
        thread.Join();
        return lent.Length;
    }

    public int ReadLater(ReadOnlyMemory<byte> data)
    {
        Between();
        Written.Write(data.Span);
        return data.Length;
    }

#pragma warning disable WBG0017
    public void Keep(ReadOnlyMemory<byte> data) => Kept = data;

    public int KeepMeanwhile(ReadOnlyMemory<byte> data)
    {
        Kept = data;
        Between();
        return data.Length;
    }
#pragma warning restore WBG0017

    public void ReadKept() => Written.Write(Kept.Span);

    public ReadOnlyMemory<byte> Tail(ReadOnlyMemory<byte> data) => data[1..];

    public ReadOnlySpan<byte> TailOfSpan(ReadOnlySpan<byte> data) => data[1..];

    public double Sum(
        long a, long b, long c, long d, long e, long f, long g, long h, long i, long j, long k, long l, long m, long n, long o, ReadOnlyMemory<double> data)
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

/// <summary>Lists that host methods look at where they lie, though they may await.</summary>
public sealed class LentMemoryTests : IDisposable
{
    private const string Wat = """
        (module
          (import "lent" "write" (func $write (param i32 i32) (result i32)))
          (import "lent" "fill" (func $fill (param i32 i32)))
          (import "lent" "read_elsewhere" (func $read_elsewhere (param i32 i32) (result i32)))
          (import "lent" "read_later" (func $read_later (param i32 i32) (result i32)))
          (import "lent" "keep" (func $keep (param i32 i32)))
          (import "lent" "keep_meanwhile" (func $keep_meanwhile (param i32 i32) (result i32)))
          (import "lent" "read_kept" (func $read_kept))
          (import "lent" "tail" (func $tail (param i32 i32 i32)))
          (import "lent" "tail_of_span" (func $tail_of_span (param i32 i32 i32)))
          (import "lent" "sum" (func $sum (param i32) (result f64)))
          (import "lent" "pin" (func $pin (param i32 i32) (result i32)))
          (memory (export "memory") 1)
          (data (i32.const 64) "some text")
          (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (memory.grow (i32.const 8)) (i32.mul (i32.const 65536)))
          (func (export "write") (param i32 i32) (result i32) (call $write (local.get 0) (local.get 1)))
          (func (export "fill") (param i32 i32) (call $fill (local.get 0) (local.get 1)))
          (func (export "read_elsewhere") (param i32 i32) (result i32) (call $read_elsewhere (local.get 0) (local.get 1)))
          (func (export "read_later") (param i32 i32) (result i32) (call $read_later (local.get 0) (local.get 1)))
          (func (export "keep") (param i32 i32) (call $keep (local.get 0) (local.get 1)))
          (func (export "keep_meanwhile") (param i32 i32) (result i32) (call $keep_meanwhile (local.get 0) (local.get 1)))
          (func (export "grow_and_read") (drop (memory.grow (i32.const 8))) (i32.store8 (i32.const 64) (i32.const 83)) (call $read_kept))
          (func (export "tail") (param i32 i32) (call $tail (local.get 0) (local.get 1) (i32.const 32)))
          (func (export "tail_of_span") (param i32 i32) (call $tail_of_span (local.get 0) (local.get 1) (i32.const 32)))
          (func (export "sum") (param i32) (result f64) (call $sum (local.get 0)))
          (func (export "pin") (param i32 i32) (result i32) (call $pin (local.get 0) (local.get 1))))
        """;

    private readonly World _world = new();
    private readonly LendingHost _host = new();
    private readonly Instance _instance;

    public LentMemoryTests() => _instance = Instantiate(_world);

    private string Written => Encoding.UTF8.GetString(_host.Written.ToArray());

    private Memory Memory => _instance.GetMemory("memory")!;

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("write")]
    [InlineData("read_elsewhere")]
    [InlineData("read_later")]
    public void A_host_method_reads_it_where_it_lies(string function)
    {
        Assert.Equal(9, Call(function, 64, 9).AsInt32());
        Assert.Equal("some text", Written);
        Assert.Equal(0, Call(function, 65536, 0).AsInt32());
    }

    [Fact]
    public void A_host_method_writes_it_where_it_lies()
    {
        Memory.Write(128, 21);
        Call("fill", 128, 2);
        Assert.Equal(42, Memory.Read<int>(128));
    }

    [Fact]
    public void It_is_over_with_the_call()
    {
        Call("keep", 64, 9);
        Assert.Equal(9, _host.Kept.Length);
        Assert.Contains("lent", Assert.Throws<ObjectDisposedException>(() => _host.Kept.Span[0]).Message);
        Assert.Throws<ObjectDisposedException>(() => _host.Kept.ToArray());
        Assert.Throws<ObjectDisposedException>(() => _host.Kept.Pin());
        ReadOnlyMemory<byte> kept = _host.Kept;
        Call("keep", 64, 4);
        Assert.Throws<ObjectDisposedException>(() => kept.Span[0]); // nor does the next call bring it back
    }

    [Fact]
    public void It_is_over_when_the_call_fails_too()
    {
        _host.Between = () => throw new NotSupportedException();
        Assert.Throws<HostFunctionException>(() => Call("read_later", 64, 9));
        Call("keep", 64, 9);
        Assert.Throws<ObjectDisposedException>(() => _host.Kept.Span[0]);
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
    public void It_follows_a_memory_that_moves()
    {
        using World moving = NewMovingWorld();
        Instance instance = Instantiate(moving);
        _host.Between = () =>
        {
            instance.GetFunction("cabi_realloc")!.Call(0, 0, 0, 0);
            instance.GetMemory("memory")!.Write(64, (byte)'S');
        };
        for (int i = 0; i < 20; i++)
        {
            instance.GetFunction("read_later")!.Call(64, 9);
        }

        Assert.Equal(string.Concat(Enumerable.Repeat("Some text", 20)), Written);
    }

    [Fact]
    public void It_follows_a_memory_that_an_inner_call_moves_while_that_runs()
    {
        using World moving = NewMovingWorld();
        Instance instance = Instantiate(moving);
        Function inner = instance.GetFunction("grow_and_read")!; // to be looked up later would itself be noticed
        _host.Between = () => inner.Call();
        instance.GetFunction("keep_meanwhile")!.Call(64, 9);
        Assert.Equal("Some text", Written);
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
        Assert.Equal(("lent.write", "data", GuestMemoryFault.OutOfBounds), (fault.Function, fault.Parameter, fault.Fault));
    }

    private static World NewMovingWorld() => new(new EngineOptions { MemoryReservation = 0, MemoryReservationForGrowth = 0, MemoryGuardSize = 0 });

    private WasmValue Call(string function, params int[] arguments) =>
        _instance.GetFunction(function)!.Call([.. arguments.Select(WasmValue.FromInt32)]) is [var result] ? result : default;

    private Instance Instantiate(World world)
    {
        world.Linker.Define(_host);
        return world.Instantiate(Wat);
    }
}
