using System.Diagnostics;

namespace WasmBindgen.Benchmarks;

[WasmImport("host")]
public sealed partial class SlowHost
{
    private readonly object _never = new();

    public void Wait(CancellationToken token)
    {
        token.WaitHandle.WaitOne();
        token.ThrowIfCancellationRequested();
    }

    public async Task WaitAsync(CancellationToken token) => await Task.Delay(Timeout.Infinite, token);

    public void Texts(string[] texts) => GC.KeepAlive(texts);

    public void Text(string text) => GC.KeepAlive(text);

    public void Keep() => GC.KeepAlive(_never);
}

[WasmExport]
public sealed partial class SlowGuest
{
    [Timeout(Deadlines.Limit)]
    public partial void Run();
}

/// <summary>How much later than its deadline a call ends, for each way in which a guest can spend its time.</summary>
internal static class Deadlines
{
    internal const int Limit = 50;
    private const int Rounds = 20;
    private const string Wasi = "wasi_snapshot_preview1";

    /// <summary>What the guest does for ever, or once for long; and the imports that it needs.</summary>
    private static readonly (string What, string Body)[] Ways =
    [
        ("runs in a loop", "(loop $l (br $l))"),
        ("calls a host method in a loop", "(loop $l (call $keep) (br $l))"),
        ("waits in a host method that heeds its token", "(call $wait)"),
        ("waits in an asynchronous host method", "(call $wait_async)"),
        (
            "sleeps: `poll_oneoff`",
            "(drop (call $poll (i32.const 64) (i32.const 128) (i32.const 1) (i32.const 160)))"),
        (
            "reads from a stream that has nothing",
            "(drop (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 160)))"),
        ("asks for 1 GiB of random bytes", "(drop (call $random (i32.const 0) (i32.const 0x40000000)))"),
        (
            "writes 1 GiB to a file, again and again",
            """
            (call $open)
            (loop $l
              (drop (call $write (i32.load (i32.const 200)) (i32.const 8) (i32.const 1) (i32.const 160)))
              (drop (call $seek (i32.load (i32.const 200)) (i64.const 0) (i32.const 0) (i32.const 208)))
              (br $l))
            """),
        ("passes 8 million texts", "(loop $l (call $texts (i32.const 0x1000000) (i32.const 0x800000)) (br $l))"),
        ("passes a text of 256 MiB", "(loop $l (call $text (i32.const 0x10000000) (i32.const 0x10000000)) (br $l))"),
        (
            "fills 1 GiB of memory: `memory.fill`",
            "(loop $l (memory.fill (i32.const 0) (i32.const 0) (i32.const 0x40000000)) (br $l))"),
    ];

    internal static int Run()
    {
        string directory = Directory.CreateTempSubdirectory().FullName;
        try
        {
            using var engine = new Engine();
            using var linker = new Linker(engine).Define(new SlowHost()).DefineWasi();
            Console.WriteLine($"A deadline of {Limit} ms, {Rounds} rounds: how much later the call ended, in ms.");
            Console.WriteLine();
            Console.WriteLine("| the guest … | middle | worst |\n|---|---|---|");
            foreach ((string what, string body) in Ways)
            {
                double[] overruns = Measure(engine, linker, body, directory);
                Console.WriteLine($"| {what} | {overruns[Rounds / 2]:F1} | {overruns[^1]:F1} |");
            }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }

        return 0;
    }

    private static double[] Measure(Engine engine, Linker linker, string body, string directory)
    {
        using Module module = Module.FromText(engine, "slow", Text(body));
        var overruns = new double[Rounds];
        for (int i = 0; i < Rounds; i++)
        {
            using var pipe = new System.IO.Pipes.AnonymousPipeServerStream();
            using var input = new System.IO.Pipes.AnonymousPipeClientStream(pipe.GetClientHandleAsString());
            using var store = new Store(engine, new StoreOptions
            {
                Wasi = new WasiOptions { StandardInput = input, Directories = [new(directory, "/")] },
            });
            var guest = new SlowGuest(linker.Instantiate(store, module));
            long start = Stopwatch.GetTimestamp();
            try
            {
                guest.Run();
                throw new InvalidOperationException($"The guest ended by itself: {body}");
            }
            catch (GuestTimeoutException)
            {
                overruns[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds - Limit;
            }
        }

        Array.Sort(overruns);
        return overruns;
    }

    private static string Text(string body) => $"""
        (module
          (import "host" "keep" (func $keep))
          (import "host" "wait" (func $wait))
          (import "host" "wait_async" (func $wait_async))
          (import "host" "texts" (func $texts (param i32 i32)))
          (import "host" "text" (func $text (param i32 i32)))
          (import "{Wasi}" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
          (import "{Wasi}" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
          (import "{Wasi}" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
          (import "{Wasi}" "fd_seek" (func $seek (param i32 i64 i32 i32) (result i32)))
          (import "{Wasi}" "random_get" (func $random (param i32 i32) (result i32)))
          (import "{Wasi}" "path_open"
            (func $path_open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
          (memory (export "memory") 16384)
          (data (i32.const 0) "\00\01\00\00\10\00\00\00\00\00\00\00\00\00\00\40") ;; vectors: 16 bytes; 1 GiB
          (data (i32.const 80) "\01") ;; the monotonic clock
          (data (i32.const 88) "\00\e4\0b\54\02") ;; 10 s
          (data (i32.const 192) "f")
          (func $open
            (drop (call $path_open (i32.const 3) (i32.const 0) (i32.const 192) (i32.const 1) (i32.const 9)
              (i64.const 0x3fffffff) (i64.const 0) (i32.const 0) (i32.const 200))))
          (func (export "run") {body}))
        """;
}
