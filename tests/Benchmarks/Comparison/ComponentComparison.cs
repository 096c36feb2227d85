using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Benchmarks.Package;

namespace WasmBindgen.Benchmarks;

/// <summary>
/// The same code as a module and as a component, both by this library; and the component by the engine's own component
/// API, in C (components.c) and as the official package has it. Then two components of which one calls the other, by
/// this library and by the engine. Rounds of all alternate on one processor; the least of all rounds counts.
/// </summary>
internal static class ComponentComparison
{
    internal static int Run(string[] args)
    {
        int rounds = args is [var number] ? int.Parse(number, CultureInfo.InvariantCulture) : 15;
        if (!OperatingSystem.IsLinux())
        {
            Console.Error.WriteLine("components runs on Linux only.");
            return 2;
        }

        using var module = new ComponentCalls(ComponentTexts.Module, isComponent: false);
        using var component = new ComponentCalls(ComponentTexts.Component, isComponent: true);
        using var composed = new ComponentCalls(ComponentTexts.Composed, isComponent: true);
        using var package = new ComponentPackageCalls();
        var inC = new Floor("components"); // of the engine that has now been loaded
        if (!inC.TryCompile())
        {
            return 2;
        }

        Line[] lines =
        [
            new("host → guest, s32", "host_to_guest", 20_000, static calls => calls.HostToGuest, package.HostToGuest),
            new("host → guest, string of 16 bytes", "length_16", 10_000, static calls => calls.Length, package.Length),
            new("guest → host, s32", "add", 20_000, Add, package.Add),
            new("guest → host, string of 16 bytes", "text_16", 10_000, Text, count => package.Text(count, 16)),
            new("guest → host, record of 5 fields", "one", 10_000, One, package.One),
            new("guest → host, 1,000 records", "many", 20, Many, package.Many),
            new("guest → host, 16,000 bytes", "bytes_16k", 200, Bytes, count => package.Bytes(count, 16_000)),
            new("a resource of the host: made, used, dropped", "thing", 5_000, Thing, null),
            new("store, instance and disposal", "live", 200, static calls => calls.Live, package.Live),
        ];
        (string Title, string NameInC, int Count, Func<ComponentCalls, Action<int>> Calls)[] between =
        [
            ("s32", "fused_add", 20_000, Add),
            ("string of 16 bytes", "fused_text_16", 10_000, Text),
            ("record of 5 fields", "fused_one", 10_000, One),
            ("1,000 records", "fused_many", 20, Many),
            ("16,000 bytes", "fused_bytes_16k", 200, Bytes),
            ("a resource: made, used, dropped", "fused_thing", 5_000, Thing),
        ];
        Row[] rows =
        [
            .. lines.Select(line => new Row(
                line.Title,
                line.NameInC,
                [
                    new(line.Title, line.NameInC, line.Count, line.Ours(module)),
                    new(line.Title, line.NameInC, line.Count, line.Ours(component)),
                    .. line.Package is { } theirs
                        ? (Figure[])[new(line.Title, line.NameInC, line.Count, theirs)]
                        : [],
                ])),
            .. between.Select(line => new Row(
                line.Title, line.NameInC, [new(line.Title, line.NameInC, line.Count, line.Calls(composed))])),
        ];
        var cores = new Figure("cores", "", 200, Cores(inC));
        Measure(rows, cores, inC, rounds, Processor.PinThisThread());
        Print(rows, cores.Bindings.Times.Min());
        return 0;
    }

    private static Action<int> Add(ComponentCalls calls) => calls.Add;

    private static Action<int> Text(ComponentCalls calls) => count => calls.Text(count, 16);

    private static Action<int> Bytes(ComponentCalls calls) => count => calls.Bytes(count, 16_000);

    private static Action<int> One(ComponentCalls calls) => calls.One;

    private static Action<int> Many(ComponentCalls calls) => calls.Many;

    private static Action<int> Thing(ComponentCalls calls) => calls.Thing;

