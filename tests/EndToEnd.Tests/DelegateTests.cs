namespace WasmBindgen.EndToEnd.Tests;

public delegate string Describe(Coordinates point, string label);

public delegate object? Exchange(object? value);

public delegate Coordinates Shift(Coordinates point, int by);

public readonly record struct Coordinates(int X, int Y, string Name);

/// <summary>Delegates that the guest gets.</summary>
[WasmExport]
public sealed partial class DelegateGuest
{
    public partial int ApplyRef(Func<int, int> function, int x);

    [WasmName("apply_ref")]
    public partial GuestResult<int> TryApplyRef(Func<int, int>? function, int x);

    public partial int Apply([TableIndex] Func<int, int>? function, int x);

    public partial int IndexOf([TableIndex] Func<int, int>? function);

    [return: TableIndex]
    public partial Func<int, int>? At(int index);

    public partial string Tell(Describe describe, int x, int y);

    public partial int Moved(Shift shift, int x);

    public partial int Given(int x);

    public partial object? Exchange(Exchange exchange, object? value);
}

[WasmImport("env")]
public sealed partial class DelegateHost
{
    public Func<int, int>? Next { get; set; }

    public Describe? Kept { get; private set; }

    [return: TableIndex]
    public Func<int, int>? Give() => Next;

    public void Keep(Describe describe) => Kept = describe;

    public string? Back { get; private set; }

    public void ExchangeHere(Exchange exchange) => Back = exchange("there and") + " back";

    public string CallNow(Describe describe) => describe(new Coordinates(1, 2, "ä"), "now");

    public bool Shifted([TableIndex] Shift shift) =>
        shift(new Coordinates(1, 2, "p"), 3) is { X: 4, Y: 5, Name: "p" };
}

public sealed class DelegateTests : IDisposable
{
    // describe(point, label) of the guest returns its label; shift adds to both numbers
    private const string Wat = """
        (module
          (type $int (func (param i32) (result i32)))
          (type $describe_host (func (param i32 i32 i32 i32 i32 i32 i32)))
          (type $shift_host (func (param i32 i32 i32 i32 i32 i32)))
          (import "env" "give" (func $give (result i32)))
          (import "env" "keep" (func $keep (param funcref)))
          (import "env" "call_now" (func $call_now (param funcref i32)))
          (import "env" "shifted" (func $shifted (param i32) (result i32)))
          (import "env" "exchange_here" (func $exchange_here (param funcref)))
          (memory (export "memory") 1)
          (global $top (mut i32) (i32.const 4096))
          (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
            (global.get $top)
            (global.set $top
              (i32.and (i32.add (i32.add (global.get $top) (local.get 3)) (i32.const 15)) (i32.const -8))))
          (table $t (export "__indirect_function_table") 3 5 funcref)
          (elem (i32.const 1) func $shift)
          (elem declare func $describe)
          (data (i32.const 8) "name")
          (data (i32.const 16) "label")
          (func $describe
            (param $x i32) (param $y i32) (param $name i32) (param $n i32) (param $label i32) (param $l i32)
            (result i32)
            (i32.store (i32.const 64) (local.get $label))
            (i32.store (i32.const 68) (local.get $l))
            (i32.const 64))
          (func $shift (param $x i32) (param $y i32) (param $name i32) (param $n i32) (param $by i32) (result i32)
            (i32.store (i32.const 64) (i32.add (local.get $x) (local.get $by)))
            (i32.store (i32.const 68) (i32.add (local.get $y) (local.get $by)))
            (i32.store (i32.const 72) (local.get $name))
            (i32.store (i32.const 76) (local.get $n))
            (i32.const 64))
          (func (export "apply_ref") (param funcref i32) (result i32)
            (table.set $t (i32.const 0) (local.get 0))
            (call_indirect (type $int) (local.get 1) (i32.const 0)))
          (func (export "apply") (param i32 i32) (result i32) (call_indirect (type $int) (local.get 1) (local.get 0)))
          (func (export "index_of") (param i32) (result i32) (local.get 0))
          (func (export "at") (param i32) (result i32) (local.get 0))
          (func (export "tell") (param funcref i32 i32) (result i32)
            (table.set $t (i32.const 0) (local.get 0))
            (call_indirect (type $describe_host)
              (local.get 1) (local.get 2) (i32.const 8) (i32.const 4) (i32.const 16) (i32.const 5) (i32.const 128)
              (i32.const 0))
            (i32.const 128))
          (func (export "moved") (param funcref i32) (result i32)
            (table.set $t (i32.const 0) (local.get 0))
            (call_indirect (type $shift_host)
              (local.get 1) (i32.const 7) (i32.const 8) (i32.const 4) (i32.const 10) (i32.const 128) (i32.const 0))
            (i32.add (i32.load (i32.const 128)) (i32.load (i32.const 132))))
          (func (export "given") (param i32) (result i32) (call_indirect (type $int) (local.get 0) (call $give)))
          (func (export "keep") (call $keep (ref.func $describe)))
          (func (export "call_now") (result i32)
            (call $call_now (ref.func $describe) (i32.const 128)) (i32.load (i32.const 132)))
          (func (export "shifted") (result i32) (call $shifted (i32.const 1)))
          (type $exchange (func (param externref) (result externref)))
          (elem declare func $same)
          (func $same (type $exchange) (local.get 0))
          (func (export "exchange") (param funcref externref) (result externref)
            (table.set $t (i32.const 0) (local.get 0))
            (call_indirect (type $exchange) (local.get 1) (i32.const 0)))
          (func (export "exchange_here") (call $exchange_here (ref.func $same)))
          (func (export "take") (param i32) (table.set $t (local.get 0) (ref.func $describe))))
        """;

