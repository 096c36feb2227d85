namespace WasmBindgen.EndToEnd.Tests;

[WasmImport("host")]
public sealed partial class GrowingHost
{
    public Action Action { get; set; } = static () => { };

    [Interrupts<QuotaException>]
    public void Act() => Action();
}

[WasmExport]
public sealed partial class GrowingGuest
{
    public partial Memory Memory { get; }

    public partial int Grow(int pages);

    [WasmName("grow")]
    public partial GuestResult<int> TryGrow(int pages);

    public partial int GrowAndLoop(int pages);

    public partial void GrowOrTrap(int pages);

    public partial int GrowAndAct(int pages);

    public partial int Load(int address);

    [WasmName("load")]
    public partial GuestResult<int> TryLoad(int address);

    public partial void Store(int address, int value);

    public partial int[] Nothing();
}

/// <summary>Guests that ask for more memory than they may have, on an engine that ends them for it.</summary>
public sealed class MemoryLimitTests : IDisposable
{
    private const int Page = 65536;
    private const string Wat = """
        (module
          (import "host" "act" (func $act))
          (memory (export "memory") 2)
          (data (i32.const 65536) "\2a\00\00\00")
          (func $grow (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
          (func (export "grow_and_loop") (param i32) (result i32)
            (drop (memory.grow (local.get 0)))
            (loop $again (call $enter) (br $again))
            (i32.const 1))
          (func $enter)
          (func (export "grow_or_trap") (param i32)
            (if (i32.eq (memory.grow (local.get 0)) (i32.const -1)) (then unreachable)))
          (func (export "grow_and_act") (param i32) (result i32)
            (drop (memory.grow (local.get 0)))
            (call $act)
            (i32.const 7))
          (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))
          (func (export "store") (param i32 i32) (i32.store (local.get 0) (local.get 1)))
          (func (export "nothing") (result i32) (drop (memory.grow (i32.const 9))) (i32.const 16)))
        """;

    private readonly World _world = NewWorld(new EngineOptions());
    private readonly GrowingHost _host = new();
    private readonly GrowingGuest _guest;

    public MemoryLimitTests() => _guest = NewGuest(_world, _host);

    public void Dispose() => _world.Dispose();

    [Fact]
    public void A_call_that_was_refused_memory_ends_with_that_however_it_goes_on()
    {
        foreach (Action call in (Action[])[
            () => _guest.Grow(3),
            () => _guest.GrowAndLoop(3),
            () => _guest.GrowOrTrap(3),
            () => _guest.GrowAndAct(3),
            () => _guest.Nothing(),
        ])
        {
            var exception = Assert.Throws<GuestOutOfMemoryException>(call);
            Assert.Equal(4 * Page, exception.LimitBytes);
            Assert.InRange(exception.RequestedBytes, 5 * Page, 11 * Page);
            Assert.Equal(42, _guest.Load(Page)); // and the next call is as any
        }

        Assert.Equal("enter", GuestBacktrace.Of(
            Assert.Throws<GuestOutOfMemoryException>(() => _guest.GrowAndLoop(3)))!.Frames[0].FunctionName);
        Assert.Equal(2, _guest.Grow(2));
        Assert.Throws<GuestOutOfMemoryException>(() => _guest.Grow(1));
        Assert.Equal(4 * Page, _guest.Memory.Length);
    }

    [Fact]
    public void A_result_tells_it_without_an_exception()
    {
        GuestResult<int> result = _guest.TryGrow(100);
        Assert.Equal((GuestErrorKind.OutOfMemory, null), (result.Error.Kind, result.Error.Exception));
        Assert.Throws<GuestOutOfMemoryException>(() => result.Unwrap());
        Assert.Equal(2, _guest.TryGrow(1).Value);
    }

    [Fact]
    public void A_function_without_a_type_ends_with_it_too()
    {
        Function grow =
            _world.Instantiate("(module (memory 1) (func (export \"grow\") (result i32) (memory.grow (i32.const 4))))")
                .GetFunction("grow")!;
        Assert.Throws<GuestOutOfMemoryException>(() => grow.Call());
        Assert.Throws<GuestOutOfMemoryException>(
            () => _world.Instantiate("(module (memory 1) (func $s (drop (memory.grow (i32.const 4)))) (start $s))"));
    }

    [Fact]
    public void A_memory_that_begins_beyond_the_limit_is_refused()
    {
        var exception = Assert.Throws<GuestOutOfMemoryException>(() => _world.Instantiate("(module (memory 5))"));
        Assert.Equal(5 * Page, exception.RequestedBytes);
        Assert.Throws<WasmException>(() => new Memory(_world.Store, new MemoryType(5, null)));
        Assert.Equal(42, _guest.Load(Page));
    }

