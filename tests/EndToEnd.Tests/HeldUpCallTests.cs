using System.Collections.Concurrent;

namespace WasmBindgen.EndToEnd.Tests;

/// <summary>
/// Limits of a call whose guest waits for a host method: the method is told by its token, and the user when it does not
/// listen.
/// </summary>
public sealed class HeldUpCallTests : IDisposable
{
    private readonly World _world = new(new EngineOptions { OverdueAfter = TimeSpan.FromMilliseconds(50) });
    private readonly DeadlineHost _host = new();
    private readonly DeadlineGuest _guest;
    private readonly BlockingCollection<CallOverdueEventArgs> _told = [];

    public HeldUpCallTests()
    {
        _world.Linker.Define(_host);
        _guest = new DeadlineGuest(_world.Instantiate(DeadlineTests.Wat));
    }

    public void Dispose()
    {
        _world.Dispose();
        _told.Dispose();
    }

    [Fact]
    public void A_timeout_cancels_the_token_of_the_host_method()
    {
        _host.OnWork = static token =>
        {
            token.WaitHandle.WaitOne();
            token.ThrowIfCancellationRequested();
            return 1;
        };
        var exception = Assert.Throws<GuestTimeoutException>(() => _guest.WorkInner());
        Assert.Equal(30, exception.Timeout.TotalMilliseconds);
        Assert.Equal("work", exception.Backtrace!.Import!.Name);

        _world.Store.Timeout = TimeSpan.FromMilliseconds(40);
        Assert.Equal(40, Assert.Throws<GuestTimeoutException>(() => _guest.Work(default)).Timeout.TotalMilliseconds);
    }

    [Fact]
    public void A_method_that_may_interrupt_with_anything_obeys_a_timeout_too()
    {
        using var store = new Store(_world.Engine) { Timeout = TimeSpan.FromMilliseconds(20) };
        using var linker = new Linker(_world.Engine).Define(new PatientHost());
        using Module module = Module.FromText(
            _world.Engine,
            "guest",
            """(module (import "patient" "wait" (func $wait)) (func (export "run") (call $wait)))""");
        Function run = linker.Instantiate(store, module).GetFunction("run")!;
        Assert.Throws<GuestTimeoutException>(() => run.Call());
    }

    [Fact]
    public void A_token_beside_a_timeout_still_arrives_as_the_callers()
    {
        _world.Store.Timeout = TimeSpan.FromMinutes(1);
        using var source = new CancellationTokenSource(20);
        _host.OnWork = static token =>
        {
            token.WaitHandle.WaitOne();
            throw new OperationCanceledException(token);
        };
        Assert.Equal(
            source.Token, Assert.Throws<OperationCanceledException>(() => _guest.Work(source.Token)).CancellationToken);
    }

    [Fact]
    public void The_token_is_cancelled_with_an_outer_call_s()
    {
        using var outer = new CancellationTokenSource();
        using var inner = new CancellationTokenSource();
        int depth = 0;
        _host.OnWork = token =>
        {
            if (depth++ == 0)
            {
                return _guest.Work(inner.Token);
            }

            outer.CancelAfter(20);
            Assert.True(token.WaitHandle.WaitOne(TimeSpan.FromSeconds(30)));
            // as methods do that have a time of their own
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(token);
            linked.Token.ThrowIfCancellationRequested();
            return 0;
        };
        Assert.Equal(
            outer.Token, Assert.Throws<OperationCanceledException>(() => _guest.Work(outer.Token)).CancellationToken);
    }

    [Fact]
    public void A_call_that_does_not_end_is_told_of_once()
    {
        _world.Engine.CallOverdue += (sender, call) => _told.Add(call);
        _host.OnWork = _ =>
        {
            Assert.True(_told.TryTake(out CallOverdueEventArgs? told, TimeSpan.FromSeconds(30)));
            Assert.Same(_world.Store, told.Store);
            Assert.Equal("work_inner", told.Function);
            Assert.Same(Thread.CurrentThread, told.Thread);
            Assert.Equal(TimeSpan.FromMilliseconds(30), told.Timeout);
            Assert.True(told.Overdue >= TimeSpan.FromMilliseconds(50));
            Assert.False(told.IsCancelled);
            Assert.StartsWith(
                "The call of `work_inner` had 30 ms and is overdue by ", told.ToString(), StringComparison.Ordinal);
            Thread.Sleep(100);
            return 4;
        };
        Assert.Equal(4, _guest.WorkInner()); // it did end, and the guest had nothing more to do
        Assert.Empty(_told);
    }

    [Fact]
    public void A_cancelled_call_that_does_not_end_is_told_of()
    {
        _world.Engine.CallOverdue += (sender, call) => _told.Add(call);
        using var source = new CancellationTokenSource(10);
        _host.OnWork = _ => _told.TryTake(out CallOverdueEventArgs? told, TimeSpan.FromSeconds(30))
            && told is { IsCancelled: true, Timeout: null } ? 1 : 0;
        Assert.Equal(1, _guest.Work(source.Token));
    }

    [Fact]
    public void Calls_that_end_in_time_are_not_told_of()
    {
        _world.Engine.CallOverdue += (sender, call) => _told.Add(call);
        using var source = new CancellationTokenSource();
        _host.OnWork = _ => 2;
        Assert.Equal(2, _guest.Work(source.Token));
        source.Cancel();
        Thread.Sleep(200);
        Assert.Empty(_told);
    }
}

[WasmImport("patient")]
public sealed partial class PatientHost
{
    [Interrupts]
    public void Wait(CancellationToken token)
    {
        token.WaitHandle.WaitOne();
        token.ThrowIfCancellationRequested();
    }
}
