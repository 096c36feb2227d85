using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Versioning;

namespace WasmBindgen.Benchmarks;

/// <summary>
/// The bindings beside floor.c, which does the same through the same library with nothing in between. Rounds of both
/// alternate on one processor, so that whatever else the machine does meets both; the least of all rounds counts.
/// </summary>
internal static class Comparison
{
    private const int Rounds = 15;

    internal static int Run(string[] args)
    {
        int rounds = args is [var number] ? int.Parse(number, CultureInfo.InvariantCulture) : Rounds;
        if (!OperatingSystem.IsLinux())
        {
            Console.Error.WriteLine("compare runs on Linux only.");
            return 2;
        }

        using var world = new World();
        string floor = Path.Combine(AppContext.BaseDirectory, "floor");
        if (!Compile(floor, LoadedEngine()))
        {
            return 2;
        }

        Guest guest = world.Guest;
        var setup = new ValueBenchmarks();
        setup.Setup();
        ValueGuest values = setup.Guest;
        Figure[] figures =
        [
            new("host → guest, int F(int)", "host_to_guest", 50_000, count => HostToGuest(guest, count)),
            new("host → guest, call not in the loop", "host_to_guest", 50_000, count => HostToGuestApart(guest, count)),
            new("guest → host, int Add(int, int)", "guest_to_host", 100_000, count => guest.CallAdd(count)),
            new("host → guest, with a token", "host_to_guest", 50_000, count => HostToGuestWithin(guest, count)),
            new("host → guest, with a timeout", "host_to_guest", 50_000, count => HostToGuestInTime(guest, count)),
            new("interrupt by value", "interrupt", 2_000, count => InterruptByValue(guest, count)),
            new("interrupt, new exception", "interrupt", 200, count => Interrupt(guest, count)),
            new("interrupt, same exception object", "interrupt", 200, count => InterruptAgain(guest, count)),
            new("guest → host, string of 16 bytes", "text_16", 20_000, count => values.CallText(count, 16)),
            new("guest → host, string of 1 KiB", "text_1k", 20_000, count => values.CallText(count, 1024)),
            new("guest → host, span of 1 KiB", "bytes_1k", 20_000, count => values.CallBytes(count, 1024)),
            new("guest → host, record of 5 fields", "one", 20_000, values.CallOne),
        ];
        int cpu = PinToOneProcessor();
        WarmUp(figures);
        for (int round = 0; round < rounds; round++)
        {
            Dictionary<string, double> inC = RunFloor(floor, cpu);
            foreach (Figure figure in figures)
            {
                figure.InC.Add(inC[figure.NameInC]);
                figure.InCSharp.Add(Measure(figure));
            }
        }

        setup.Cleanup();
        Print(figures, rounds);
        return 0;
    }

