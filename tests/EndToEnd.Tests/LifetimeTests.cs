using System.Runtime.CompilerServices;

namespace WasmBindgen.EndToEnd.Tests;

[WasmImport("life")]
public sealed partial class LifeHost
{
    internal Action? OnTick { get; set; }

    public int Tick(int value)
    {
        OnTick?.Invoke();
        return value + 1;
    }
}

[WasmExport]
public sealed partial class LifeGuest
{
    public partial int Tick(int value);
}

public sealed class LifetimeTests
{
    private const string Wat = """
        (module
          (import "life" "tick" (func $tick (param i32) (result i32)))
          (memory (export "memory") 1)
          (global (export "global") (mut i32) (i32.const 1))
          (table (export "table") 1 funcref)
          (func (export "tick") (param i32) (result i32) (call $tick (local.get 0))))
        """;

    public static TheoryData<string> Orders => [.. Permutations("elmps")];

    [Theory]
    [MemberData(nameof(Orders))]
    public void Disposal_in_any_order_leaves_the_rest_usable(string order)
    {
        var engine = new Engine();
        Module module = Module.FromText(engine, "life", Wat);
        Linker linker = new Linker(engine).Define(new LifeHost());
        InstancePre pre = linker.InstantiatePre(module);
        var store = new Store(engine);
        var guest = new LifeGuest(pre.Instantiate(store));
        bool storeLives = true;
        foreach (char which in order)
        {
            IDisposable target = which switch { 'e' => engine, 'l' => linker, 'm' => module, 'p' => pre, _ => store };
            target.Dispose();
            target.Dispose(); // a second time does nothing
            storeLives &= which != 's';
            if (storeLives)
            {
                Assert.Equal(2, guest.Tick(1));
            }
            else
            {
                Assert.Throws<ObjectDisposedException>(() => guest.Tick(1));
            }
        }
    }

    [Fact]
    public void A_store_is_not_disposed_while_another_thread_reads_its_memory()
    {
        using var engine = new Engine();
        for (int i = 0; i < 50; i++)
        {
            var store = new Store(engine);
            var memory = new Memory(store, new MemoryType(Minimum: 100));
            using var reads = new ManualResetEventSlim();
            var reader = new Thread(() =>
            {
                for (bool isThere = true; isThere; reads.Set())
                {
                    isThere = Record.Exception(() => memory.ReadString(0, 100 * 65536)) is not ObjectDisposedException;
                }
            });
            reader.Start();
            reads.Wait();
            while (Record.Exception(store.Dispose) is InvalidOperationException)
            {
                Thread.Yield();
            }

            reader.Join();
        }
    }

    [Fact]
    public void Everything_says_so_when_it_is_disposed()
    {
        var engine = new Engine();
        Module module = Module.FromText(engine, "life", Wat);
        Linker linker = new Linker(engine).Define(new LifeHost());
        InstancePre pre = linker.InstantiatePre(module);
        var store = new Store(engine);
        Instance instance = linker.Instantiate(store, module);
        Memory memory = instance.GetMemory("memory")!;
        Global global = instance.GetGlobal("global")!;
        Table table = instance.GetTable("table")!;
        Function function = instance.GetFunction("tick")!;

        store.Dispose();
        foreach (Action use in (Action[])
        [
            () => instance.GetFunction("tick"), () => _ = instance.Exports, () => function.Call(1),
            () => memory.GetSpan(), () => memory.Grow(1), () => _ = memory.Length, () => _ = memory.PageCount,
            () => _ = memory.Type,
            () => memory.Read<int>(0), () => memory.Write(0, 1), () => _ = global.Value, () => global.Value = 1,
            () => _ = table[0], () => table[0] = null, () => table.Grow(1), () => _ = table.Length,
            () => _ = new LifeGuest(instance), () => linker.Instantiate(store, module), () => pre.Instantiate(store),
            () => _ = new Memory(store, new MemoryType(1)), () => _ = new Global(
                store, new GlobalType(ValueKind.I32, true), 1),
            () => store.SetHost(new LifeHost()), () => linker.Define("x", instance),
        ])
        {
            Assert.Throws<ObjectDisposedException>(use);
        }

        using var second = new Store(engine);
        pre.Dispose();
        Assert.Throws<ObjectDisposedException>(() => pre.Instantiate(second));
        module.Dispose();
        Assert.Throws<ObjectDisposedException>(() => linker.Instantiate(second, module));
        Assert.Throws<ObjectDisposedException>(() => linker.InstantiatePre(module));
        Assert.Throws<ObjectDisposedException>(module.Serialize);
        linker.Dispose();
        Assert.Throws<ObjectDisposedException>(() => linker.Define(new LifeHost()));
        Assert.Throws<ObjectDisposedException>(() => linker.AllowShadowing = true);
        engine.Dispose();
        Assert.Throws<ObjectDisposedException>(() => new Store(engine));
        Assert.Throws<ObjectDisposedException>(() => new Linker(engine));
        Assert.Throws<ObjectDisposedException>(() => Module.FromText(engine, "m", "(module)"));
        Assert.Throws<ObjectDisposedException>(() => Module.FromBytes(engine, "m", [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]));

        // A failed use must not leave the store entered.
        second.Dispose();
    }

