namespace WasmBindgen.EndToEnd.Tests;

public class UnwindException : Exception;

public sealed class DerivedUnwindException : UnwindException;

[WasmImport("env")]
public sealed partial class UnwindingHost
{
    public Action Act { get; set; } = static () => { };

    [Interrupts<UnwindException>]
    public void Unwind() => Act();

    public void Undeclared() => Act();

    public Interrupt<int> Code() => Interrupt.With(5);
}

[WasmExport]
public sealed partial class InvokingGuest
{
    /// <summary>Has the function at the index called, and returns its result; or -1 if the guest found out.</summary>
    public partial int Run(int index);

    [WasmName("run")]
    public partial GuestResult<int> TryRun(int index);

    [WasmName("run")]
    public partial Task<int> RunLater(int index);

    public partial int Unwinds();

    public partial int Threw { get; }

    public partial int Top { get; set; }

    [WasmName("__indirect_function_table")]
    public partial Table Table { get; }
}

/// <summary>The functions <c>invoke_*</c> of guests that need not be emscripten's.</summary>
public sealed class InvokeTests : IDisposable
{
    private const int Answer = 1;
    private const int Unwind = 2;
    private const int Undeclared = 3;
    private const int Code = 4;
    private const int Deep = 5;
    private const int Nested = 6;
    private const int OtherType = 7;
    private const int Null = 8;
    private const int Fault = 9;

    private const string Exports = """
        (func (export "stackSave") (result i32) (global.get $top))
        (func (export "stackRestore") (param i32) (global.set $top (local.get 0)))
        (func (export "setThrew") (param i32 i32)
          (global.set $threw (i32.add (local.get 0) (local.get 1))))
        """;

    private const string Body = """
        (global $top (export "top") (mut i32) (i32.const 1000))
        (global $threw (export "threw") (mut i32) (i32.const 0))
        (table $table (export "__indirect_function_table") 10 funcref)
        (elem (i32.const 1) func $answer $unwinds $undeclares $codes $deep $nested $other)
        (elem (i32.const 9) func $fault)
        (func $answer (result i32) (i32.const 42))
        (func $unwinds (export "unwinds") (result i32)
          (global.set $top (i32.sub (global.get $top) (i32.const 16)))
          (call $unwind) (i32.const 43))
        (func $undeclares (result i32) (call $undeclared) (i32.const 43))
        (func $codes (result i32) (call $code) (i32.const 43))
        (func $deep (result i32) (i32.add (call $invoke_i (i32.const 5)) (i32.const 1)))
        (func $nested (result i32) (call $run (i32.const 2)))
        (func $other (param i32) (result i32) (local.get 0))
        (func $fault (result i32) unreachable)
        (func $run (export "run") (param $index i32) (result i32) (local $result i32)
          (global.set $threw (i32.const 0))
          (local.set $result (call $invoke_i (local.get $index)))
          (select (i32.const -1) (local.get $result) (global.get $threw)))
        """;

    private const string Imports = """
        (import "env" "invoke_i" (func $invoke_i (param i32) (result i32)))
        (import "env" "unwind" (func $unwind))
        (import "env" "undeclared" (func $undeclared))
        (import "env" "code" (func $code))
        """;

    private const string Wat = $"(module {Imports} {Exports} {Body})";

    private readonly UnwindingHost _host = new() { Act = static () => throw new UnwindException() };
    private World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void It_returns_what_the_function_does()
    {
        InvokingGuest guest = Instantiate();
        Assert.Equal((42, 0, 1000), (guest.Run(Answer), guest.Threw, guest.Top));
    }

    [Fact]
    public void A_declared_interrupt_is_caught_and_the_guest_s_stack_restored()
    {
        InvokingGuest guest = Instantiate();
        Assert.Equal((-1, 1, 1000), (guest.Run(Unwind), guest.Threw, guest.Top));
        _host.Act = static () => throw new DerivedUnwindException();
        Assert.Equal((-1, 1000), (guest.Run(Unwind), guest.Top));
        Assert.Equal((-1, 1000), (guest.Run(Nested), guest.Top)); // by the inner one
        Assert.Equal(42, guest.Run(Answer));
    }