    [Fact]
    public void The_host_s_own_growing_ends_no_guest()
    {
        _host.Action = () => Assert.Throws<WasmException>(() => _guest.Memory.Grow(3));
        Assert.Equal(7, _guest.GrowAndAct(0));
        Assert.Throws<GuestOutOfMemoryException>(() => _guest.GrowAndAct(3)); // nor does it save one
    }

    [Fact]
    public void A_memory_of_the_host_s_has_the_limit_too()
    {
        var memory = new Memory(_world.Store, new MemoryType(1, 9));
        _world.Linker.Define("host", "memory", memory);
        Function grow =
            _world.Instantiate(
                "(module (import \"host\" \"memory\" (memory 1 9)) (func (export \"grow\") (param i32) (result i32) "
                    + "(memory.grow (local.get 0))))")
                .GetFunction("grow")!;
        Assert.Equal(1, grow.Call(3)[0].AsInt32());
        Assert.Throws<GuestOutOfMemoryException>(() => grow.Call(1));
        Assert.Equal((4 * Page, new MemoryType(1, 9)), (memory.Length, memory.Type));
        Assert.Equal(1, new Memory(_world.Store, new MemoryType(1, Is64Bit: true)).Grow(1));
    }

    [Fact]
    public void What_an_outer_call_was_refused_does_not_end_an_inner_one()
    {
        _host.Action = () => Assert.Equal(42, _guest.Load(Page));
        Assert.Throws<GuestOutOfMemoryException>(() => _guest.GrowAndAct(3));
    }

    [Fact]
    public void An_interrupt_of_a_host_method_comes_first()
    {
        var interrupt = new QuotaException("no more");
        _host.Action = () => throw interrupt;
        Assert.Same(interrupt, Assert.Throws<QuotaException>(() => _guest.GrowAndAct(3)));
        Assert.Equal(42, _guest.Load(Page));
    }

    [Fact]
    public void An_inner_call_s_end_passes_through_the_host()
    {
        _host.Action = () => _guest.Grow(3);
        Assert.Throws<GuestOutOfMemoryException>(() => _guest.GrowAndAct(0));
        _host.Action = () => Assert.Throws<GuestOutOfMemoryException>(() => _guest.Grow(3));
        Assert.Equal(7, _guest.GrowAndAct(0));
    }

    [Fact]
    public void The_memory_s_own_maximum_and_stores_without_a_limit_are_as_ever()
    {
        Assert.Equal(
            -1,
            _world.Instantiate(
                "(module (memory 1 2) (func (export \"grow\") (result i32) (memory.grow (i32.const 2))))")
                .GetFunction("grow")!.Call()[0].AsInt32());
        using var store = new Store(_world.Engine);
        using Module module = Module.FromText(_world.Engine, "guest", Wat);
        Assert.Equal(2, new GrowingGuest(_world.Linker.Instantiate(store, module)).Grow(100));
    }

    [Fact]
    public void The_first_failure_may_be_the_last()
    {
        using World world = NewWorld(
            new EngineOptions(), new StoreOptions { MaxMemoryBytes = 4 * Page, EndsWithFailure = true });
        GrowingGuest guest = NewGuest(world, _host);
        Assert.Throws<GuestOutOfMemoryException>(() => guest.Grow(3));
        Assert.Throws<GuestOutOfMemoryException>(() => guest.Load(0));
    }

    [Fact]
    public void Addresses_beyond_the_end_trap()
    {
        foreach (int address in (int[])[(2 * Page) - 3, 2 * Page, 4 * Page, int.MaxValue, -1, -4])
        {
            Assert.Equal(TrapCode.MemoryOutOfBounds, _guest.TryLoad(address).Error.TrapCode);
        }

        _guest.Grow(1);
        Assert.Equal(0, _guest.Load((3 * Page) - 4));
    }

    [Fact]
    public void A_memory_that_moves_keeps_what_it_holds()
    {
        using World world = NewWorld(
            new EngineOptions { MemoryReservation = 0, MemoryReservationForGrowth = 0, MemoryGuardSize = 0 },
            new StoreOptions { MaxMemoryBytes = 100 * Page });
        GrowingGuest guest = NewGuest(world, _host);
        for (int pages = 2; pages < 100; pages++)
        {
            guest.Store((pages * Page) - 4, pages);
            Assert.Equal(pages, guest.Grow(1));
        }

        Assert.All(Enumerable.Range(2, 98), pages => Assert.Equal(pages, guest.Memory.Read<int>((pages * Page) - 4)));
        Assert.Equal(42, guest.Load(Page));
        Assert.Equal(TrapCode.MemoryOutOfBounds, guest.TryLoad(100 * Page).Error.TrapCode);
        Assert.Throws<GuestOutOfMemoryException>(() => guest.Grow(1));

        using World still = NewWorld(
            new EngineOptions { MemoryReservation = 3 * Page, MemoryMayMove = false },
            new StoreOptions { MaxMemoryBytes = 100 * Page });
        GrowingGuest stillGuest = NewGuest(still, _host);
        Assert.Equal(2, stillGuest.Grow(1));
        Assert.Equal(-1, stillGuest.Grow(1)); // not the limit's doing
    }