    /// <summary>The life of a store with the component's core instances, as C makes them in this process.</summary>
    private static unsafe Action<int> Cores(Floor inC)
    {
        nint library = inC.Load();
        byte[] memory = PathOf("memory.wat", ComponentTexts.CoreModules[0]);
        byte[] main = PathOf("main.wat", ComponentTexts.CoreModules[1]);
        fixed (byte* memoryPath = memory, mainPath = main)
        {
            ((delegate* unmanaged<byte*, byte*, void>)NativeLibrary.GetExport(library, "prepare_cores"))(
                memoryPath, mainPath);
        }

        var cores = (delegate* unmanaged<int, void>)NativeLibrary.GetExport(library, "cores");
        return count => cores(count);

        static byte[] PathOf(string name, string text) =>
            Encoding.UTF8.GetBytes(ComponentTexts.Write(name, text) + '\0');
    }

    private static void Measure(Row[] rows, Figure cores, Floor inC, int rounds, int cpu)
    {
        string component = ComponentTexts.Write("component.wat", ComponentTexts.Component);
        string composed = ComponentTexts.Write("composed.wat", ComponentTexts.Composed);
        Figure[] figures = [.. rows.SelectMany(static row => row.Figures), cores];
        foreach (Figure figure in figures)
        {
            for (int i = 0; i < 20; i++)
            {
                figure.Bindings.Calls(Math.Min(figure.Count, 2000));
            }
        }

        Thread.Sleep(200);
        for (int round = 0; round < rounds; round++)
        {
            Dictionary<string, double> times = inC.Run(cpu, component, composed);
            foreach (Row row in rows)
            {
                row.InC.Add(times[row.NameInC]);
            }

            foreach (Figure figure in figures)
            {
                figure.Bindings.Measure(figure);
            }
        }
    }

    private static void Print(Row[] rows, double cores)
    {
        Console.WriteLine(
            "| | module | component | engine, in C | package | component / module | engine / component "
            + "| package / component | B/call: module, component, package |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        foreach (Row row in rows.Where(static row => row.Figures.Length > 1))
        {
            double[] least = row.Least;
            double engine = row.InC.Min();
            string cells = string.Create(
                CultureInfo.InvariantCulture,
                $"{least[0]:F1} | {least[1]:F1} | {engine:F0} | {Cell(least, static all => all[2])} "
                + $"| {least[1] / least[0]:F2} | {engine / least[1]:F1} "
                + $"| {Cell(least, static all => all[2] / all[1])}");
            Console.WriteLine($"| {row.Title} | {cells} | {row.Bytes} |");
        }

        double live = rows.Single(static row => row.NameInC == "live").Least[1];
        Write($"");
        Write($"Its core instances and imports alone, in C: {cores:F0} ns; component / these: {live / cores:F2}.");
        Write($"");
        Write($"| between two components | here | engine, in C | engine / here | B/call |");
        Write($"|---|---|---|---|---|");
        foreach (Row row in rows.Where(static row => row.Figures.Length == 1))
        {
            double least = row.Least[0];
            Write($"| {row.Title} | {least:F1} | {row.InC.Min():F1} | {row.InC.Min() / least:F2} | {row.Bytes} |");
        }
    }

    private static string Cell(double[] least, Func<double[], double> value) =>
        least.Length > 2 ? value(least).ToString("F0", CultureInfo.InvariantCulture) : "–";

    private static void Write(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private sealed record Line(
        string Title, string NameInC, int Count, Func<ComponentCalls, Action<int>> Ours, Action<int>? Package);

    private sealed record Row(string Title, string NameInC, Figure[] Figures)
    {
        internal List<double> InC { get; } = [];

        internal double[] Least => [.. Figures.Select(static figure => figure.Bindings.Times.Min())];

        internal string Bytes => string.Join(
            ", ",
            Figures.Select(static figure => figure.Bindings.BytesPerCall.ToString("F0", CultureInfo.InvariantCulture)));
    }
}
