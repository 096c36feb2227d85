// One guest spins for ever and is stopped after 50 ms; another one, in a store of its own, runs on undisturbed.
using System.Diagnostics;
using WasmBindgen;

using var engine = new Engine();
using var module = Module.FromTextFile(engine, Path.Combine(AppContext.BaseDirectory, "deadlines.wat"));
using var linker = new Linker(engine);
using var endless = new Store(engine);
using var busy = new Store(engine);

var other = new Thread(() =>
{
    var guest = new Guest(linker.Instantiate(busy, module));
    Console.WriteLine($"The busy guest counted down to {guest.Count(500_000_000)}.");
});
other.Start();

var watch = Stopwatch.StartNew();
try
{
    new Guest(linker.Instantiate(endless, module)).Spin();
}
catch (GuestTimeoutException timeout)
{
    Console.WriteLine($"{timeout.Message} It was stopped after {watch.ElapsedMilliseconds} ms:");
    Console.WriteLine(timeout.Backtrace);
}

other.Join();

[WasmExport]
internal sealed partial class Guest
{
    [Timeout(50)]
    public partial void Spin();

    public partial int Count(int times);
}