    [Fact]
    public void A_memory_that_would_be_larger_than_any_address_stays_where_it_is()
    {
        using World world = NewWorld(new EngineOptions { MemoryMayMove = true }, new StoreOptions());
        Instance guest = world.Instantiate("""
            (module
              (memory (export "memory") i64 2048)
              (data (i64.const 65536) "\2a")
              (func (export "grow") (param i64) (result i64) (memory.grow (local.get 0))))
            """);
        Memory memory = guest.GetMemory("memory")!;
        foreach (ulong rest in (ulong[])[1UL << 47, 4UL << 30, 2UL << 30, 1UL << 30, 32UL << 20, 2 * Page])
        {
            long pages = (long)((ulong.MaxValue - rest + 1) / Page);
            Assert.Equal(-1, guest.GetFunction("grow")!.Call(pages - 2048)[0].AsInt64());
            Assert.Equal(2048 * Page, memory.Length);
            Assert.Equal(42, memory.Read<byte>(Page));
        }

        Assert.Equal(2048, guest.GetFunction("grow")!.Call(1L << 17)[0].AsInt64()); // beyond its reservation
        Assert.Equal(42, memory.Read<byte>(Page));
        Assert.Throws<WasmException>(() => world.Instantiate("(module (memory i64 281474976710655))"));
    }

    [Fact]
    public void By_default_a_memory_does_not_move()
    {
        const string Wat = """
            (module (memory (export "memory") i64 1)
              (func (export "grow") (param i64) (result i64) (memory.grow (local.get 0))))
            """;
        const long Reservation = 1L << 16;
        using var world = new World();
        Function grow = world.Instantiate(Wat).GetFunction("grow")!;
        Assert.Equal(1, grow.Call(Reservation - 1)[0].AsInt64());
        Assert.Equal(-1, grow.Call(1L)[0].AsInt64());
        using var larger = new World(new EngineOptions { MemoryReservation = 8L << 30 });
        grow = larger.Instantiate(Wat).GetFunction("grow")!;
        Assert.Equal(1, grow.Call(Reservation)[0].AsInt64());
        using var moving = new World(new EngineOptions { MemoryMayMove = true });
        grow = moving.Instantiate(Wat).GetFunction("grow")!;
        Assert.Equal(1, grow.Call(Reservation)[0].AsInt64());
    }

    [Fact]
    public void A_memory_may_begin_with_nothing()
    {
        using World world = NewWorld(
            new EngineOptions { MemoryReservation = 0, MemoryReservationForGrowth = 0, MemoryGuardSize = 0 });
        Instance guest = world.Instantiate(
            "(module (memory (export \"memory\") 0) (func (export \"grow\") (result i32) (memory.grow (i32.const "
                + "1))))");
        Assert.Equal(0, guest.GetFunction("grow")!.Call()[0].AsInt32());
        Assert.Equal(Page, guest.GetMemory("memory")!.Length);
    }

    [Fact]
    public void Memories_go_with_their_stores()
    {
        using Module module = Module.FromText(_world.Engine, "guest", "(module (memory 1))");
        for (int i = 0; i < 40_000; i++) // of 4 GiB each, which is more than addresses have room for
        {
            using var store = new Store(_world.Engine, new StoreOptions { MaxMemoryBytes = Page });
            _world.Linker.Instantiate(store, module);
        }
    }

    [Fact]
    public void It_needs_an_engine_whose_guests_can_be_interrupted() =>
        Assert.Throws<ArgumentException>(
            () => new Engine(new EngineOptions { MemoryLimitInterrupts = true, Interruption = false }));

    private static World NewWorld(EngineOptions options, StoreOptions? storeOptions = null) =>
        new(
            options with { MemoryLimitInterrupts = true },
            storeOptions ?? new StoreOptions { MaxMemoryBytes = 4 * Page });

    private static GrowingGuest NewGuest(World world, GrowingHost host)
    {
        world.Linker.Define(host);
        return new GrowingGuest(world.Instantiate(Wat));
    }
}
