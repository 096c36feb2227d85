namespace WasmBindgen.EndToEnd.Tests;

[WasmImport("env")]
public sealed partial class HalfHost
{
    public int Known() => 1;
}

[WasmImport("env")]
public sealed partial class OtherHalfHost
{
    public int Unknown(int value) => value + 1;
}

[WasmImport("outer")]
public sealed partial class OuterHost(Func<int> call)
{
    [Interrupts]
    public int Call() => call();
}

[WasmExport]
public sealed partial class HalfGuest
{
    public partial int Known();

    public partial int Unknown(int value);

    [WasmName("unknown")]
    public partial GuestResult<int> TryUnknown(int value);
}

public sealed class UnknownImportTests : IDisposable
{
    private const string Half = """
        (module
          (import "env" "known" (func $known (result i32)))
          (import "env" "unknown" (func $unknown (param i32) (result i32)))
          (func (export "known") (result i32) (call $known))
          (func $run (export "unknown") (param i32) (result i32) (call $unknown (local.get 0))))
        """;

    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void A_guest_that_calls_one_ends_with_a_typed_error()
    {
        _world.Linker.Define(new HalfHost());
        HalfGuest guest = Guest(Half);
        Assert.Equal(1, guest.Known());
        var error = Assert.Throws<UnknownImportException>(() => guest.Unknown(1));
        Assert.Equal(("env", "unknown", TrapCode.UnknownImport), (error.Module, error.Name, error.Code));
        Assert.Contains("`env.unknown`", error.Message);
        Assert.Equal("run", Assert.Single(error.Backtrace!.Frames).FunctionName);
        Assert.Equal("unknown", error.Backtrace.Import!.Name);
        Assert.Equal(1, guest.Known());
    }

    [Fact]
    public void A_result_has_it_without_an_exception()
    {
        _world.Linker.Define(new HalfHost());
        GuestResult<int> result = Guest(Half).TryUnknown(1);
        Assert.Equal((GuestErrorKind.Trap, TrapCode.UnknownImport), (result.Error.Kind, result.Error.TrapCode));
        Assert.Null(result.Error.Exception);
        Assert.Equal("trap: UnknownImport env.unknown", result.Error.ToString());
        Assert.Equal("unknown", Assert.Throws<UnknownImportException>(() => result.Unwrap()).Name);
    }

    [Fact]
    public void A_guest_cannot_catch_it_and_it_passes_through_host_methods()
    {
        HalfGuest? inner = null;
        _world.Linker.Define(new OuterHost(() => inner!.Unknown(1)));
        inner = Guest(Half);
        Instance outer = _world.Instantiate("""
            (module
              (import "outer" "call" (func $call (result i32)))
              (func (export "run") (result i32)
                (block $caught
                  (try_table (catch_all $caught) (drop (call $call)))
                  (return (i32.const 1)))
                (i32.const 2)))
            """);
        var error = Assert.Throws<UnknownImportException>(() => outer.GetFunction("run")!.Call());
        Assert.Equal("unknown", error.Name);
    }

    [Fact]
    public void A_start_function_may_call_one()
    {
        const string Wat = """(module (import "a" "b" (func $b)) (start $b))""";
        using Module module = Module.FromText(_world.Engine, "guest", Wat);
        _world.Linker.DefineUnknownImportsAsTraps(module);
        Assert.Throws<UnknownImportException>(() => _world.Linker.Instantiate(_world.Store, module));
        using InstancePre pre = _world.Linker.InstantiatePre(module);
        Assert.Throws<UnknownImportException>(() => pre.Instantiate(_world.Store));
    }

