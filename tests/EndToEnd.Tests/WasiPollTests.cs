using System.Diagnostics;
using System.IO.Pipelines;

namespace WasmBindgen.EndToEnd.Tests;

[WasmExport]
public sealed partial class Sleeper
{
    public partial Memory Memory { get; }

    public partial int Poll(int count);

    [WasmName("poll")]
    public partial int Poll(int count, CancellationToken token);

    [WasmName("poll")]
    [Timeout(50)]
    public partial int PollForAWhile(int count);

    public partial int PollInPlace(int count);

    public partial int Read();

    [WasmName("read")]
    [Timeout(50)]
    public partial int ReadForAWhile();

    public partial long Now(int clock);
}

/// <summary>Guests that sleep, and wait for streams.</summary>
public sealed class WasiPollTests : IDisposable
{
    private const int Subscriptions = 1024;
    private const int Events = 4096;
    private const int Result = 512;
    private const ulong ForEver = ulong.MaxValue;
    private const ulong Millisecond = 1_000_000;

    private readonly Engine _engine = new();
    private readonly Pipe _input = new();
    private readonly Store _store;
    private readonly Sleeper _guest;

    public WasiPollTests()
    {
        _store = new Store(
            _engine, new StoreOptions { Wasi = new WasiOptions { StandardInput = _input.Reader.AsStream() } });
        using Module module = Module.FromText(_engine, "guest", $"""
            (module
              (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "clock_time_get" (func $time (param i32 i64 i32) (result i32)))
              (memory (export "memory") 1)
              (data (i32.const 0) "\40\00\00\00\04\00\00\00")
              (func (export "poll") (param i32) (result i32)
                (call $poll (i32.const {Subscriptions}) (i32.const {Events}) (local.get 0) (i32.const {Result})))
              (func (export "poll_in_place") (param i32) (result i32)
                (call $poll (i32.const {Subscriptions}) (i32.const {Subscriptions}) (local.get 0) (i32.const {Result})))
              (func (export "read") (result i32) (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)))
              (func (export "now") (param i32) (result i64)
                (drop (call $time (local.get 0) (i64.const 1) (i32.const 8)))
                (i64.load (i32.const 8))))
            """);
        using Linker linker = new Linker(_engine).DefineWasi();
        _guest = new Sleeper(linker.Instantiate(_store, module));
    }

