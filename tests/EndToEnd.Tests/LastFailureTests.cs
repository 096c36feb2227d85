namespace WasmBindgen.EndToEnd.Tests;

/// <summary>Stores whose guests end with their first failure.</summary>
public sealed class LastFailureTests : IDisposable
{
    private const string Wat = """
        (module
          (import "quota" "stop_with_exception" (func $stop))
          (import "quota" "charge" (func $charge (param i32) (result i32)))
          (memory (export "memory") 1)
          (global (export "left") (mut i32) (i32.const 5))
          (func (export "charge") (param i32) (result i32)
            (i32.store (i32.const 0) (local.get 0))
            (call $charge (local.get 0)))
          (func (export "stop") (call $stop))
          (func $trap (export "trap") unreachable)
          (func (export "text") (result i32) (i32.const 8))
          (func (export "fine") (result i32) (i32.const 1)))
        """;

    private readonly World _world = new(new EngineOptions(), new StoreOptions { EndsWithFailure = true });
    private readonly QuotaHost _host = new() { Returns = new QuotaException("no more") };
    private readonly Instance _instance;
    private readonly LastGuest _guest;

    public LastFailureTests()
    {
        _world.Linker.Define(_host);
        _instance = _world.Instantiate(Wat);
        _guest = new LastGuest(_instance);
    }

    public void Dispose() => _world.Dispose();

    [Fact]
    public void An_interrupt_is_thrown_by_every_later_call()
    {
        Assert.Equal(1, _guest.Fine());
        var first = Assert.Throws<QuotaException>(_guest.Stop);
        Assert.Same(first, Assert.Throws<QuotaException>(() => _guest.Fine()));
        Assert.Same(first, Assert.Throws<QuotaException>(() => _guest.Text()));
        Assert.Same(first, Assert.Throws<QuotaException>(() => _instance.GetFunction("fine")!.Call()));
        Assert.Same(first, Assert.Throws<QuotaException>(() => _world.Instantiate("(module (func $f) (start $f))")));
        Assert.Same(first, _guest.TryFine().Error.Exception);
    }

    [Fact]
    public void The_stack_trace_does_not_grow_by_each_later_call()
    {
        Assert.Throws<QuotaException>(_guest.Stop);
        int[] lengths = [.. Enumerable.Range(0, 20)
            .Select(_ => Assert.Throws<QuotaException>(() => _guest.Fine()).StackTrace!.Length)];
        Assert.Single(lengths.Distinct());
    }

    [Fact]
    public void A_disposed_store_is_that_before_all()
    {
        Assert.Throws<TrapException>(_guest.Trap);
        _world.Store.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _guest.Fine());
        Assert.Throws<ObjectDisposedException>(() => _guest.TryFine());
    }

    [Fact]
    public void A_trap_and_an_error_by_value_stay_the_same()
    {
        Assert.Equal(TrapCode.Unreachable, Assert.Throws<TrapException>(_guest.Trap).Code);
        Assert.Equal(TrapCode.Unreachable, Assert.Throws<TrapException>(() => _guest.Fine()).Code);
        GuestError error = _guest.TryFine().Error;
        Assert.Equal((GuestErrorKind.Trap, TrapCode.Unreachable), (error.Kind, error.TrapCode));
        Assert.Equal("trap", Assert.Single(error.Backtrace!.Frames).FunctionName);

        using var other = new World(new EngineOptions(), new StoreOptions { EndsWithFailure = true });
        other.Linker.Define(new QuotaHost());
        var guest = new LastGuest(other.Instantiate(Wat));
        Assert.True(guest.Charge(99).TryGetInterrupt(out OutOfQuota first));
        Assert.True(guest.TryFine().Error.TryGetInterrupt(out OutOfQuota second));
        Assert.Equal(first, second);
    }

    [Fact]
    public void What_the_guest_left_can_still_be_read()
    {
        Assert.False(_guest.Charge(99).IsOk);
        Assert.Equal(99, _guest.Memory.Read<int>(0));
        Assert.Equal(5, _guest.Left);
        _guest.Left = 6;
        Assert.Equal(6, _guest.Left);
    }

    [Fact]
    public void A_limit_set_and_removed_changes_nothing()
    {
        Assert.Throws<TrapException>(_guest.Trap);
        _world.Store.Timeout = TimeSpan.FromSeconds(9);
        _world.Store.Timeout = null;
        Assert.Throws<TrapException>(() => _guest.Fine());
    }

    [Fact]
    public void A_call_that_is_cancelled_before_it_begins_ends_nothing()
    {
        Assert.Throws<OperationCanceledException>(() => _guest.FineWithin(new CancellationToken(canceled: true)));
        Assert.Equal(1, _guest.Fine());
        Assert.Equal(1, _guest.FineWithin(default));
        Assert.Throws<TrapException>(_guest.Trap);
        using var source = new CancellationTokenSource();
        Assert.Throws<TrapException>(() => _guest.FineWithin(source.Token));
    }
}

[WasmExport]
public sealed partial class LastGuest
{
    public partial GuestResult<int> Charge(int amount);

    public partial void Stop();

    public partial void Trap();

    public partial int Fine();

    [WasmName("fine")]
    public partial int FineWithin(CancellationToken token);

    [WasmName("fine")]
    public partial GuestResult<int> TryFine();

    public partial string Text();

    public partial Memory Memory { get; }

    public partial int Left { get; set; }
}