    private readonly World _world = new();
    private readonly DelegateHost _host = new();
    private readonly Instance _instance;
    private readonly DelegateGuest _guest;

    public DelegateTests()
    {
        _world.Linker.Define(_host);
        _instance = _world.Instantiate(Wat);
        _guest = new DelegateGuest(_instance);
    }

    public void Dispose() => _world.Dispose();

    [Fact]
    public void A_guest_calls_a_delegate_by_reference_and_by_index()
    {
        int factor = 2;
        Assert.Equal(42, _guest.ApplyRef(x => x * factor, 21));
        Assert.Equal(43, _guest.Apply(x => x * factor + 1, 21));
        _host.Next = x => -x;
        Assert.Equal(-5, _guest.Given(5));
    }

    [Fact]
    public void What_a_delegate_throws_arrives_as_itself()
    {
        var thrown = new InvalidTimeZoneException("no");
        Assert.Same(thrown, Assert.Throws<InvalidTimeZoneException>(() => _guest.ApplyRef(_ => throw thrown, 1)));
        Assert.NotEmpty(GuestBacktrace.Of(thrown)!.Frames);
        GuestResult<int> result = _guest.TryApplyRef(_ => throw thrown, 1);
        Assert.Same(thrown, Assert.Throws<InvalidTimeZoneException>(() => result.Unwrap()));
        Assert.Equal(3, _guest.ApplyRef(x => x, 3)); // the store is usable
    }

    [Fact]
    public void Null_is_a_null_reference_and_index_0()
    {
        Assert.Equal(TrapCode.IndirectCallToNull, _guest.TryApplyRef(null, 1).Error.TrapCode);
        Assert.Equal(0, _guest.IndexOf(null));
        Assert.Null(_guest.At(0));
        Assert.Throws<ArgumentNullException>(() => _guest.ApplyRef(null!, 1));
    }

    [Fact]
    public void Strings_and_records_cross_to_delegates()
    {
        string told = _guest.Tell(static (point, label) => $"{point.Name} {label} {point.X} {point.Y}", 3, 4);
        Assert.Equal("name label 3 4", told);
        Assert.Equal((5 + 10) + (7 + 10), _guest.Moved(static (point, by) =>
            point with { X = point.X + by, Y = point.Y + by }, 5));
    }

    [Fact]
    public void Strings_and_records_cross_to_functions_of_the_guest()
    {
        Assert.Equal("now".Length, _instance.GetFunction("call_now")!.Call()[0].AsInt32());
        Assert.Equal(1, _instance.GetFunction("shifted")!.Call()[0].AsInt32());
        _instance.GetFunction("keep")!.Call();
        Assert.Equal("späť", _host.Kept!(new Coordinates(0, 0, ""), "späť"));
    }

    [Fact]
    public void Objects_cross_to_delegates_and_back()
    {
        var given = new object();
        var returned = new object();
        object? seen = null;
        Assert.Same(returned, _guest.Exchange(
            value =>
            {
                seen = value;
                return returned;
            },
            given));
        Assert.Same(given, seen);
        Assert.Null(_guest.Exchange(static value => value, null));
        _instance.GetFunction("exchange_here")!.Call();
        Assert.Equal("there and back", _host.Back);
    }