    private static void HostToGuest(Guest guest, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (guest.F(i) != i + 1)
            {
                throw new InvalidOperationException("F returned something else.");
            }
        }
    }

    /// <summary>What a single call takes: the JIT cannot prepare a loop's calls into native code once for all of them.</summary>
    private static void HostToGuestApart(Guest guest, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (F(guest, i) != i + 1)
            {
                throw new InvalidOperationException("F returned something else.");
            }
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        static int F(Guest guest, int value) => guest.F(value);
    }

    /// <summary>A call that could be cancelled, and is not.</summary>
    private static void HostToGuestWithin(Guest guest, int count)
    {
        using var source = new CancellationTokenSource();
        for (int i = 0; i < count; i++)
        {
            if (guest.G(i, source.Token) != i + 1)
            {
                throw new InvalidOperationException("G returned something else.");
            }
        }
    }

    private static void HostToGuestInTime(Guest guest, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (guest.GInTime(i) != i + 1)
            {
                throw new InvalidOperationException("G returned something else.");
            }
        }
    }

    private static void InterruptByValue(Guest guest, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (!guest.CallStopByValue().TryGetInterrupt(out int error) || error != 1)
            {
                throw new InvalidOperationException("The guest was not interrupted.");
            }
        }
    }

    private static void Interrupt(Guest guest, int count)
    {
        for (int i = 0; i < count; i++)
        {
            try
            {
                guest.CallStop();
            }
            catch (StopException)
            {
            }
        }
    }

    private static void InterruptAgain(Guest guest, int count)
    {
        for (int i = 0; i < count; i++)
        {
            try
            {
                guest.CallStopAgain();
            }
            catch (StopException)
            {
            }
        }
    }

    /// <summary>Until the JIT has nothing left to improve, which it does in the background after many calls.</summary>
    private static void WarmUp(Figure[] figures)
    {
        for (int i = 0; i < 20; i++)
        {
            foreach (Figure figure in figures)
            {
                figure.Calls(figure.Count);
            }

            Thread.Sleep(50);
        }
    }

    /// <summary>The best of the batches that fit into 40 ms, in nanoseconds a call.</summary>
    private static double Measure(Figure figure)
    {
        double best = double.MaxValue;
        figure.Calls(figure.Count);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long batches = 0;
        for (long end = Stopwatch.GetTimestamp() + Stopwatch.Frequency / 25; Stopwatch.GetTimestamp() < end; batches++)
        {
            long start = Stopwatch.GetTimestamp();
            figure.Calls(figure.Count);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds / figure.Count);
        }

        figure.BytesPerCall = (double)(GC.GetAllocatedBytesForCurrentThread() - allocated) / (batches * figure.Count);
        return best;
    }

    private static void Print(Figure[] figures, int rounds)
    {
        Console.WriteLine($"Nanoseconds a call, {rounds} rounds each: the least (median)");
        Console.WriteLine();
        Console.WriteLine($"| {"",-34} | {"C",15} | {"C#",15} | ratio       | B/call |");
        Console.WriteLine("|------------------------------------|-----------------|-----------------|-------------|--------|");
        foreach (Figure figure in figures)
        {
            double c = figure.InC.Min();
            double sharp = figure.InCSharp.Min();
            double medianC = Median(figure.InC);
            double medianSharp = Median(figure.InCSharp);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {figure.Title,-34} | {c,6:F1} ({medianC,6:F1}) | {sharp,6:F1} ({medianSharp,6:F1}) | {sharp / c,4:F2} ({medianSharp / medianC,4:F2}) | {figure.BytesPerCall,6:F0} |"));
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>The file of the library that this process uses, wherever it was found.</summary>
    private static string LoadedEngine() =>
        File.ReadLines("/proc/self/maps")
            .Where(static line => Path.GetFileName(line).Contains("wasmtime", StringComparison.Ordinal))
            .Select(static line => line[line.IndexOf('/')..])
            .First();

    private static bool Compile(string floor, string engine)
    {
        string source = Path.Combine(AppContext.BaseDirectory, "floor.c");
        string rpath = $"-Wl,-rpath,{Path.GetDirectoryName(engine)}";
        foreach (string compiler in (string[])["cc", "gcc", "clang"])
        {
            try
            {
                using var process = Process.Start(compiler, ["-O2", "-o", floor, source, engine, rpath]);
                process.WaitForExit();
                if (process.ExitCode != 0)
                {
                    Console.Error.WriteLine($"{compiler} could not compile {source}.");
                }

                return process.ExitCode == 0;
            }
            catch (Win32Exception)
            {
                // not installed: try the next
            }
        }

        Console.Error.WriteLine("compare needs a C compiler (cc, gcc or clang) in the PATH, to measure the engine without .NET. On Debian: apt-get install gcc libc6-dev.");
        return false;
    }

    private static Dictionary<string, double> RunFloor(string floor, int cpu)
    {
        var start = new ProcessStartInfo(floor, [World.GuestPath, ValueBenchmarks.GuestPath, cpu.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true };
        start.Environment["RUST_LIB_BACKTRACE"] = "0"; // as the bindings set it for their own process
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(static line => line.Split(' '))
                .ToDictionary(static words => words[0], static words => double.Parse(words[1], CultureInfo.InvariantCulture))
            : throw new InvalidOperationException($"floor ended with exit code {process.ExitCode}.");
    }

    /// <summary>This thread, which measures, to the last processor that it may run on.</summary>
    [SupportedOSPlatform("linux")]
    private static int PinToOneProcessor()
    {
        using var self = Process.GetCurrentProcess();
        int cpu = 63 - (int)ulong.LeadingZeroCount((ulong)self.ProcessorAffinity);
        self.ProcessorAffinity = (nint)(1UL << cpu);
        return cpu;
    }

    private sealed record Figure(string Title, string NameInC, int Count, Action<int> Calls)
    {
        public List<double> InC { get; } = [];

        public List<double> InCSharp { get; } = [];

        public double BytesPerCall { get; set; }
    }
}
