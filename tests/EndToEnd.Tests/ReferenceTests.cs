using System.Runtime.CompilerServices;
using System.Text;

namespace WasmBindgen.EndToEnd.Tests;

public delegate int BinaryOperator(int left, int right);

public delegate Rune? NotAFunction();

[WasmImport("refs")]
public sealed partial class RefHost
{
    public List<string> Seen { get; } = [];

    public Func<string, bool>? OnKeep { get; set; }

    public object? Handed { get; set; } = new StringBuilder("handed");

    public BinaryOperator? Kept { get; private set; }

    public object? Make() => Handed;

    public void Take([ExternRef] StringBuilder text) => Seen.Add(text.ToString());

    public void TakeOptional([ExternRef] IFormattable? value) => Seen.Add(value?.ToString(null, null) ?? "null");

    public int Apply(BinaryOperator function, int left, int right) => function(left, right);

    public double ApplyOptional(Func<double, double>? function, double value) => function?.Invoke(value) ?? -1;

    public int ApplyAt([TableIndex("ops")] BinaryOperator function, int left, int right) => function(left, right);

    public int ApplyAtOptional([TableIndex("ops")] BinaryOperator? function) => function?.Invoke(1, 2) ?? -1;

    public void Keep(BinaryOperator function) => Kept = function;

    public BinaryOperator? GiveBack() => Kept;

    [Interrupts<QuotaException>]
    public void Stop() => throw new QuotaException("stopped");

    public void Each(Action<Level> visit)
    {
        visit(Level.Low);
        visit(Level.Top);
    }
}

[WasmExport]
public sealed partial class RefGuest
{
    [return: ExternRef]
    public partial StringBuilder Make();

    public partial object? Echo(object? value);

    public partial object? Second(object first, object second);

    public partial void Take(object? value);

    public partial void TakeOptional(object? value);

    public partial int Apply(int left, int right);

    public partial double ApplyOptional(int present, double value);

    public partial void ApplyWrong();

    public partial void ApplyNull();

    public partial int ApplyAt(int index, int left, int right);

    public partial int ApplyAtOptional(int index);

    public partial void KeepAdd();

    public partial int CallBack(BinaryOperator? function, int left, int right);

    public partial int GivenBack(int left, int right);

    [WasmName("call_back")]
    public partial int CallBackAlways(BinaryOperator function, int left, int right);

    public partial BinaryOperator Adder();

    public partial Action Stopper();

    public partial int Visited();

    public partial GuestResult<BinaryOperator> WrongAdder();
}