    public void Dispose()
    {
        _store.Dispose();
        _engine.Dispose();
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public void A_guest_sleeps_as_long_as_it_wants(int clock, bool isAbsolute)
    {
        var watch = Stopwatch.StartNew();
        Clock(0, clock, isAbsolute ? (ulong)_guest.Now(clock) + (30 * Millisecond) : 30 * Millisecond, isAbsolute);
        Assert.Equal(0, _guest.Poll(1));
        Assert.InRange(watch.ElapsedMilliseconds, 29, 10_000);
        AssertEvents((100, 0));
    }

    [Fact]
    public void The_earliest_of_several_clocks_ends_the_sleep()
    {
        Clock(0, 1, ForEver);
        Clock(1, 0, Millisecond);
        Clock(2, 1, 1, isAbsolute: true); // long past
        Clock(3, 1, (ulong)_guest.Now(1) + (3600 * 1000 * Millisecond), isAbsolute: true);
        Assert.Equal(0, _guest.Poll(4));
        AssertEvents((102, 0));
    }

    [Fact]
    public void Events_may_take_the_place_of_subscriptions()
    {
        Clock(0, 1, 1, isAbsolute: true);
        Clock(1, 1, 0);
        Assert.Equal(0, _guest.PollInPlace(2));
        Assert.Equal(2, _guest.Memory.Read<int>(Result));
        Assert.Equal(100UL, _guest.Memory.Read<ulong>(Subscriptions));
        Assert.Equal(101UL, _guest.Memory.Read<ulong>(Subscriptions + 32));
    }

    [Fact]
    public void Streams_are_ready_at_once()
    {
        Clock(0, 1, ForEver);
        Descriptor(1, tag: 2, descriptor: 1);
        Descriptor(2, tag: 1, descriptor: 0);
        Assert.Equal(0, _guest.Poll(3));
        AssertEvents((101, 2), (102, 1));
    }

    [Fact]
    public void Of_a_descriptor_that_is_none_the_engine_tells()
    {
        Descriptor(0, tag: 1, descriptor: 77);
        Assert.Equal(8, _guest.Poll(1));
    }

    [Fact]
    public void A_sleep_ends_with_the_call_s_token()
    {
        Clock(0, 1, ForEver);
        using var source = new CancellationTokenSource(300); // later than the guest begins, on a busy machine too
        var exception = Assert.Throws<OperationCanceledException>(() => _guest.Poll(1, source.Token));
        Assert.Equal(source.Token, exception.CancellationToken);
        Assert.Equal("poll_oneoff", GuestBacktrace.Of(exception)!.Import?.Name);
    }

    [Fact]
    public void A_sleep_ends_with_the_call_s_time()
    {
        Clock(0, 1, ForEver);
        Assert.Throws<GuestTimeoutException>(() => _guest.PollForAWhile(1));
        Clock(0, 1, 1);
        Assert.Equal(0, _guest.Poll(1));
    }

    [Fact]
    public async Task Waiting_for_input_ends_with_the_call_s_time()
    {
        Assert.Throws<GuestTimeoutException>(() => _guest.ReadForAWhile());
        await _input.Writer.WriteAsync("abcdef"u8.ToArray());
        Assert.Equal(0, _guest.Read());
        Assert.Equal("abcd", _guest.Memory.ReadString(64, 4));
        Assert.Equal(0, _guest.Read());
        Assert.Equal("ef", _guest.Memory.ReadString(64, 2));
    }

    [Theory]
    [InlineData(0, 28)]
    [InlineData(-1, 28)]
    [InlineData(4097, 28)]
    public void Bad_counts_are_errnos(int count, int errno)
    {
        for (int i = 0; i < 1000; i++)
        {
            Clock(i, 1, 0);
        }

        Assert.Equal(errno, _guest.Poll(count));
    }

    [Fact]
    public void Events_that_do_not_fit_the_memory_end_the_guest()
    {
        Clock(0, 1, 0);
        GuestMemoryException exception = Assert.Throws<GuestMemoryException>(() => _guest.Poll(4096));
        Assert.Equal(("wasi_snapshot_preview1.poll_oneoff", "out"), (exception.Function, exception.Parameter));
    }

    [Theory]
    [InlineData(3, 0)]
    [InlineData(255, 0)]
    [InlineData(0, 2)]
    [InlineData(0, -1)]
    public void Other_clocks_and_kinds_are_errnos(byte tag, int id)
    {
        Descriptor(0, tag, id);
        Assert.Equal(28, _guest.Poll(1));
    }

    private void Clock(int index, int clock, ulong timeout, bool isAbsolute = false)
    {
        Descriptor(index, tag: 0, clock);
        _guest.Memory.Write(Subscriptions + (48 * index) + 24, timeout);
        _guest.Memory.Write(Subscriptions + (48 * index) + 40, (ushort)(isAbsolute ? 1 : 0));
    }

    private void Descriptor(int index, byte tag, int descriptor)
    {
        _guest.Memory.GetSpan(Subscriptions + (48 * index), 48).Clear();
        _guest.Memory.Write(Subscriptions + (48 * index), 100UL + (ulong)index);
        _guest.Memory.Write(Subscriptions + (48 * index) + 8, tag);
        _guest.Memory.Write(Subscriptions + (48 * index) + 16, descriptor);
    }

    private void AssertEvents(params (ulong UserData, byte Tag)[] expected)
    {
        Assert.Equal(expected.Length, _guest.Memory.Read<int>(Result));
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i].UserData, _guest.Memory.Read<ulong>(Events + (32 * i)));
            Assert.Equal(0, _guest.Memory.Read<ushort>(Events + (32 * i) + 8));
            Assert.Equal(expected[i].Tag, _guest.Memory.Read<byte>(Events + (32 * i) + 10));
        }
    }
}
