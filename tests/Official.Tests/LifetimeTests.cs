using System.Runtime.CompilerServices;
using Wasmtime;

namespace OfficialTests;

/// <summary>Whoever lets go of what, and when: never a crash, and nothing stays.</summary>
public sealed class LifetimeTests
{
    [Fact]
    public void A_store_and_its_hosts_are_collected()
    {
        using var world = new World(new Config().WithEpochInterruption(true));
        WeakReference[] dropped = [.. Enumerable.Range(0, 20).SelectMany(_ => Use(world))];
        for (int i = 0; i < 10 && dropped.Any(static one => one.IsAlive); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.Equal(0, dropped.Count(static one => one.IsAlive));
    }

    [Fact]
    public void A_disposed_store_is_not_used()
    {
        using var world = new World(new Config().WithEpochInterruption(true));
        (Store store, Instance instance) = world.Start();
        store.SetEpochDeadline(1000);
        var guest = new Guest(instance);
        WasmBindgen.Memory memory = guest.Memory;
        WasmBindgen.GuestResult failed = guest.TryTrap();
        store.Dispose();
        Assert.Throws<ObjectDisposedException>(() => guest.CallAdd(1, 2));
        Assert.Throws<ObjectDisposedException>(() => guest.CallAdd(1, 2));
        Assert.Throws<ObjectDisposedException>(() => memory.GetSpan(0, 1).Length);
        Assert.Throws<ObjectDisposedException>(() => store.SetHost(new Tenant(1)));
        Assert.Throws<ObjectDisposedException>(() => new Guest(instance));
        Assert.Throws<ObjectDisposedException>(() => store.AllowInterruption(world.Engine));
        _ = failed.Error.Backtrace?.Frames;
    }

    [Fact]
    public void A_store_disposed_by_a_host_method_ends_with_the_call()
    {
        using var world = new World();
        (Store store, Instance instance) = world.Start();
        var guest = new Guest(instance);
        world.Env.Inner = () =>
        {
            store.Dispose();
            Assert.Equal(3, guest.CallAdd(1, 2));
        };
        guest.CallNest();
        Assert.Throws<ObjectDisposedException>(() => guest.CallAdd(1, 2));
    }

    [Fact]
    public void Our_view_of_a_store_disposes_it()
    {
        using var world = new World();
        (Store store, Instance instance) = world.Start();
        var guest = new Guest(instance);
        world.Env.Inner = store.AsWasmBindgen().Dispose;
        guest.CallNest();
        Assert.Throws<ObjectDisposedException>(() => store.Fuel);
        Assert.Throws<ObjectDisposedException>(() => guest.CallAdd(1, 2));
    }

    [Fact]
    public async Task Our_view_of_a_store_disposes_it_asynchronously()
    {
        using var world = new World();
        (Store store, Instance instance) = world.Start();
        var guest = new Guest(instance);
        Assert.Equal(3, guest.CallAdd(1, 2));
        await store.AsWasmBindgen().DisposeAsync();
        Assert.Throws<ObjectDisposedException>(() => store.Fuel);
        Assert.Throws<ObjectDisposedException>(() => guest.CallAdd(1, 2));
    }

    [Fact]
    public void A_disposed_linker_is_refused()
    {
        using var engine = new Engine();
        var linker = new Linker(engine);
        linker.Dispose();
        Assert.Throws<ObjectDisposedException>(() => linker.Define(new Env()));
    }

    [Fact]
    public void A_second_thread_is_turned_away()
    {
        using var world = new World();
        (Store store, Instance instance) = world.Start();
        using (store)
        {
            var guest = new Guest(instance);
            world.Env.Inner = () =>
            {
                Exception? seen = null;
                var thread = new Thread(() => seen = Record.Exception(() => guest.CallAdd(1, 2)));
                thread.Start();
                thread.Join();
                Assert.IsType<InvalidOperationException>(seen);
            };
            guest.CallNest();
        }
    }

    [Fact]
    public void A_store_is_one_object_here()
    {
        using var world = new World();
        (Store store, Instance instance) = world.Start();
        using (store)
        {
            Assert.Same(store.AsWasmBindgen(), instance.AsWasmBindgen().Store);
        }
    }

    [Fact]
    public async Task Many_stores_run_on_many_threads()
    {
        using var world = new World();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(id => Task.Run(() =>
        {
            for (int i = 0; i < 50; i++)
            {
                (Store store, Instance instance) = world.Start(id);
                var guest = new Guest(instance);
                Assert.Equal(id, guest.CallId());
                Assert.Throws<StopException>(() => guest.CallStop("x"));
                Assert.IsType<StopException>(
                    Assert.Throws<WasmtimeException>(instance.GetAction("run")!).InnerException);
                Assert.Equal(WasmBindgen.TrapCode.Unreachable, guest.TryTrap().Error.TrapCode);
                if (i % 2 == 0)
                {
                    store.Dispose();
                }
            }
        })));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] Use(World world)
    {
        var store = new Store(world.Engine);
        store.AllowInterruption(world.Engine);
        var tenant = new Tenant(1);
        store.SetHost(tenant);
        Instance instance = world.Linker.Instantiate(store, world.Module);
        var guest = new Guest(instance);
        Assert.Equal(1, guest.CallId());
        Assert.Throws<StopException>(() => guest.CallStop(""));
        Assert.Throws<WasmtimeException>(instance.GetAction("run")!);
        return [new(store), new(tenant), new(instance), new(guest), new(store.AsWasmBindgen())];
    }
}
