namespace WasmBindgen.Runtime.Tests;

/// <summary>The engine ends the process for settings that it cannot take: none of these may do so.</summary>
public sealed class EngineOptionsTests
{
    private static readonly long?[] Sizes = [null, 0, 1, 4095, 65536, 65537, 1L << 32, 1L << 47, long.MaxValue];

    [Fact]
    public void Every_mix_of_settings_gives_an_engine_that_works_or_an_exception()
    {
        var random = new Random(5);
        for (int i = 0; i < 300; i++)
        {
            var options = new EngineOptions
            {
                ConsumeFuel = random.Next(2) == 0,
                Interruption = random.Next(4) != 0,
                MemoryLimitInterrupts = random.Next(3) == 0,
                DebugInfo = random.Next(2) == 0,
                ParallelCompilation = random.Next(3) switch { 0 => null, var other => other == 1 },
                NanCanonicalization = random.Next(2) == 0,
                Optimization = (OptimizationLevel?)random.Next(3),
                MaxWasmStack =
                    random.Next(5) switch { 0 => null, 1 => 1, 2 => 64 << 10, 3 => 64 << 20, _ => int.MaxValue },
                MemoryReservation = Sizes[random.Next(Sizes.Length)],
                MemoryReservationForGrowth = Sizes[random.Next(Sizes.Length)],
                MemoryGuardSize = Sizes[random.Next(Sizes.Length)],
                MemoryMayMove = random.Next(3) switch { 0 => null, var other => other == 1 },
            };
            Exception? ending = Record.Exception(() => Run(options));
            Assert.True(ending is null or WasmException or ArgumentException, $"{options}\n{ending}");
        }
    }

    private static void Run(EngineOptions options)
    {
        using var engine = new Engine(options);
        using Module module = Module.FromText(engine, "memory", """
            (module
              (memory 1)
              (data (i32.const 0) "\2a")
              (func (export "f") (result i32)
                (drop (memory.grow (i32.const 1)))
                (i32.load (i32.const 0))))
            """);
        using var linker = new Linker(engine);
        using var store = new Store(engine, new StoreOptions { Fuel = options.ConsumeFuel ? 1000 : null });
        Assert.Equal(42, linker.Instantiate(store, module).GetFunction("f")!.Call()[0].AsInt32());
    }
}
