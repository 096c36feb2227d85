namespace WasmBindgen.EndToEnd.Tests;

[WasmImport("env")]
public sealed partial class SpawningHost
{
    internal Action Spawns { get; set; } = static () => { };

    public void Spawn() => Spawns();
}

[WasmExport]
public sealed partial class SpawningGuest
{
    public partial void Run();

    [WasmName("run")]
    public partial GuestResult TryRun();

    [WasmName("run")]
    public partial void RunUntil(CancellationToken token);
}

/// <summary>A guest whose stack may not fit in the thread's is not called.</summary>
public sealed class StackTests : IDisposable
{
    private const string Wat = """
        (module (import "env" "spawn" (func $spawn)) (func (export "run") call $spawn))
        """;

    private readonly World _world = new();
    private readonly SpawningHost _host = new();
    private readonly Module _module;

    public StackTests()
    {
        _world.Linker.Define(_host);
        _module = Module.FromText(_world.Engine, "guest", Wat);
    }

    public void Dispose()
    {
        _module.Dispose();
        _world.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1 << 20)]
    [InlineData(3 << 20)]
    public void Guests_of_stores_inside_one_another_end_as_one_store_s_would(int stack) => OnThread(stack, () =>
    {
        int depth = 0;
        _host.Spawns = () =>
        {
            depth++;
            using var store = new Store(_world.Engine);
            NewGuest(store).Run();
        };
        using var outermost = new Store(_world.Engine);
        TrapException trap = Assert.Throws<TrapException>(NewGuest(outermost).Run);
        Assert.Equal(TrapCode.StackOverflow, trap.Code);
        Assert.InRange(depth, 1, 100_000);
        _host.Spawns = static () => { };
        NewGuest(outermost).Run();
    });

    [Fact]
    public void A_thread_with_too_little_stack_is_told_so() => OnThread(256 << 10, () =>
    {
        using var store = new Store(_world.Engine);
        using Module starts = Module.FromText(_world.Engine, "guest", "(module (func $f) (start $f))");
        using InstancePre pre = _world.Linker.InstantiatePre(starts);
        foreach (Action call in (Action[])
            [NewGuest(store).Run, () => _world.Linker.Instantiate(store, starts), () => pre.Instantiate(store)])
        {
            TrapException trap = Assert.Throws<TrapException>(call);
            Assert.Contains("512 KiB", trap.Message, StringComparison.Ordinal);
            Assert.Contains("thread", trap.Message, StringComparison.Ordinal);
        }
    });

    [Fact]
    public void All_kinds_of_call_look_at_the_stack()
    {
        using var store = new Store(_world.Engine);
        SpawningGuest guest = NewGuest(store);
        Function untyped = _world.Linker.Instantiate(store, _module).GetFunction("run")!;
        OnThread(256 << 10, () =>
        {
            Assert.Equal(TrapCode.StackOverflow, Assert.Throws<TrapException>(guest.Run).Code);
            Assert.Equal(TrapCode.StackOverflow, Assert.Throws<TrapException>(() => untyped.Call()).Code);
            using var source = new CancellationTokenSource();
            Assert.Equal(TrapCode.StackOverflow, Assert.Throws<TrapException>(() => guest.RunUntil(source.Token)).Code);
            GuestResult result = guest.TryRun();
            Assert.Equal((GuestErrorKind.Trap, TrapCode.StackOverflow), (result.Error.Kind, result.Error.TrapCode));
        });
        guest.Run(); // and the store goes on
        Assert.True(guest.TryRun().IsOk);
        untyped.Call();
    }

    [Fact]
    public void Less_stack_for_guests_lets_them_run_on_small_threads() => OnThread(400 << 10, () =>
    {
        using var world = new World(new EngineOptions { MaxWasmStack = 64 << 10 });
        world.Linker.Define(_host);
        new SpawningGuest(world.Instantiate(Wat)).Run();
        world.Instantiate("(module (func $f (export \"run\") call $f))");
    });

    [Fact]
    public void More_stack_than_any_thread_has_is_told_so()
    {
        using var world = new World(new EngineOptions { MaxWasmStack = int.MaxValue });
        Assert.Equal(
            TrapCode.StackOverflow,
            Assert.Throws<TrapException>(() => world.Instantiate("(module (func $f call $f) (start $f))")).Code);
    }

    private SpawningGuest NewGuest(Store store) => new(_world.Linker.Instantiate(store, _module));

    private static void OnThread(int stack, Action action)
    {
        System.Runtime.ExceptionServices.ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    action();
                }
                catch (Exception exception)
                {
                    failure = System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(exception);
                }
            },
            stack);
        thread.Start();
        thread.Join();
        failure?.Throw();
    }
}
