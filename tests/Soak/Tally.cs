using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace WasmBindgen.Soak;

/// <summary>What has happened so far, in all threads.</summary>
internal sealed class Tally
{
    private const int MaxWrongs = 20;

    private readonly ConcurrentDictionary<string, StrongBox<long>> _calls = new();
    private readonly ConcurrentDictionary<string, StrongBox<long>> _errors = new();
    private readonly ConcurrentQueue<string> _wrongs = new();

    internal long Calls => _calls.Values.Sum(static count => count.Value);

    internal long Errors => _errors.Values.Sum(static count => count.Value);

    internal IEnumerable<string> CallsByScenario => Lines(_calls);

    internal IEnumerable<string> ErrorsByKind => Lines(_errors);

    internal IReadOnlyCollection<string> Wrongs => _wrongs;

    /// <summary>Whether so much was wrong that more of it would not help.</summary>
    internal bool IsFull => _wrongs.Count >= MaxWrongs;

    /// <summary>By how much a call outlived its limit.</summary>
    internal Worst WorstOverrun { get; } = new();

    /// <summary>The same of a thread that only sleeps.</summary>
    internal Worst WorstSleep { get; } = new();

    internal void Call(string scenario) => Add(_calls, scenario);

    internal void Error(string kind) => Add(_errors, kind);

    internal void Wrong(string what) => _wrongs.Enqueue(what);

    private static void Add(ConcurrentDictionary<string, StrongBox<long>> counts, string name) =>
        Interlocked.Increment(ref counts.GetOrAdd(name, static _ => new StrongBox<long>()).Value);

    private static IEnumerable<string> Lines(ConcurrentDictionary<string, StrongBox<long>> counts) => counts
        .OrderBy(static count => count.Key, StringComparer.Ordinal)
        .Select(static count => $"{count.Key} {count.Value.Value:N0}");
}

/// <summary>The longest of the times that several threads note.</summary>
internal sealed class Worst
{
    private long _ticks;

    internal void Note(TimeSpan time)
    {
        for (long worst = Interlocked.Read(ref _ticks); time.Ticks > worst; worst = Interlocked.Read(ref _ticks))
        {
            Interlocked.CompareExchange(ref _ticks, time.Ticks, worst);
        }
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{new TimeSpan(Interlocked.Read(ref _ticks)).TotalMilliseconds:F0} ms");
}
