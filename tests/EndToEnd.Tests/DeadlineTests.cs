using System.Diagnostics;

namespace WasmBindgen.EndToEnd.Tests;

[WasmImport("env")]
public sealed partial class DeadlineHost
{
    internal Func<CancellationToken, int>? OnWork { get; set; }

    public int Work(CancellationToken token) => OnWork!(token);
}

[WasmExport]
public sealed partial class DeadlineGuest
{
    public partial int Spin(CancellationToken token);

    [Timeout(30), WasmName("spin_too")]
    public partial int SpinBriefly();

    [Timeout(30), WasmName("spin_result")]
    public partial GuestResult<int> TrySpin(CancellationToken cancellationToken = default);

    [Timeout(60_000), WasmName("spin_long")]
    public partial GuestResult<int> TrySpinLong(CancellationToken token);

    public partial int Work(CancellationToken token);

    [Timeout(30)]
    public partial int WorkInner();

    public partial int Count(int times);
}

public sealed class DeadlineTests : IDisposable
{
    internal const string Wat = """
        (module
          (import "env" "work" (func $work (result i32)))
          (func $spin (export "spin") (result i32) (loop (br 0)) unreachable)
          (export "spin_too" (func $spin))
          (export "spin_result" (func $spin))
          (export "spin_long" (func $spin))
          (func $w (export "work") (result i32) (call $work))
          (export "work_inner" (func $w))
          (func (export "count") (param i32) (result i32)
            (loop (local.set 0 (i32.sub (local.get 0) (i32.const 1))) (br_if 0 (local.get 0)))
            (local.get 0)))
        """;

    private readonly World _world = new();
    private readonly DeadlineHost _host = new();
    private readonly DeadlineGuest _guest;

    public DeadlineTests()
    {
        _world.Linker.Define(_host);
        _guest = new DeadlineGuest(_world.Instantiate(Wat));
    }

    public void Dispose() => _world.Dispose();

    [Fact]
    public void A_cancelled_token_ends_a_guest_that_never_would()
    {
        using var source = new CancellationTokenSource(30);
        var exception = Assert.Throws<OperationCanceledException>(() => _guest.Spin(source.Token));
        Assert.Equal(source.Token, exception.CancellationToken);
        Assert.Equal("spin", Assert.Single(GuestBacktrace.Of(exception)!.Frames).FunctionName);
        Assert.Equal(0, _guest.Count(1000));
    }

    [Fact]
    public void Errors_of_limits_say_what_they_are()
    {
        GuestResult<int> late = _guest.TrySpin();
        Assert.Equal("The guest took longer than 30 ms.", late.ToString());
        Assert.Contains(
            "30 ms", Assert.Throws<InvalidOperationException>(() => late.Value).Message, StringComparison.Ordinal);
        Assert.Equal(
            "The guest call was cancelled.", _guest.TrySpin(new CancellationToken(canceled: true)).Error.ToString());
    }

