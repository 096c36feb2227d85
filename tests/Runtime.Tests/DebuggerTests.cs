using System.Diagnostics;
using System.Reflection;

namespace WasmBindgen.Runtime.Tests;

/// <summary>What a debugger shows: it asks while the process stands still, with a store in use by any thread.</summary>
public sealed class DebuggerTests : IDisposable
{
    private readonly Engine _engine = new();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Every_object_of_the_engine_shows_what_it_is()
    {
        var linker = new Linker(_engine);
        Module module = Module.FromText(_engine, "guest", """
            (module
              (func (export "f") (param i32)) (memory (export "m") 1) (global (export "g") (mut i32) (i32.const 0))
              (table (export "t") 1 funcref)
              (func (export "trap") unreachable))
            """);
        InstancePre pre = linker.InstantiatePre(module);
        var store = new Store(_engine);
        Instance instance = linker.Instantiate(store, module);
        Memory memory = instance.GetMemory("m")!;
        Table table = instance.GetTable("t")!;
        object[] things =
        [
            _engine, linker, module, pre, instance, instance.GetFunction("f")!, instance.GetGlobal("g")!, memory, table,
        ];
        string[] expected =
        [
            "interruption: on, fuel: off", "0 definitions", "guest: 0 imports, 5 exports", "guest", "instance of guest",
            "func (param i32)", "global (mut i32)", "memory", "table",
        ];
        Assert.Equal("not in use", Show(store));
        Assert.Equal(expected, things.Select(Show));

        GuestBacktrace backtrace = Assert.Throws<TrapException>(() => instance.GetFunction("trap")!.Call()).Backtrace!;
        Assert.Equal("not read yet", Show(backtrace));
        Assert.Single(backtrace.Frames);
        Assert.Equal("1 frames", Show(backtrace));

        store.Enter();
        int owner = Environment.CurrentManagedThreadId;
        var other = new Thread(() =>
        {
            Assert.Equal($"in use by thread {owner}", Show(store));
            Assert.Equal(expected, things.Select(Show));
        });
        other.Start();
        other.Join();
        store.Exit();

        Assert.Equal("memory 1", memory.Type.ToString());
        Assert.Equal("table 1 funcref", table.Type.ToString());
        Assert.Equal(5, instance.Exports.Length);
        foreach (IDisposable disposable in (IDisposable[])[store, pre, linker, module, _engine])
        {
            disposable.Dispose();
        }

        Assert.Equal("disposed", Show(store));
        Assert.Equal(
            [
                "disposed", "0 definitions, disposed", "guest: 0 imports, 5 exports, disposed", "guest, disposed",
                "instance of guest", "func (param i32)", "global (mut i32)", "memory 1", "table 1 funcref",
            ],
            things.Select(Show));
    }

    [Fact]
    public void Types_once_read_are_kept()
    {
        using var linker = new Linker(_engine);
        using Module module = Module.FromText(
            _engine, "guest", """(module (memory (export "m") 1 3) (table (export "t") 1 5 funcref))""");
        Instance instance;
        using (var store = new Store(_engine))
        {
            instance = linker.Instantiate(store, module);
            Memory memory = instance.GetMemory("m")!;
            Table table = instance.GetTable("t")!;
            (MemoryType, TableType) types = (memory.Type, table.Type);
            memory.Grow(1);
            table.Grow(1);
            Assert.Equal(("memory 1 3", "table 1 5 funcref"), (memory.Type.ToString(), table.Type.ToString()));
            Assert.Same(types.Item1, memory.Type);
            Assert.Same(types.Item2, table.Type);
            Assert.True(instance.Exports == instance.Exports);
        }

        Assert.Equal(
            ["m memory 1 3", "t table 1 5 funcref"],
            instance.Exports.Select(static export => $"{export.Name} {export.Type}"));
    }

    /// <summary>What the debugger evaluates.</summary>
    private static string Show(object thing)
    {
        Assert.Equal("{DebuggerDisplay,nq}", thing.GetType().GetCustomAttribute<DebuggerDisplayAttribute>()!.Value);
        return (string)thing.GetType()
            .GetProperty("DebuggerDisplay", BindingFlags.Instance | BindingFlags.NonPublic)!
            .GetValue(thing)!;
    }
}