/// <summary>Objects that guests hold, and guest functions that the host calls.</summary>
public sealed class ReferenceTests : IDisposable
{
    private const string Wat = """
        (module
          (type $binary (func (param i32 i32) (result i32)))
          (import "refs" "make" (func $make (result externref)))
          (import "refs" "take" (func $take (param externref)))
          (import "refs" "take_optional" (func $take_optional (param externref)))
          (import "refs" "apply" (func $apply (param funcref i32 i32) (result i32)))
          (import "refs" "apply_optional" (func $apply_optional (param funcref f64) (result f64)))
          (import "refs" "apply_at" (func $apply_at (param i32 i32 i32) (result i32)))
          (import "refs" "apply_at_optional" (func $apply_at_optional (param i32) (result i32)))
          (import "refs" "keep" (func $keep (param funcref)))
          (import "refs" "give_back" (func $give_back (result funcref)))
          (import "refs" "stop" (func $stop))
          (import "refs" "each" (func $each (param funcref)))
          (table $t 1 funcref)
          (table $ops (export "ops") 4 funcref)
          (elem (table $ops) (i32.const 1) func $add $twice)
          (elem declare func $add $twice $stop $visit)
          (global $visited (mut i32) (i32.const 0))
          (func $add (type $binary) (i32.add (local.get 0) (local.get 1)))
          (func $twice (param f64) (result f64) (f64.add (local.get 0) (local.get 0)))
          (func $visit (param i32)
            (global.set $visited (i32.add (i32.mul (global.get $visited) (i32.const 10)) (local.get 0))))
          (func (export "make") (result externref) (call $make))
          (func (export "echo") (param externref) (result externref) (local.get 0))
          (func (export "second") (param externref externref) (result externref) (local.get 1))
          (func (export "take") (param externref) (call $take (local.get 0)))
          (func (export "take_optional") (param externref) (call $take_optional (local.get 0)))
          (func (export "apply") (type $binary) (call $apply (ref.func $add) (local.get 0) (local.get 1)))
          (func (export "apply_optional") (param i32 f64) (result f64)
            (call $apply_optional (select (result funcref) (ref.func $twice) (ref.null func) (local.get 0))
              (local.get 1)))
          (func (export "apply_wrong") (drop (call $apply (ref.func $twice) (i32.const 0) (i32.const 0))))
          (func (export "apply_null") (drop (call $apply (ref.null func) (i32.const 0) (i32.const 0))))
          (func (export "apply_at") (param i32 i32 i32) (result i32)
            (call $apply_at (local.get 0) (local.get 1) (local.get 2)))
          (func (export "apply_at_optional") (param i32) (result i32) (call $apply_at_optional (local.get 0)))
          (func (export "keep_add") (call $keep (ref.func $add)))
          (func (export "call_back") (param funcref i32 i32) (result i32)
            (table.set $t (i32.const 0) (local.get 0))
            (call_indirect $t (type $binary) (local.get 1) (local.get 2) (i32.const 0)))
          (func (export "given_back") (type $binary)
            (table.set $t (i32.const 0) (call $give_back))
            (call_indirect $t (type $binary) (local.get 0) (local.get 1) (i32.const 0)))
          (func (export "adder") (result funcref) (ref.func $add))
          (func (export "stopper") (result funcref) (ref.func $stop))
          (func (export "visited") (result i32) (call $each (ref.func $visit)) (global.get $visited))
          (func (export "wrong_adder") (result funcref) (ref.func $twice)))
        """;

    private readonly World _world = new();
    private readonly RefHost _host = new();
    private readonly RefGuest _guest;

    public ReferenceTests()
    {
        _world.Linker.Define(_host);
        _guest = new RefGuest(_world.Instantiate(Wat));
    }

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Objects_go_to_the_guest_and_come_back_as_themselves()
    {
        Assert.Same(_host.Handed, _guest.Make());
        Assert.Same(this, _guest.Echo(this));
        Assert.Null(_guest.Echo(null));
        var second = new object();
        Assert.Same(second, _guest.Second(this, second));
        _guest.Take(new StringBuilder("text"));
        _guest.TakeOptional(1.5m);
        _guest.TakeOptional(null);
        Assert.Equal(["text", "1.5", "null"], _host.Seen);
    }

