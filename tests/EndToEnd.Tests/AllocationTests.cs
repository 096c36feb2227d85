using System.Text;

namespace WasmBindgen.EndToEnd.Tests;

[WasmImport("hot")]
public sealed partial class HotHost
{
    private int _calls;

    public int Add(int a, int b) => a + b;

    public Level Next(Level level, Rune rune) => rune.Value > 0 ? Level.Top : level;

    public int Peek(Memory memory, Caller caller, uint address) =>
        memory.GetSpan(address, 4)[0] + caller.Memory.Read<byte>(address + 1);

    public int ApplyAt([TableIndex("ops")] BinaryOperator function, int left, int right) => function(left, right);

    [Interrupts<QuotaException>]
    public void Stop() => throw Prepared[_calls++ % Prepared.Length];

    internal static QuotaException[] Prepared { get; } = [new("a"), new("b")];
}

[WasmExport]
public sealed partial class HotGuest
{
    public partial int Add(int a, int b);

    public partial Level Next(Level level, Rune rune);

    public partial int Peek(uint address);

    public partial int ApplyAt(int index, int left, int right);

    public partial void Stop();

    public partial void Trap();

    public partial long Total { get; set; }
}

/// <summary>Paths that must not allocate do not, and those that may do not leak: 10,000 calls each.</summary>
[Collection(nameof(Alone))]
public sealed class AllocationTests : IDisposable
{
    private const int Calls = 10_000;

    private readonly World _world = new();
    private readonly HotGuest _guest;

    public AllocationTests()
    {
        _world.Linker.Define(new HotHost());
        _guest = new HotGuest(_world.Instantiate("""
            (module
              (import "hot" "add" (func $add (param i32 i32) (result i32)))
              (import "hot" "next" (func $next (param i32 i32) (result i32)))
              (import "hot" "peek" (func $peek (param i32) (result i32)))
              (import "hot" "apply_at" (func $apply_at (param i32 i32 i32) (result i32)))
              (import "hot" "stop" (func $stop))
              (memory (export "memory") 1)
              (global (export "total") (mut i64) (i64.const 0))
              (func (export "add") (param i32 i32) (result i32) (call $add (local.get 0) (local.get 1)))
              (func (export "next") (param i32 i32) (result i32) (call $next (local.get 0) (local.get 1)))
              (func (export "peek") (param i32) (result i32) (call $peek (local.get 0)))
              (table (export "ops") 1 funcref)
              (elem (i32.const 0) $sum)
              (func $sum (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
              (func (export "apply_at") (param i32 i32 i32) (result i32)
                (call $apply_at (local.get 0) (local.get 1) (local.get 2)))
              (func (export "stop") (call $stop))
              (func (export "trap") unreachable))
            """));
    }

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Calls_in_both_directions_allocate_nothing() =>
        Assert.Equal(0, Allocated(i => _guest.Add(i, 1)));

    [Fact]
    public void Enums_and_runes_allocate_nothing() =>
        Assert.Equal(0, Allocated(i => _guest.Next(Level.Low, new Rune('a' + (i % 26)))));

    [Fact]
    public void Injected_memory_and_caller_allocate_nothing() =>
        Assert.Equal(0, Allocated(i => _guest.Peek((uint)(i % 60_000))));

    [Fact]
    public void Injected_memory_of_one_of_several_instances_allocates_nothing()
    {
        _world.Instantiate("(module)");
        Assert.Equal(0, Allocated(i => _guest.Peek((uint)(i % 60_000))));
    }

    [Fact]
    public void Functions_of_a_table_allocate_nothing() =>
        Assert.Equal(0, Allocated(i => _guest.ApplyAt(0, i, 1)));

    [Fact]
    public void Globals_allocate_nothing() => Assert.Equal(0, Allocated(i => _guest.Total += i));

    [Fact]
    public void Host_objects_of_a_store_cost_no_allocation()
    {
        using var world = new World();
        world.Linker.DefinePerStore<LifeHost>();
        world.Store.SetHost(new LifeHost());
        var guest = new LifeGuest(world.Instantiate("""
            (module (import "life" "tick" (func $tick (param i32) (result i32)))
              (func (export "tick") (param i32) (result i32) (call $tick (local.get 0))))
            """));
        Assert.Equal(0, Allocated(i => guest.Tick(i)));
    }

    [Fact]
    public void Results_allocate_nothing_beyond_the_error_itself()
    {
        using var world = new World();
        var host = new QuotaHost();
        world.Linker.Define(host);
        var guest = new QuotaResults(world.Instantiate(ResultTests.Wat));
        Assert.Equal(0, Allocated(i => Assert.True(guest.Charge(0).IsOk)));
        Assert.Equal(0, Allocated(i => Assert.False(guest.Unreachable().IsOk)));
        Assert.Equal(24 * Calls, Allocated(i => Assert.False(guest.Charge(11).IsOk))); // the boxed OutOfQuota
        Assert.Equal(24 * Calls, Allocated(i => Assert.False(guest.Stop().IsOk))); // the Stopped
    }

    [Fact]
    public void Interrupts_and_traps_leave_nothing_behind()
    {
        // The table of backtraces grows to a bounded size; 24 bytes kept for each failed call would be 1.4 MB.
        Fail(Calls);
        long before = Live();
        Fail(3 * Calls);
        Assert.InRange(Live() - before, long.MinValue, 700_000);

        void Fail(int calls)
        {
            for (int i = 0; i < calls; i++)
            {
                Assert.Throws<QuotaException>(_guest.Stop);
                Assert.Throws<TrapException>(_guest.Trap);
            }
        }
    }

    private static long Allocated(Action<int> call)
    {
        // What happens once (compiling, caching) is done before the measurement.
        for (int i = 0; i < 100; i++)
        {
            call(i);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Calls; i++)
        {
            call(i);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static long Live()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }
}

/// <summary>For tests that measure the whole process.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
