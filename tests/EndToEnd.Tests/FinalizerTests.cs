using System.Runtime.CompilerServices;

namespace WasmBindgen.EndToEnd.Tests;

/// <summary>Guests that are called when nobody holds them any more.</summary>
public sealed partial class FinalizerTests : IDisposable
{
    private static readonly List<string> Log = [];
    private static Plugin? s_resurrected;
    private static Task? s_queued;

    private readonly World _world = new();

    public FinalizerTests() => _world.Linker.Define(new Env());

    public void Dispose()
    {
        _world.Dispose();
        Log.Clear();
        s_resurrected = null;
    }

    [Theory]
    [InlineData("run", "store")]
    [InlineData("fail", "HostFunctionException")]
    [InlineData("spin", "GuestTimeoutException")]
    [InlineData("text", "some text")]
    public void A_finalizer_may_call_a_guest(string export, string outcome)
    {
        MakeAndForget(export, resurrect: false);
        Collect();
        Assert.Contains(Log, entry => entry.StartsWith(outcome, StringComparison.Ordinal)
            || entry.StartsWith(nameof(ObjectDisposedException), StringComparison.Ordinal));
    }

    [Fact]
    public void Who_comes_back_to_life_finds_the_store_gone()
    {
        MakeAndForget("run", resurrect: true);
        Collect();
        Assert.NotNull(s_resurrected);
        for (int i = 0; i < 3; i++)
        {
            Collect();
        }

        Assert.Throws<ObjectDisposedException>(s_resurrected.Call);
        Assert.Throws<ObjectDisposedException>(() => s_resurrected.Memory.Length);
    }

    /// <summary>The engine's clock still ticks when the finalizer of the engine itself has run.</summary>
    [Fact]
    public void A_finalizer_may_call_a_guest_of_an_engine_that_ends_too()
    {
        for (int i = 0; i < 5; i++)
        {
            MakeEngineAndForget(queue: false);
            Collect();
            Thread.Sleep(50);
        }

        Assert.Equal(5, Log.Count(static entry => entry == "store"));
    }

    /// <summary>The store goes when the call has ended that runs on another thread.</summary>
    [Fact]
    public async Task A_finalizer_may_queue_a_call()
    {
        for (int i = 0; i < 5; i++)
        {
            MakeEngineAndForget(queue: true);
            Collect();
            Exception? end = await Record.ExceptionAsync(() => s_queued!);
            Assert.True(end is GuestTimeoutException or ObjectDisposedException, $"{end}"); // it may come too late
            Collect();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MakeEngineAndForget(bool queue)
    {
        var engine = new Engine();
        Module module = Module.FromText(engine, "guest", """
            (module
              (import "env" "act" (func $act))
              (memory (export "memory") 1)
              (func (export "run") (call $act))
              (func (export "spin")
                (loop $l
                  (i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (i32.const 1)))
                  (br $l))))
            """);
        Instance instance = new Linker(engine).Define(new Env()).Instantiate(new Store(engine), module);
        _ = queue
            ? (object)new Queuing(new SpinningGuest(instance))
            : new Plugin(new LastGuest(instance), instance.GetMemory("memory")!, resurrect: false);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void MakeAndForget(string export, bool resurrect)
    {
        using Module module = Module.FromText(_world.Engine, "guest", $"""
            (module
              (import "env" "act" (func $act))
              (import "env" "fail" (func $fail))
              (import "env" "say" (func $say (param i32 i32)))
              (memory (export "memory") 1)
              (data (i32.const 8) "some text")
              (func $run call $act)
              (func $spin (loop br 0))
              (func $text (call $say (i32.const 8) (i32.const 9)))
              (export "run" (func ${export})))
            """);
        Instance instance = _world.Linker.Instantiate(new Store(_world.Engine), module);
        _ = new Plugin(new LastGuest(instance), instance.GetMemory("memory")!, resurrect);
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    private sealed class Plugin(LastGuest guest, Memory memory, bool resurrect)
    {
        ~Plugin()
        {
            if (resurrect)
            {
                s_resurrected = this;
                return;
            }

            try
            {
                Call();
            }
            catch (Exception exception)
            {
                Log.Add(exception.GetType().Name);
            }
        }

        internal Memory Memory => memory;

        internal void Call() => guest.Run();
    }

    private sealed class Queuing(SpinningGuest guest)
    {
        ~Queuing()
        {
            s_queued = guest.Spin();
            Thread.Sleep(20); // so that it usually begins before the other finalizers
        }
    }

    [WasmExport]
    public sealed partial class SpinningGuest
    {
        [Timeout(100)]
        public partial Task Spin();
    }

    [WasmExport]
    public sealed partial class LastGuest
    {
        [Timeout(50)]
        public partial void Run();
    }

    [WasmImport("env")]
    public sealed partial class Env
    {
        public void Act(Store store) => Log.Add(store is null ? "none" : "store");

        public void Fail() => throw new NotSupportedException();

        public void Say(string text) => Log.Add(text);
    }
}
