namespace WasmBindgen.EndToEnd.Tests;

/// <summary>A number whose conversion is seen by a test.</summary>
[WasmMarshaller(typeof(ObservedMarshaller))]
public readonly record struct Observed(int Value)
{
    [ThreadStatic]
    private static Action? t_converting;

    public static Action? Converting
    {
        get => t_converting;
        set => t_converting = value;
    }
}

public sealed class ObservedMarshaller : IWasmMarshaller<Observed, int>
{
    public static Observed FromGuest(int value)
    {
        Observed.Converting?.Invoke();
        return new Observed(value);
    }

    public static int ToGuest(Observed value)
    {
        Observed.Converting?.Invoke();
        return value.Value;
    }
}

[WasmImport("host")]
public sealed partial class LongValueHost
{
    public bool WasCalled { get; private set; }

    public void TakeMany(Observed[] values) => WasCalled = true;

    public void TakeLists(Observed[][] values) => WasCalled = true;
}

[WasmExport]
public sealed partial class LongValueGuest
{
    public partial void PassMany(CancellationToken token);

    public partial void PassLists(CancellationToken token);

    public partial Observed[] Return(CancellationToken token);

    [WasmName("return")]
    public partial GuestResult<Observed[]> TryReturn(CancellationToken token);

    public partial void Take(Observed[] values, CancellationToken token);
}

/// <summary>The limits of a call hold while large values cross, when neither guest nor host method runs.</summary>
public sealed class LongValueTests : IDisposable
{
    private const int Many = 1 << 20;

    private readonly World _world = new();
    private readonly LongValueHost _host = new();
    private readonly LongValueGuest _guest;
    private readonly CancellationTokenSource _source = new();
    private int _conversions;

    public LongValueTests()
    {
        _world.Linker.Define(_host);
        _guest = new LongValueGuest(_world.Instantiate($"""
            (module
              (import "host" "take_many" (func $take_many (param i32 i32)))
              (import "host" "take_lists" (func $take_lists (param i32 i32)))
              (memory (export "memory") 128)
              (data (i32.const 0) "\40\00\00\00\00\00\10\00")
              (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024))
              (func (export "pass_many") (call $take_many (i32.const 1024) (i32.const {Many})))
              (func (export "pass_lists") (local i32)
                (loop $again
                  (i64.store (i32.add (i32.const 0x200000) (i32.mul (local.get 0) (i32.const 8)))
                    (i64.const 0x0000_0400_0000_0000)) ;; 1024 elements at 0
                  (br_if $again (i32.lt_u (local.tee 0 (i32.add (local.get 0) (i32.const 1))) (i32.const 1600))))
                (call $take_lists (i32.const 0x200000) (i32.const 1600)))
              (func (export "return") (result i32) (i32.const 0))
              (func (export "take") (param i32 i32)))
            """));
        Observed.Converting = () =>
        {
            _conversions++;
            _source.Cancel();
        };
    }

    public void Dispose()
    {
        Observed.Converting = null;
        _world.Dispose();
        _source.Dispose();
    }

    [Fact]
    public void A_list_for_a_host_method_is_not_read_to_its_end()
    {
        OperationCanceledException exception =
            Assert.ThrowsAny<OperationCanceledException>(() => _guest.PassMany(_source.Token));
        Assert.Equal(_source.Token, exception.CancellationToken);
        Assert.InRange(_conversions, 1, Many / 2);
        Assert.False(_host.WasCalled);
    }

    [Fact]
    public void Neither_is_the_result_of_a_guest()
    {
        Assert.ThrowsAny<OperationCanceledException>(() => _guest.Return(_source.Token));
        Assert.InRange(_conversions, 1, Many / 2);
    }

    [Fact]
    public void Nor_one_that_returns_its_errors()
    {
        Assert.Equal(GuestErrorKind.Cancelled, _guest.TryReturn(_source.Token).Error.Kind);
        Assert.InRange(_conversions, 1, Many / 2);
    }

    [Fact]
    public void Nor_is_an_argument_written_to_its_end()
    {
        Assert.ThrowsAny<OperationCanceledException>(() => _guest.Take(new Observed[Many], _source.Token));
        Assert.InRange(_conversions, 1, Many / 2);
    }

    [Fact]
    public void Few_lists_of_many_bytes_are_not_read_to_their_end()
    {
        Assert.ThrowsAny<OperationCanceledException>(() => _guest.PassLists(_source.Token));
        Assert.InRange(_conversions, 1, 1600 * 1024 / 2);
        Assert.False(_host.WasCalled);
    }
}
