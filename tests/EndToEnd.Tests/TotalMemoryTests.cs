namespace WasmBindgen.EndToEnd.Tests;

[WasmExport]
public sealed partial class ManyMemories
{
    public partial int Grow0(int pages);

    public partial int Grow1(int pages);
}

[WasmExport]
public sealed partial class KeepingGuest
{
    public partial void Keep(int index, object kept);
}

/// <summary>The limit of a store's memory in total, on an engine that counts it.</summary>
public sealed class TotalMemoryTests : IDisposable
{
    private const int Page = 65536;
    private const string Two = """
        (module
          (memory $a 1) (memory $b 1)
          (func (export "grow0") (param i32) (result i32) (memory.grow $a (local.get 0)))
          (func (export "grow1") (param i32) (result i32) (memory.grow $b (local.get 0))))
        """;

    private readonly World _world = new(
        new EngineOptions { CountMemory = true }, new StoreOptions { MaxTotalMemory = 10 * Page });

    public void Dispose() => _world.Dispose();

    [Fact]
    public void All_memories_count_exported_or_not()
    {
        var guest = new ManyMemories(_world.Instantiate(Two));
        Assert.Equal(1, guest.Grow0(6)); // 7 + 1
        Assert.Equal(-1, guest.Grow1(3));
        Assert.Equal(1, guest.Grow1(2)); // 7 + 3
        Assert.Equal(-1, guest.Grow0(1));
        Assert.Equal(-1, guest.Grow0(-1));
        Assert.Equal(7, guest.Grow0(0));
    }

    [Fact]
    public void So_do_those_of_other_instances_and_of_the_host()
    {
        var first = new ManyMemories(_world.Instantiate(Two));
        var memory = new Memory(_world.Store, new MemoryType(3, null));
        var second = new ManyMemories(_world.Instantiate(Two));
        Assert.Equal(3, memory.Grow(1)); // 2 + 4 + 2
        Assert.Equal(1, first.Grow0(1));
        Assert.Equal(1, second.Grow1(1));
        Assert.Equal(-1, first.Grow1(1));
        Assert.Contains(
            "(StoreOptions: MaxTotalMemory = 655360)",
            Assert.Throws<WasmException>(() => memory.Grow(1)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "StoreOptions.MaxTotalMemory, 655360",
            Assert.Throws<WasmException>(() => new Memory(_world.Store, new MemoryType(1, null))).Message,
            StringComparison.Ordinal);
        Assert.EndsWith(
            "(StoreOptions: MaxTotalMemory = 655360)",
            Assert.Throws<WasmException>(() => _world.Instantiate(Two)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_an_instance_that_failed_had_taken_is_free_again()
    {
        Assert.Throws<WasmException>(() => _world.Instantiate("(module (memory 9) (memory 9))"));
        _world.Instantiate("(module (memory 10))");
    }

    [Fact]
    public void Each_store_counts_its_own()
    {
        _world.Instantiate("(module (memory 10))");
        using var other = new Store(_world.Engine, new StoreOptions { MaxTotalMemory = 2 * Page });
        using Module module = Module.FromText(_world.Engine, "guest", Two);
        var guest = new ManyMemories(_world.Linker.Instantiate(other, module));
        Assert.Equal(-1, guest.Grow0(1));
        using var unlimited = new Store(_world.Engine);
        Assert.Equal(1, new ManyMemories(_world.Linker.Instantiate(unlimited, module)).Grow0(100));
    }

    [Fact]
    public void The_heap_of_the_garbage_collector_counts()
    {
        Function fill = _world.Instantiate("""
            (module
              (type $list (struct (field (ref null $list)) (field i64)))
              (func (export "fill") (param i32) (local (ref null $list))
                (loop $again
                  (local.set 1 (struct.new $list (local.get 1) (i64.const 7)))
                  (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))))
            """).GetFunction("fill")!;
        fill.Call(1000);
        Assert.Equal(
            "GC heap out of memory: no capacity for allocation of 40 bytes",
            Assert.Throws<WasmException>(() => fill.Call(1_000_000)).Message);
    }

    [Fact]
    public void Externrefs_that_a_guest_keeps_count()
    {
        var guest = new KeepingGuest(_world.Instantiate("""
            (module
              (table $kept 100000 externref)
              (func (export "keep") (param i32 externref) (table.set $kept (local.get 0) (local.get 1))))
            """));
        int kept = 0;
        Assert.Throws<WasmException>(() =>
        {
            for (; kept < 100_000; kept++)
            {
                guest.Keep(kept, this);
            }
        });
        Assert.InRange(kept, 1000, 10 * Page / 8);
    }

    [Fact]
    public void The_guest_can_be_ended_instead()
    {
        using var world = new World(
            new EngineOptions { MemoryLimitInterrupts = true }, new StoreOptions { MaxTotalMemory = 10 * Page });
        var guest = new ManyMemories(world.Instantiate(Two));
        guest.Grow0(5);
        GuestOutOfMemoryException exception = Assert.Throws<GuestOutOfMemoryException>(() => guest.Grow1(4));
        Assert.Equal((11 * Page, 10 * Page), (exception.RequestedBytes, exception.LimitBytes));
        Assert.Contains("StoreOptions.MaxTotalMemory is 655360", exception.Message, StringComparison.Ordinal);
        Assert.Equal(1, guest.Grow1(3));
    }

    [Fact]
    public void It_needs_an_engine_that_counts() =>
        Assert.Throws<ArgumentException>(() => new Store(new Engine(), new StoreOptions { MaxTotalMemory = 1 }));
}
