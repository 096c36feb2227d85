using System.Text;

namespace WasmBindgen.EndToEnd.Tests;

public readonly record struct OutOfQuota(int Left);

public sealed record Stopped(string Why);

[WasmImport("quota")]
public sealed partial class QuotaHost
{
    internal int Left { get; set; } = 10;

    internal Exception? Throws { get; set; }

    internal QuotaException? Returns { get; set; }

    internal Func<int, int>? OnNested { get; set; }

    public Interruptible<int, OutOfQuota> Charge(int amount) =>
        amount <= Left ? Left -= amount : Interrupt.With(new OutOfQuota(Left));

    public Interruptible<OutOfQuota> Check(int amount) =>
        amount <= Left ? default : Interrupt.With(new OutOfQuota(Left));

    public Interrupt<Stopped> Stop() => Interrupt.With(new Stopped("asked to"));

    public Interrupt<QuotaException> StopWithException() => Interrupt.With(Returns!);

    public Interrupt<Mute> Silence() => Interrupt.With<Mute>(default);

    /// <summary>The same type for the result and the error.</summary>
    public Interruptible<int, int> Same(int value) => value < 0 ? Interrupt.With(-value) : value;

    public Interruptible<Rune, string?> Letter(int value) =>
        value == 0 ? Interrupt.With<string?>(null) : new Rune(value);

    [Interrupts<QuotaException>]
    public void Throw() => throw Throws!;

    public int Nested(int value) => OnNested!(value);
}

public readonly struct Mute
{
    public override string ToString() => throw new NotSupportedException();
}

/// <summary>The same exports twice: as calls that return errors, and as calls that throw them.</summary>
[WasmExport]
public sealed partial class QuotaResults
{
    public partial GuestResult<int> Charge(int amount);

    public partial GuestResult Check(int amount);

    public partial GuestResult Stop();

    [WasmName("stop")]
    public partial void StopOrThrow();

    public partial GuestResult StopWithException();

    public partial GuestResult Silence();

    public partial GuestResult<int> Same(int value);

    public partial GuestResult<Rune> Letter(int value);

    public partial GuestResult Throw();

    public partial GuestResult<int> Nested(int value);

    public partial GuestResult Unreachable();

    [WasmName("identity")]
    public partial GuestResult<Level> BadLevel(int error);
}

[WasmExport]
public sealed partial class QuotaGuest
{
    public partial int Charge(int amount);

    public partial void Check(int amount);

    public partial void Stop();

    public partial void StopWithException();

    public partial int Same(int value);

    public partial Rune Letter(int value);

    public partial int Nested(int value);
}

public sealed class ResultTests : IDisposable
{
    internal const string Wat = """
        (module $guest
          (import "quota" "charge" (func $charge (param i32) (result i32)))
          (import "quota" "check" (func $check (param i32)))
          (import "quota" "stop" (func $stop))
          (import "quota" "stop_with_exception" (func $stop_with_exception))
          (import "quota" "silence" (func $silence))
          (import "quota" "same" (func $same (param i32) (result i32)))
          (import "quota" "letter" (func $letter (param i32) (result i32)))
          (import "quota" "throw" (func $throw))
          (import "quota" "nested" (func $nested (param i32) (result i32)))
          (func $via_charge (export "charge") (param i32) (result i32) (call $charge (local.get 0)))
          (func (export "check") (param i32) (call $check (local.get 0)))
          (func $via_stop (export "stop") (call $stop))
          (func (export "stop_with_exception") (call $stop_with_exception))
          (func (export "silence") (call $silence))
          (func (export "same") (param i32) (result i32) (call $same (local.get 0)))
          (func (export "letter") (param i32) (result i32) (call $letter (local.get 0)))
          (func $via_throw (export "throw") (call $throw))
          (func $via_nested (export "nested") (param i32) (result i32) (call $nested (local.get 0)))
          (func $crash (export "unreachable") unreachable)
          (func (export "identity") (param i32) (result i32) (local.get 0)))
        """;

    private readonly World _world = new();
    private readonly QuotaHost _host = new();
    private readonly QuotaResults _results;
    private readonly QuotaGuest _guest;

    public ResultTests()
    {
        _world.Linker.Define(_host);
        Instance instance = _world.Instantiate(Wat);
        _results = new QuotaResults(instance);
        _guest = new QuotaGuest(instance);
    }

    public void Dispose() => _world.Dispose();

    [Fact]
    public void A_value_arrives_as_a_result()
    {
        GuestResult<int> result = _results.Charge(3);
        Assert.True(result.IsOk);
        Assert.Equal(7, result.Value);
        Assert.Equal(7, result.Unwrap());
        Assert.True(result.TryGetValue(out int value) && value == 7);
        Assert.False(result.TryGetInterrupt<OutOfQuota>(out _));
        Assert.Equal(GuestErrorKind.None, result.Error.Kind);
        Assert.Equal("ok: 7", result.ToString());
        Assert.Equal("7", result.Match(ok => $"{ok}", error => error.ToString()));
        Assert.True(_results.Check(1).IsOk);
        _results.Check(1).Unwrap();
        Assert.Throws<InvalidOperationException>(() => result.Error.ToException());
    }

