namespace WasmBindgen.EndToEnd.Tests;

[WasmImport("env")]
public sealed partial class ReactorHost(Action<Memory> started)
{
    [Interrupts]
    public void Started(Memory memory) => started(memory);
}

[WasmExport]
public sealed partial class Reactor
{
    public partial int Count { get; }
}

/// <summary>Modules whose <c>_initialize</c> must run before anything else (WASI, application ABI).</summary>
public sealed class WasiReactorTests : IDisposable
{
    private const string Counting = """
        (module
          (import "env" "started" (func $started))
          (memory (export "memory") 1)
          (global $count (export "count") (mut i32) (i32.const 0))
          (func $init (export "_initialize")
            (global.set $count (i32.add (global.get $count) (i32.const 1)))
            (call $started)))
        """;

    private const string Endless = """
        (module
          (memory (export "memory") 1)
          (func (export "_initialize") (loop (br 0))))
        """;

    private readonly World _world = new(
        new EngineOptions { ConsumeFuel = true }, new StoreOptions { Fuel = 1_000_000_000 });

    private Action<Memory> _started = static _ => { };

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_is_called_once_with_the_instance_made(bool isPrelinked)
    {
        Memory? memory = null;
        _started = given => memory = given;
        Instance instance = Instantiate(Counting, isPrelinked);
        Assert.Equal(1, new Reactor(instance).Count);
        Assert.Same(instance.GetMemory("memory"), memory);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_interrupt_arrives_as_from_a_start_function(bool isPrelinked)
    {
        var thrown = new FormatException();
        _started = _ => throw thrown;
        Assert.Same(thrown, Assert.Throws<FormatException>(() => Instantiate(Counting, isPrelinked)));
        Assert.Equal("init", Assert.Single(GuestBacktrace.Of(thrown)!.Frames).FunctionName);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_time_of_the_store_limits_it(bool isPrelinked)
    {
        _world.Store.Timeout = TimeSpan.FromMilliseconds(50);
        _world.Store.Fuel = ulong.MaxValue;
        Assert.Throws<GuestTimeoutException>(() => Instantiate(Endless, isPrelinked));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Fuel_limits_it(bool isPrelinked)
    {
        _world.Store.Fuel = 1000;
        Assert.Throws<OutOfFuelException>(() => Instantiate(Endless, isPrelinked));
    }

    [Fact]
    public void An_exit_is_what_it_is_elsewhere()
    {
        var exit = Assert.Throws<GuestExitException>(() => Instantiate("""
            (module
              (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
              (memory (export "memory") 1)
              (func (export "_initialize") (call $exit (i32.const 3))))
            """));
        Assert.Equal(3, exit.ExitCode);
    }

    [Fact]
    public void A_host_method_may_change_the_linker_meanwhile()
    {
        _started = _ => _world.Linker.Define(new SecondHalf());
        Assert.Equal(1, new Reactor(Instantiate(Counting)).Count);
    }

    /// <summary>A command, a function of another type, and a module for another host.</summary>
    [Theory]
    [InlineData("""(func (export "_initialize") (unreachable)) (func (export "_start"))""", true)]
    [InlineData("""(func (export "_initialize") (param i32) (unreachable))""", true)]
    [InlineData("""(global (export "_initialize") i32 (i32.const 0))""", true)]
    [InlineData("""(func (export "_initialize") (unreachable))""", false)]
    public void Others_are_not_called(string export, bool hasWasi)
    {
        using var linker = new Linker(_world.Engine);
        using Module module = Module.FromText(_world.Engine, "guest", $"(module {export})");
        if (hasWasi)
        {
            linker.DefineWasi();
        }

        linker.Instantiate(_world.Store, module);
        using InstancePre pre = linker.InstantiatePre(module);
        pre.Instantiate(_world.Store);
    }

    private Instance Instantiate(string wat, bool isPrelinked = false)
    {
        _world.Linker.Define(new ReactorHost(memory => _started(memory))).DefineWasi();
        using Module module = Module.FromText(_world.Engine, "guest", wat);
        if (!isPrelinked)
        {
            return _world.Linker.Instantiate(_world.Store, module);
        }

        using InstancePre pre = _world.Linker.InstantiatePre(module);
        return pre.Instantiate(_world.Store);
    }
}
