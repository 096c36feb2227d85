using System.Globalization;
using Benchmarks.Package;

namespace WasmBindgen.Benchmarks;

/// <summary>
/// The same code as a module and as a component, both by this library, and the component by the official package, which
/// uses the engine's own component API. Rounds of all alternate on one processor; the least of all rounds counts.
/// </summary>
internal static class ComponentComparison
{
    internal static int Run(string[] args)
    {
        int rounds = args is [var number] ? int.Parse(number, CultureInfo.InvariantCulture) : 15;
        using var module = new ComponentCalls(isComponent: false);
        using var component = new ComponentCalls(isComponent: true);
        using var package = new ComponentPackageCalls();
        Line[] lines =
        [
            new("host → guest, s32", 20_000, static calls => calls.HostToGuest, package.HostToGuest),
            new("host → guest, string of 16 bytes", 10_000, static calls => calls.Length, package.Length),
            new("guest → host, s32", 20_000, static calls => calls.Add, package.Add),
            new(
                "guest → host, string of 16 bytes",
                10_000,
                static calls => count => calls.Text(count, 16),
                count => package.Text(count, 16)),
            new("guest → host, record of 5 fields", 10_000, static calls => calls.One, package.One),
            new("guest → host, 1,000 records", 20, static calls => calls.Many, package.Many),
            new(
                "guest → host, 16,000 bytes",
                200,
                static calls => count => calls.Bytes(count, 16_000),
                count => package.Bytes(count, 16_000)),
            new("a resource of the host: made, used, dropped", 5_000, static calls => calls.Thing, null),
            new("store, instance and disposal", 200, static calls => calls.Live, package.Live),
        ];
        if (OperatingSystem.IsLinux())
        {
            _ = Processor.PinThisThread();
        }

        Figure[][] figures =
        [
            .. lines.Select(line => (Figure[])
            [
                new(line.Title, "", line.Count, line.Ours(module)),
                new(line.Title, "", line.Count, line.Ours(component)),
                .. line.Package is { } theirs ? (Figure[])[new(line.Title, "", line.Count, theirs)] : [],
            ]),
        ];
        foreach (Figure figure in figures.SelectMany(static line => line))
        {
            for (int i = 0; i < 20; i++)
            {
                figure.Bindings.Calls(Math.Min(figure.Count, 2000));
            }
        }

        Thread.Sleep(200);
        for (int round = 0; round < rounds; round++)
        {
            foreach (Figure figure in figures.SelectMany(static line => line))
            {
                figure.Bindings.Measure(figure);
            }
        }

        Console.WriteLine(
            "| | module | component | package | component / module | package / component | B/call: module, component, "
            + "package |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (Figure[] line in figures)
        {
            double[] least = [.. line.Select(static figure => figure.Bindings.Times.Min())];
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {line[0].Title} | {least[0]:F1} | {least[1]:F1} | {(least.Length > 2 ? $"{least[2]:F0}" : "–")} "
                + $"| {least[1] / least[0]:F2} | {(least.Length > 2 ? $"{least[2] / least[1]:F0}" : "–")} "
                + $"| {string.Join(", ", line.Select(static figure => $"{figure.Bindings.BytesPerCall:F0}"))} |"));
        }

        return 0;
    }

    private sealed record Line(
        string Title, int Count, Func<ComponentCalls, Action<int>> Ours, Action<int>? Package);
}