    [Fact]
    public void What_is_defined_later_replaces_it_for_new_instances()
    {
        _world.Linker.Define(new HalfHost());
        HalfGuest early = Guest(Half);
        using Module module = Module.FromText(_world.Engine, "guest", Half);
        using InstancePre pre = _world.Linker.InstantiatePre(module);
        _world.Linker.Define(new OtherHalfHost());
        Assert.Equal(6, new HalfGuest(_world.Linker.Instantiate(_world.Store, module)).Unknown(5));
        Assert.Throws<UnknownImportException>(() => early.Unknown(5));
        using var store = new Store(_world.Engine);
        Assert.Throws<UnknownImportException>(() => new HalfGuest(pre.Instantiate(store)).Unknown(5));
        Assert.Throws<LinkException>(() => _world.Linker.Define(new OtherHalfHost()));
        _world.Linker.DefineUnknownImportsAsTraps(module);
        Assert.Equal(6, new HalfGuest(_world.Linker.Instantiate(_world.Store, module)).Unknown(5));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Wasi_may_be_defined_before_or_after(bool isBefore)
    {
        const string Wat = """
            (module
              (import "wasi_snapshot_preview1" "sched_yield" (func $yield (result i32)))
              (import "wasi_unstable" "sched_yield" (func $old (result i32)))
              (func (export "yield") (result i32) (call $yield))
              (func (export "old") (result i32) (call $old)))
            """;
        using Module module = Module.FromText(_world.Engine, "guest", Wat);
        if (isBefore)
        {
            _world.Linker.DefineWasi();
        }

        _world.Linker.DefineUnknownImportsAsTraps(module);
        if (!isBefore)
        {
            _world.Linker.DefineWasi();
        }

        Instance instance = _world.Linker.Instantiate(_world.Store, module);
        Assert.Equal(0, instance.GetFunction("yield")!.Call()[0].AsInt32());
        var error = Assert.Throws<UnknownImportException>(() => instance.GetFunction("old")!.Call());
        Assert.Equal("wasi_unstable", error.Module);
    }

    /// <summary>Such as of the guest's own heap, which the host's functions cannot have.</summary>
    [Fact]
    public void A_function_may_have_any_type()
    {
        Instance instance = Instantiate("""
            (module
              (type $point (struct (field i32)))
              (type $callback (func (param i32)))
              (import "env" "move" (func $move (param (ref $point) v128) (result (ref null $callback) i64)))
              (import "env" "move" (func (param (ref $point) v128) (result (ref null $callback) i64)))
              (func (export "run")
                (call $move (struct.new $point (i32.const 1)) (v128.const i64x2 0 0)) (drop) (drop)))
            """);
        Assert.Throws<UnknownImportException>(() => instance.GetFunction("run")!.Call());
    }

    [Fact]
    public void Several_modules_share_them_and_a_name_keeps_its_type()
    {
        _world.Linker.Define(new HalfHost());
        Guest(Half);
        using (Module same = Module.FromText(_world.Engine, "same", Half))
        {
            _world.Linker.Instantiate(_world.Store, same);
        }

        var error = Assert.Throws<LinkException>(() => Instantiate("""(module (import "env" "unknown" (func)))"""));
        Assert.Equal(new LinkProblem("env.unknown", "func", "func (param i32) (result i32)"), error.Problems[0]);
    }

    [Fact]
    public void What_is_no_function_stays_missing()
    {
        var error = Assert.Throws<LinkException>(() => Instantiate("""
            (module
              (import "env" "f" (func))
              (import "env" "memory" (memory 1))
              (import "env" "table" (table 1 funcref))
              (import "env" "global" (global i32))
              (import "env" "tag" (tag)))
            """));
        Assert.Equal(
            ["env.memory", "env.table", "env.global", "env.tag"],
            error.Problems.Select(static problem => problem.Name));
    }

    [Fact]
    public void A_module_of_another_engine_is_refused()
    {
        using var engine = new Engine();
        using Module module = Module.FromText(engine, "guest", Half);
        Assert.Throws<ArgumentException>(() => _world.Linker.DefineUnknownImportsAsTraps(module));
    }

    private HalfGuest Guest(string wat) => new(Instantiate(wat));

    private Instance Instantiate(string wat)
    {
        using Module module = Module.FromText(_world.Engine, "guest", wat);
        return _world.Linker.DefineUnknownImportsAsTraps(module).Instantiate(_world.Store, module);
    }
}
