namespace WasmBindgen.EndToEnd.Tests;

public class LimitException(int limit, long used) : Exception
{
    public int Limit => limit;

    public long Used => used;

    [WasmIgnore]
    public Uri? Help { get; init; }

    public override string Message => $"{used} of {limit}";
}

public sealed class HardLimitException(int limit, long used) : LimitException(limit, used);

public sealed class NamedException(string name) : Exception(name)
{
    public string Name { get; } = name;
}

public sealed class UnsayableException : Exception
{
    public Uri? Place { get; init; } // has no form in WebAssembly
}

public sealed class EmptyException : Exception;

public sealed class BrokenException : Exception
{
    public int Value => Data.Count == 0 ? throw new InvalidOperationException("no value") : 1;
}

public sealed class HeldException(object? held) : Exception
{
    public object? Held => held;

    public double Factor { get; } = 0.5;
}

[WasmImport("tags")]
[WasmTag<EmptyException>("tags", "empty")]
public sealed partial class TagHost
{
    public Func<Exception> Make { get; set; } = static () => new EmptyException();

    public Action? Between { get; set; }

    [WasmTag<LimitException>("tags", "limit")]
    [WasmTag<NamedException>("tags", "named")]
    [WasmTag<BrokenException>("tags", "broken")]
    [WasmTag<UnsayableException>("tags", "unsayable")]
    [WasmTag<HeldException>("tags", "held")]
    [WasmTag<OperationCanceledException>("tags", "cancelled")]
    [Interrupts<QuotaException>]
    public int Run(int number, CancellationToken token)
    {
        Between?.Invoke();
        throw Make();
    }
}

[WasmExport]
public sealed partial class TagGuest
{
    public partial int Run();

    [WasmName("run")]
    public partial GuestResult<int> TryRun();

    [WasmName("run")]
    public partial int RunFor(CancellationToken token);
}

/// <summary>Host exceptions that guests catch, and exceptions of guests that nothing catches.</summary>
public sealed class TagTests : IDisposable
{
    private const string Run = """(import "tags" "run" (func $run (param i32) (result i32)))""";

    private readonly World _world = new();
    private readonly TagHost _host = new();

    public TagTests() => _world.Linker.Define(_host);

    public void Dispose() => _world.Dispose();

    [Fact]
    public void A_guest_catches_what_the_host_throws()
    {
        _host.Make = static () => new LimitException(40, 2);
        TagGuest guest = Guest("""
            (import "tags" "limit" (tag $limit (param i32 i64)))
            """, """
            (func (export "run") (result i32)
              (block $caught (result i32 i64)
                (try_table (catch $limit $caught) (drop (call $run (i32.const 1))))
                (unreachable))
              (i32.wrap_i64)
              (i32.add))
            """);
        Assert.Equal(42, guest.Run());
        _host.Make = static () => new HardLimitException(50, 5); // by the tag of its base
        Assert.Equal(55, guest.Run());
    }

    [Fact]
    public void What_a_guest_does_not_catch_arrives_as_itself()
    {
        Exception? thrown = null;
        _host.Make = () => thrown = new LimitException(40, 2);
        TagGuest guest = Guest("""(import "tags" "limit" (tag (param i32 i64)))""", """
            (tag $other (param i32))
            (func (export "run") (result i32)
              (block $caught (result i32)
                (try_table (catch $other $caught) (drop (call $run (i32.const 1))))
                (unreachable)))
            """);
        var caught = Assert.Throws<LimitException>(() => guest.Run());
        Assert.Same(thrown, caught);
        Assert.Contains("Run", caught.StackTrace, StringComparison.Ordinal);
        GuestBacktrace backtrace = GuestBacktrace.Of(caught)!;
        Assert.Equal("tags.run", $"{backtrace.Import!.Module}.{backtrace.Import.Name}");
        Assert.Single(backtrace.Frames);
        GuestResult<int> result = guest.TryRun();
        Assert.Equal(GuestErrorKind.Interrupt, result.Error.Kind);
        Assert.True(result.Error.TryGetInterrupt(out LimitException? same));
        Assert.Same(thrown, same);
    }

    [Fact]
    public void A_guest_without_the_tag_can_clean_up_and_throw_on()
    {
        Exception? thrown = null;
        _host.Make = () => thrown = new EmptyException();
        Instance instance = Instantiate("", """
            (global $cleaned (export "cleaned") (mut i32) (i32.const 0))
            (func (export "run") (result i32)
              (block $caught (result exnref)
                (try_table (catch_all_ref $caught) (drop (call $run (i32.const 1))))
                (unreachable))
              (global.set $cleaned (i32.const 1))
              (throw_ref))
            """);
        var guest = new TagGuest(instance);
        Assert.Same(Assert.Throws<EmptyException>(() => guest.Run()), thrown);
        Assert.Equal(1, instance.GetGlobal("cleaned")!.Value.AsInt32());
    }

