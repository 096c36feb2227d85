namespace WasmBindgen.EndToEnd.Tests;

public sealed class RustException(string message) : Exception(message);

[RustWasmBindgen(ObjectHeap = true)]
[WasmImport("wbg", Prefix = "__wbindgen_")]
public sealed partial class HeapIntrinsics
{
    public void ObjectDropRef(object? value) => Dropped.Add(value);

    public object? ObjectCloneRef(Borrow<object?> value) => value.Value;

    public object StringNew(string text) => text;

    public string? StringGet(Borrow<object?> value) => value.Value as string;

    public double? NumberGet(Borrow<object?> value) => value.Value as double?;

    [Interrupts<RustException>]
    public void Throw(string message) => throw new RustException(message);

    internal List<object?> Dropped { get; } = [];
}

[RustWasmBindgen(ObjectHeap = true)]
[WasmImport("wbg", Prefix = "__wbg_")]
public sealed partial class HeapFunctions
{
    public void Log(Borrow<object?> value) => Logged.Add(value.Value);

    public void Error(Borrow<Exception> value) => Logged.Add(value.Value);

    internal List<object?> Logged { get; } = [];
}

[RustWasmBindgen(ObjectHeap = true)]
[WasmExport]
public sealed partial class HeapGuest
{
    public partial string Echo(string text);

    public partial string? Maybe(bool some);

    public partial int LengthOf(string? text);

    public partial double[] Doubled(double[] values);

    public partial Result<string, string> Parse(bool ok);

    public partial Result<double, string> Half(double value);

    public partial Result<Unit, string> Check(bool ok);

    public partial void Hold(object? value);

    public partial object? Held();

    [WasmName("held")]
    [return: ExternRef]
    public partial GuestResult<Exception> HeldException();

    public partial object? Copied(Borrow<object?> value);

    public partial void Show(Borrow<object?> value);

    [WasmName("show")]
    public partial void ShowIndex(int index);

    [WasmName("show_error")]
    public partial void ShowErrorIndex(int index);

    [WasmName("drop")]
    public partial void DropIndex(int index);

    public partial string[] Names();

    public partial int Take(object[] values);

    public partial double? NumberOf(Borrow<object?> value);

    public partial string? TextOf(Borrow<object?> value);

    public partial void Fail();

    public partial void Fill(object? value);

    public partial Result<string, string> BadText();

    [WasmName("same")]
    public partial object? ObjectAt(int index);

    public partial int Live { get; }

    public partial int Stack { get; }
}

[RustWasmBindgen(ObjectHeap = true)]
[WasmExport]
public sealed partial class FullRustGuest
{
    public partial void Put(object value, string text);
}

/// <summary>A guest that needs nothing of the host's to free.</summary>
[RustWasmBindgen]
[GuestAllocator("__wbindgen_export_0(size)")]
[WasmExport]
public sealed partial class EarlyRustGuest
{
    public partial int Length(string text, double[] numbers);
}