    [Fact]
    public void An_object_of_another_type_is_a_fault_that_names_the_parameter()
    {
        var fault = Assert.Throws<GuestMemoryException>(() => _guest.Take("a string"));
        Assert.Equal(
            (GuestMemoryFault.InvalidReference, "refs.take", "text"), (fault.Fault, fault.Function, fault.Parameter));
        Assert.Equal("the externref is a System.String, not a System.Text.StringBuilder.", fault.Reason);
        Assert.Equal("the reference is null.", Assert.Throws<GuestMemoryException>(() => _guest.Take(null)).Reason);
        _host.Handed = "no builder";
        fault = Assert.Throws<GuestMemoryException>(() => _guest.Make());
        Assert.Equal(("make", "return"), (fault.Function, fault.Parameter));
        Assert.Throws<ArgumentNullException>(() => _guest.Second(null!, this));
        Assert.Same(this, _guest.Echo(this));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Objects_that_the_guest_lets_go_of_are_let_go(bool asArgument)
    {
        WeakReference[] gone = [.. Enumerable.Range(0, 500).Select(_ => Pass(asArgument))];
        CollectReferences();
        // the last may be in a register of the guest's yet
        Assert.InRange(gone.Count(static reference => reference.IsAlive), 0, 1);
    }

    [Fact]
    public void Objects_go_with_their_store()
    {
        WeakReference made = Pass(asArgument: false);
        _world.Dispose();
        Collect();
        Assert.False(made.IsAlive);
    }

    [Fact]
    public void Guest_functions_are_delegates()
    {
        Assert.Equal(8, _guest.Apply(1, 7));
        Assert.Equal(5.0, _guest.ApplyOptional(1, 2.5));
        Assert.Equal(-1.0, _guest.ApplyOptional(0, 2.5));
        Assert.Equal(7, _guest.Adder()(3, 4));
        Assert.Same(_guest.Adder(), _guest.Adder());
        Assert.Equal(((int)Level.Low * 10) + (int)Level.Top, _guest.Visited());
    }

    [Fact]
    public void A_function_of_another_type_is_a_fault()
    {
        var fault = Assert.Throws<GuestMemoryException>(_guest.ApplyWrong);
        Assert.Equal(
            (GuestMemoryFault.InvalidReference, "refs.apply", "function"),
            (fault.Fault, fault.Function, fault.Parameter));
        Assert.Equal(
            "the function is func (param f64) (result f64), not func (param i32 i32) (result i32).", fault.Reason);
        Assert.Equal("the reference is null.", Assert.Throws<GuestMemoryException>(_guest.ApplyNull).Reason);
        Assert.Equal(GuestErrorKind.GuestMemory, _guest.WrongAdder().Error.Kind);
    }

    [Fact]
    public void Functions_come_as_indices_into_a_table()
    {
        Assert.Equal(8, _guest.ApplyAt(1, 1, 7));
        Assert.Equal(3, _guest.ApplyAtOptional(1));
        Assert.Equal(-1, _guest.ApplyAtOptional(0));
        Assert.Equal(
            "the reference is null.", Assert.Throws<GuestMemoryException>(() => _guest.ApplyAt(0, 1, 1)).Reason);
        Assert.Equal(
            "4 is not an index into the guest's table `ops` of 4 elements.",
            Assert.Throws<GuestMemoryException>(() => _guest.ApplyAt(4, 1, 1)).Reason);
        Assert.Throws<GuestMemoryException>(() => _guest.ApplyAt(-1, 1, 1));
        Assert.Throws<GuestMemoryException>(() => _guest.ApplyAt(2, 1, 1));
    }

    [Fact]
    public void A_delegate_goes_back_to_the_guest_that_it_came_from()
    {
        _guest.KeepAdd();
        Assert.Equal(9, _host.Kept!(4, 5));
        Assert.Equal(9, _guest.CallBack(_host.Kept, 4, 5));
        Assert.Equal(9, _guest.GivenBack(4, 5));
        Assert.Equal(TrapCode.IndirectCallToNull, Assert.Throws<TrapException>(() => _guest.CallBack(null, 4, 5)).Code);
        Assert.Equal(9, _guest.CallBack(_host.Kept + _host.Kept, 4, 5));
        Assert.Throws<ArgumentNullException>(() => _guest.CallBackAlways(null!, 4, 5));

        using var other = new World();
        other.Linker.Define(new RefHost());
        var foreign = new RefGuest(other.Instantiate(Wat));
        Assert.Equal(9, foreign.CallBack(_host.Kept, 4, 5)); // through the host, from one store to the other
    }

    [Fact]
    public void A_callback_ends_with_what_ends_its_function()
    {
        Action stop = _guest.Stopper();
        Assert.Equal("stopped", Assert.Throws<QuotaException>(stop).Message);
        Assert.Equal(8, _guest.Apply(1, 7));
    }

    [Fact]
    public void A_delegate_lives_no_longer_than_its_store()
    {
        BinaryOperator add = _guest.Adder();
        _world.Store.Dispose();
        Assert.Throws<ObjectDisposedException>(() => add(1, 2));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference Pass(bool asArgument)
    {
        var value = new StringBuilder();
        _host.Handed = value;
        Assert.Same(value, asArgument ? _guest.Echo(value) : _guest.Make());
        _host.Handed = null;
        return new WeakReference(value);
    }

    private void CollectReferences()
    {
        _world.Store.CollectReferences();
        Collect();
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }
}
