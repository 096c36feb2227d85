using System.Runtime.CompilerServices;

namespace WasmBindgen.EndToEnd.Tests;

public class QuotaException(string what) : Exception(what);

public sealed class DiskQuotaException() : QuotaException("disk");

/// <summary>A user's exception that derives from the library's own base.</summary>
public sealed class PluginException() : WasmException("plugin");

/// <summary>Host functions that end the guest in every way.</summary>
[WasmImport("env")]
public sealed partial class InterruptHost
{
    internal Func<int, int>? OnCall { get; set; }

    internal Func<int, int>? OnDeclared { get; set; }

    internal Func<int, int>? OnAny { get; set; }

    /// <summary>Declares nothing.</summary>
    public int Call(int value) => OnCall!(value);

    [Interrupts<QuotaException>, Interrupts<PluginException>]
    public int Declared(int value) => OnDeclared!(value);

    [Interrupts]
    public int Any(int value) => OnAny!(value);
}

[WasmExport]
public sealed partial class InterruptGuest
{
    public partial int Call(int value);

    public partial int Declared(int value);

    public partial int Any(int value);

    public partial int Plain(int value);

    public partial int Unreachable();

    public partial int Marks { get; set; }
}

public sealed class InterruptTests : IDisposable
{
    internal const string Wat = """
        (module $guest
          (import "env" "call" (func $call (param i32) (result i32)))
          (import "env" "declared" (func $declared (param i32) (result i32)))
          (import "env" "any" (func $any (param i32) (result i32)))
          (global (export "marks") (mut i32) (i32.const 0))
          (func $mark (global.set 0 (i32.add (global.get 0) (i32.const 1))))
          (func $via_call (export "call") (param i32) (result i32) (call $call (local.get 0)) (call $mark))
          (func $via_declared (export "declared") (param i32) (result i32) (call $declared (local.get 0)) (call $mark))
          (func $via_any (export "any") (param i32) (result i32) (call $any (local.get 0)) (call $mark))
          (func (export "plain") (param i32) (result i32) (local.get 0))
          (func $crash (export "unreachable") (result i32) unreachable))
        """;

    private readonly World _world = new();
    private readonly InterruptHost _host = new();
    private readonly InterruptGuest _guest;

    public InterruptTests()
    {
        _world.Linker.Define(_host);
        _guest = new InterruptGuest(_world.Instantiate(Wat));
    }

    public void Dispose() => _world.Dispose();

    [Fact]
    public void A_declared_exception_arrives_as_the_same_object_with_both_traces()
    {
        var thrown = new QuotaException("calls");
        _host.OnDeclared = _ => ThrowFromHere(thrown);

        var caught = Assert.Throws<QuotaException>(() => _guest.Declared(1));

        Assert.Same(thrown, caught);
        Assert.Contains(nameof(ThrowFromHere), caught.StackTrace, StringComparison.Ordinal);
        GuestBacktrace backtrace = GuestBacktrace.Of(caught)!;
        GuestFrame frame = Assert.Single(backtrace.Frames);
        Assert.Equal("via_declared", frame.FunctionName);
        Assert.Equal("guest", frame.ModuleName);
        Assert.Equal(5, frame.FunctionIndex); // three imports and $mark come first
        Assert.True(frame.ModuleOffset > 0);
        Assert.StartsWith(
            "   at import env.declared: func (param i32) (result i32)\n   at guest!via_declared in 0x",
            backtrace.ToString(),
            StringComparison.Ordinal);
        Assert.False(backtrace.IsTruncated);
        Assert.Equal(0, _guest.Marks); // the guest did not go on
    }

    [Fact]
    public void A_derived_exception_is_declared_too()
    {
        _host.OnDeclared = _ => throw new DiskQuotaException();
        Assert.Throws<DiskQuotaException>(() => _guest.Declared(1));
    }

    [Fact]
    public void A_users_exception_that_derives_from_ours_arrives_as_itself_when_declared()
    {
        var thrown = new PluginException();
        _host.OnDeclared = _ => throw thrown;
        Assert.Same(thrown, Assert.Throws<PluginException>(() => _guest.Declared(1)));
        Assert.NotNull(thrown.Backtrace);
    }

    [Fact]
    public void A_users_exception_that_derives_from_ours_is_wrapped_when_undeclared()
    {
        var thrown = new PluginException();
        _host.OnCall = _ => throw thrown;
        Assert.Same(thrown, Assert.Throws<HostFunctionException>(() => _guest.Call(1)).InnerException);
    }

