using System.Globalization;
using Benchmarks.Package;

namespace WasmBindgen.Benchmarks;

/// <summary>
/// The bindings beside floor.c, which does the same through the same library with nothing in between, and beside the
/// official package Wasmtime. Rounds of all three alternate on one processor, so that whatever else the machine does
/// meets all; the least of all rounds counts.
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

        using var bindings = new BindingCalls();
        using var package = new PackageCalls();
        using var tenants = new TenantCalls(new EngineOptions());
        using var pooled = new TenantCalls(new EngineOptions { Pooling = new PoolingOptions() });
        var floor = new Floor("floor");
        if (!floor.TryCompile())
        {
            return 2;
        }

        Figure[] figures = Figures(bindings, package, tenants, pooled);
        int cpu = Processor.PinThisThread();
        WarmUp(figures);
        for (int round = 0; round < rounds; round++)
        {
            Dictionary<string, double> inC = floor.Run(cpu, World.GuestPath, ValueBenchmarks.GuestPath);
            foreach (Figure figure in figures)
            {
                figure.InC.Add(inC[figure.NameInC]);
                figure.Bindings.Measure(figure);
                figure.Package?.Measure(figure);
            }
        }

        Table.Print(figures, rounds);
        return 0;
    }

    /// <summary>
    /// What is compared. Loops with exceptions are long enough for the garbage that they leave to be collected.
    /// </summary>
    private static Figure[] Figures(
        BindingCalls bindings, PackageCalls package, TenantCalls tenants, TenantCalls pooled) =>
    [
        new("host → guest, int F(int)", "host_to_guest", 50_000, bindings.HostToGuest, package.HostToGuest),
        new(
            "host → guest, call not in the loop",
            "host_to_guest",
            50_000,
            bindings.HostToGuestApart,
            package.HostToGuestApart),
        new("guest → host, int Add(int, int)", "guest_to_host", 100_000, bindings.GuestToHost, package.GuestToHost),
        new("host → guest, with a token", "host_to_guest", 50_000, bindings.HostToGuestWithin),
        new("host → guest, with a timeout", "host_to_guest", 50_000, bindings.HostToGuestInTime),
        new(
            "guest → host, string of 16 bytes",
            "text_16",
            20_000,
            count => bindings.Text(count, 16),
            count => package.Text(count, 16)),
        new(
            "guest → host, string of 1 KiB",
            "text_1k",
            20_000,
            count => bindings.Text(count, 1024),
            count => package.Text(count, 1024)),
        new(
            "guest → host, string of 64 KiB",
            "text_64k",
            500,
            count => bindings.Text(count, 65536),
            count => package.Text(count, 65536)),
        new(
            "guest → host, span of 1 KiB",
            "bytes_1k",
            20_000,
            count => bindings.Bytes(count, 1024),
            count => package.Bytes(count, 1024)),
        new("guest → host, record of 5 fields", "one", 20_000, bindings.Record, package.Record),
        new("store, InstancePre and disposal", "tenant", 200, tenants.Live),
        new("… from a pool", "tenant_pooled", 200, pooled.Live),
        new("interrupt by value", "interrupt", 50_000, bindings.InterruptByValue, package.Interrupt)
        {
            CountsCollections = true,
        },
        new("interrupt, new exception", "interrupt", 20_000, bindings.Interrupt, package.Interrupt)
        {
            CountsCollections = true,
        },
        new("interrupt, same exception object", "interrupt", 20_000, bindings.InterruptAgain, package.InterruptAgain)
        {
            CountsCollections = true,
        },
    ];

    /// <summary>Until the JIT has nothing left to improve, which it does in the background after many calls.</summary>
    private static void WarmUp(Figure[] figures)
    {
        const int Calls = 20;
        const int FewestCalls = 200;
        for (int i = 0; i < Calls; i++)
        {
            foreach (Figure figure in figures)
            {
                int count = figure.CountsCollections ? FewestCalls : figure.Count;
                figure.Bindings.Calls(count);
                figure.Package?.Calls(count);
            }

            Thread.Sleep(50);
        }
    }
}
