using System.Diagnostics;
using System.Globalization;

namespace WasmBindgen.Soak;

/// <summary>What the process has, measured while no guest runs and after all garbage was collected.</summary>
internal readonly record struct Sample(long Heap, long Resident, int Files, int Threads, int Mappings)
{
    internal static Sample Take()
    {
        Collect();
        using var process = Process.GetCurrentProcess();
        return new Sample(
            GC.GetTotalMemory(forceFullCollection: false), process.WorkingSet64, OpenFiles(), process.Threads.Count,
            Maps());
    }

    /// <summary>Also what only finalizers release: forgotten stores, and then what they held.</summary>
    internal static void Collect()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"heap {Heap / 1e6:F1} MB, resident {Resident / 1e6:F1} MB, files {Files}, threads {Threads}, "
            + $"mappings {Mappings}");

    /// <summary>The mappings of the process's address space, of which the system allows only so many.</summary>
    private static int Maps() => File.Exists("/proc/self/maps") ? File.ReadLines("/proc/self/maps").Count() : 0;

    private static int OpenFiles() =>
        Directory.Exists("/proc/self/fd") ? Directory.GetFileSystemEntries("/proc/self/fd").Length : 0;
}
