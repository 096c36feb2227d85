using System.Diagnostics;
using System.Text;

namespace WasmBindgen.Runtime.Tests;

/// <summary>Memories that guests of several stores use at the same time.</summary>
public sealed class SharedMemoryTests : IDisposable
{
    private const string Counter = """
        (module
          (import "env" "memory" (memory 1 4 shared))
          (func (export "count") (param $times i32)
            (loop $again
              (drop (i32.atomic.rmw.add (i32.const 64) (i32.const 1)))
              (br_if $again (local.tee $times (i32.sub (local.get $times) (i32.const 1))))))
          (func (export "grow") (result i32) (memory.grow (i32.const 1)))
          (func (export "load") (param i32) (result i32) (i32.load8_u (local.get 0))))
        """;

    private readonly Engine _engine = new(new EngineOptions { SharedMemories = true });
    private readonly SharedMemory _memory;
    private readonly Linker _linker;

    public SharedMemoryTests()
    {
        _memory = new SharedMemory(_engine, new MemoryType(1, 4, IsShared: true));
        _linker = new Linker(_engine).Define("env", "memory", _memory);
    }

    public void Dispose()
    {
        _linker.Dispose();
        _memory.Dispose();
        _engine.Dispose();
    }

    [Fact]
    public void Several_stores_use_it_from_several_threads()
    {
        const int Times = 100_000;
        using Module module = Module.FromText(_engine, "counter", Counter);
        using InstancePre pre = _linker.InstantiatePre(module);
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(i => new Thread(() =>
        {
            using var store = new Store(_engine);
            Instance instance = i % 2 == 0 ? pre.Instantiate(store) : _linker.Instantiate(store, module);
            instance.GetFunction("count")!.Call(Times);
        }))];
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());
        Assert.Equal(4 * Times, _memory.Read<int>(64));
    }

    [Fact]
    public void Host_and_guest_see_each_other_s_bytes_and_growth()
    {
        using Module module = Module.FromText(_engine, "counter", Counter);
        using var store = new Store(_engine);
        Instance instance = _linker.Instantiate(store, module);
        Assert.Equal(6, _memory.WriteString(10, "grüß"));
        Assert.Equal((int)'r', instance.GetFunction("load")!.Call(11)[0].AsInt32());
        Assert.Equal("grüß", _memory.ReadString(10, 6));
        _memory.GetSpan(10, 2)[0] = (byte)'G';
        Assert.Equal((int)'G', instance.GetFunction("load")!.Call(10)[0].AsInt32());
        Span<byte> before = _memory.GetSpan(10, 2);
        Assert.Equal(1, instance.GetFunction("grow")!.Call()[0].AsInt32());
        Assert.Equal(2, _memory.PageCount);
        Assert.Equal(2, _memory.Grow(2));
        Assert.Equal(4 * 65536, _memory.Length);
        Assert.Equal((byte)'G', before[0]); // it has not moved
        _memory.Write(4L * 65536 - 8, 5L);
        Assert.Equal(5, _memory.Read<long>(4L * 65536 - 8));
        Assert.Equal(-1, instance.GetFunction("grow")!.Call()[0].AsInt32());
        Assert.StartsWith(
            "A memory 4 4 shared cannot grow by 1 pages: ",
            Assert.Throws<WasmException>(() => _memory.Grow(1)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => _memory.Grow(-1));
    }

    [Theory]
    [InlineData(65536, 1)]
    [InlineData(-1, 1)]
    [InlineData(65535, 2)]
    [InlineData(long.MinValue, 1)]
    [InlineData(long.MaxValue, int.MaxValue)]
    public void Every_access_is_checked(long address, int length)
    {
        Assert.Throws<GuestMemoryException>(() => _memory.GetSpan(address, length));
        Assert.Throws<GuestMemoryException>(() => _memory.ReadString(address, length));
        Assert.Throws<GuestMemoryException>(() => _memory.Read<long>(address));
        Assert.Throws<GuestMemoryException>(() => _memory.Write(address, 1L));
        Assert.Throws<GuestMemoryException>(() => _memory.WriteString(address, "text"));
        Assert.Throws<GuestMemoryException>(() => _memory.GetSpan<long>(0, int.MaxValue));
        Assert.Throws<GuestMemoryException>(() => _memory.GetSpan(0, -1));
        Assert.Throws<GuestMemoryException>(() => _memory.ReadString(0, -1));
        _memory.Write(0, (short)0x28C3);
        Assert.Equal(
            GuestMemoryFault.InvalidUtf8, Assert.Throws<GuestMemoryException>(() => _memory.ReadString(0, 2)).Fault);
    }

    [Fact]
    public void A_guest_exports_its_own()
    {
        using Module module = Module.FromText(_engine, "own", """
            (module
              (memory (export "m") 2 3 shared)
              (memory (export "plain") 1)
              (func (export "store") (i32.store (i32.const 8) (i32.const 77))))
            """);
        using var store = new Store(_engine);
        Instance instance = _linker.Instantiate(store, module);
        using SharedMemory memory = instance.GetSharedMemory("m")!;
        instance.GetFunction("store")!.Call();
        Assert.Equal(77, memory.Read<int>(8));
        Assert.Equal(new MemoryType(2, 3, IsShared: true), memory.Type);
        Assert.Null(instance.GetSharedMemory("plain"));
        Assert.Null(instance.GetSharedMemory("none"));
        Assert.Null(instance.GetMemory("m"));
        store.Dispose();
        Assert.Equal(77, memory.Read<int>(8)); // it lives on
    }

    [Fact]
    public void What_does_not_fit_is_told()
    {
        Assert.Throws<ArgumentException>(() => new SharedMemory(_engine, new MemoryType(1, 2)));
        Assert.Throws<ArgumentException>(() => new SharedMemory(_engine, new MemoryType(1, IsShared: true)));
        Assert.Throws<ArgumentException>(() => new SharedMemory(_engine, new MemoryType(3, 2, IsShared: true)));
        Assert.Throws<ArgumentException>(() => new SharedMemory(_engine, new MemoryType(1, 65537, IsShared: true)));
        using var store = new Store(_engine);
        Assert.Throws<NotSupportedException>(() => new Memory(store, new MemoryType(1, 2, IsShared: true)));
        using Module module = Module.FromText(_engine, "m", """(module (import "env" "memory" (memory 1 2 shared)))""");
        LinkProblem problem = Assert.Single(
            Assert.Throws<LinkException>(() => _linker.Instantiate(store, module)).Problems);
        Assert.Equal(("memory 1 2 shared", "memory 1 4 shared"), (problem.Want, problem.Have));
        using var other = new Engine();
        using var foreign = new Linker(other);
        Assert.Throws<ArgumentException>(() => foreign.Define("env", "memory", _memory));
        _memory.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _memory.Length);
        Assert.Throws<ObjectDisposedException>(() => _linker.Define("env", "again", _memory));
    }

    [Fact]
    public void Without_the_option_there_is_none()
    {
        using var engine = new Engine();
        Assert.Contains(
            "EngineOptions.SharedMemories",
            Assert.Throws<InvalidOperationException>(
                () => new SharedMemory(engine, new MemoryType(1, 2, IsShared: true))).Message,
            StringComparison.Ordinal);
        using Module module = Module.FromText(engine, "m", """(module (memory (export "m") 1 2 shared))""");
        Assert.Equal("memory 1 2 shared", Assert.Single(module.Exports).Type.ToString());
        using var linker = new Linker(engine);
        using var store = new Store(engine);
        Assert.Contains(
            "EngineOptions.SharedMemories",
            Assert.Throws<LinkException>(() => linker.Instantiate(store, module)).Message,
            StringComparison.Ordinal);
        using InstancePre pre = linker.InstantiatePre(module);
        Assert.Throws<LinkException>(() => pre.Instantiate(store));
    }

    [Fact]
    public void It_binds_a_linker_to_no_store_and_outlives_its_object()
    {
        using Module module = Module.FromText(_engine, "counter", Counter);
        _memory.WriteString(3, "x");
        _memory.Dispose();
        for (int i = 0; i < 2; i++)
        {
            using var store = new Store(_engine);
            Assert.Equal(
                'x', (char)_linker.Instantiate(store, module).GetFunction("load")!.Call(3)[0].AsInt32());
        }

        using var bound = new Store(_engine);
        _linker.Define("env", "plain", new Memory(bound, new MemoryType(1)));
        using var third = new Store(_engine);
        Assert.Throws<InvalidOperationException>(() => _linker.Instantiate(third, module));
    }

    [Fact]
    public void A_guest_that_waits_is_stopped_when_its_own_time_is_up()
    {
        using Module module = Module.FromText(_engine, "waiter", """
            (module
              (import "env" "memory" (memory 1 4 shared))
              (func $after)
              (func (export "wait") (result i32)
                (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const 400000000))
                (call $after)))
            """);
        using var store = new Store(_engine) { Timeout = TimeSpan.FromMilliseconds(50) };
        Instance instance = _linker.Instantiate(store, module);
        var time = Stopwatch.StartNew();
        Assert.Throws<GuestTimeoutException>(() => instance.GetFunction("wait")!.Call());
        Assert.InRange(time.ElapsedMilliseconds, 350, 10_000);
    }

    [Fact]
    public void It_works_where_this_library_makes_the_other_memories()
    {
        using var engine = new Engine(new EngineOptions { SharedMemories = true, CountMemory = true });
        using var memory = new SharedMemory(engine, new MemoryType(1, 4, IsShared: true));
        using var linker = new Linker(engine).Define("env", "memory", memory);
        using Module module = Module.FromText(engine, "counter", Counter);
        using var store = new Store(engine, new StoreOptions { MaxTotalMemory = 1 << 20 });
        linker.Instantiate(store, module).GetFunction("count")!.Call(3);
        Assert.Equal(3, memory.Read<int>(64));
        Assert.Equal("", Encoding.UTF8.GetString(memory.GetSpan(0, 0)));
    }
}
