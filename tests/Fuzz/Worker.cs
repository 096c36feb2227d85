using System.Diagnostics;

namespace WasmBindgen.Fuzz;

/// <summary>Something to try again and again.</summary>
internal interface IPart : IDisposable
{
    /// <summary>Runs one input, which the random numbers define, and throws if anything about it was wrong.</summary>
    void Run(Chance any, Tally tally);
}

/// <summary>What a check found.</summary>
internal sealed class FaultException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>How often each kind of outcome was seen.</summary>
internal sealed class Tally
{
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    internal void Add(string kind)
    {
        lock (_counts)
        {
            _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
        }
    }

    public override string ToString() => string.Join(", ", _counts.Select(static one => $"{one.Key} {one.Value}"));
}

/// <summary>Runs inputs until the time is over or one fails.</summary>
internal sealed class Worker(Settings settings)
{
    internal const int FoundFault = 1;

    internal static readonly string[] Parts = ["guests", "damage", "misuse", "components"];

    internal int Run()
    {
        using var progress = new Progress(settings.Progress!);
        string[] parts = settings.Only is { } only ? [only] : Parts;
        long total = 0;
        foreach (string name in parts)
        {
            var tally = new Tally();
            using IPart part = Create(name);
            var time = Stopwatch.StartNew();
            long input = settings.Input ?? 0;
            for (; input <= (settings.Input ?? long.MaxValue); input++)
            {
                if (settings.Input is null && time.Elapsed.TotalSeconds * parts.Length > settings.Seconds)
                {
                    break;
                }

                progress.Write(name, input);
                try
                {
                    part.Run(new Chance(settings.Seed, name, input), tally);
                }
                catch (Exception exception)
                {
                    Console.WriteLine(exception);
                    Console.WriteLine($"Fuzz: input {input} of {name} failed: {settings.Again(name, input)}");
                    return FoundFault;
                }
            }

            long count = settings.Input is null ? input : 1;
            Console.WriteLine($"{name}: {count} inputs in {time.Elapsed.TotalSeconds:f0} s: {tally}");
            total += count;
        }

        Console.WriteLine($"Fuzz: {total} inputs, nothing wrong");
        return 0;
    }

    private static IPart Create(string name) => name switch
    {
        "guests" => new Guests.GuestPart(),
        "damage" => new Damage.DamagePart(),
        "misuse" => new Misuse.MisusePart(),
        "components" => new Components.ComponentPart(),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
