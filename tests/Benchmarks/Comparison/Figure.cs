using System.Diagnostics;

namespace WasmBindgen.Benchmarks;

/// <summary>A line of the table.</summary>
internal sealed class Figure(string title, string nameInC, int count, Action<int> bindings, Action<int>? package = null)
{
    internal string Title => title;

    /// <summary>What floor.c calls it.</summary>
    internal string NameInC => nameInC;

    /// <summary>How many calls a batch makes.</summary>
    internal int Count => count;

    /// <summary>
    /// Whether a batch is timed as a whole, with the garbage collections in it, rather than by its best part.
    /// </summary>
    internal bool CountsCollections { get; init; }

    internal List<double> InC { get; } = [];

    internal Column Bindings { get; } = new(bindings);

    /// <summary>Null for what the package does not have.</summary>
    internal Column? Package { get; } = package is null ? null : new(package);

    /// <summary>One way to make the calls, and how long they took.</summary>
    internal sealed class Column(Action<int> calls)
    {
        internal Action<int> Calls => calls;

        /// <summary>Nanoseconds a call, one number a round.</summary>
        internal List<double> Times { get; } = [];

        internal double BytesPerCall { get; private set; }

        /// <summary>Garbage collections in all rounds.</summary>
        internal int Collections { get; private set; }

        /// <summary>The best of the batches that fit into 40 ms, or of one batch if that takes longer.</summary>
        internal void Measure(Figure figure)
        {
            calls(Math.Min(figure.Count, 1000));
            GC.Collect(); // or this column pays for what the one before left
            double best = double.MaxValue;
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            int collections = GC.CollectionCount(0);
            long batches = 0;
            for (long end = Stopwatch.GetTimestamp() + Stopwatch.Frequency / 25;
                batches == 0 || Stopwatch.GetTimestamp() < end;
                batches++)
            {
                long start = Stopwatch.GetTimestamp();
                calls(figure.Count);
                best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds / figure.Count);
            }

            Times.Add(best);
            Collections += GC.CollectionCount(0) - collections;
            BytesPerCall = (double)(GC.GetAllocatedBytesForCurrentThread() - allocated) / (batches * figure.Count);
        }
    }
}