    [Fact]
    public async Task Disposing_a_store_that_another_thread_is_in_hides_no_exception()
    {
        using var world = new World();
        var host = new LifeHost();
        world.Linker.Define(host);
        var guest = new LifeGuest(world.Instantiate(Wat));
        var inside = new TaskCompletionSource();
        using var goOn = new ManualResetEventSlim();
        host.OnTick = () =>
        {
            inside.SetResult();
            goOn.Wait();
        };
        Task<int> running = Task.Run(() => guest.Tick(1));
        await inside.Task;
        Action fail = () =>
        {
            using (world.Store)
            {
                throw new TimeoutException("the program's own");
            }
        };
        Assert.Throws<TimeoutException>(fail);
        goOn.Set();
        Assert.Equal(2, await running);
        await world.Store.DisposeAsync(); // waits
        Assert.Throws<ObjectDisposedException>(() => guest.Tick(1));
    }

    [Fact]
    public void A_store_in_use_by_another_thread_refuses_everything()
    {
        using var world = new World();
        var host = new LifeHost();
        world.Linker.Define(host);
        Instance instance = world.Instantiate(Wat);
        var guest = new LifeGuest(instance);
        using var inside = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        host.OnTick = () =>
        {
            inside.Set();
            goOn.Wait();
        };
        var running = new Thread(() => guest.Tick(1));
        running.Start();
        inside.Wait();
        try
        {
            Assert.Throws<InvalidOperationException>(() => guest.Tick(1));
            Assert.Throws<InvalidOperationException>(() => instance.GetMemory("memory")!.Length);
            Assert.Throws<InvalidOperationException>(() => world.Instantiate(Wat));
        }
        finally
        {
            goOn.Set();
            running.Join();
        }

        host.OnTick = null;
        Assert.Equal(2, guest.Tick(1));
    }

    [Fact]
    public void A_store_may_move_between_threads()
    {
        using var world = new World();
        world.Linker.Define(new LifeHost());
        var guest = new LifeGuest(world.Instantiate(Wat));
        for (int i = 0; i < 20; i++)
        {
            int result = 0;
            var thread = new Thread(() => result = guest.Tick(i));
            thread.Start();
            thread.Join();
            Assert.Equal(i + 1, result);
            Assert.Equal(i + 1, guest.Tick(i));
        }
    }