    [Fact]
    public void One_exception_object_may_be_thrown_again_and_again()
    {
        InvokingGuest guest = Instantiate();
        var reused = new UnwindException();
        _host.Act = () => throw reused;
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal((-1, 1000), (guest.Run(Unwind), guest.Top));
        }
    }

    [Fact]
    public void An_error_that_a_method_returns_is_caught_too()
    {
        InvokingGuest guest = Instantiate(static (linker, module) => linker.DefineInvokes<int>(module));
        Assert.Equal(-1, guest.Run(Code));
        Assert.IsType<UnwindException>(Record.Exception(() => guest.Run(Unwind)));
    }

    [Fact]
    public void Nothing_else_is_caught()
    {
        InvokingGuest guest = Instantiate();
        Assert.IsType<UnwindException>(
            Assert.Throws<HostFunctionException>(() => guest.Run(Undeclared)).InnerException);
        Assert.Equal(5, Assert.Throws<GuestInterruptedException<int>>(() => guest.Run(Code)).Error);
        Assert.Equal(TrapCode.Unreachable, guest.TryRun(Fault).Error.TrapCode);
        Assert.Equal(42, guest.Run(Answer));
    }

    [Fact]
    public void What_an_inner_call_ended_with_passes()
    {
        InvokingGuest guest = Instantiate();
        var exception = new UnwindException();
        bool isInner = false;
        _host.Act = () =>
        {
            if (isInner)
            {
                throw exception;
            }

            isInner = true;
            guest.Unwinds();
        };
        Assert.Same(exception, Assert.Throws<UnwindException>(() => guest.Run(Unwind)));
        Assert.Equal(
            ["unwinds", "unwinds", "run"],
            GuestBacktrace.Of(exception)!.Frames.Select(static frame => frame.FunctionName));
        Assert.Equal(-1, guest.Run(Unwind)); // what the method throws itself
    }

    [Theory]
    [InlineData(10, TrapCode.TableOutOfBounds)]
    [InlineData(-1, TrapCode.TableOutOfBounds)]
    [InlineData(0, TrapCode.IndirectCallToNull)]
    [InlineData(Null, TrapCode.IndirectCallToNull)]
    [InlineData(OtherType, TrapCode.BadSignature)]
    public void A_bad_index_is_a_trap(int index, TrapCode code)
    {
        InvokingGuest guest = Instantiate();
        GuestError error = guest.TryRun(index).Error;
        Assert.Equal((GuestErrorKind.Trap, code), (error.Kind, error.TrapCode));
        Assert.Equal("run", Assert.Single(error.Backtrace!.Frames).FunctionName);
        Assert.Equal(42, guest.Run(Answer));
    }

    [Fact]
    public void A_recursion_without_end_is_a_stack_overflow()
    {
        InvokingGuest guest = Instantiate();
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(TrapCode.StackOverflow, guest.TryRun(Deep).Error.TrapCode);
        }

        Assert.Equal(42, guest.Run(Answer));
    }

    [Fact]
    public void A_table_may_change_between_calls()
    {
        InvokingGuest guest = Instantiate();
        Table table = guest.Table;
        Assert.Equal(42, guest.Run(Answer));
        table[Answer] = table[OtherType];
        Assert.Equal(TrapCode.BadSignature, guest.TryRun(Answer).Error.TrapCode);
        table[Answer] = table[Unwind];
        Assert.Equal(-1, guest.Run(Answer));
        table[OtherType] = table[Undeclared];
        Assert.Equal(GuestErrorKind.HostFunction, guest.TryRun(OtherType).Error.Kind);
    }

    [Fact]
    public void Each_instance_has_its_own_table_and_stack()
    {
        InvokingGuest one = Instantiate();
        Assert.Equal(42, one.Run(Answer));
        var other = new InvokingGuest(_world.Instantiate(Wat.Replace("i32.const 42", "i32.const 24")));
        Assert.Equal((42, 24), (one.Run(Answer), other.Run(Answer)));
        other.Top = 2000;
        Assert.Equal((-1, -1), (one.Run(Unwind), other.Run(Unwind)));
        Assert.Equal((1000, 2000), (one.Top, other.Top));
    }

    [Fact]
    public void Values_of_every_numeric_type_go_through_and_are_zero_after_an_error()
    {
        const string Types = "i64 f32 f64 v128";
        string wat = $"""
            (module {Imports}
              (import "env" "invoke_all" (func $all (param i32 {Types}) (result {Types})))
              {Exports} {Body.Replace("$fault)", "$same)")}
              (func $same (param i64 f32 f64 v128) (result {Types})
                (if (i64.eqz (local.get 0)) (then (call $unwind)))
                (local.get 0) (local.get 1) (local.get 2) (local.get 3))
              (func (export "all") (param i64 f32 f64) (result i64 f32 f64 i64) (local $last v128)
                (call $all (i32.const 9) (local.get 0) (local.get 1) (local.get 2) (i64x2.splat (i64.const 7)))
                (local.set $last)
                (i64x2.extract_lane 1 (local.get $last))))
            """;
        Function all = Instance(wat, Define<UnwindException>).GetFunction("all")!;
        Assert.Equal([long.MinValue, 1.5f, -2.5, 7L], all.Call(long.MinValue, 1.5f, -2.5));
        Assert.Equal([0L, 0f, 0.0, 0L], all.Call(0L, 1.5f, -2.5));
    }

    [Fact]
    public void References_do_not_go_through()
    {
        LinkException exception = Assert.Throws<LinkException>(() => Instance(
            """(module (import "env" "invoke_ve" (func (param i32 externref))))""", Define<UnwindException>));
        Assert.Equal("env.invoke_ve", Assert.Single(exception.Problems).Name);
    }

    [Fact]
    public void A_module_without_what_it_takes_does_not_link()
    {
        LinkException exception = Assert.Throws<LinkException>(() => Instance(
            """
            (module
              (import "env" "invoke_v" (func (param i32)))
              (import "env" "invoke_i" (func (param i32) (result i32)))
              (table (export "__indirect_function_table") 1 externref)
              (func (export "stackSave") (result i64) unreachable)
              (func (export "_emscripten_stack_restore") (param i32)))
            """,
            Define<UnwindException>));
        Assert.Equal(
            [
                "__indirect_function_table: want table funcref, for `env.invoke_v`, have table 1 externref",
                "stackSave: want func (result i32), for `env.invoke_v`, have func (result i64)",
                "setThrew: missing, want func (param i32 i32), for `env.invoke_v`",
            ],
            exception.Problems.Select(static problem => problem.ToString()));
    }

    [Fact]
    public void A_module_whose_invokes_nobody_defined_is_told_what_to_call()
    {
        LinkException exception = Assert.Throws<LinkException>(() => Instance(Wat, static (_, _) => { }));
        Assert.Equal(
            ["env.invoke_i: missing, want func (param i32) (result i32) (call DefineInvokes)"],
            exception.Problems.Select(static problem => problem.ToString()));
    }

    [Fact]
    public void Names_of_later_versions()
    {
        string wat = Wat.Replace("stackSave", "emscripten_stack_get_current")
            .Replace("stackRestore", "_emscripten_stack_restore");
        var guest = new InvokingGuest(Instance(wat, Define<UnwindException>));
        Assert.Equal((42, -1, 1000), (guest.Run(Answer), guest.Run(Unwind), guest.Top));
    }

    [Fact]
    public void What_is_defined_already_stays_except_traps()
    {
        InvokingGuest guest = Instantiate(static (linker, module) => linker
            .DefineInvokes<UnwindException>(module).DefineInvokes<int>(module));
        Assert.Equal(-1, guest.Run(Unwind));
        _world.Dispose();
        _world = new World();
        guest = Instantiate(static (linker, module) => linker
            .DefineUnknownImportsAsTraps(module).DefineInvokes<UnwindException>(module));
        Assert.Equal(-1, guest.Run(Unwind));
    }

    [Fact]
    public void A_caught_error_is_no_failure_of_the_guest()
    {
        _world.Dispose();
        _world = new World(storeOptions: new StoreOptions { EndsWithFailure = true });
        InvokingGuest guest = Instantiate();
        Assert.Equal((-1, 42), (guest.Run(Unwind), guest.Run(Answer)));
        Assert.Equal(TrapCode.Unreachable, guest.TryRun(Fault).Error.TrapCode);
        Assert.Equal(TrapCode.Unreachable, guest.TryRun(Answer).Error.TrapCode);
    }

    [Theory]
    [InlineData("stackRestore", "unreachable", TrapCode.Unreachable)]
    [InlineData("stackRestore", "(loop (br 0))", TrapCode.OutOfFuel)]
    [InlineData("setThrew", "(call $unwind)", TrapCode.Unknown)]
    [InlineData("setThrew", "(drop (call $run (i32.const 2)))", TrapCode.StackOverflow)]
    public void Glue_that_fails_ends_the_guest(string function, string instead, TrapCode code)
    {
        _world.Dispose();
        _world = new World(
            new EngineOptions { ConsumeFuel = true }, new StoreOptions { Fuel = 100_000_000 });
        string wat = Wat.Replace($"(export \"{function}\")", "")
            .Replace(Body, $"{Body} (func (export \"{function}\") (param i32{Second(function)}) {instead})");
        var guest = new InvokingGuest(Instance(wat, Define<UnwindException>));
        for (int i = 0; i < 2; i++)
        {
            GuestError error = guest.TryRun(Unwind).Error;
            Assert.Equal(
                (code == TrapCode.Unknown ? GuestErrorKind.Interrupt : GuestErrorKind.Trap, code),
                (error.Kind, error.TrapCode));
            _world.Store.Fuel = 100_000_000;
        }

        static string Second(string function) => function == "setThrew" ? " i32" : "";
    }

    [Fact]
    public void A_wasm_exception_goes_through_to_the_guest_that_catches_it()
    {
        string wat = $"""
            (module {Imports} {Exports} {Body.Replace("$fault)", "$throws)")}
              (tag $tag (param i32))
              (func $throws (result i32) (throw $tag (i32.const 77)))
              (func (export "catch") (result i32)
                (block $caught (result i32)
                  (try_table (catch $tag $caught) (drop (call $invoke_i (i32.const 9))))
                  (i32.const 0))))
            """;
        Instance instance = Instance(wat, Define<UnwindException>);
        Assert.Equal([77], instance.GetFunction("catch")!.Call());
        Assert.Throws<GuestTagException>(() => new InvokingGuest(instance).Run(Fault));
        Assert.Equal(-1, new InvokingGuest(instance).Run(Unwind));
    }

    [Fact]
    public void Start_functions_may_use_it()
    {
        var guest = new InvokingGuest(Instance(
            Wat.Replace(Body, Body + "(func $begin (drop (call $run (i32.const 2)))) (start $begin)"),
            Define<UnwindException>));
        Assert.Equal((1, 1000), (guest.Threw, guest.Top));
    }

    [Fact]
    public void The_host_may_call_it_itself_if_there_is_only_one_instance()
    {
        Instance instance = Instance(
            Wat.Replace(Body, Body + "(export \"invoke\" (func $invoke_i))"), Define<UnwindException>);
        Function invoke = instance.GetFunction("invoke")!;
        Assert.Equal([42], invoke.Call(Answer));
        _world.Instantiate("(module)");
        WasmException exception = Assert.Throws<WasmException>(() => invoke.Call(Answer));
        Assert.Contains("`setThrew`", exception.Message, StringComparison.Ordinal);
        Assert.Equal(42, new InvokingGuest(instance).Run(Answer));
    }

    [Fact]
    public async Task Asynchronous_calls_and_a_store_disposed_meanwhile()
    {
        InvokingGuest guest = Instantiate();
        Assert.Equal(-1, await guest.RunLater(Unwind));
        _host.Act = () =>
        {
            _world.Store.Dispose();
            throw new UnwindException();
        };
        Assert.Equal(-1, guest.Run(Unwind));
        Assert.Throws<ObjectDisposedException>(() => guest.Run(Answer));
    }

    [Fact]
    public void Traces_show_it()
    {
        var lines = new List<string>();
        InvokingGuest guest = Instantiate((linker, module) =>
        {
            linker.Trace = lines.Add;
            linker.DefineInvokes<UnwindException>(module);
        });
        guest.Run(Answer);
        guest.Run(Unwind);
        Assert.Equal(["env.invoke_i(0: 1) = 42", "env.invoke_i(0: 2) = 0"], lines);
    }

    [Fact]
    public void Many_stores_share_one_linker()
    {
        using Module module = Module.FromText(_world.Engine, "guest", Wat);
        _world.Linker.Define(_host).DefineInvokes<UnwindException>(module);
        using InstancePre pre = _world.Linker.InstantiatePre(module);
        Parallel.For(0, 8, i =>
        {
            using var store = new Store(_world.Engine);
            var guest = new InvokingGuest(pre.Instantiate(store));
            for (int call = 0; call < 200; call++)
            {
                Assert.Equal((42, -1, 1000), (guest.Run(Answer), guest.Run(Unwind), guest.Top));
            }
        });
    }

    private static void Define<TError>(Linker linker, Module module) => linker.DefineInvokes<TError>(module);

    private InvokingGuest Instantiate(Action<Linker, Module>? define = null) =>
        new(Instance(Wat, define ?? Define<UnwindException>));

    private Instance Instance(string wat, Action<Linker, Module> define)
    {
        using Module module = Module.FromText(_world.Engine, "guest", wat);
        define(_world.Linker.Define(_host), module);
        return _world.Linker.Instantiate(_world.Store, module);
    }
}
