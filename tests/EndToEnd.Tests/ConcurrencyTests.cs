using System.Diagnostics;

namespace WasmBindgen.EndToEnd.Tests;

/// <summary>
/// Eight threads with a store each on one engine, each ending its own guest's calls at random moments.
/// </summary>
[Collection(nameof(Alone))]
public sealed class ConcurrencyTests
{
    private const int Threads = 8;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(2);

    // Eight threads on few processors: a thread may not run for a while.
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(2);

    [Fact]
    public void Deadlines_and_cancellations_hit_their_own_store_alone()
    {
        var engine = new Engine(new EngineOptions { InterruptionResolution = TimeSpan.FromMilliseconds(1) });
        using Module module = Module.FromText(engine, "race", """
            (module
              (import "race" "step" (func $step (param i32) (result i32)))
              (func (export "spin") (loop (br 0)))
              (func (export "step") (param i32) (result i32) (call $step (local.get 0))))
            """);
        int[] calls = new int[Threads];
        Exception?[] failures = new Exception?[Threads];
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            try
            {
                calls[number] = Race(engine, module, number);
            }
            catch (Exception exception)
            {
                failures[number] = exception;
            }
        }))];
        Array.ForEach(threads, static thread => thread.Start());
        Thread.Sleep(Duration / 2);
        engine.Dispose(); // guests run on, and so do their deadlines
        Array.ForEach(threads, static thread => thread.Join());
        Assert.All(failures, Assert.Null);
        Assert.All(calls, static count => Assert.InRange(count, 20, int.MaxValue));
    }

    private static int Race(Engine engine, Module module, int seed)
    {
        var random = new Random(seed);
        using var linker = new Linker(engine).Define(new RaceHost());
        using var store = new Store(engine);
        var guest = new RaceGuest(linker.Instantiate(store, module));
        int calls = 0;
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < Duration; calls++)
        {
            TimeSpan limit = TimeSpan.FromMilliseconds(random.Next(1, 12));
            long begin = Stopwatch.GetTimestamp();
            switch (random.Next(5))
            {
                case 0:
                    store.Timeout = limit;
                    Assert.Equal(GuestErrorKind.Timeout, guest.Spin(default).Error.Kind);
                    store.Timeout = null;
                    AssertOnTime(begin, limit);
                    break;
                case 1:
                    using (var source = new CancellationTokenSource())
                    {
                        Thread cancel = Cancel(source, limit);
                        Assert.Equal(GuestErrorKind.Cancelled, guest.Spin(source.Token).Error.Kind);
                        cancel.Join();
                    }

                    AssertOnTime(begin, limit);
                    break;
                case 2: // cancelled about when the call returns: either is right, and the next call is alone
                    using (var source = new CancellationTokenSource())
                    {
                        Thread cancel = Cancel(source, TimeSpan.Zero);
                        GuestResult<int> result = guest.StepWithin(5, source.Token);
                        Assert.True(result.IsOk ? result.Value == 6 : result.Error.Kind == GuestErrorKind.Cancelled);
                        cancel.Join();
                    }

                    break;
                case 3:
                    Assert.True(guest.Step(-1).TryGetInterrupt(out Given given) && given.Number == -1);
                    break;
                default:
                    Assert.Equal(8, guest.Step(7).Value);
                    break;
            }

            Assert.Equal(2, guest.Step(1).Value);
        }

        return calls;
    }

    /// <summary>Not by a timer: that needs a thread of the pool, which the test runner keeps busy.</summary>
    private static Thread Cancel(CancellationTokenSource source, TimeSpan after)
    {
        var thread = new Thread(() =>
        {
            Thread.Sleep(after);
            source.Cancel();
        });
        thread.Start();
        return thread;
    }

    private static void AssertOnTime(long begin, TimeSpan limit) =>
        Assert.InRange(Stopwatch.GetElapsedTime(begin), limit, limit + Late);
}

[WasmImport("race")]
public sealed partial class RaceHost
{
    public Interruptible<int, Given> Step(int value) => value < 0 ? Interrupt.With(new Given(value)) : value + 1;
}

[WasmExport]
public sealed partial class RaceGuest
{
    public partial GuestResult Spin(CancellationToken token);

    public partial GuestResult<int> Step(int value);

    [WasmName("step")]
    public partial GuestResult<int> StepWithin(int value, CancellationToken token);
}
