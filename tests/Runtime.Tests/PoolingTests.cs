using System.Diagnostics;

namespace WasmBindgen.Runtime.Tests;

/// <summary>Instances from a pool, compiled modules from a directory, faults without signals, and profilers.</summary>
public sealed class PoolingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Instances_come_and_go()
    {
        using var engine = new Engine(new EngineOptions
        {
            Pooling = new PoolingOptions { MaxInstances = 2, MaxMemories = 2, KeepResidentBytes = 65536 },
        });
        using Module module = Module.FromText(engine, "m", """
            (module
              (memory (export "memory") 1)
              (data (i32.const 0) "\07")
              (func (export "next") (result i32)
                (i32.store8 (i32.const 0) (i32.add (i32.load8_u (i32.const 0)) (i32.const 1)))
                (i32.load8_u (i32.const 0))))
            """);
        using var linker = new Linker(engine);
        using InstancePre pre = linker.InstantiatePre(module);
        for (int i = 0; i < 20; i++)
        {
            using var store = new Store(engine);
            Instance instance = pre.Instantiate(store);
            Assert.Equal(8, instance.GetFunction("next")!.Call()[0].AsInt32()); // nothing of the one before
            instance.GetMemory("memory")!.Write(60_000, 1);
        }

        using var full = new Store(engine);
        pre.Instantiate(full);
        pre.Instantiate(full);
        Assert.Contains(
            "PoolingOptions: MaxInstances = 2",
            Assert.Throws<WasmException>(() => pre.Instantiate(full)).Message,
            StringComparison.Ordinal);
        full.Dispose();
        using var free = new Store(engine);
        Assert.Equal(8, pre.Instantiate(free).GetFunction("next")!.Call()[0].AsInt32());
    }

    [Fact]
    public void Limits_of_the_pool_hold()
    {
        using var engine = new Engine(new EngineOptions
        {
            MemoryReservation = 1 << 20,
            Pooling = new PoolingOptions { MaxMemories = 4, MaxMemoryBytes = 128 << 10, MaxTableElements = 10 },
        });
        using Module module = Module.FromText(engine, "m", """
            (module
              (memory 1)
              (table 4 externref)
              (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
              (func (export "table") (param i32) (result i32) (table.grow (ref.null extern) (local.get 0))))
            """);
        using var linker = new Linker(engine);
        using var store = new Store(engine);
        Instance instance = linker.Instantiate(store, module);
        Assert.Equal(1, instance.GetFunction("grow")!.Call(1)[0].AsInt32());
        Assert.Equal(-1, instance.GetFunction("grow")!.Call(1)[0].AsInt32());
        Assert.Equal(4, instance.GetFunction("table")!.Call(6)[0].AsInt32());
        Assert.Equal(-1, instance.GetFunction("table")!.Call(1)[0].AsInt32());
        Assert.Throws<InvalidModuleException>(() => Module.FromText(engine, "m", "(module (memory 3))"));
        Assert.Throws<InvalidModuleException>(() => Module.FromText(engine, "m", "(module (memory 1) (memory 1))"));
        Assert.Throws<InvalidModuleException>(() => Module.FromText(engine, "m", "(module (table 11 funcref))"));
    }

    [Fact]
    public void Objects_work_with_a_pool()
    {
        using var engine = new Engine(new EngineOptions { Pooling = new PoolingOptions { MaxMemories = 2 } });
        using Module module = Module.FromText(engine, "m", """
            (module (table (export "t") 1 externref) (memory 1) (tag $t) (func (export "throw") (throw $t)))
            """);
        using var linker = new Linker(engine);
        for (int i = 0; i < 5; i++)
        {
            using var store = new Store(engine);
            Instance instance = linker.Instantiate(store, module);
            Table table = instance.GetTable("t")!;
            table[0] = this;
            Assert.Same(this, table[0]);
            Assert.Throws<GuestTagException>(() => instance.GetFunction("throw")!.Call());
        }
    }

    [Fact]
    public void What_the_engine_would_end_the_process_for_is_refused()
    {
        Refuses<ArgumentException>(new() { Pooling = new() { MaxMemoryBytes = 1L << 33 } });
        Refuses<ArgumentException>(
            new() { MemoryReservation = 0, Pooling = new() { MaxMemoryBytes = 65536, MaxMemories = 1 } });
        Refuses<ArgumentException>(new() { Pooling = new() { KeepResidentBytes = long.MaxValue } });
        Refuses<ArgumentOutOfRangeException>(new() { Pooling = new() { MaxInstances = -1 } });
        Refuses<ArgumentException>(new() { CountMemory = true, Pooling = new() });
        Refuses<ArgumentException>(new() { MemoryLimitInterrupts = true, Pooling = new() });
        Refuses<WasmException>(new() { Pooling = new() { MaxMemories = 100_000 } });
        Refuses<WasmException>(new() { MemoryGuardSize = 1L << 40, Pooling = new() });
        Refuses<WasmException>(new() { Pooling = new() { MaxTableElements = int.MaxValue, MaxTables = int.MaxValue } });

        static void Refuses<T>(EngineOptions options)
            where T : Exception
        {
            Exception? refusal = Record.Exception(() => new Engine(options));
            Assert.IsType<T>(refusal, exactMatch: false);
        }
    }

    [Fact]
    public void Every_mix_of_sizes_gives_a_pool_or_an_exception()
    {
        var random = new Random(9);
        for (int i = 0; i < 100; i++)
        {
            int? Number() =>
                random.Next(4) switch { 0 => null, 1 => 0, 2 => random.Next(20), _ => random.Next(20_000) };
            long? Size() =>
                random.Next(5) switch { 0 => null, 1 => 0, 2 => 65537, 3 => 1L << random.Next(40), _ => 1L << 32 };
            var options = new EngineOptions
            {
                MemoryReservation = Size(),
                MemoryGuardSize = Size(),
                Pooling = new PoolingOptions
                {
                    MaxInstances = Number(),
                    MaxMemories = Number(),
                    MaxTables = Number(),
                    MaxMemoriesPerModule = Number(),
                    MaxTablesPerModule = Number(),
                    MaxMemoryBytes = Size(),
                    MaxTableElements = Number(),
                    MaxInstanceBytes = Number(),
                    KeepResidentBytes = Size(),
                },
            };
            Exception? ending = Record.Exception(() =>
            {
                using var engine = new Engine(options);
                using Module module = Module.FromText(engine, "m", "(module (memory 1) (table 1 funcref))");
                using var linker = new Linker(engine);
                using var store = new Store(engine);
                linker.Instantiate(store, module);
            });
            Assert.True(ending is null or WasmException or ArgumentException, $"{options}\n{ending}");
        }
    }

    [Fact]
    public void Compiled_modules_are_kept_in_a_directory()
    {
        string cache = Path.Combine(_folder, "it's \"a\" cache \\ ü");
        for (int i = 0; i < 2; i++)
        {
            using var engine = new Engine(new EngineOptions { CacheDirectory = cache });
            using Module module = Module.FromText(
                engine, "m", """(module (func (export "f") (result i32) (i32.const 42)))""");
            using var linker = new Linker(engine);
            using var store = new Store(engine);
            Assert.Equal(42, linker.Instantiate(store, module).GetFunction("f")!.Call()[0].AsInt32());
            string[] files = [.. Directory.EnumerateFiles(cache, "*", SearchOption.AllDirectories)
                .Where(static file => Path.GetExtension(file).Length == 0)];
            Assert.Single(files); // the second time, it is the same
        }

        string file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        Assert.Throws<ArgumentException>(
            () => new Engine(new EngineOptions { CacheDirectory = Path.Combine(file, "cache") }));
    }

    [Fact]
    public void Faults_are_found_without_signals()
    {
        using var engine = new Engine(new EngineOptions { SignalsBasedTraps = false });
        using Module module = Module.FromText(engine, "m", """
            (module
              (memory 1)
              (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))
              (func (export "divide") (param i32) (result i32) (i32.div_s (i32.const 1) (local.get 0)))
              (func (export "stop") (unreachable))
              (func $deep (export "deep") (call $deep)))
            """);
        using var linker = new Linker(engine);
        using var store = new Store(engine);
        Instance instance = linker.Instantiate(store, module);
        Assert.Equal(0, instance.GetFunction("load")!.Call(4)[0].AsInt32());
        Assert.Equal(TrapCode.MemoryOutOfBounds, Trap("load", 65533));
        Assert.Equal(TrapCode.MemoryOutOfBounds, Trap("load", -1));
        Assert.Equal(TrapCode.IntegerDivisionByZero, Trap("divide", 0));
        Assert.Equal(TrapCode.Unreachable, Trap("stop"));
        Assert.Equal(TrapCode.StackOverflow, Trap("deep"));

        TrapCode Trap(string name, params int[] arguments) => Assert.Throws<TrapException>(
            () => instance.GetFunction(name)!.Call([.. arguments.Select(static one => (WasmValue)one)])).Code;
    }

    [Fact]
    public void Without_signals_the_process_has_no_handler()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(NativeObjectTests.SoakFolder, "WasmBindgen.Soak.dll"), "--signals"])
        {
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal("without: none, with: all", output.Trim());
    }

    [Fact]
    public void A_profiler_is_told_the_names_of_functions()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var engine = new Engine(new EngineOptions { Profiling = ProfilingStrategy.PerfMap });
        using Module module = Module.FromText(engine, "m", """(module (func $a_function_to_find (export "f")))""");
        Assert.Contains(
            "a_function_to_find",
            File.ReadAllText(Path.Combine(Path.GetTempPath(), $"perf-{Environment.ProcessId}.map")),
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new Engine(new EngineOptions { Profiling = (ProfilingStrategy)9 }));
    }

    [Theory]
    [InlineData(ProfilingStrategy.JitDump)]
    [InlineData(ProfilingStrategy.VTune)]
    public void Other_profilers_can_be_told(ProfilingStrategy strategy)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var engine = new Engine(new EngineOptions { Profiling = strategy });
        using Module module = Module.FromText(engine, "m", "(module (func))");
        string dump = $"jit-{Environment.ProcessId}.dump";
        Assert.Equal(strategy == ProfilingStrategy.JitDump, File.Exists(dump));
        File.Delete(dump);
    }
}
