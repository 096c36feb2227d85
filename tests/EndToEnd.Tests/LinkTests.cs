namespace WasmBindgen.EndToEnd.Tests;

[WasmImport("env")]
public sealed partial class LinkHost
{
    public int Add(int a, int b) => a + b;

    public void Log(long value) => _ = value;
}

[WasmImport("shared")]
public sealed partial class BothHalves
{
    public int First() => 1;

    public int Second() => 2;
}

[WasmImport("shared")]
public static partial class StaticHalves
{
    public static int First() => 1;

    public static int Second() => 2;
}

[WasmExport]
public sealed partial class FullGuest
{
    public partial int Add(int a, int b);

    public partial void Nothing();

    public partial int Counter { get; set; }

    public partial double Ratio { get; }

    public partial bool Flag { get; private set; }

    public partial Memory Memory { get; }

    [WasmName("__indirect_function_table")]
    public partial Table Functions { get; }

    internal void RaiseFlag() => Flag = true;
}

[WasmExport]
public sealed partial class GuestOfTwoNames
{
    public partial int Run(string text);

    [WasmName("run")]
    public partial GuestResult<int> TryRun(string text);

    [WasmName("run")]
    public partial long RunLong(int number);
}

public sealed class LinkTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    /// <summary>The types that this library compares do not say how wide a table's indices are.</summary>
    [Fact]
    public void What_only_the_engine_sees_is_a_link_exception_too()
    {
        Table table = _world.Instantiate("""(module (table (export "t") 1 funcref))""").GetTable("t")!;
        _world.Linker.Define("env", "t", table);
        using Module module = Module.FromText(
            _world.Engine, "demo", """(module (import "env" "t" (table i64 1 funcref)))""");
        foreach (Action link in (Action[])[
            () => _world.Linker.Instantiate(_world.Store, module),
            () => _world.Linker.InstantiatePre(module),
        ])
        {
            var exception = Assert.Throws<LinkException>(link);
            Assert.StartsWith("Module `demo` cannot be linked: ", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_class_is_defined_as_a_whole_or_not_at_all()
    {
        _world.Linker.Define(new SecondHalf());
        foreach (Action define in (Action[])[
            () => _world.Linker.Define(new BothHalves()),
            () => new BothHalves().AddTo(_world.Linker),
            () => _world.Linker.DefinePerStore<BothHalves>(),
            () => StaticHalves.AddTo(_world.Linker),
        ])
        {
            Assert.Contains("`shared.second`", Assert.Throws<LinkException>(define).Message);
        }

        _world.Linker.Define(new FirstHalf());
        _world.Instantiate("""(module (import "shared" "first" (func (result i32))))""");
    }

    [Fact]
    public void All_missing_and_mismatched_imports_are_listed_with_want_and_have()
    {
        _world.Linker.Define(new LinkHost());
        const string Wat = """
            (module
              (import "env" "add" (func (param i32 i32) (result i32)))
              (import "env" "log" (func (param i32)))
              (import "env" "missing" (func (param f32 f64)))
              (import "other" "memory" (memory 1 2))
              (import "other" "global" (global (mut i64)))
              (import "other" "table" (table 1 funcref)))
            """;
        using Module module = Module.FromText(_world.Engine, "demo", Wat);
        foreach (Action link in (Action[])[
            () => _world.Linker.Instantiate(_world.Store, module),
            () => _world.Linker.InstantiatePre(module),
        ])
        {
            var exception = Assert.Throws<LinkException>(link);
            Assert.Equal(
                [
                    new LinkProblem("env.log", "func (param i32)", "func (param i64)"),
                    new LinkProblem("env.missing", "func (param f32 f64)", null),
                    new LinkProblem("other.memory", "memory 1 2", null),
                    new LinkProblem("other.global", "global (mut i64)", null),
                    new LinkProblem("other.table", "table 1 funcref", null),
                ],
                exception.Problems);
            Assert.StartsWith("Module `demo` cannot be linked:\n", exception.Message, StringComparison.Ordinal);
            Assert.Contains(
                "env.log: want func (param i32), have func (param i64)", exception.Message, StringComparison.Ordinal);
            Assert.Contains(
                "env.missing: missing, want func (param f32 f64)", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Memories_globals_and_tables_that_do_not_fit_are_listed()
    {
        _world.Linker
            .Define("host", "memory", new Memory(_world.Store, new MemoryType(1)))
            .Define("host", "global", new Global(_world.Store, new GlobalType(ValueKind.I32, false), 1))
            .Define("host", "table", new Table(_world.Store, new TableType(ValueKind.FuncRef, 1, 5)));
        var exception = Assert.Throws<LinkException>(() => _world.Instantiate("""
            (module
              (import "host" "memory" (memory 2))
              (import "host" "global" (global (mut i32)))
              (import "host" "table" (table 1 4 funcref)))
            """));
        Assert.Equal(
            ["memory 1", "global i32", "table 1 5 funcref"],
            exception.Problems.Select(problem => problem.Have));
    }

    [Fact]
    public void All_missing_and_mismatched_exports_are_listed_with_want_and_have()
    {
        Instance instance = _world.Instantiate("""
            (module
              (func (export "add") (param i32) (result i32) (local.get 0))
              (global (export "counter") i32 (i32.const 0))
              (global (export "ratio") (mut f64) (f64.const 0.5))
              (func (export "memory")))
            """);
        var exception = Assert.Throws<LinkException>(() => new FullGuest(instance));
        Assert.Equal(
            [
                new LinkProblem("add", "func (param i32 i32) (result i32)", "func (param i32) (result i32)"),
                new LinkProblem("nothing", "func", null),
                new LinkProblem("counter", "global (mut i32)", "global i32"),
                new LinkProblem("flag", "global (mut i32)", null),
                new LinkProblem("memory", "memory", "func"),
                new LinkProblem("__indirect_function_table", "table", null),
            ],
            exception.Problems);
        Assert.Contains(typeof(FullGuest).FullName!, exception.Message, StringComparison.Ordinal);
    }

    /// <summary>Twice only where it is wanted as two types.</summary>
    [Fact]
    public void An_export_that_two_methods_name_is_listed_once()
    {
        Instance instance = _world.Instantiate("""
            (module (memory (export "memory") 1) (func (export "cabi_realloc")))
            """);
        var exception = Assert.Throws<LinkException>(() => new GuestOfTwoNames(instance));
        Assert.Equal(
            [
                new LinkProblem("run", "func (param i32 i32) (result i32)", null),
                new LinkProblem(
                    "cabi_realloc", "func (param i32 i32 i32 i32) (result i32), for the values of `run`", "func"),
                new LinkProblem("run", "func (param i32) (result i64)", null),
            ],
            exception.Problems);
    }

    [Fact]
    public void Properties_show_globals_memory_and_tables()
    {
        var guest = new FullGuest(_world.Instantiate("""
            (module
              (func $add (export "add") (param i32 i32) (result i32)
                (i32.add (local.get 0) (i32.add (local.get 1) (global.get $counter))))
              (func (export "nothing"))
              (global $counter (export "counter") (mut i32) (i32.const 7))
              (global (export "ratio") f64 (f64.const 0.5))
              (global (export "flag") (mut i32) (i32.const 0))
              (memory (export "memory") 1)
              (table (export "__indirect_function_table") 2 funcref)
              (elem (i32.const 1) $add))
            """));
        guest.Nothing();
        Assert.Equal(7, guest.Counter);
        guest.Counter = -3;
        Assert.Equal(-3, guest.Counter);
        Assert.Equal(0, guest.Add(1, 2));
        Assert.Equal(0.5, guest.Ratio);
        Assert.False(guest.Flag);
        guest.RaiseFlag();
        Assert.True(guest.Flag);
        guest.Memory.Write(8, 0x0102_0304);
        Assert.Equal(4, guest.Memory.GetSpan(8, 1)[0]);
        Assert.Null(guest.Functions[0]);
        Assert.Equal(4, ((Function)guest.Functions[1]!).Call(3, 4)[0].AsInt32());
    }

    [Fact]
    public void A_name_defined_twice_is_an_error_unless_shadowing_is_allowed()
    {
        _world.Linker.Define(new LinkHost());
        var exception = Assert.Throws<LinkException>(() => _world.Linker.Define(new LinkHost()));
        Assert.Contains("env.add", exception.Message, StringComparison.Ordinal);
        _world.Linker.AllowShadowing = true;
        _world.Linker.Define(new LinkHost());
        Assert.True(_world.Linker.AllowShadowing);
    }

    [Fact]
    public void An_instance_satisfies_another_ones_imports()
    {
        Instance library = _world.Instantiate("""
            (module
              (func (export "inc") (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))
              (memory (export "memory") 1)
              (global (export "g") (mut i32) (i32.const 5)))
            """);
        _world.Linker.Define("lib", library);
        Instance user = _world.Instantiate("""
            (module
              (import "lib" "inc" (func $inc (param i32) (result i32)))
              (import "lib" "memory" (memory 1))
              (import "lib" "g" (global (mut i32)))
              (func (export "run") (param i32) (result i32)
                (i32.store (i32.const 0) (local.get 0)) (call $inc (local.get 0))))
            """);
        Assert.Equal(6, user.GetFunction("run")!.Call(5)[0].AsInt32());
        Assert.Equal(5, library.GetMemory("memory")!.Read<int>(0));
        Assert.Throws<LinkException>(() => _world.Linker.Define("lib", library));
    }

    [Fact]
    public void A_linker_with_items_of_a_store_refuses_others()
    {
        _world.Linker.Define("host", "memory", new Memory(_world.Store, new MemoryType(1)));
        using var other = new Store(_world.Engine);
        using Module module = Module.FromText(_world.Engine, "m", "(module (import \"host\" \"memory\" (memory 1)))");
        Assert.Throws<InvalidOperationException>(() => _world.Linker.Instantiate(other, module));
        Assert.Throws<InvalidOperationException>(
            () => _world.Linker.Define("host", "second", new Memory(other, new MemoryType(1))));
        using InstancePre pre = _world.Linker.InstantiatePre(module);
        Assert.Throws<InvalidOperationException>(() => pre.Instantiate(other));
        pre.Instantiate(_world.Store);
    }

    [Fact]
    public void A_definition_that_fails_binds_a_linker_to_no_store()
    {
        _world.Linker.Define(new LinkHost());
        Assert.Throws<LinkException>(
            () => _world.Linker.Define("env", "add", new Memory(_world.Store, new MemoryType(1))));
        Instance instance = _world.Instantiate("""(module (func (export "add")))""");
        Assert.Throws<LinkException>(() => _world.Linker.Define("env", instance));
        using var other = new Store(_world.Engine);
        using Module module = Module.FromText(_world.Engine, "m", "(module)");
        _world.Linker.Instantiate(other, module);
    }

    [Fact]
    public void What_belongs_to_another_engine_is_refused()
    {
        using var other = new World();
        using Module module = Module.FromText(other.Engine, "m", "(module)");
        Assert.Throws<ArgumentException>(() => _world.Linker.Instantiate(_world.Store, module));
        Assert.Throws<ArgumentException>(() => _world.Linker.Instantiate(other.Store, module));
        Assert.Throws<ArgumentException>(() => _world.Linker.InstantiatePre(module));
        Assert.Throws<ArgumentException>(
            () => _world.Linker.Define("m", "g", new Global(other.Store, new GlobalType(ValueKind.I32, false), 1)));
        using InstancePre pre = other.Linker.InstantiatePre(module);
        Assert.Throws<ArgumentException>(() => pre.Instantiate(_world.Store));
    }

    [Fact]
    public void A_name_that_is_no_unicode_is_refused_before_the_engine_sees_it() =>
        Assert.Throws<ArgumentException>(() =>
            _world.Linker.Define("m", "\ud800", new Global(_world.Store, new GlobalType(ValueKind.I32, false), 1)));

    [Fact]
    public void A_linker_cannot_be_changed_by_a_start_function_that_it_runs()
    {
        var host = new InterruptHost();
        _world.Linker.Define(host);
        host.OnCall = value =>
        {
            _world.Linker.Define(new LinkHost());
            return value;
        };
        var exception = Assert.Throws<HostFunctionException>(() => _world.Instantiate("""
            (module (import "env" "call" (func $call (param i32) (result i32)))
              (func $s (drop (call $call (i32.const 1)))) (start $s))
            """));
        Assert.IsType<InvalidOperationException>(exception.InnerException);
    }

    [Fact]
    public void A_start_function_may_instantiate_through_the_same_linker()
    {
        var host = new InterruptHost();
        _world.Linker.Define(host);
        host.OnCall = value => _world.Instantiate("(module (func (export \"f\") (result i32) (i32.const 3)))")
            .GetFunction("f")!.Call()[0].AsInt32() + value;
        _world.Instantiate("""
            (module (import "env" "call" (func $call (param i32) (result i32)))
              (func $s (if (i32.ne (call $call (i32.const 1)) (i32.const 4)) (then unreachable))) (start $s))
            """);
    }

    [Fact]
    public void A_memory_that_has_grown_satisfies_a_larger_minimum()
    {
        var memory = new Memory(_world.Store, new MemoryType(1, 4));
        memory.Grow(2);
        _world.Linker.Define("host", "memory", memory);
        _world.Instantiate("(module (import \"host\" \"memory\" (memory 3)))");
        Assert.Equal("memory 3 4", Assert.Single(Assert.Throws<LinkException>(
            () => _world.Instantiate("(module (import \"host\" \"memory\" (memory 5)))")).Problems).Have);
        memory.Grow(1);
        _world.Instantiate("(module (import \"host\" \"memory\" (memory 4)))");
    }
}
