namespace WasmBindgen.EndToEnd.Tests;

[WasmImport("meter")]
public sealed partial class MeterHost
{
    public int Calls { get; private set; }

    [Fuel(1_000)]
    public int Dear(int value)
    {
        Calls++;
        return value;
    }

    [Fuel(10)]
    public int Inner(int value, Store store) => OnInner?.Invoke(value, store) ?? value;

    public Func<int, Store, int>? OnInner { get; set; }
}

[WasmExport]
public sealed partial class MeterGuest
{
    public partial int Dear(int value);

    public partial int Inner(int value);

    [Fuel(500)]
    [WasmName("inner")]
    public partial int InnerWithin(int value);

    public partial void Spin();

    [Fuel(500)]
    [WasmName("spin")]
    public partial void SpinWithin();

    [Fuel(500)]
    [WasmName("spin")]
    public partial GuestResult TrySpinWithin();

    [Fuel(500)]
    public partial int Length(string text);

    [Fuel(500)]
    [WasmName("spin_text")]
    public partial void SpinText(string text);
}

/// <summary>Fuel that host functions cost, and that one call may use.</summary>
public sealed class FuelTests : IDisposable
{
    private const string Wat = """
        (module
          (import "meter" "dear" (func $dear (param i32) (result i32)))
          (import "meter" "inner" (func $inner (param i32) (result i32)))
          (memory (export "memory") 1)
          (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64))
          (func $dear_ (export "dear") (param i32) (result i32) (call $dear (local.get 0)))
          (func (export "inner") (param i32) (result i32) (call $inner (local.get 0)))
          (func (export "spin") (loop (br 0)))
          (func (export "spin_text") (param i32 i32) (loop (br 0)))
          (func (export "length") (param i32 i32) (result i32) (local.get 1)))
        """;

    private readonly World _world = new(new EngineOptions { ConsumeFuel = true }, new StoreOptions { Fuel = 5_000 });
    private readonly MeterHost _host = new();
    private readonly MeterGuest _guest;

    public FuelTests()
    {
        _world.Linker.Define(_host);
        _guest = new MeterGuest(_world.Instantiate(Wat));
    }

    public void Dispose() => _world.Dispose();

    [Fact]
    public void A_host_function_costs_what_it_says()
    {
        ulong before = _world.Store.Fuel;
        Assert.Equal(7, _guest.Dear(7));
        Assert.InRange(before - _world.Store.Fuel, 1_000ul, 1_050ul);
        _world.Store.Fuel = 900;
        var exception = Assert.Throws<OutOfFuelException>(() => _guest.Dear(8));
        Assert.Equal("dear_", Assert.Single(GuestBacktrace.Of(exception)!.Frames).FunctionName);
        Assert.Equal((1, 0ul), (_host.Calls, _world.Store.Fuel));
        _world.Store.Fuel = 2_000;
        Assert.Equal(9, _guest.Dear(9));
    }

    [Fact]
    public void A_call_uses_no_more_than_its_own()
    {
        Assert.Throws<OutOfFuelException>(_guest.SpinWithin);
        Assert.Equal(4_500ul, _world.Store.Fuel);
        Assert.Equal(TrapCode.OutOfFuel, _guest.TrySpinWithin().Error.TrapCode);
        Assert.Equal(4_000ul, _world.Store.Fuel);
        Assert.Equal(3, _guest.Length("abc"));
        Assert.InRange(_world.Store.Fuel, 3_950ul, 3_999ul);
        Assert.Throws<OutOfFuelException>(() => _guest.SpinText("abc"));
        Assert.InRange(_world.Store.Fuel, 3_450ul, 3_499ul);
        _world.Store.Fuel = 100;
        Assert.Throws<OutOfFuelException>(_guest.SpinWithin);
        Assert.Equal(0ul, _world.Store.Fuel);
    }

    [Fact]
    public void Fuel_that_a_host_method_sets_in_a_limited_call_is_no_less_afterwards()
    {
        _host.OnInner = static (value, store) =>
        {
            store.Fuel = ulong.MaxValue;
            return value;
        };
        Assert.Equal(5, _guest.InnerWithin(5));
        Assert.InRange(_world.Store.Fuel, ulong.MaxValue - 1_000, ulong.MaxValue);
    }

    [Fact]
    public void An_inner_call_that_runs_out_leaves_the_outer_one_its_own()
    {
        _host.OnInner = (value, _) =>
        {
            Assert.Throws<OutOfFuelException>(_guest.SpinWithin);
            return value + 1;
        };
        Assert.Equal(6, _guest.Inner(5));
        Assert.InRange(_world.Store.Fuel, 4_400ul, 4_500ul);
    }

    [Fact]
    public void Without_fuel_nothing_costs_anything_and_a_limit_is_refused()
    {
        using var world = new World();
        world.Linker.Define(_host);
        var guest = new MeterGuest(world.Instantiate(Wat));
        Assert.Equal(7, guest.Dear(7));
        Assert.Throws<InvalidOperationException>(guest.SpinWithin);
        Assert.Throws<InvalidOperationException>(() => guest.Length("abc"));
        Assert.Equal(8, guest.Dear(8));
    }
}
