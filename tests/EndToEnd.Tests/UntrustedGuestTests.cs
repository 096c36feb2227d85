namespace WasmBindgen.EndToEnd.Tests;

[WasmImport("host")]
public sealed partial class ObjectSource
{
    public object Make() => new byte[1000];
}

/// <summary>What docs/security.md recommends for modules of strangers bounds what they take.</summary>
public sealed class UntrustedGuestTests : IDisposable
{
    private const int Page = 65536;
    private const long MostMemory = 64 << 20;
    private readonly World _world = new(
        new EngineOptions
        {
            MaxFunctionComplexity = 500_000,
            MaxModuleComplexity = 5_000_000,
            ParallelCompilation = false,
            CountMemory = true,
        },
        new StoreOptions
        {
            MaxTotalMemory = MostMemory,
            MaxTableElements = 10_000,
            MaxTables = 10,
            MaxInstances = 10,
        });

    public UntrustedGuestTests()
    {
        _world.Store.Timeout = TimeSpan.FromSeconds(1);
        _world.Linker.Define(new ObjectSource()).DefineWasi();
    }

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Fifty_memories_get_no_more_than_one()
    {
        IEnumerable<string> memories = Enumerable.Range(0, 50).Select(static i => $"(memory $m{i} 1)");
        IEnumerable<string> growths = Enumerable.Range(0, 50).Select(static i => $"""
            (loop $again
              (if (i32.ne (memory.grow $m{i} (i32.const 16)) (i32.const -1))
                (then (local.set 0 (i32.add (local.get 0) (i32.const 16))) (br $again))))
            """);
        Function grow = _world.Instantiate($"""
            (module
              {string.Concat(memories)}
              (func (export "grow") (result i32) (local i32) {string.Concat(growths)} (local.get 0)))
            """).GetFunction("grow")!;
        Assert.InRange(grow.Call()[0].AsInt32(), 900, (MostMemory / Page) - 50);
    }

    [Fact]
    public void Tables_are_bounded()
    {
        Assert.Throws<WasmException>(() => _world.Instantiate("(module (table 10001 funcref))"));
        Assert.Throws<WasmException>(() =>
            _world.Instantiate($"(module {string.Concat(Enumerable.Repeat("(table 1 funcref)", 11))})"));
    }

    [Theory]
    [InlineData("(loop $again (br $again))")]
    [InlineData("(loop $again (drop (call $make)) (br $again))")]
    [InlineData("(loop $again (drop (call $random (i32.const 0) (i32.const 0x1000000))) (br $again))")]
    public void A_guest_that_never_returns_is_ended(string body)
    {
        Function run = _world.Instantiate($"""
            (module
              (import "host" "make" (func $make (result externref)))
              (import "wasi_snapshot_preview1" "random_get" (func $random (param i32 i32) (result i32)))
              (memory (export "memory") 256)
              (func (export "run") {body}))
            """).GetFunction("run")!;
        Assert.Throws<GuestTimeoutException>(() => run.Call());
    }

    [Fact]
    public void Instances_are_bounded()
    {
        for (int i = 0; i < 10; i++)
        {
            _world.Instantiate("(module)");
        }

        Assert.Throws<WasmException>(() => _world.Instantiate("(module)"));
    }

    [Fact]
    public void What_takes_long_to_compile_is_refused()
    {
        string wat = $"(module (func {string.Concat(Enumerable.Repeat("(loop", 1000))}{new string(')', 1000)}))";
        Assert.Throws<InvalidModuleException>(() => Module.FromText(_world.Engine, "slow", wat));
    }
}
