using System.Runtime.CompilerServices;

namespace WasmBindgen.Soak;

/// <summary>
/// Every scenario, with both kinds of engine, in a store that is disposed and in one that is forgotten. At the end,
/// nothing is left: who counts what the engine makes and frees must find both equal.
/// </summary>
internal static class Once
{
    internal static int Run()
    {
        var tally = new Tally();
        List<WeakReference> forgotten = [];
        Play(memoryLimitInterrupts: false, tally, forgotten);
        Play(memoryLimitInterrupts: true, tally, forgotten);
        Hold();
        while (forgotten.Exists(static store => store.IsAlive) || HasThreads())
        {
            Thread.Sleep(100);
            Sample.Collect();
        }

        Sample.Collect();
        foreach (string wrong in tally.Wrongs)
        {
            Console.WriteLine("WRONG  " + wrong);
        }

        Console.WriteLine($"{tally.Calls} scenarios");
        return tally.Wrongs.Count == 0 ? 0 : 1;
    }

    /// <summary>Objects in tables and globals, exceptions of a guest, a shared memory and a pool.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Hold()
    {
        using var pooled = new Engine(new EngineOptions { Pooling = new PoolingOptions { MaxMemories = 10 } });
        using var engine = new Engine(new EngineOptions { SharedMemories = true });
        using var memory = new SharedMemory(engine, new MemoryType(1, 2, IsShared: true));
        using var linker = new Linker(engine).Define("env", "memory", memory);
        using Module module = Module.FromText(engine, "hold", """
            (module
              (import "env" "memory" (memory 1 2 shared))
              (tag $tag (export "tag") (param externref anyref))
              (table $table (export "table") 1 externref)
              (global (export "global") (mut externref) (ref.null extern))
              (memory (export "own") 1 2 shared)
              (func (export "throw") (throw $tag (table.get $table (i32.const 0)) (ref.i31 (i32.const 1)))))
            """);
        using var store = new Store(engine);
        Instance instance = linker.Instantiate(store, module);
        Table table = instance.GetTable("table")!;
        Global global = instance.GetGlobal("global")!;
        instance.GetSharedMemory("own")!.Dispose();
        _ = instance.Exports;
        table[0] = new object();
        global.Value = WasmValue.FromObject(table[0]);
        table.Grow(1, global.Value.AsObject());
        try
        {
            instance.GetFunction("throw")!.Call();
        }
        catch (GuestTagException)
        {
        }
    }

    /// <summary>Whether a clock of an engine or a thread of a store still runs, which they do for a while.</summary>
    private static bool HasThreads()
    {
        try
        {
            return Directory.Exists("/proc/self/task") && Directory.EnumerateDirectories("/proc/self/task").Any(
                static task => File.ReadAllText(task + "/comm").StartsWith("WasmBindgen", StringComparison.Ordinal));
        }
        catch (IOException)
        {
            return true; // one has ended meanwhile
        }
    }

    // In a frame of its own, which holds no store when it has returned.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Play(bool memoryLimitInterrupts, Tally tally, List<WeakReference> forgotten)
    {
        using var generation = new Generation(memoryLimitInterrupts);
        foreach ((string name, _, Action<Scene> run) in Workers.All)
        {
            foreach (bool isForgotten in new[] { false, true })
            {
                try
                {
                    using var scene = new Scene(generation, new Random(1), tally, isForgotten);
                    forgotten.Add(new WeakReference(scene.Store, trackResurrection: true));
                    run(scene);
                }
                catch (Exception error)
                {
                    tally.Wrong($"{name}: {error}");
                }

                tally.Call(name);
            }
        }
    }
}