/// <summary>Guests of wasm-bindgen that hold objects by index, as most did until 2025.</summary>
public sealed class RustObjectHeapTests : IDisposable
{
    private const string Wat = """
        (module
          (import "wbg" "__wbg_log_ea240990d83e374e" (func $log (param i32)))
          (import "wbg" "__wbg_error_0123456789abcdef" (func $error (param i32)))
          (import "wbg" "__wbindgen_string_new" (func $string_new (param i32 i32) (result i32)))
          (import "wbg" "__wbindgen_string_get" (func $string_get (param i32 i32)))
          (import "wbg" "__wbindgen_number_get" (func $number_get (param i32 i32)))
          (import "wbg" "__wbindgen_object_drop_ref" (func $drop (param i32)))
          (import "wbg" "__wbindgen_object_clone_ref" (func $clone (param i32) (result i32)))
          (import "wbg" "__wbg___wbindgen_throw_bb96b2010945f0bc" (func $throw (param i32 i32)))
          (memory (export "memory") 1)
          (data (i32.const 16) "oops\ff")
          (global $stack (export "stack") (mut i32) (i32.const 1024))
          (global $next (mut i32) (i32.const 4096))
          (global $live (export "live") (mut i32) (i32.const 0))
          (global $held (mut i32) (i32.const 0))

          (func (export "__wbindgen_add_to_stack_pointer") (param i32) (result i32)
            (global.set $stack (i32.add (global.get $stack) (local.get 0)))
            (global.get $stack))
          (func $malloc (export "__wbindgen_malloc") (param $size i32) (param $alignment i32) (result i32)
            (global.set $live (i32.add (global.get $live) (local.get $size)))
            (global.set $next (i32.and
              (i32.add (global.get $next) (i32.sub (local.get $alignment) (i32.const 1)))
              (i32.sub (i32.const 0) (local.get $alignment))))
            (global.get $next)
            (global.set $next (i32.add (global.get $next) (local.get $size)))
            ;; a page of its own for what is large, so that the memory grows now and then
            (if (i32.gt_u (local.get $size) (i32.const 30000)) (then (drop (memory.grow (i32.const 1))))))
          (func $free (export "__wbindgen_free") (param $address i32) (param $size i32) (param $alignment i32)
            (global.set $live (i32.sub (global.get $live) (local.get $size))))

          (func (export "echo") (param $result i32) (param $text i32) (param $length i32)
            (local $copy i32)
            (local.set $copy (call $malloc (local.get $length) (i32.const 1)))
            (memory.copy (local.get $copy) (local.get $text) (local.get $length))
            (call $free (local.get $text) (local.get $length) (i32.const 1))
            (i32.store (local.get $result) (local.get $copy))
            (i32.store offset=4 (local.get $result) (local.get $length)))
          (func (export "maybe") (param $result i32) (param $some i32)
            (i32.store (local.get $result)
              (if (result i32) (local.get $some)
                (then (call $malloc (i32.const 1) (i32.const 1))) (else (i32.const 0))))
            (i32.store offset=4 (local.get $result) (i32.const 1)))
          (func (export "length_of") (param $text i32) (param $length i32) (result i32)
            (if (i32.eqz (local.get $text)) (then (return (i32.const -1))))
            (call $free (local.get $text) (local.get $length) (i32.const 1))
            (local.get $length))
          (func (export "doubled") (param $result i32) (param $values i32) (param $count i32)
            (local $i i32) (local $at i32)
            (block $end (loop $more
              (br_if $end (i32.eq (local.get $i) (local.get $count)))
              (local.set $at (i32.add (local.get $values) (i32.shl (local.get $i) (i32.const 3))))
              (f64.store (local.get $at) (f64.mul (f64.load (local.get $at)) (f64.const 2)))
              (local.set $i (i32.add (local.get $i) (i32.const 1)))
              (br $more)))
            (i32.store (local.get $result) (local.get $values))
            (i32.store offset=4 (local.get $result) (local.get $count)))

          (func $oops (result i32) (call $string_new (i32.const 16) (i32.const 4)))
          (func (export "parse") (param $result i32) (param $ok i32)
            (i32.store (local.get $result) (call $malloc (i32.const 2) (i32.const 1)))
            (i32.store16 (i32.load (local.get $result)) (i32.const 0x6b6f))
            (i32.store offset=4 (local.get $result) (i32.const 2))
            (i32.store offset=8 (local.get $result) (i32.const 0))
            (i32.store offset=12 (local.get $result) (i32.eqz (local.get $ok)))
            (if (i32.eqz (local.get $ok)) (then
              (call $free (i32.load (local.get $result)) (i32.const 2) (i32.const 1))
              (i32.store (local.get $result) (i32.const -1))
              (i32.store offset=8 (local.get $result) (call $oops)))))
          (func (export "bad_text") (param $result i32)
            (i32.store (local.get $result) (i32.const 20))
            (i32.store offset=4 (local.get $result) (i32.const 1))
            (i32.store offset=12 (local.get $result) (i32.const 0)))
          (func (export "half") (param $result i32) (param $value f64)
            (f64.store (local.get $result) (f64.div (local.get $value) (f64.const 2)))
            (i32.store offset=8 (local.get $result) (call $oops))
            (i32.store offset=12 (local.get $result) (f64.lt (local.get $value) (f64.const 0))))
          (func (export "check") (param $result i32) (param $ok i32)
            (i32.store offset=4 (local.get $result) (i32.eqz (local.get $ok)))
            (if (i32.eqz (local.get $ok)) (then (i32.store (local.get $result) (call $oops)))))

          (func (export "hold") (param i32) (global.set $held (local.get 0)))
          (func (export "held") (result i32) (global.get $held))
          (func (export "copied") (param i32) (result i32) (call $clone (local.get 0)))
          (func (export "show") (param i32) (call $log (local.get 0)))
          (func (export "show_error") (param i32) (call $error (local.get 0)))
          (func (export "drop") (param i32) (call $drop (local.get 0)))
          (func (export "same") (param i32) (result i32) (local.get 0))
          (func (export "names") (param $result i32)
            (i32.store (local.get $result) (call $malloc (i32.const 8) (i32.const 4)))
            (i32.store offset=4 (local.get $result) (i32.const 2))
            (i32.store (i32.load (local.get $result)) (call $oops))
            (i32.store offset=4 (i32.load (local.get $result)) (call $string_new (i32.const 16) (i32.const 1))))
          (func (export "take") (param $values i32) (param $count i32) (result i32)
            (local $i i32)
            (block $end (loop $more
              (br_if $end (i32.eq (local.get $i) (local.get $count)))
              (call $drop (i32.load (i32.add (local.get $values) (i32.shl (local.get $i) (i32.const 2)))))
              (local.set $i (i32.add (local.get $i) (i32.const 1)))
              (br $more)))
            (call $free (local.get $values) (i32.shl (local.get $count) (i32.const 2)) (i32.const 4))
            (local.get $count))
          (func (export "number_of") (param $result i32) (param $object i32)
            (call $number_get (local.get $result) (local.get $object)))
          (func (export "text_of") (param $result i32) (param $object i32)
            (call $string_get (local.get $result) (local.get $object)))
          (func (export "fill") (param i32)
            (loop $more (drop (call $clone (local.get 0))) (br $more)))
          (func (export "fail") (call $throw (i32.const 16) (i32.const 4)))
          ;; of wasm-bindgen before 0.2.87
          (func (export "length") (param i32 i32 i32 i32) (result i32)
            (i32.add (local.get 1) (local.get 3)))
          (func (export "__wbindgen_export_0") (param i32) (result i32)
            (call $malloc (local.get 0) (i32.const 8))))
        """;