    [Fact]
    public void A_token_cancelled_before_keeps_the_guest_from_being_entered()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        _host.OnWork = _ => throw new InvalidOperationException("entered");
        Assert.Equal(
            source.Token, Assert.Throws<OperationCanceledException>(() => _guest.Work(source.Token)).CancellationToken);
        Assert.Equal(GuestErrorKind.Cancelled, _guest.TrySpin(source.Token).Error.Kind);
    }

    [Fact]
    public void A_timeout_ends_a_guest()
    {
        var watch = Stopwatch.StartNew();
        var exception = Assert.Throws<GuestTimeoutException>(() => _guest.SpinBriefly());
        Assert.True(watch.ElapsedMilliseconds >= 30);
        Assert.Equal(TimeSpan.FromMilliseconds(30), exception.Timeout);
        Assert.Equal(TrapCode.Interrupt, exception.Code);
        Assert.NotEmpty(exception.Backtrace!.Frames);
        Assert.Equal(0, _guest.Count(1000));
    }

    [Fact]
    public void A_result_tells_of_timeouts_and_cancellations_without_an_exception()
    {
        GuestResult<int> late = _guest.TrySpin();
        Assert.Equal(GuestErrorKind.Timeout, late.Error.Kind);
        Assert.Null(late.Error.Exception);
        Assert.Equal("spin", Assert.Single(late.Error.Backtrace!.Frames).FunctionName);
        Assert.Throws<GuestTimeoutException>(() => late.Unwrap());
        using var source = new CancellationTokenSource(5);
        Assert.Equal(GuestErrorKind.Cancelled, _guest.TrySpinLong(source.Token).Error.Kind);
    }

    [Fact]
    public void A_stores_timeout_bounds_every_outermost_call()
    {
        _world.Store.Timeout = TimeSpan.FromMilliseconds(30);
        Assert.Throws<GuestTimeoutException>(() => _guest.Spin(default));
        using Module module = Module.FromText(_world.Engine, "m", "(module (func $s (loop (br 0))) (start $s))");
        Assert.Throws<GuestTimeoutException>(() => _world.Linker.Instantiate(_world.Store, module));
        using InstancePre pre = _world.Linker.InstantiatePre(module);
        Assert.Throws<GuestTimeoutException>(() => pre.Instantiate(_world.Store));
        Function spin = _world.Instantiate("(module (func (export \"f\") (loop (br 0))))").GetFunction("f")!;
        Assert.Throws<GuestTimeoutException>(() => spin.Call());
        Assert.Equal(0, _guest.Count(1000));
        _world.Store.Timeout = null;
        Assert.Equal(0, _guest.Count(5_000_000));
        Assert.Throws<ArgumentOutOfRangeException>(() => _world.Store.Timeout = TimeSpan.Zero);
    }

    [Fact]
    public void A_stores_timeout_set_during_a_call_holds_from_the_next_outermost_one()
    {
        _host.OnWork = _ =>
        {
            _world.Store.Timeout = TimeSpan.FromMilliseconds(1);
            Thread.Sleep(30);
            return _guest.Count(5_000_000);
        };
        Assert.Equal(0, _guest.Work(default));
        Assert.Throws<GuestTimeoutException>(() => _guest.Spin(default));
    }

    [Fact]
    public void A_host_method_gets_the_running_calls_token_and_may_obey_it()
    {
        using var source = new CancellationTokenSource(20);
        _host.OnWork = token =>
        {
            Assert.Equal(source.Token, token);
            token.WaitHandle.WaitOne();
            token.ThrowIfCancellationRequested();
            return 1;
        };
        var exception = Assert.Throws<OperationCanceledException>(() => _guest.Work(source.Token));
        Assert.Equal(source.Token, exception.CancellationToken);
        _host.OnWork = token => token.CanBeCanceled ? 1 : 0;
        Assert.Equal(0, _guest.Work(default));
    }

    [Fact]
    public void Another_tokens_cancellation_is_the_host_methods_own_failure()
    {
        using var other = new CancellationTokenSource();
        other.Cancel();
        _host.OnWork = _ => throw new OperationCanceledException(other.Token);
        using var source = new CancellationTokenSource();
        Assert.IsType<OperationCanceledException>(
            Assert.Throws<HostFunctionException>(() => _guest.Work(source.Token)).InnerException);
    }

    [Fact]
    public void An_outer_limit_ends_inner_calls_and_an_inner_one_only_itself()
    {
        // The inner call's own time is over: the host method goes on.
        _host.OnWork = _ =>
        {
            Assert.Throws<GuestTimeoutException>(() => _guest.SpinBriefly());
            return 7;
        };
        using var source = new CancellationTokenSource();
        Assert.Equal(7, _guest.Work(source.Token));

        // The outer token is cancelled while the inner guest runs: both end.
        using var soon = new CancellationTokenSource(20);
        _host.OnWork = _ => _guest.Spin(default);
        Assert.Equal(
            soon.Token, Assert.Throws<OperationCanceledException>(() => _guest.Work(soon.Token)).CancellationToken);
        Assert.Equal(0, _guest.Count(10));
    }

    [Fact]
    public void One_stores_limit_never_touches_another()
    {
        using var other = new Store(_world.Engine);
        var free = new DeadlineGuest(_world.Linker.Instantiate(other, Module.FromText(_world.Engine, "free", Wat)));
        using var done = new ManualResetEventSlim();
        int rounds = 0;
        var thread = new Thread(() =>
        {
            while (!done.IsSet)
            {
                free.Count(1_000_000);
                rounds++;
            }
        });
        thread.Start();
        for (int i = 0; i < 3; i++)
        {
            Assert.Throws<GuestTimeoutException>(() => _guest.SpinBriefly());
        }

        done.Set();
        thread.Join();
        Assert.NotEqual(0, rounds);
    }

    [Fact]
    public void A_limit_that_is_not_reached_leaves_the_next_call_alone()
    {
        using var source = new CancellationTokenSource();
        _host.OnWork = _ => 3;
        Assert.Equal(3, _guest.Work(source.Token));
        source.Cancel();
        Assert.Equal(0, _guest.Count(30_000_000)); // long enough for several ticks
    }

    [Fact]
    public void A_host_method_that_obeys_its_token_at_the_deadline_has_timed_out()
    {
        // Other timers make those behind the tokens come early, by the tick of the kernel's coarse clock.
        Timer[] others = [.. Enumerable.Range(1, 3).Select(static i => new Timer(static _ => { }, null, i, i))];
        _host.OnWork = static token =>
        {
            token.WaitHandle.WaitOne();
            throw new OperationCanceledException(token);
        };
        using Module module = Module.FromText(_world.Engine, "deadlines", Wat);
        var endings = new System.Collections.Concurrent.ConcurrentBag<Exception?>();
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(seed => new Thread(() =>
        {
            using var store = new Store(_world.Engine);
            var guest = new DeadlineGuest(_world.Linker.Instantiate(store, module));
            var random = new Random(seed);
            for (int i = 0; i < 30; i++)
            {
                endings.Add(Record.Exception(() => guest.WorkInner()));
                Thread.Sleep(random.Next(10));
            }
        }))];
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());
        Array.ForEach(others, static timer => timer.Dispose());
        Assert.Equal(120, endings.Count);
        Assert.All(endings, static ending => Assert.IsType<GuestTimeoutException>(ending));
    }

    [Fact]
    public async Task Many_stores_with_random_limits_end_as_they_should()
    {
        var wrong = new System.Collections.Concurrent.ConcurrentQueue<string>();
        using Module module = Module.FromText(_world.Engine, "many", Wat);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(seed => Task.Factory.StartNew(
            () =>
            {
                var random = new Random(seed);
                using var store = new Store(_world.Engine);
                var guest = new DeadlineGuest(_world.Linker.Instantiate(store, module));
                for (int i = 0; i < 25; i++)
                {
                    using var source = new CancellationTokenSource(random.Next(1, 20));
                    try
                    {
                        wrong.Enqueue($"{seed}:{i} returned {guest.Spin(source.Token)}");
                    }
                    catch (OperationCanceledException exception) when (exception.CancellationToken == source.Token)
                    {
                    }

                    if (guest.Count(random.Next(1, 100_000)) != 0)
                    {
                        wrong.Enqueue($"{seed}:{i} counted wrong");
                    }
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
        Assert.Empty(wrong);
    }

    [Fact]
    public void A_guest_is_stopped_after_its_engine_is_disposed()
    {
        _world.Engine.Dispose();
        Assert.Throws<GuestTimeoutException>(() => _guest.SpinBriefly());
        Thread.Sleep(1500); // the ticker has gone to sleep
        Assert.Throws<GuestTimeoutException>(() => _guest.SpinBriefly());
    }

    [Fact]
    public void Without_interruption_a_limit_is_refused()
    {
        using var world = new World(new EngineOptions { Interruption = false });
        world.Linker.Define(new DeadlineHost { OnWork = _ => 1 });
        var guest = new DeadlineGuest(world.Instantiate(Wat));
        using var source = new CancellationTokenSource();
        Assert.Throws<InvalidOperationException>(() => guest.Work(source.Token));
        Assert.Throws<InvalidOperationException>(() => guest.SpinBriefly());
        Assert.Throws<InvalidOperationException>(() => world.Store.Timeout = TimeSpan.FromSeconds(1));
        Assert.Equal(1, guest.Work(default));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new Engine(new EngineOptions { InterruptionResolution = TimeSpan.Zero }));
    }

    [Fact]
    public void A_callback_of_a_host_method_s_token_that_throws_ends_nothing_but_itself()
    {
        using var called = new ManualResetEventSlim();
        _host.OnWork = token =>
        {
            token.Register(() =>
            {
                called.Set();
                throw new NotSupportedException();
            });
            token.WaitHandle.WaitOne();
            token.ThrowIfCancellationRequested();
            return 0;
        };
        Assert.Throws<GuestTimeoutException>(() => _guest.WorkInner());
        called.Wait();
        Assert.Throws<GuestTimeoutException>(() => _guest.SpinBriefly());
    }

    [Fact]
    public void A_host_method_s_token_needs_no_thread_of_the_pool()
    {
        using var called = new ManualResetEventSlim();
        bool? isOfPool = null;
        _host.OnWork = token =>
        {
            token.Register(() =>
            {
                isOfPool = Thread.CurrentThread.IsThreadPoolThread;
                called.Set();
            });
            called.Wait(CancellationToken.None);
            token.ThrowIfCancellationRequested();
            return 0;
        };
        Assert.Throws<GuestTimeoutException>(() => _guest.WorkInner());
        Assert.False(isOfPool);
    }
}