    [Fact]
    public void A_guest_s_own_function_stays_its_own()
    {
        _instance.GetFunction("keep")!.Call();
        Describe kept = _host.Kept!;
        // tell wants a function of the host's type
        TrapException error = Assert.Throws<TrapException>(() => _guest.Tell(kept, 1, 2));
        Assert.Equal(TrapCode.BadSignature, error.Code);
    }

    [Fact]
    public void A_delegate_has_one_place_until_it_is_released()
    {
        Func<int, int> one = static x => x + 1;
        Func<int, int> other = static x => x + 2;
        int index = _guest.IndexOf(one);
        Assert.Equal(3, index);
        Assert.Equal(index, _guest.IndexOf(one));
        Assert.Equal(4, _guest.IndexOf(other));
        Assert.Equal(5L, (long)_instance.GetTable("__indirect_function_table")!.Length);
        WasmException full = Assert.Throws<WasmException>(() => _guest.IndexOf(static x => x));
        Assert.StartsWith(
            "The guest's table `__indirect_function_table` of 5 elements has no room for a delegate.",
            full.Message,
            StringComparison.Ordinal);

        Assert.True(_world.Store.Release(one));
        Assert.False(_world.Store.Release(one));
        Assert.Equal(
            TrapCode.IndirectCallToNull,
            Assert.Throws<TrapException>(() => _instance.GetFunction("apply")!.Call(index, 1)).Code);
        Assert.Equal(index, _guest.IndexOf(static x => x * 10));
        Assert.Equal(70, _instance.GetFunction("apply")!.Call(index, 7)[0].AsInt32());
        Assert.Equal(7, _guest.Apply(other, 5));
    }

    [Fact]
    public void A_released_delegate_is_not_called()
    {
        Func<int, int> one = static x => x + 1;
        Assert.Equal(2, _guest.ApplyRef(one, 1));
        _world.Store.Release(one);
        ObjectDisposedException error = Assert.Throws<ObjectDisposedException>(
            () => _instance.GetFunction("apply")!.Call(0, 1)); // the guest kept it at index 0
        Assert.Contains("Store.Release", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_that_the_guest_takes_is_not_used_again()
    {
        Func<int, int> one = static x => x + 1;
        int index = _guest.IndexOf(one);
        _instance.GetFunction("take")!.Call(index);
        Assert.Equal(index + 1, _guest.IndexOf(one));
        _world.Store.Release(one);
        Assert.Equal(index + 1, _guest.IndexOf(static x => x)); // and the guest's is left alone
        Assert.Equal(
            TrapCode.BadSignature,
            Assert.Throws<TrapException>(() => _instance.GetFunction("apply")!.Call(index, 1)).Code);
    }

    [Fact]
    public void Released_delegates_leave_nothing_behind()
    {
        for (int i = 0; i < 1000; i++)
        {
            Func<int, int> captured = x => x + i;
            Assert.Equal(i + 1, _guest.Apply(captured, 1));
            _world.Store.Release(captured);
        }

        Assert.Equal(4L, (long)_instance.GetTable("__indirect_function_table")!.Length);
    }

    [Fact]
    public void Delegates_that_are_equal_are_one()
    {
        Assert.Equal(_guest.IndexOf(Twice), _guest.IndexOf(Twice));
        Assert.True(_world.Store.Release((Func<int, int>)Twice));
    }

    [Fact]
    public void A_guest_without_such_a_table_is_told_so()
    {
        var guest = new IndexGuest(_world.Instantiate("""(module (func (export "index_of") (param i32)))"""));
        WasmException error = Assert.Throws<WasmException>(() => guest.IndexOf(static x => x));
        Assert.Equal(
            "A delegate is passed as an index, but the guest exports no table of functions named "
                + "`__indirect_function_table`.",
            error.Message);
    }

    [Fact]
    public void An_empty_table_keeps_index_0_for_null()
    {
        var guest = new IndexGuest(_world.Instantiate("""
            (module (table (export "__indirect_function_table") 0 funcref) (func (export "index_of") (param i32)))
            """));
        guest.IndexOf(static x => x);
    }

    private int Twice(int x) => x * 2 + _host.GetHashCode() * 0;
}

[WasmExport]
public sealed partial class IndexGuest
{
    public partial void IndexOf([TableIndex] Func<int, int> function);
}