    [Fact]
    public void Interrupts_and_limits_cannot_be_caught()
    {
        Instance instance = Instantiate("""(import "tags" "cancelled" (tag $cancelled))""", """
            (global $caught (export "caught") (mut i32) (i32.const 0))
            (func (export "run") (result i32)
              (block $all
                (block $one
                  (try_table (catch $cancelled $one) (catch_all $all) (drop (call $run (i32.const 1))))
                  (unreachable)))
              (global.set $caught (i32.const 1))
              (i32.const 0))
            """);
        var guest = new TagGuest(instance);
        _host.Make = static () => new QuotaException("declared interrupt");
        Assert.Throws<QuotaException>(() => guest.Run());
        _host.Make = static () => new NotSupportedException("not declared");
        Assert.Throws<HostFunctionException>(() => guest.Run());
        using var source = new CancellationTokenSource();
        _host.Between = source.Cancel;
        _host.Make = () => new OperationCanceledException(source.Token);
        Assert.Throws<OperationCanceledException>(() => guest.RunFor(source.Token));
        Assert.Equal(0, instance.GetGlobal("caught")!.Value.AsInt32());
        _host.Make = static () => new OperationCanceledException(); // another token's
        Assert.Equal(0, guest.Run());
        Assert.Equal(1, instance.GetGlobal("caught")!.Value.AsInt32());
    }

