namespace WasmBindgen.EndToEnd.Tests;

[WasmImport("async")]
public sealed partial class AsyncHost
{
    internal Func<Task>? OnRun { get; set; }

    internal List<int> Threads { get; } = [];

    internal AsyncGuest? Guest { get; set; }

    internal TaskCompletionSource Left { get; } = new();

    public async Task Run() => await OnRun!();

    public async Task<int> Add(int left, int right)
    {
        await Task.Delay(1);
        return left + right;
    }

    public ValueTask<int> AtOnce(int value) => new(value + 1);

    public async ValueTask Later()
    {
        await Task.Yield();
        Threads.Add(Environment.CurrentManagedThreadId);
    }

    [Interrupts<QuotaException>]
    public async Task Stop()
    {
        await Task.Delay(1);
        throw new QuotaException("late");
    }

    public async Task<Interruptible<int, Given>> Charge(int amount)
    {
        await Task.Yield();
        return amount > 10 ? Interrupt.With(new Given(amount)) : amount;
    }

    public async Task<string> Upper(string text, Memory memory)
    {
        await Task.Yield();
        memory.Write(0, 77);
        return text.ToUpperInvariant();
    }

    public async Task<int> CallBack(int value)
    {
        await Task.Delay(1);
        int result = Guest!.Plain(value);
        await Task.Yield();
        return result + Guest.Add(1, 2);
    }

    public async Task Forever(CancellationToken token) => await Task.Delay(Timeout.Infinite, token);

    public Task LeaveRunning()
    {
        _ = GoOn();
        return Task.CompletedTask;

        async Task GoOn()
        {
            await Task.Delay(20);
            Left.SetResult();
        }
    }

    public Task<int> NoTask() => null!;
}

[WasmExport]
public sealed partial class AsyncGuest
{
    public partial void Run();

    public partial int Add(int left, int right);

    public partial int AtOnce(int value);

    public partial void Later();

    public partial void Stop();

    public partial GuestResult<int> Charge(int amount);

    public partial string Upper(string text);

    public partial int CallBack(int value);

    public partial int Plain(int value);

    public partial void Forever(CancellationToken token);

    public partial void LeaveRunning();

    public partial int NoTask();

    public partial Memory Memory { get; }
}

/// <summary>The same guest, whose calls do not hold up the caller.</summary>
[WasmExport]
public sealed partial class TaskGuest
{
    public partial Task<int> Add(int left, int right);

    [WasmName("add")]
    public partial Task<GuestResult<int>> TryAdd(int left, int right, CancellationToken token);

    public partial Task Stop();

    public partial Task<string> Upper(string text);

    public partial Task<GuestResult<int>> Charge(int amount);

    public partial Task Forever(CancellationToken token);

    public partial Task Run();

    [Timeout(20)]
    public partial Task Spin();
}

[WasmExport]
public sealed partial class SumGuest
{
    public partial Task<int> Add(int left, int right);
}

[WasmExport]
public sealed partial class RunGuest
{
    public partial void Run();

    [WasmName("run")]
    public partial Task RunLater();
}

/// <summary>Host methods that return tasks: the guest waits, and everything goes on on its thread.</summary>
public sealed class AsyncTests : IDisposable
{
    private readonly World _world = new();
    private readonly AsyncHost _host = new();
    private readonly AsyncGuest _guest;
    private readonly TaskGuest _tasks;