    [Fact]
    public void A_returned_error_arrives_as_itself_without_any_exception()
    {
        int thrown = 0;
        void Count(object? sender, System.Runtime.ExceptionServices.FirstChanceExceptionEventArgs e) =>
            thrown += e.Exception is WasmException ? 1 : 0;
        AppDomain.CurrentDomain.FirstChanceException += Count;
        GuestResult<int> result = _results.Charge(11);
        GuestResult check = _results.Check(11);
        GuestResult stop = _results.Stop();
        AppDomain.CurrentDomain.FirstChanceException -= Count;

        Assert.Equal(0, thrown);
        Assert.False(result.IsOk);
        Assert.True(result.TryGetInterrupt(out OutOfQuota quota));
        Assert.Equal(new OutOfQuota(10), quota);
        Assert.False(result.TryGetInterrupt<Stopped>(out _));
        Assert.Equal(GuestErrorKind.Interrupt, result.Error.Kind);
        Assert.Null(result.Error.Exception);
        Assert.Contains(
            "OutOfQuota",
            Assert.Throws<InvalidOperationException>(() => result.Value).Message,
            StringComparison.Ordinal);
        Assert.True(check.TryGetInterrupt(out OutOfQuota _));
        Assert.True(stop.TryGetInterrupt(out Stopped? stopped));
        Assert.Equal("asked to", stopped!.Why);
        Assert.Equal("interrupted", stop.Match(() => "ok", error => "interrupted"));
    }

    [Fact]
    public void One_export_can_be_bound_to_throw_and_to_return()
    {
        Assert.True(_results.Stop().TryGetInterrupt(out Stopped? returned));
        var thrown = Assert.Throws<GuestInterruptedException<Stopped>>(_results.StopOrThrow);
        Assert.Equal(returned, thrown.Error);
    }

    [Fact]
    public void A_backtrace_can_be_asked_for_until_the_next_failure()
    {
        GuestError first = _results.Stop().Error;
        Assert.True(_results.Charge(1).IsOk); // a success in between does no harm
        Assert.Equal("via_stop", Assert.Single(first.Backtrace!.Frames).FunctionName);
        GuestError second = _results.Charge(100).Error;
        Assert.Null(first.Backtrace);
        Assert.Equal("via_charge", Assert.Single(second.Backtrace!.Frames).FunctionName);
        Assert.Equal(["via_charge"], second.Backtrace!.Frames.Select(frame => frame.FunctionName)); // again
        _world.Store.Dispose();
        Assert.Equal("via_charge", second.Backtrace!.Frames[0].FunctionName);
    }

    [Fact]
    public void A_throwing_call_gets_an_exception_with_the_error()
    {
        var exception = Assert.Throws<GuestInterruptedException<OutOfQuota>>(() => _guest.Charge(11));
        Assert.Equal(new OutOfQuota(10), exception.Error);
        Assert.Equal("via_charge", Assert.Single(exception.Backtrace!.Frames).FunctionName);
        Assert.Throws<GuestInterruptedException<OutOfQuota>>(() => _guest.Check(11));
        Assert.Equal("asked to", Assert.Throws<GuestInterruptedException<Stopped>>(_guest.Stop).Error.Why);
        Assert.Equal(5, _guest.Same(5));
        Assert.Equal(5, Assert.Throws<GuestInterruptedException<int>>(() => _guest.Same(-5)).Error);
        Assert.Equal(new Rune('x'), _guest.Letter('x'));
        Assert.Null(Assert.Throws<GuestInterruptedException<string?>>(() => _guest.Letter(0)).Error);
    }

    [Fact]
    public void What_a_host_method_returns_has_a_text()
    {
        Interrupt<int> interrupt = Interrupt.With(7);
        Assert.Equal("interrupt: 7", interrupt.ToString());
        Assert.Equal("interrupt: 7", ((Interruptible<int>)interrupt).ToString());
        Assert.Equal("interrupt: 7", ((Interruptible<string, int>)interrupt).ToString());
        Assert.Equal("ok", default(Interruptible<int>).ToString());
        Assert.Equal("ok: text", ((Interruptible<string, int>)"text").ToString());
    }

    [Fact]
    public void One_catch_is_enough_for_errors_of_any_type()
    {
        Assert.Equal(
            new OutOfQuota(10), Assert.ThrowsAny<GuestInterruptedException>(() => _guest.Charge(11)).ErrorValue);
        Assert.Equal(5, Assert.ThrowsAny<GuestInterruptedException>(() => _guest.Same(-5)).ErrorValue);
        Assert.Null(Assert.ThrowsAny<GuestInterruptedException>(() => _guest.Letter(0)).ErrorValue);
    }