    [Fact]
    public void An_untyped_declaration_lets_everything_through_as_itself()
    {
        var thrown = new InvalidOperationException("any");
        _host.OnAny = _ => throw thrown;
        Assert.Same(thrown, Assert.Throws<InvalidOperationException>(() => _guest.Any(1)));
    }

    [Fact]
    public void An_undeclared_exception_names_the_function_and_keeps_the_original()
    {
        var thrown = new InvalidOperationException("not declared");
        _host.OnCall = _ => throw thrown;

        var caught = Assert.Throws<HostFunctionException>(() => _guest.Call(1));

        Assert.Equal("env", caught.Module);
        Assert.Equal("call", caught.Function);
        Assert.Same(thrown, caught.InnerException);
        Assert.Contains("`env.call`", caught.Message, StringComparison.Ordinal);
        Assert.Equal("via_call", Assert.Single(caught.Backtrace!.Frames).FunctionName);
        Assert.Equal(0, _guest.Marks);
    }

    [Fact]
    public void A_declared_method_wraps_what_it_did_not_declare()
    {
        _host.OnDeclared = _ => throw new TimeoutException();
        Assert.IsType<TimeoutException>(Assert.Throws<HostFunctionException>(() => _guest.Declared(1)).InnerException);
    }

    [Fact]
    public void The_guest_is_usable_after_an_interrupt()
    {
        _host.OnDeclared = value => value == 0 ? throw new QuotaException("once") : value;
        Assert.Throws<QuotaException>(() => _guest.Declared(0));
        Assert.Equal(5, _guest.Declared(5));
        Assert.Equal(1, _guest.Marks);
    }

    [Fact]
    public void A_pending_error_never_reaches_a_later_call()
    {
        _host.OnDeclared = _ => throw new QuotaException("first");
        Assert.Throws<QuotaException>(() => _guest.Declared(1));
        Assert.Equal(7, _guest.Plain(7));
        Assert.Equal(TrapCode.Unreachable, Assert.Throws<TrapException>(() => _guest.Unreachable()).Code);
        Assert.True(_world.Store.Pending.IsNone);
    }

    [Fact]
    public void An_interrupt_passes_through_nested_guests_as_the_same_object()
    {
        // host → guest (call) → host → guest (any) → host → guest (declared) → host throws
        var thrown = new QuotaException("deep");
        _host.OnCall = _guest.Any;
        _host.OnAny = _guest.Declared;
        _host.OnDeclared = _ => ThrowFromHere(thrown);

        var caught = Assert.Throws<QuotaException>(() => _guest.Call(1));

        Assert.Same(thrown, caught);
        Assert.Contains(nameof(ThrowFromHere), caught.StackTrace, StringComparison.Ordinal);
        Assert.Equal(
            ["via_declared", "via_any", "via_call"],
            GuestBacktrace.Of(caught)!.Frames.Select(frame => frame.FunctionName));
        Assert.Equal(0, _guest.Marks);
        Assert.Equal(3, _guest.Plain(3));
    }

    [Fact]
    public void A_trap_of_an_inner_guest_passes_through_as_itself()
    {
        _host.OnCall = _ => _guest.Unreachable();
        var trap = Assert.Throws<TrapException>(() => _guest.Call(1));
        Assert.Equal(TrapCode.Unreachable, trap.Code);
        Assert.Equal(["crash", "via_call"], trap.Backtrace!.Frames.Select(frame => frame.FunctionName));
    }

    [Fact]
    public void A_host_method_may_catch_an_inner_interrupt_and_go_on()
    {
        _host.OnDeclared = _ => throw new QuotaException("inner");
        _host.OnCall = value =>
        {
            Assert.Throws<QuotaException>(() => _guest.Declared(value));
            return 42;
        };

        Assert.Equal(42, _guest.Call(1));
        Assert.Equal(1, _guest.Marks);
    }

    [Fact]
    public void A_host_method_may_catch_an_inner_interrupt_and_throw_another()
    {
        var inner = new QuotaException("inner");
        _host.OnDeclared = _ => throw inner;
        _host.OnAny = value =>
        {
            try
            {
                return _guest.Declared(value);
            }
            catch (QuotaException exception)
            {
                throw new PluginFailedException(exception);
            }
        };

        var caught = Assert.Throws<PluginFailedException>(() => _guest.Any(1));
        Assert.Same(inner, caught.InnerException);
    }