    public AsyncTests()
    {
        _world.Linker.Define(_host);
        Instance instance = _world.Instantiate("""
            (module
              (import "async" "run" (func $run))
              (import "async" "add" (func $add (param i32 i32) (result i32)))
              (import "async" "at_once" (func $at_once (param i32) (result i32)))
              (import "async" "later" (func $later))
              (import "async" "stop" (func $stop))
              (import "async" "charge" (func $charge (param i32) (result i32)))
              (import "async" "upper" (func $upper (param i32 i32 i32)))
              (import "async" "call_back" (func $call_back (param i32) (result i32)))
              (import "async" "forever" (func $forever))
              (import "async" "leave_running" (func $leave_running))
              (import "async" "no_task" (func $no_task (result i32)))
              (memory (export "memory") 1)
              (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 256))
              (func (export "run") (call $run))
              (func (export "add") (param i32 i32) (result i32) (call $add (local.get 0) (local.get 1)))
              (func (export "at_once") (param i32) (result i32) (call $at_once (local.get 0)))
              (func (export "later") (call $later))
              (func (export "stop") (call $stop))
              (func (export "charge") (param i32) (result i32) (call $charge (local.get 0)))
              (func (export "upper") (param i32 i32) (result i32)
                (call $upper (local.get 0) (local.get 1) (i32.const 16)) (i32.const 16))
              (func (export "call_back") (param i32) (result i32) (call $call_back (local.get 0)))
              (func (export "plain") (param i32) (result i32) (local.get 0))
              (func (export "forever") (call $forever))
              (func (export "leave_running") (call $leave_running))
              (func (export "spin") (loop (br 0)))
              (func (export "no_task") (result i32) (call $no_task)))
            """);
        _guest = new AsyncGuest(instance);
        _tasks = new TaskGuest(instance);
        _host.Guest = _guest;
    }

    public void Dispose() => _world.Dispose();

    [Fact]
    public void What_is_sent_to_the_guest_s_thread_runs_there()
    {
        int guestThread = 0;
        int sentTo = 0;
        _host.OnRun = async () =>
        {
            guestThread = Environment.CurrentManagedThreadId;
            SynchronizationContext context = SynchronizationContext.Current!;
            context.Send(_ => sentTo++, null);
            await Task.Run(() => context.Send(_ => sentTo += Environment.CurrentManagedThreadId, null));
            await Assert.ThrowsAsync<QuotaException>(
                () => Task.Run(() => context.Send(static _ => throw new QuotaException("sent"), null)));
        };
        _guest.Run();
        Assert.Equal(guestThread + 1, sentTo);
    }

    [Fact]
    public void The_guest_waits_for_the_result()
    {
        Assert.Equal(8, _guest.Add(1, 7));
        Assert.Equal(2, _guest.AtOnce(1));
        Assert.Equal("HELLO", _guest.Upper("hello"));
        Assert.Equal(77, _guest.Memory.Read<int>(0));
        Assert.Equal(8, _guest.CallBack(5));
    }

    [Fact]
    public void What_was_awaited_goes_on_on_the_guest_s_thread()
    {
        _guest.Later();
        Assert.Equal([Environment.CurrentManagedThreadId], _host.Threads);
        _host.OnRun = async () =>
        {
            await Task.Delay(1).ConfigureAwait(false);
            Assert.NotEqual(_host.Threads[0], Environment.CurrentManagedThreadId);
            // for once not: the store is the guest's thread's
            Assert.Throws<InvalidOperationException>(() => _guest.Plain(1));
        };
        _guest.Run();
    }

    [Fact]
    public void Errors_end_the_guest_as_if_the_method_had_not_waited()
    {
        Assert.Equal("late", Assert.Throws<QuotaException>(_guest.Stop).Message);
        Assert.Equal(3, _guest.Charge(3).Value);
        Assert.True(_guest.Charge(11).TryGetInterrupt(out Given given) && given.Number == 11);
        _host.OnRun = static async () =>
        {
            await Task.Yield();
            throw new NotSupportedException("surprise");
        };
        Assert.IsType<NotSupportedException>(Assert.Throws<HostFunctionException>(_guest.Run).InnerException);
        Assert.IsType<ArgumentNullException>(
            Assert.Throws<HostFunctionException>(() => _guest.NoTask()).InnerException);
        Assert.Equal(8, _guest.Add(1, 7));
    }

    [Fact]
    public void The_call_s_token_ends_the_waiting()
    {
        using var source = new CancellationTokenSource();
        _host.OnRun = null;
        using var timer = new Timer(_ => source.Cancel(), null, 20, Timeout.Infinite);
        Assert.Equal(
            source.Token,
            Assert.ThrowsAny<OperationCanceledException>(() => _guest.Forever(source.Token)).CancellationToken);
        Assert.Equal(8, _guest.Add(1, 7));
    }