    [Fact]
    public void An_exception_with_text_uses_the_guest_s_allocator()
    {
        _host.Make = static () => new NamedException("grüß");
        const string Tag = """(import "tags" "named" (tag $named (param i32 i32)))""";
        const string Body = """
            (memory (export "memory") 1)
            (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64))
            (func (export "run") (result i32)
              (local $length i32)
              (block $caught (result i32 i32)
                (try_table (catch $named $caught) (drop (call $run (i32.const 1))))
                (unreachable))
              (local.set $length)
              (i32.load8_u)
              (i32.add (i32.mul (i32.const 1000) (local.get $length))))
            """;
        Assert.Equal(6000 + 'g', Guest(Tag, Body).Run());
        var error = Assert.Throws<LinkException>(() => Instantiate(Tag, ""));
        Assert.Equal(["memory", "cabi_realloc"], error.Problems.Select(static problem => problem.Name));
        Assert.Contains("tags.named", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tag_of_an_externref_holds_the_exception()
    {
        var guest = new TagGuest(Instantiate("""
            (import "tags" "named" (tag $named (param externref)))
            (import "tags" "unsayable" (tag $unsayable (param externref)))
            """, """
            (global $last (export "last") (mut externref) (ref.null extern))
            (func (export "run") (result i32)
              (block $caught (result externref)
                (try_table (catch $named $caught) (catch $unsayable $caught) (drop (call $run (i32.const 1))))
                (unreachable))
              (global.set $last)
              (throw $named (global.get $last)))
            """));
        foreach (Exception exception in (Exception[])[new NamedException("name"), new UnsayableException()])
        {
            _host.Make = () => exception;
            Assert.Same(exception, Record.Exception(() => guest.Run())); // the guest threw it anew
        }
    }

    [Fact]
    public void References_and_floats_cross()
    {
        var held = new object();
        _host.Make = () => new HeldException(held);
        TagGuest guest = Guest("""(import "tags" "held" (tag $held (param externref f64)))""", """
            (table $t (export "t") 1 externref)
            (func (export "run") (result i32)
              (local $factor f64)
              (block $caught (result externref f64)
                (try_table (catch $held $caught) (drop (call $run (i32.const 1))))
                (unreachable))
              (local.set $factor)
              (throw $held (local.get $factor)))
            """);
        var uncaught = Assert.Throws<GuestTagException>(() => guest.Run());
        Assert.Equal(("tags", "held"), (uncaught.Module, uncaught.Name));
        Assert.Same(held, uncaught.Values[0].AsObject());
        Assert.Equal(0.5, uncaught.Values[1].AsDouble());
    }

    [Fact]
    public void A_property_that_fails_ends_the_guest()
    {
        _host.Make = static () => new BrokenException();
        TagGuest guest = Guest("""(import "tags" "broken" (tag $broken (param i32)))""", """
            (func (export "run") (result i32)
              (block $caught (try_table (catch_all $caught) (return (call $run (i32.const 1)))))
              (i32.const 7))
            """);
        var error = Assert.Throws<HostFunctionException>(() => guest.Run());
        Assert.Equal("no value", error.InnerException!.Message);
    }

    [Fact]
    public void A_tag_of_another_type_is_a_link_error()
    {
        var error = Assert.Throws<LinkException>(
            () => Instantiate("""(import "tags" "limit" (tag (param i32)))""", ""));
        LinkProblem problem = Assert.Single(error.Problems);
        Assert.Equal(
            ("tags.limit", "tag (param i32)", "tag (param i32 i64)"), (problem.Name, problem.Want, problem.Have));
        using Module module = Compile("""(import "tags" "limit" (tag (param i32)))""", "");
        Assert.Throws<LinkException>(() => _world.Linker.InstantiatePre(module));
        using Module missing = Compile("""
            (import "tags" "empty" (tag))
            (import "other" "f" (func))
            """, "");
        Assert.Equal(
            "other.f", Assert.Single(Assert.Throws<LinkException>(
                () => _world.Linker.Instantiate(_world.Store, missing)).Problems).Name);
    }

    [Fact]
    public void A_store_s_tag_has_one_type()
    {
        Instantiate("""(import "tags" "limit" (tag (param i32 i64)))""", "");
        var error = Assert.Throws<LinkException>(
            () => Instantiate("""(import "tags" "limit" (tag (param externref)))""", ""));
        Assert.Equal("tag (param i32 i64) (in this store)", Assert.Single(error.Problems).Have);
    }

    [Fact]
    public void One_linker_and_one_pre_serve_many_stores()
    {
        _host.Make = static () => new LimitException(40, 2);
        using Module module = Compile("""(import "tags" "limit" (tag $limit (param i32 i64)))""", """
            (func (export "run") (result i32)
              (block $caught (result i32 i64)
                (try_table (catch $limit $caught) (drop (call $run (i32.const 1))))
                (unreachable))
              (drop))
            """);
        using InstancePre pre = _world.Linker.InstantiatePre(module);
        for (int i = 0; i < 3; i++)
        {
            using var store = new Store(_world.Engine);
            Assert.Equal(40, new TagGuest(pre.Instantiate(store)).Run());
            Assert.Equal(40, new TagGuest(_world.Linker.Instantiate(store, module)).Run());
        }
    }

    [Fact]
    public void Guests_share_a_tag()
    {
        _world.Linker.Define("thrower", Instantiate("""(import "tags" "limit" (tag $limit (param i32 i64)))""", """
            (func (export "throw") (throw $limit (i32.const 3) (i64.const 4)))
            """));
        var catcher = new TagGuest(_world.Instantiate("""
            (module
              (import "tags" "limit" (tag $limit (param i32 i64)))
              (import "thrower" "throw" (func $throw))
              (func (export "run") (result i32)
                (block $caught (result i32 i64)
                  (try_table (catch $limit $caught) (call $throw))
                  (unreachable))
                (drop)))
            """));
        Assert.Equal(3, catcher.Run());
    }

    [Fact]
    public void An_uncaught_exception_of_a_guest_tells_its_tag_and_values()
    {
        var guest = new TagGuest(_world.Instantiate("""
            (module
              (tag $oops (export "oops") (param i32 externref anyref))
              (func (export "run") (result i32)
                (throw $oops (i32.const 5) (ref.null extern) (ref.i31 (i32.const 1)))))
            """));
        for (int i = 0; i < 3; i++)
        {
            var uncaught = Assert.Throws<GuestTagException>(() => guest.Run());
            Assert.Equal(("guest", "oops"), (uncaught.Module, uncaught.Name));
            Assert.Equal("tag (param i32 externref anyref)", uncaught.Tag.ToString());
            Assert.Equal(TrapCode.UncaughtException, uncaught.Code);
            Assert.Equal(5, uncaught.Values[0].AsInt32());
            Assert.Null(uncaught.Values[1].AsObject());
            Assert.Equal(ValueKind.AnyRef, uncaught.Values[2].Kind);
            Assert.Single(uncaught.Backtrace!.Frames);
            Assert.Equal(
                "The guest threw a WebAssembly exception that nothing caught: `guest.oops` (i32.const 5, "
                + "ref.null extern, anyref).",
                uncaught.Message);
        }

        GuestError error = guest.TryRun().Error;
        Assert.Equal((GuestErrorKind.Trap, TrapCode.UncaughtException), (error.Kind, error.TrapCode));
        Assert.Equal(5, ((GuestTagException)error.ToException()).Values[0].AsInt32());
    }

    [Fact]
    public void A_tag_without_a_name_is_told_by_its_type()
    {
        var guest = new TagGuest(_world.Instantiate("""
            (module
              (tag $own (param externref))
              (func (export "run") (result i32) (throw $own (extern.convert_any (ref.i31 (i32.const 1))))))
            """));
        var uncaught = Assert.Throws<GuestTagException>(() => guest.Run());
        Assert.Null(uncaught.Module);
        Assert.Null(uncaught.Name);
        Assert.Equal(ValueKind.AnyRef, uncaught.Values[0].Kind); // the guest's own, in the guise of an object
    }

    [Fact]
    public void A_start_function_may_throw()
    {
        var uncaught = Assert.Throws<GuestTagException>(() => _world.Instantiate("""
            (module
              (tag $own (param i64))
              (func $start (throw $own (i64.const 6)))
              (start $start))
            """));
        Assert.Equal(6, uncaught.Values[0].AsInt64());
        Exception? thrown = null;
        _host.Make = () => thrown = new LimitException(1, 2);
        Assert.Same(
            Record.Exception(() => Instantiate(
                """(import "tags" "limit" (tag $limit (param i32 i64)))""",
                """(func $start (drop (call $run (i32.const 1)))) (start $start)""")),
            thrown);
    }

    [Fact]
    public void An_exception_of_an_inner_guest_passes_through_the_host()
    {
        TagGuest inner = Guest("""(import "tags" "limit" (tag (param i32 i64)))""", """
            (func (export "run") (result i32) (call $run (i32.const 2)))
            """);
        Exception? thrown = null;
        _host.Make = () => thrown = new LimitException(1, 2);
        bool isOuter = true;
        _host.Between = () =>
        {
            if (isOuter)
            {
                isOuter = false;
                inner.Run();
            }
        };
        TagGuest outer = Guest("""(import "tags" "limit" (tag (param i32 i64)))""", """
            (func (export "run") (result i32)
              (block $caught (try_table (catch_all $caught) (return (call $run (i32.const 1)))))
              (i32.const 7))
            """);
        Exception? caught = Record.Exception(() => outer.Run());
        Assert.Same(thrown, caught);
    }

    [Fact]
    public void What_a_guest_keeps_and_throws_later_is_the_same()
    {
        Exception? first = null;
        _host.Make = () => first = new EmptyException();
        Instance instance = Instantiate("", """
            (global $kept (mut exnref) (ref.null exn))
            (func (export "keep")
              (block $caught (result exnref)
                (try_table (catch_all_ref $caught) (drop (call $run (i32.const 1))))
                (unreachable))
              (global.set $kept))
            (func (export "run") (result i32) (throw_ref (global.get $kept)))
            """);
        instance.GetFunction("keep")!.Call();
        _world.Store.CollectReferences();
        GC.Collect();
        Assert.Same(first, Assert.Throws<EmptyException>(() => new TagGuest(instance).Run()));
        Exception? kept = first;
        for (int i = 0; i < 20; i++) // only the last few are known
        {
            instance.GetFunction("keep")!.Call();
        }

        Assert.Same(first, Assert.Throws<EmptyException>(() => new TagGuest(instance).Run()));
        Assert.NotSame(kept, first);
    }

    [Fact]
    public void Many_exceptions_leave_nothing()
    {
        _host.Make = static () => new LimitException(1, 2);
        TagGuest guest = Guest("""(import "tags" "limit" (tag $limit (param i32 i64)))""", """
            (func (export "run") (result i32)
              (local $i i32)
              (loop $again
                (block $caught (result i32 i64)
                  (try_table (catch $limit $caught) (drop (call $run (i32.const 1))))
                  (unreachable))
                (drop)
                (drop)
                (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 2000))))
              (local.get $i))
            """);
        Assert.Equal(2000, guest.Run());
        _world.Store.CollectReferences();
        Assert.Equal(2000, guest.Run());
    }

    [Fact]
    public void Without_exceptions_in_the_engine_it_is_an_interrupt()
    {
        using var world = new World(new EngineOptions { Exceptions = false });
        _host.Make = static () => new LimitException(1, 2);
        world.Linker.Define(_host);
        var guest = new TagGuest(world.Instantiate(
            $"""(module {Run} (func (export "run") (result i32) (call $run (i32.const 1))))"""));
        Assert.Throws<LimitException>(() => guest.Run());
    }

    private TagGuest Guest(string imports, string body) => new(Instantiate(imports, body));

    private Instance Instantiate(string imports, string body)
    {
        using Module module = Compile(imports, body);
        return _world.Linker.Instantiate(_world.Store, module);
    }

    private Module Compile(string imports, string body) =>
        Module.FromText(_world.Engine, "guest", $"(module {Run} {imports} {body})");
}
