namespace WasmBindgen.EndToEnd.Tests;

[WasmExport]
public sealed partial class ShortLivedGuest
{
    public partial int Divide(int value, int by);
}

/// <summary>What threads that have run guests leave behind when they end: nothing.</summary>
[Collection(nameof(Alone))]
public sealed class ThreadEndTests
{
    /// <summary>Each would leave two. The system allows a process 65,530, and the CLR ends it beyond.</summary>
    [Fact]
    public void Threads_that_end_leave_no_mappings_behind()
    {
        const int Threads = 1000;
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var world = new World();
        var guest = new ShortLivedGuest(world.Instantiate("""
            (module (func (export "divide") (param i32 i32) (result i32)
              (i32.div_s (local.get 0) (local.get 1))))
            """));
        Run(Threads / 10); // the first ones make the allocator and the pools grow
        int before = Mappings();
        Run(Threads);
        Assert.InRange(Mappings() - before, int.MinValue, Threads / 2);

        void Run(int threads)
        {
            for (int i = 0; i < threads; i++)
            {
                var thread = new Thread(() =>
                {
                    Assert.Equal(3, guest.Divide(7, 2));
                    Assert.Throws<TrapException>(() => guest.Divide(1, 0)); // by way of a signal
                    Assert.Throws<NullReferenceException>(() => _ = ((string)null!).Length);
                });
                thread.Start();
                thread.Join();
            }
        }
    }

    private static int Mappings() => File.ReadLines("/proc/self/maps").Count();
}
