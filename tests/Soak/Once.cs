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
