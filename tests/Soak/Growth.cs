using System.Globalization;

namespace WasmBindgen.Soak;

/// <summary>Whether the process has grown while it did the same all the time.</summary>
internal static class Growth
{
    // By what these vary in a process that does not leak. The C library's arenas keep freed pages, and grow for some
    // five minutes until they have what the worst moment needs; .NET's compiler and pool come and go, and so do the
    // threads of forgotten stores. On two cores, resident memory shows a leak of 80 bytes a call in two minutes, and of
    // 5 bytes in half an hour.
    private static readonly Sample Tolerance =
        new(Heap: 1_000_000, Resident: 30_000_000, Files: 10, Threads: 60, Mappings: 500);

    /// <summary>
    /// Compares the last third of the samples with the second: in the first, .NET compiles, and the tables and pools
    /// reach the size that they need.
    /// </summary>
    internal static IEnumerable<string> Of(IReadOnlyList<Sample> samples)
    {
        int third = samples.Count / 3;
        if (third == 0)
        {
            return ["too short a time to tell whether memory is flat"];
        }

        Sample[] before = [.. samples.Skip(third).Take(third)], after = [.. samples.TakeLast(third)];
        return new[]
        {
            Compare("heap", static sample => sample.Heap), Compare("resident memory", static sample => sample.Resident),
            Compare("open files", static sample => sample.Files), Compare("threads", static sample => sample.Threads),
            Compare("mappings", static sample => sample.Mappings),
        }.OfType<string>();

        string? Compare(string name, Func<Sample, long> part)
        {
            long was = (long)before.Average(part), @is = (long)after.Average(part);
            return @is - was <= part(Tolerance) ? null : $"{name} grew from {was:N0} to {@is:N0}";
        }
    }

    /// <summary>What a store costs, with an instance of the guest that has been called.</summary>
    internal static string OfStore(Tally tally)
    {
        const int Count = 500;
        using var generation = new Generation(memoryLimitInterrupts: false);
        using (var first = NewScene())
        {
            first.Guest.Add(1, 2);
        }

        Sample before = Sample.Take();
        Scene[] scenes = [.. Enumerable.Range(0, Count).Select(_ => NewScene())];
        Array.ForEach(scenes, static scene => scene.Guest.Text("text"));
        Sample after = Sample.Take();
        Array.ForEach(scenes, static scene => scene.Dispose());
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Each(static sample => sample.Resident):F1} KB, in the heap {Each(static sample => sample.Heap):F1} KB");

        Scene NewScene() => new(generation, new Random(0), tally, isForgotten: false);

        double Each(Func<Sample, long> part) => (part(after) - part(before)) / 1e3 / Count;
    }
}