    [Fact]
    public void Threads_that_compete_for_a_store_never_enter_it_together()
    {
        using var world = new World();
        int inside = 0;
        int overlaps = 0;
        int entered = 0;
        var host = new LifeHost
        {
            OnTick = () =>
            {
                overlaps += Interlocked.Increment(ref inside) == 1 ? 0 : 1;
                Interlocked.Increment(ref entered);
                Interlocked.Decrement(ref inside);
            },
        };
        world.Linker.Define(host);
        var guest = new LifeGuest(world.Instantiate(Wat));
        int refused = 0;
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            for (int i = 0; i < 20_000; i++)
            {
                try
                {
                    guest.Tick(i);
                }
                catch (InvalidOperationException)
                {
                    Interlocked.Increment(ref refused);
                }
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.Equal(0, overlaps);
        Assert.Equal(80_000, entered + refused);
        Assert.Equal(2, guest.Tick(1));
    }

    [Fact]
    public void Threads_that_compete_for_a_memory_get_the_same_one_or_are_refused()
    {
        using var engine = new Engine();
        using Module module = Module.FromText(engine, "life", """(module (memory (export "memory") 0))""");
        using var linker = new Linker(engine);
        for (int round = 0; round < 300; round++)
        {
            using var store = new Store(engine);
            Instance instance = linker.Instantiate(store, module);
            var found = new Memory?[4];
            var failures = new Exception?[4];
            Parallel.For(
                0, found.Length, i => failures[i] = Record.Exception(() => found[i] = instance.GetMemory("memory")));
            Assert.All(
                failures, failure => Assert.True(failure is null or InvalidOperationException, failure?.ToString()));
            Assert.InRange(found.OfType<Memory>().Distinct().Count(), 0, 1);
        }
    }

    [Fact]
    public void Disposing_a_store_from_a_host_method_waits_for_the_calls_end()
    {
        using var world = new World();
        var host = new LifeHost();
        host.OnTick = () =>
        {
            world.Store.Dispose();
            Assert.Throws<ObjectDisposedException>(() => new Memory(world.Store, new MemoryType(1)));
        };
        world.Linker.Define(host);
        var guest = new LifeGuest(world.Instantiate(Wat));
        Assert.Equal(2, guest.Tick(1));
        Assert.Throws<ObjectDisposedException>(() => guest.Tick(1));
    }

    [Fact]
    public void Host_objects_are_released_with_the_last_linker_and_store()
    {
        using var engine = new Engine();
        (WeakReference host, Store store) = Link(engine);
        Collect();
        Assert.True(host.IsAlive); // the store still uses it
        store.Dispose();
        Collect();
        Assert.False(host.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static (WeakReference Host, Store Store) Link(Engine engine)
        {
            var host = new LifeHost();
            using Module module = Module.FromText(engine, "life", Wat);
            using Linker linker = new Linker(engine).Define(host);
            var store = new Store(engine);
            linker.Instantiate(store, module);
            return (new WeakReference(host), store);
        }
    }

    [Fact]
    public void No_handle_of_ten_thousand_host_objects_is_left()
    {
        using var engine = new Engine();
        using Module module = Module.FromText(engine, "life", Wat);
        WeakReference[] hosts = [.. Enumerable.Range(0, 10_000).Select(i => UseOnce(engine, module, i))];
        Collect();
        Assert.DoesNotContain(hosts, host => host.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference UseOnce(Engine engine, Module module, int i)
        {
            var host = new LifeHost();
            using Linker linker = new Linker(engine).Define(host);
            using var store = new Store(engine);
            Assert.Equal(i + 1, new LifeGuest(linker.Instantiate(store, module)).Tick(i));
            return new WeakReference(host);
        }
    }

    [Fact]
    public void A_failed_definition_releases_its_host_object()
    {
        using var world = new World();
        world.Linker.Define(new LifeHost());
        WeakReference host = Fail(world.Linker);
        Collect();
        Assert.False(host.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Fail(Linker linker)
        {
            var host = new LifeHost();
            Assert.Throws<LinkException>(() => linker.Define(host));
            return new WeakReference(host);
        }
    }

    [Fact]
    public void What_nobody_disposes_is_collected()
    {
        WeakReference[] leftovers = Abandon();
        Collect();
        Collect();
        Assert.All(leftovers, leftover => Assert.False(leftover.IsAlive));

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference[] Abandon()
        {
            var engine = new Engine();
            var host = new LifeHost();
            Module module = Module.FromText(engine, "life", Wat);
            Linker linker = new Linker(engine).Define(host);
            var store = new Store(engine);
            var guest = new LifeGuest(linker.Instantiate(store, module));
            guest.Tick(1);
            return [new(engine), new(module), new(linker), new(store), new(guest), new(host)];
        }
    }

    private static void Collect()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    private static IEnumerable<string> Permutations(string letters) => letters.Length == 1
        ? [letters]
        : letters.SelectMany((letter, i) => Permutations(letters.Remove(i, 1)).Select(rest => letter + rest));
}
