namespace WasmBindgen.EndToEnd.Tests;

[WasmImport("env", Memory = "mem")]
public sealed partial class NamedMemoryHost
{
    public List<string> Texts { get; } = [];

    public void Log(string text) => Texts.Add(text);

    [WasmMemory("second")]
    public void LogSecond(string text) => Texts.Add("second " + text);

    public void First(Memory memory) => Texts.Add($"{memory.GetSpan<byte>(8, 1)[0]}");

    [WasmMemory("second")]
    public void FirstOfSecond(Memory memory, int ignored) => Texts.Add($"{memory.GetSpan<byte>(8, 1)[0]} {ignored}");

    public string Greet(string name) => "hi " + name;
}

[WasmExport(Memory = "mem")]
public sealed partial class NamedMemoryGuest
{
    public partial void Run();

    public partial string Echo(string text);
}

[WasmExport(Memory = "mem")]
[GuestAllocator("alloc", "free")]
public sealed partial class SecondMemoryGuest
{
    [WasmMemory("second")]
    public partial int Load(ReadOnlySpan<int> values);
}

/// <summary>Uses the usual memory, which its guests import.</summary>
[WasmImport("env")]
public sealed partial class ImportedMemoryHost
{
    public List<string> Texts { get; } = [];

    public void Log(string text) => Texts.Add(text);
}

[WasmExport]
[GuestAllocator("alloc")]
public sealed partial class ImportedMemoryGuest
{
    public partial void Run();

    public partial int Length(string text);
}

public sealed class NamedMemoryTests : IDisposable
{
    private const string Two = """
        (module
          (import "env" "log" (func $log (param i32 i32)))
          (import "env" "log_second" (func $log_second (param i32 i32)))
          (import "env" "first" (func $first))
          (import "env" "first_of_second" (func $first_of_second (param i32)))
          (import "env" "greet" (func $greet (param i32 i32 i32)))
          (memory $first_memory (export "mem") 1)
          (memory $second_memory (export "second") 1)
          (data (memory 0) (i32.const 8) "one")
          (data (memory 1) (i32.const 8) "two")
          (global $top (mut i32) (i32.const 1024))
          (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
            (global.set $top (i32.add (global.get $top) (i32.const 64)))
            (global.get $top))
          (func (export "run")
            (call $log (i32.const 8) (i32.const 3))
            (call $log_second (i32.const 8) (i32.const 3))
            (call $first)
            (call $first_of_second (i32.const 5))
            (call $greet (i32.const 8) (i32.const 3) (i32.const 64))
            (call $log (i32.load 0 (i32.const 64)) (i32.load 0 (i32.const 68))))
          (func (export "echo") (param i32 i32) (result i32)
            (i32.store 0 (i32.const 32) (local.get 0))
            (i32.store 0 (i32.const 36) (local.get 1))
            (i32.const 32)))
        """;

    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void A_class_and_a_method_name_their_memories()
    {
        var host = new NamedMemoryHost();
        _world.Linker.Define(host);
        Instance instance = _world.Instantiate(Two);
        new NamedMemoryGuest(instance).Run();
        Assert.Equal(["one", "second two", "111", "116 5", "hi one"], host.Texts);
        Assert.Equal("hällo", new NamedMemoryGuest(instance).Echo("hällo"));
    }

    [Fact]
    public void Two_instances_with_the_same_names_are_told_apart()
    {
        var host = new NamedMemoryHost();
        _world.Linker.Define(host);
        var one = new NamedMemoryGuest(_world.Instantiate(Two));
        string otherWat = Two.Replace("\"one\"", "\"ONE\"").Replace("\"two\"", "\"TWO\"");
        var other = new NamedMemoryGuest(_world.Instantiate(otherWat));
        one.Run();
        other.Run();
        Assert.Equal(
            ["one", "second two", "111", "116 5", "hi one", "ONE", "second TWO", "79", "84 5", "hi ONE"], host.Texts);
    }

    [Fact]
    public void An_export_uses_the_second_memory()
    {
        var guest = new SecondMemoryGuest(_world.Instantiate("""
            (module
              (memory (export "mem") 1)
              (memory $second (export "second") 1)
              (func (export "alloc") (param i32) (result i32) (i32.const 128))
              (func (export "free") (param i32))
              (func (export "load") (param i32 i32) (result i32)
                (i32.add (i32.load $second (local.get 0)) (i32.load $second offset=4 (local.get 0)))))
            """));
        Assert.Equal(42, guest.Load([40, 2]));
    }

    [Fact]
    public void A_missing_memory_is_told_at_link_time()
    {
        _world.Linker.Define(new NamedMemoryHost());
        using Module module = Module.FromText(_world.Engine, "guest", Two.Replace("\"second\"", "\"third\""));
        foreach (Action link in (Action[])[
            () => _world.Linker.Instantiate(_world.Store, module),
            () => _world.Linker.InstantiatePre(module)])
        {
            LinkProblem problem = Assert.Single(Assert.Throws<LinkException>(link).Problems);
            Assert.Equal(new LinkProblem("second", "memory, for the values of `env.log_second`", null), problem);
        }

        Instance instance = _world.Instantiate("""
            (module (memory (export "memory") 1) (func (export "run"))
              (func (export "echo") (param i32 i32) (result i32) unreachable)
              (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) unreachable))
            """);
        LinkException export = Assert.Throws<LinkException>(() => new NamedMemoryGuest(instance));
        Assert.Equal(
            [new LinkProblem("mem", "memory, for the values of `echo`", null)], export.Problems);
    }