    [Fact]
    public void An_interrupt_in_a_start_function_arrives_from_Instantiate()
    {
        var thrown = new QuotaException("start");
        _host.OnDeclared = _ => throw thrown;
        const string Start = """
            (module
              (import "env" "declared" (func $declared (param i32) (result i32)))
              (func $start (drop (call $declared (i32.const 1))))
              (start $start))
            """;
        Assert.Same(thrown, Assert.Throws<QuotaException>(() => _world.Instantiate(Start)));
        Assert.Equal("start", Assert.Single(GuestBacktrace.Of(thrown)!.Frames).FunctionName);

        using Module module = Module.FromText(_world.Engine, "start", Start);
        using InstancePre pre = _world.Linker.InstantiatePre(module);
        Assert.Same(thrown, Assert.Throws<QuotaException>(() => pre.Instantiate(_world.Store)));
        Assert.Equal(9, _guest.Plain(9));
    }

    [Fact]
    public void An_interrupt_crosses_a_guest_in_another_store()
    {
        using var other = new World();
        var thrown = new QuotaException("other store");
        var otherHost = new InterruptHost { OnDeclared = _ => throw thrown };
        other.Linker.Define(otherHost);
        var otherGuest = new InterruptGuest(
            other.Instantiate(Wat.Replace("$guest", "$other", StringComparison.Ordinal)));
        _host.OnCall = otherGuest.Declared;

        var caught = Assert.Throws<QuotaException>(() => _guest.Call(1));

        Assert.Same(thrown, caught);
        Assert.Equal(
            [("other", "via_declared"), ("guest", "via_call")],
            GuestBacktrace.Of(caught)!.Frames.Select(frame => (frame.ModuleName, frame.FunctionName)));
    }

    [Fact]
    public void Untyped_calls_end_in_the_same_ways()
    {
        using var world = new World();
        var host = new InterruptHost();
        world.Linker.Define(host);
        Instance instance = world.Instantiate(Wat);
        var thrown = new QuotaException("untyped");
        host.OnDeclared = _ => throw thrown;
        Assert.Same(thrown, Assert.Throws<QuotaException>(() => instance.GetFunction("declared")!.Call(1)));
        Assert.Equal(
            TrapCode.Unreachable, Assert.Throws<TrapException>(() => instance.GetFunction("unreachable")!.Call()).Code);
    }

    [Fact]
    public async Task Threads_with_stores_of_their_own_do_not_mix_their_interrupts()
    {
        const int Threads = 4;
        const int Calls = 300;
        var failures = new System.Collections.Concurrent.ConcurrentQueue<string>();
        using var engine = new Engine();
        using Module module = Module.FromText(engine, "guest", Wat);
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(
            () =>
            {
                QuotaException? last = null;
                var host = new InterruptHost
                {
                    OnDeclared = value =>
                        value % 2 == 0 ? value : throw (last = new QuotaException($"{thread}:{value}")),
                };
                using Linker linker = new Linker(engine).Define(host);
                using var store = new Store(engine);
                var guest = new InterruptGuest(linker.Instantiate(store, module));
                for (int i = 0; i < Calls; i++)
                {
                    try
                    {
                        if (guest.Declared(i) != i || i % 2 != 0)
                        {
                            failures.Enqueue($"{thread}:{i} returned");
                        }
                    }
                    catch (QuotaException exception)
                    {
                        if (!ReferenceEquals(exception, last) || exception.Message != $"{thread}:{i}")
                        {
                            failures.Enqueue($"{thread}:{i} got {exception.Message}");
                        }
                    }
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
        Assert.Empty(failures);
    }

    [Fact]
    public void An_exception_whose_message_throws_does_no_harm()
    {
        var thrown = new UnreadableException();
        _host.OnCall = _ => throw thrown;
        var caught = Assert.Throws<HostFunctionException>(() => _guest.Call(1));
        Assert.Same(thrown, caught.InnerException);
        Assert.Contains(nameof(UnreadableException), caught.Message, StringComparison.Ordinal);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int ThrowFromHere(Exception exception) => throw exception;

    private sealed class UnreadableException : Exception
    {
        public override string Message => throw new NotSupportedException();
    }

    private sealed class PluginFailedException(Exception inner) : Exception("failed", inner);
}