    [Fact]
    public void Unwrap_throws_what_a_throwing_call_would_have_thrown()
    {
        Assert.Equal(
            new OutOfQuota(10),
            Assert.Throws<GuestInterruptedException<OutOfQuota>>(() => _results.Charge(11).Unwrap()).Error);
        var trap = Assert.Throws<TrapException>(() => _results.Unreachable().Unwrap());
        Assert.Equal(TrapCode.Unreachable, trap.Code);
        Assert.Equal("crash", Assert.Single(trap.Backtrace!.Frames).FunctionName);
    }

    [Fact]
    public void An_error_that_is_an_exception_is_thrown_as_itself()
    {
        _host.Returns = new QuotaException("returned");
        Assert.Same(_host.Returns, Assert.Throws<QuotaException>(_guest.StopWithException));
        Assert.NotEmpty(GuestBacktrace.Of(_host.Returns)!.Frames);
        GuestResult result = _results.StopWithException();
        Assert.True(result.TryGetInterrupt(out QuotaException? exception));
        Assert.Same(_host.Returns, exception);
        Assert.Same(_host.Returns, result.Error.Exception);
        Assert.Same(_host.Returns, Assert.Throws<QuotaException>(() => result.Unwrap()));
        Assert.EndsWith("QuotaException: returned", result.ToString(), StringComparison.Ordinal); // one line
    }

    [Fact]
    public void A_thrown_interrupt_arrives_as_an_error_with_the_same_object()
    {
        _host.Throws = new DiskQuotaException();
        GuestResult result = _results.Throw();
        Assert.Equal(GuestErrorKind.Interrupt, result.Error.Kind);
        Assert.True(result.TryGetInterrupt(out QuotaException? exception));
        Assert.Same(_host.Throws, exception);
        Assert.Equal("via_throw", Assert.Single(result.Error.Backtrace!.Frames).FunctionName);
    }

    [Fact]
    public void An_undeclared_exception_arrives_as_an_error()
    {
        _host.Throws = new TimeoutException();
        GuestError error = _results.Throw().Error;
        Assert.Equal(GuestErrorKind.HostFunction, error.Kind);
        Assert.Same(_host.Throws, Assert.IsType<HostFunctionException>(error.Exception).InnerException);
        Assert.False(error.TryGetInterrupt<TimeoutException>(out _));
    }

    [Fact]
    public void A_trap_arrives_as_an_error()
    {
        GuestResult result = _results.Unreachable();
        Assert.Equal(GuestErrorKind.Trap, result.Error.Kind);
        Assert.Equal(TrapCode.Unreachable, result.Error.TrapCode);
        Assert.Null(result.Error.Exception);
        Assert.Equal("crash", Assert.Single(result.Error.Backtrace!.Frames).FunctionName);
        Assert.Equal("trap: Unreachable", result.ToString());
    }

    [Fact]
    public void A_bad_result_arrives_as_an_error()
    {
        GuestResult<Level> result = _results.BadLevel(2);
        Assert.Equal(GuestErrorKind.GuestMemory, result.Error.Kind);
        Assert.IsType<GuestMemoryException>(result.Error.Exception);
        Assert.Equal(Level.High, _results.BadLevel(1).Value);
    }

    [Fact]
    public void Errors_pass_through_nested_guests_with_their_type()
    {
        // The host method throws on what the inner call ended with.
        _host.OnNested = _guest.Charge;
        GuestError error = _results.Nested(11).Error;
        Assert.IsType<GuestInterruptedException<OutOfQuota>>(error.Exception);
        Assert.Equal(["via_charge", "via_nested"], error.Backtrace!.Frames.Select(frame => frame.FunctionName));

        // The host method reads it and goes on.
        _host.OnNested = amount => _results.Charge(amount).TryGetInterrupt(out OutOfQuota quota) ? quota.Left : -1;
        Assert.Equal(10, _results.Nested(11).Value);
    }

    [Fact]
    public void An_error_may_be_null()
    {
        GuestResult<Rune> result = _results.Letter(0);
        Assert.True(result.TryGetInterrupt(out string? error));
        Assert.Null(error);
        Assert.False(result.TryGetInterrupt<Stopped>(out _));
        Assert.False(_results.Letter('x').TryGetInterrupt<string>(out _));
    }

    [Fact]
    public void An_error_whose_text_cannot_be_made_still_arrives()
    {
        var exception = Assert.Throws<GuestInterruptedException<Mute>>(() => _results.Silence().Unwrap());
        Assert.Contains(nameof(Mute), exception.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(Mute), _results.Silence().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_guest_is_usable_afterwards()
    {
        for (int i = 0; i < 10; i++)
        {
            Assert.False(_results.Charge(11).IsOk);
            Assert.False(_results.Unreachable().IsOk);
            Assert.True(_results.Check(10).IsOk);
        }
    }
}