    [Fact]
    public void What_is_no_memory_is_told_at_link_time()
    {
        _world.Linker.Define(new NamedMemoryHost());
        LinkException error = Assert.Throws<LinkException>(() => _world.Instantiate("""
            (module (import "env" "log" (func (param i32 i32))) (func (export "mem")))
            """));
        Assert.Equal([new LinkProblem("mem", "memory, for the values of `env.log`", "func")], error.Problems);
    }

    [Fact]
    public void An_imported_memory_is_found()
    {
        var host = new ImportedMemoryHost();
        var memory = new Memory(_world.Store, new MemoryType(1));
        _world.Linker.Define(host).Define("env", "memory", memory);
        var guest = new ImportedMemoryGuest(_world.Instantiate(Importing("one")));
        guest.Run();
        Assert.Equal(5, guest.Length("hello"));
        Assert.Equal("hello"u8, memory.GetSpan<byte>(512, 5));
        Assert.Equal(["one"], host.Texts);
    }

    [Fact]
    public void An_imported_memory_is_found_after_linking_in_advance()
    {
        var host = new ImportedMemoryHost();
        _world.Linker.Define(host).Define("env", "memory", new Memory(_world.Store, new MemoryType(1)));
        using Module module = Module.FromText(_world.Engine, "guest", Importing("one"));
        using InstancePre pre = _world.Linker.InstantiatePre(module);
        new ImportedMemoryGuest(pre.Instantiate(_world.Store)).Run();
        Assert.Equal(["one"], host.Texts);
    }

    /// <summary>Each has its own memory from its own linker, and what the guest imports is not exported.</summary>
    [Fact]
    public void Instances_with_different_imported_memories_are_told_apart()
    {
        var host = new ImportedMemoryHost();
        var guests = new List<ImportedMemoryGuest>();
        for (int i = 0; i < 3; i++)
        {
            using Linker linker = new Linker(_world.Engine)
                .Define(host)
                .Define("env", "memory", new Memory(_world.Store, new MemoryType(1)));
            using Module module = Module.FromText(_world.Engine, "guest", Importing($"at {i}"));
            guests.Add(new ImportedMemoryGuest(linker.Instantiate(_world.Store, module)));
        }

        guests.ForEach(static guest => guest.Run());
        guests[1].Run();
        guests[0].Run();
        Assert.Equal(["at 0", "at 1", "at 2", "at 1", "at 0"], host.Texts);
        Assert.Equal(3, guests[2].Length("abc"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_start_function_uses_an_imported_memory(bool afterFailure)
    {
        var host = new ImportedMemoryHost();
        _world.Linker.Define(host).Define("env", "memory", new Memory(_world.Store, new MemoryType(1)));
        if (afterFailure)
        {
            Assert.Throws<TrapException>(() => _world.Instantiate("""
                (module (import "env" "memory" (memory 1)) (func $start unreachable) (start $start))
                """));
        }

        _world.Instantiate("""
            (module
              (import "env" "log" (func $log (param i32 i32)))
              (import "env" "memory" (memory 1))
              (data (i32.const 8) "start")
              (func $start (call $log (i32.const 8) (i32.const 5)))
              (start $start))
            """);
        Assert.Equal(["start"], host.Texts);
    }

    [Fact]
    public void Wasi_uses_an_imported_memory()
    {
        using var output = new MemoryStream();
        using var store = new Store(
            _world.Engine, new StoreOptions { Wasi = new WasiOptions { StandardOutput = output } });
        using Linker linker =
            new Linker(_world.Engine).DefineWasi().Define("env", "memory", new Memory(store, new MemoryType(1)));
        using Module module = Module.FromText(_world.Engine, "guest", """
            (module
              (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_tell" (func $tell (param i32 i32) (result i32)))
              (import "env" "memory" (memory 1))
              (data (i32.const 8) "\10\00\00\00\02\00\00\00hi")
              (func (export "run") (result i32)
                (drop (call $tell (i32.const 1) (i32.const 64)))
                (call $write (i32.const 1) (i32.const 8) (i32.const 1) (i32.const 0))))
            """);
        Assert.Equal(0, linker.Instantiate(store, module).GetFunction("run")!.Call()[0].AsInt32());
        Assert.Equal("hi"u8, output.ToArray());
    }

    [Fact]
    public void Wasi_without_a_memory_is_told_at_link_time()
    {
        _world.Linker.DefineWasi();
        LinkException error = Assert.Throws<LinkException>(() => _world.Instantiate("""
            (module
              (import "wasi_snapshot_preview1" "sched_yield" (func (result i32)))
              (import "wasi_snapshot_preview1" "random_get" (func (param i32 i32) (result i32)))
              (memory 1))
            """));
        Assert.Equal(
            [new LinkProblem("memory", "memory, for the values of `wasi_snapshot_preview1.random_get`", null)],
            error.Problems);
        _world.Instantiate("""
            (module
              (import "wasi_snapshot_preview1" "sched_yield" (func (result i32)))
              (import "wasi_snapshot_preview1" "proc_exit" (func (param i32))))
            """);
    }

    private static string Importing(string text) => $$"""
        (module
          (import "env" "log" (func $log (param i32 i32)))
          (import "env" "memory" (memory 1))
          (data (i32.const 8) "{{text}}")
          (func (export "alloc") (param i32) (result i32) (i32.const 512))
          (func (export "run") (call $log (i32.const 8) (i32.const {{text.Length}})))
          (func (export "length") (param i32 i32) (result i32) (local.get 1)))
        """;
}