    [Fact]
    public void A_context_that_waits_for_this_thread_is_left_alone()
    {
        var context = new NeverContext();
        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            Assert.Equal(8, _guest.Add(1, 7));
            Assert.Equal(8, _guest.CallBack(5));
            Assert.Throws<QuotaException>(_guest.Stop);
            Assert.Same(context, SynchronizationContext.Current);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    [Fact]
    public async Task What_a_method_leaves_running_goes_on()
    {
        _guest.LeaveRunning();
        await _host.Left.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Calls_that_return_tasks_run_one_after_the_other_on_one_thread()
    {
        int caller = Environment.CurrentManagedThreadId;
        var threads = new List<int>();
        _host.OnRun = () =>
        {
            threads.Add(Environment.CurrentManagedThreadId);
            return Task.CompletedTask;
        };
        Task<int>[] sums = [.. Enumerable.Range(0, 20).Select(i => _tasks.Add(i, i))];
        Task[] runs = [_tasks.Run(), _tasks.Run()];
        Assert.Equal(Enumerable.Range(0, 20).Select(static i => 2 * i), await Task.WhenAll(sums));
        await Task.WhenAll(runs);
        Assert.Equal("TEXT", await _tasks.Upper("text"));
        Assert.Equal(2, threads.Count);
        Assert.Single(threads.Distinct());
        Assert.DoesNotContain(caller, threads);
        Assert.Equal(8, _guest.Add(1, 7)); // and nobody else is in the store now
    }

    [Fact]
    public async Task A_host_method_may_wait_for_a_task_that_it_starts()
    {
        int waited = 0;
        _host.OnRun = () =>
        {
            waited = Task.Factory.StartNew(
                static () => 7, CancellationToken.None, TaskCreationOptions.None, TaskScheduler.Current).Result;
            return Task.CompletedTask;
        };
        await _tasks.Run().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(7, waited);
    }

    [Fact]
    public async Task Errors_of_a_call_are_those_of_its_task()
    {
        var late = await Assert.ThrowsAsync<QuotaException>(_tasks.Stop);
        Assert.NotNull(GuestBacktrace.Of(late));
        Assert.True((await _tasks.Charge(11)).TryGetInterrupt(out Given given) && given.Number == 11);
        await Assert.ThrowsAsync<GuestTimeoutException>(_tasks.Spin);
        using var source = new CancellationTokenSource();
        Task forever = _tasks.Forever(source.Token);
        Assert.False(forever.IsCompleted);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => forever);
        Assert.True(forever.IsCanceled);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _tasks.Forever(source.Token));
        Assert.Equal(3, await _tasks.Add(1, 2));
        _world.Store.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _tasks.Add(1, 2));
    }

    [Fact]
    public async Task What_awaits_a_call_does_not_go_on_on_the_stores_thread()
    {
        _host.OnRun = () => Task.Delay(20);
        int guests = 0;
        int after = await Task.Run(async () =>
        {
            await _tasks.Run();
            return Environment.CurrentManagedThreadId;
        });
        _host.OnRun = () =>
        {
            guests = Environment.CurrentManagedThreadId;
            return Task.CompletedTask;
        };
        await _tasks.Run();
        Assert.NotEqual(guests, after); // there, waiting for another call would be for ever
    }

    [Fact]
    public async Task A_call_that_returns_errors_returns_a_cancellation_too()
    {
        _host.OnRun = () => Task.Delay(50);
        using var source = new CancellationTokenSource();
        Task first = _tasks.Run();
        Task<GuestResult<int>> queued = _tasks.TryAdd(1, 2, source.Token);
        await source.CancelAsync();
        Assert.Equal(GuestErrorKind.Cancelled, (await queued).Error.Kind);
        Assert.Equal(GuestErrorKind.Cancelled, (await _tasks.TryAdd(1, 2, source.Token)).Error.Kind);
        await first;
    }

    [Fact]
    public void An_interrupt_that_comes_by_a_task_passes_through_as_itself()
    {
        using var other = new World();
        var host = new AsyncHost();
        other.Linker.Define(host);
        var outer = new RunGuest(other.Instantiate(
            """(module (import "async" "run" (func $run)) (func $outer (export "run") (call $run)))"""));
        host.OnRun = _tasks.Stop;
        var exception = Assert.Throws<QuotaException>(outer.Run);
        Assert.Equal("outer", GuestBacktrace.Of(exception)!.Frames[^1].FunctionName);

        host.OnRun = () => throw exception; // long since delivered
        Assert.Same(exception, Assert.Throws<HostFunctionException>(outer.Run).InnerException);
    }

    [Fact]
    public async Task The_stores_thread_ends_with_the_store()
    {
        Thread? thread = null;
        _host.OnRun = () =>
        {
            thread = Thread.CurrentThread;
            return Task.CompletedTask;
        };
        await _tasks.Run();
        _world.Store.Dispose();
        Assert.True(thread!.Join(TimeSpan.FromSeconds(5)));
        await Assert.ThrowsAsync<ObjectDisposedException>(_tasks.Run);
    }

    [Fact]
    public async Task Disposing_asynchronously_waits_for_calls_and_for_the_thread()
    {
        Thread? thread = null;
        var go = new TaskCompletionSource();
        _host.OnRun = () =>
        {
            thread = Thread.CurrentThread;
            return go.Task;
        };
        Task running = _tasks.Run();
        Task<int> waiting = _tasks.Add(1, 2);
        SpinWait.SpinUntil(() => thread is not null);
        Task disposal = _world.Store.DisposeAsync().AsTask();
        Task<int> late = _tasks.Add(3, 4);
        Assert.False(disposal.IsCompleted);
        go.SetResult();
        await disposal.WaitAsync(TimeSpan.FromSeconds(20));
        await running;
        Assert.Equal(3, await waiting);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => late);
        Assert.Throws<ObjectDisposedException>(() => _guest.Plain(1));
        Assert.True(thread!.Join(TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task Many_stores_are_disposed_while_their_calls_wait()
    {
        using Module module = Module.FromText(
            _world.Engine, "many",
            """(module (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1))))""");
        await Task.WhenAll(Enumerable.Range(0, 100).Select(async i =>
        {
            var store = new Store(_world.Engine);
            var guest = new SumGuest(_world.Linker.Instantiate(store, module));
            Task<int>[] sums = [.. Enumerable.Range(0, 10).Select(n => guest.Add(i, n))];
            await Task.WhenAll(Task.Run(() => store.DisposeAsync().AsTask()), store.DisposeAsync().AsTask());
            Assert.Equal(Enumerable.Range(0, 10).Select(n => i + n), await Task.WhenAll(sums));
            await Assert.ThrowsAsync<ObjectDisposedException>(() => guest.Add(1, 2));
        }));
    }

    [Fact]
    public async Task A_host_method_that_disposes_its_store_asynchronously_waits_for_nothing()
    {
        _host.OnRun = async () => await _world.Store.DisposeAsync();
        await _tasks.Run().WaitAsync(TimeSpan.FromSeconds(20));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _tasks.Add(1, 2));

        using var world = new World();
        await using (world.Store)
        {
        }

        Assert.Throws<ObjectDisposedException>(() => world.Instantiate("(module)"));
    }

    [Fact]
    public async Task Disposing_a_store_waits_for_the_call_of_another_thread()
    {
        var inside = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        _host.OnRun = () =>
        {
            inside.SetResult();
            return go.Task;
        };
        Task call = Task.Run(_guest.Run);
        await inside.Task;
        Task disposal = _world.Store.DisposeAsync().AsTask();
        Assert.False(disposal.IsCompleted);
        go.SetResult();
        await call;
        await disposal.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Throws<ObjectDisposedException>(() => _guest.Add(1, 2));
    }

    [Fact]
    public async Task Disposing_a_store_during_a_task_takes_effect_after_it()
    {
        var inside = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        _host.OnRun = () =>
        {
            inside.SetResult();
            return go.Task;
        };
        Task call = _tasks.Run();
        await inside.Task;
        _world.Store.Dispose();
        go.SetResult();
        await call;
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _tasks.Add(1, 2));
    }

    [Fact]
    public async Task The_stores_thread_has_room_for_the_guests_stack()
    {
        using var world = new World(new EngineOptions { MaxWasmStack = 32 << 20 });
        var guest = new RunGuest(world.Instantiate("(module (func $f (export \"run\") (call $f)))"));
        Assert.Equal(TrapCode.StackOverflow, (await Assert.ThrowsAsync<TrapException>(guest.RunLater)).Code);
    }

    /// <summary>That of a user interface whose thread is busy.</summary>
    private sealed class NeverContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => Assert.Fail("Posted to the outer context.");

        public override void Send(SendOrPostCallback d, object? state) => Assert.Fail("Sent to the outer context.");
    }
}
