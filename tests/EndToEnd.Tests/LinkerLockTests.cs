namespace WasmBindgen.EndToEnd.Tests;

/// <summary>A linker that is busy holds up nobody for longer than the store allows.</summary>
public sealed class LinkerLockTests : IDisposable
{
    private readonly World _world = new();
    private readonly ManualResetEventSlim _inside = new();
    private readonly ManualResetEventSlim _go = new();
    private readonly Thread _instantiation;
    private readonly Thread _definition;

    public LinkerLockTests()
    {
        _world.Linker.Define(new SpawningHost
        {
            Spawns = () =>
            {
                _inside.Set();
                _go.Wait();
            },
        });
        using Module starts = Module.FromText(
            _world.Engine, "starts", "(module (import \"env\" \"spawn\" (func $spawn)) (start $spawn))");
        _instantiation = new Thread(() => _world.Linker.Instantiate(_world.Store, starts)) { IsBackground = true };
        _instantiation.Start();
        _inside.Wait();
        _definition = new Thread(() => _world.Linker.Define(new LateHost(null!))) { IsBackground = true };
        _definition.Start();
        using Module plain = Module.FromText(_world.Engine, "plain", "(module)");
        using var store = new Store(_world.Engine) { Timeout = TimeSpan.FromMilliseconds(5) };
        while (!_definition.ThreadState.HasFlag(ThreadState.WaitSleepJoin)
            || Record.Exception(() => _world.Linker.Instantiate(store, plain)) is null)
        {
            Thread.Yield(); // until it waits, and makes others wait
        }
    }

    public void Dispose()
    {
        _go.Set();
        _instantiation.Join();
        _definition.Join();
        _world.Dispose();
        _inside.Dispose();
        _go.Dispose();
    }

    [Fact]
    public void The_store_s_timeout_bounds_the_wait()
    {
        using Module plain = Module.FromText(_world.Engine, "plain", "(module)");
        using var store = new Store(_world.Engine) { Timeout = TimeSpan.FromMilliseconds(50) };
        Assert.Throws<GuestTimeoutException>(() => _world.Linker.Instantiate(store, plain));
        using var other = new Linker(_world.Engine);
        other.Instantiate(store, plain);
    }

    [Fact]
    public void An_interrupted_wait_leaves_the_store_usable()
    {
        using Module plain = Module.FromText(_world.Engine, "plain", "(module)");
        using var store = new Store(_world.Engine);
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(() => _world.Linker.Instantiate(store, plain)));
        thread.Start();
        thread.Interrupt();
        thread.Join();
        Assert.IsType<ThreadInterruptedException>(failure);
        using var other = new Linker(_world.Engine);
        other.Instantiate(store, plain);
    }
}