    private readonly World _world = new();
    private readonly HeapIntrinsics _intrinsics = new();
    private readonly HeapFunctions _functions = new();
    private readonly HeapGuest _guest;

    public RustObjectHeapTests()
    {
        _world.Linker.Define(_intrinsics).Define(_functions);
        _guest = new HeapGuest(_world.Instantiate(Wat));
    }

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("grüße")]
    public void Text_is_freed_by_whoever_gets_it(string text)
    {
        Assert.Equal(text, _guest.Echo(text));
        Assert.Equal(0, _guest.Live);
        Assert.Equal(1024, _guest.Stack);
    }

    [Fact]
    public void An_object_for_a_call_that_does_not_begin_is_not_kept()
    {
        var guest = new FullRustGuest(_world.Instantiate("""
            (module
              (memory (export "memory") 1)
              (func (export "__wbindgen_malloc") (param $size i32) (param i32) (result i32)
                (if (i32.gt_u (local.get $size) (i32.const 3)) (then (unreachable)))
                (i32.const 64))
              (func (export "put") (param i32 i32 i32)))
            """));
        Assert.Throws<TrapException>(() => guest.Put(new object(), "long"));
        Assert.Throws<ArgumentNullException>(() => guest.Put(new object(), null!));
        Assert.Equal(0, _world.Store.Objects.Count);
        guest.Put(new object(), "abc"); // which the guest does not drop
        Assert.Equal(1, _world.Store.Objects.Count);
    }

    [Fact]
    public void Text_is_read_although_the_memory_grows()
    {
        string text = new('x', 40_000);
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(text, _guest.Echo(text));
        }

        Assert.Equal(0, _guest.Live);
    }

    [Fact]
    public void Text_that_is_null_is_a_null_address()
    {
        Assert.Null(_guest.Maybe(some: false));
        Assert.Equal("\0", _guest.Maybe(some: true));
        Assert.Equal(-1, _guest.LengthOf(null));
        Assert.Equal(0, _guest.LengthOf(""));
        Assert.Equal(3, _guest.LengthOf("abc"));
        Assert.Equal(0, _guest.Live);
    }

    [Fact]
    public void Arrays_are_freed_by_whoever_gets_them()
    {
        Assert.Equal([2, 5], _guest.Doubled([1, 2.5]));
        Assert.Empty(_guest.Doubled([]));
        Assert.Equal(0, _guest.Live);
    }

    [Fact]
    public void A_result_is_a_value_or_an_object()
    {
        Assert.Equal("ok", _guest.Parse(ok: true).Value);
        Assert.Equal("oops", _guest.Parse(ok: false).ErrorValue);
        Assert.Equal(1.5, _guest.Half(3).Value);
        Assert.Equal("oops", _guest.Half(-3).ErrorValue);
        Assert.True(_guest.Check(ok: true).IsOk);
        Assert.Equal("oops", _guest.Check(ok: false).ErrorValue);
        Assert.Equal(0, _guest.Live);
        Assert.Equal(1024, _guest.Stack);
    }

    [Fact]
    public void A_bad_value_of_a_result_is_a_fault()
    {
        GuestMemoryException fault = Assert.Throws<GuestMemoryException>(() => _guest.BadText());
        Assert.Equal((GuestMemoryFault.InvalidUtf8, "return"), (fault.Fault, fault.Parameter));
    }

    [Fact]
    public void A_guest_keeps_an_object_until_it_gives_it_back()
    {
        object value = new();
        _guest.Hold(value);
        Assert.Same(value, _guest.Held());

        // twice
        GuestMemoryException fault = Assert.Throws<GuestMemoryException>(() => _guest.Held());
        Assert.Equal((GuestMemoryFault.InvalidReference, "return"), (fault.Fault, fault.Parameter));

        _guest.Hold(null);
        Assert.Null(_guest.Held());
    }

    [Fact]
    public void An_index_that_was_dropped_is_used_again()
    {
        _guest.Hold("first");
        Assert.Equal("first", _guest.ObjectAt(132));
        _guest.Hold("second");
        _guest.Hold("third");
        Assert.Equal(("second", "third"), (_guest.ObjectAt(132), _guest.ObjectAt(133)));
    }

    [Fact]
    public void An_object_of_another_type_is_a_fault()
    {
        _guest.Hold("text");
        GuestResult<Exception> result = _guest.HeldException();
        Assert.IsType<GuestMemoryException>(result.Error.ToException());
    }

    [Fact]
    public void A_borrowed_object_stays_the_senders_until_the_call_ends()
    {
        Assert.Equal("lent", _guest.Copied("lent"));
        _guest.Show("lent");
        _guest.Show(new Borrow<object?>(null));
        Assert.Equal(["lent", null], _functions.Logged);
        Assert.Throws<GuestMemoryException>(() => _guest.ShowIndex(31));
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(128, null)]
    [InlineData(129, null)]
    [InlineData(130, true)]
    [InlineData(131, false)]
    [InlineData(32, null)]
    [InlineData(34, true)]
    [InlineData(35, false)]
    public void Guests_know_some_indices_by_heart(int index, object? value)
    {
        _guest.ShowIndex(index);
        _guest.DropIndex(index);
        _guest.ShowIndex(index);
        Assert.Equal([value, value], _functions.Logged);
        Assert.Equal([value], _intrinsics.Dropped);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(36)]
    [InlineData(127)]
    [InlineData(132)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    [InlineData(-1)]
    public void Any_other_index_is_a_fault(int index)
    {
        GuestMemoryException fault = Assert.Throws<GuestMemoryException>(() => _guest.ShowIndex(index));
        Assert.Equal(GuestMemoryFault.InvalidReference, fault.Fault);
        Assert.Equal("value", fault.Parameter);
        Assert.Throws<GuestMemoryException>(() => _guest.DropIndex(index));
        Assert.Throws<GuestMemoryException>(() => _guest.ObjectAt(index));
    }

    [Fact]
    public void An_object_that_is_dropped_twice_is_a_fault()
    {
        _guest.Hold("value");
        _guest.DropIndex(132);
        Assert.Throws<GuestMemoryException>(() => _guest.DropIndex(132));
        Assert.Equal(["value"], _intrinsics.Dropped);
    }

    [Fact]
    public void Null_is_a_fault_where_the_type_does_not_allow_it()
    {
        GuestMemoryException fault = Assert.Throws<GuestMemoryException>(() => _guest.ShowErrorIndex(128));
        Assert.Equal(GuestMemoryFault.InvalidReference, fault.Fault);
        _guest.Hold(new RustException("held"));
        _guest.ShowErrorIndex(132);
        Assert.IsType<RustException>(Assert.Single(_functions.Logged));
    }

    [Fact]
    public void Arrays_of_objects_belong_to_whoever_gets_them()
    {
        Assert.Equal(["oops", "o"], _guest.Names());
        Assert.Equal(2, _guest.Take(["one", 2]));
        Assert.Equal(["one", 2], _intrinsics.Dropped);
        Assert.Equal(0, _guest.Live);
        Assert.Throws<GuestMemoryException>(() => _guest.ShowIndex(132));
    }

    [Fact]
    public void Host_methods_return_what_may_be_none()
    {
        Assert.Equal(2.5, _guest.NumberOf(2.5));
        Assert.Null(_guest.NumberOf("text"));
        Assert.Equal("text", _guest.TextOf("text"));
        Assert.Null(_guest.TextOf(new object()));
        Assert.Equal(0, _guest.Live);
    }

    [Fact]
    public void A_panic_is_an_interrupt() => Assert.Equal("oops", Assert.Throws<RustException>(_guest.Fail).Message);

    [Fact]
    public void More_objects_than_may_be_lent_are_refused()
    {
        int depth = 0;
        using var world = new World();
        world.Linker.Define(new LendingHost(guest => Lend(guest)));
        var guest = new LendingGuest(world.Instantiate(
            """
            (module
              (import "wbg" "__wbg_again" (func $again (param i32)))
              (memory (export "memory") 1)
              (func (export "run") (param i32) (call $again (local.get 0))))
            """));
        WasmException error = Assert.Throws<WasmException>(() => Lend(guest));
        Assert.Contains("31 objects", error.Message, StringComparison.Ordinal);
        Assert.Equal(32, depth);

        depth = 31; // all loans have ended
        Assert.Throws<WasmException>(() => Lend(guest));

        void Lend(LendingGuest guest)
        {
            depth++;
            guest.Run(this);
        }
    }

    [Fact]
    public void More_objects_than_guests_may_hold_are_refused()
    {
        WasmException error = Assert.ThrowsAny<WasmException>(() => _guest.Fill(this));
        Assert.Contains("2097152 objects", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("text", _guest.Echo("text"));
    }

    [Fact]
    public void An_allocator_is_named_as_for_other_guests()
    {
        var guest = new EarlyRustGuest(_world.Instantiate(Wat));
        Assert.Equal(5, guest.Length("abc", [1, 2]));
        Assert.Equal(0, guest.Length("", []));
    }
}

[RustWasmBindgen(ObjectHeap = true)]
[WasmImport("wbg", Prefix = "__wbg_")]
public sealed partial class LendingHost(Action<LendingGuest> again)
{
    [Interrupts]
    public void Again(LendingGuest guest, Borrow<object> value)
    {
        Assert.NotNull(value.Value);
        again(guest);
    }
}

[RustWasmBindgen(ObjectHeap = true)]
[WasmExport]
public sealed partial class LendingGuest
{
    public partial void Run(Borrow<object> value);
}
