namespace WasmBindgen.EndToEnd.Tests;

/// <summary>An exception object that a host keeps and throws more than once.</summary>
public sealed class ReusedExceptionTests : IDisposable
{
    private readonly World _world = new();
    private readonly InterruptHost _host = new();
    private readonly InterruptGuest _guest;

    public ReusedExceptionTests()
    {
        _world.Linker.Define(_host);
        _guest = new InterruptGuest(_world.Instantiate(InterruptTests.Wat));
    }

    public void Dispose() => _world.Dispose();

    [Fact]
    public void It_may_be_thrown_again_and_gets_a_new_backtrace()
    {
        var reused = new QuotaException("reused");
        _host.OnDeclared = _ => throw reused;
        _host.OnAny = _ => throw reused;

        Assert.Same(reused, Assert.Throws<QuotaException>(() => _guest.Declared(1)));
        Assert.Equal("via_declared", Assert.Single(GuestBacktrace.Of(reused)!.Frames).FunctionName);
        Assert.Same(reused, Assert.Throws<QuotaException>(() => _guest.Any(1)));
        Assert.Equal("via_any", Assert.Single(GuestBacktrace.Of(reused)!.Frames).FunctionName);

        _host.OnCall = _ => throw reused;
        Assert.Same(reused, Assert.Throws<HostFunctionException>(() => _guest.Call(1)).InnerException);
    }

    [Fact]
    public void It_may_be_thrown_in_one_store_after_another()
    {
        var reused = new QuotaException("reused");
        for (int i = 0; i < 3; i++)
        {
            using var store = new Store(_world.Engine);
            using Module module = Module.FromText(_world.Engine, "guest", InterruptTests.Wat);
            var guest = new InterruptGuest(_world.Linker.Instantiate(store, module));
            _host.OnDeclared = _ => throw reused;
            Assert.Same(reused, Assert.Throws<QuotaException>(() => guest.Declared(1)));
            Assert.Equal("via_declared", Assert.Single(GuestBacktrace.Of(reused)!.Frames).FunctionName);
            _host.OnCall = _ => throw reused;
            Assert.Same(reused, Assert.Throws<HostFunctionException>(() => _guest.Call(1)).InnerException);

            // But one that passes through another store's guest stays what it is.
            _host.OnCall = guest.Declared;
            Assert.Same(reused, Assert.Throws<QuotaException>(() => _guest.Call(1)));
            Assert.Equal(
                ["via_declared", "via_call"], GuestBacktrace.Of(reused)!.Frames.Select(frame => frame.FunctionName));
        }
    }

    [Fact]
    public void It_may_be_thrown_on_another_thread_meanwhile()
    {
        var reused = new QuotaException("reused");
        _host.OnDeclared = _ => throw reused;
        _host.OnCall = value =>
        {
            try
            {
                return _guest.Declared(value);
            }
            finally
            {
                var other = new Thread(() =>
                {
                    using var world = new World();
                    world.Linker.Define(_host);
                    Assert.Throws<QuotaException>(
                        () => new InterruptGuest(world.Instantiate(InterruptTests.Wat)).Declared(1));
                });
                other.Start();
                other.Join();
            }
        };
        Assert.Same(reused, Assert.Throws<QuotaException>(() => _guest.Call(1)));
    }
}
