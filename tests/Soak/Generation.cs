namespace WasmBindgen.Soak;

/// <summary>
/// An engine, and all that is compiled and linked for it. All threads share one until it is replaced.
/// </summary>
internal sealed class Generation : IDisposable
{
    private readonly Linker _linker;
    private readonly Module[] _modules;
    private int _users = 1; // itself, until it is replaced

    internal Generation(bool memoryLimitInterrupts)
    {
        Engine = new Engine(new EngineOptions
        {
            ConsumeFuel = true,
            MemoryLimitInterrupts = memoryLimitInterrupts,
            ParallelCompilation = false, // the other threads are at work already
        });
        MemoryLimitInterrupts = memoryLimitInterrupts;
        _linker = new Linker(Engine)
            .DefinePerStore<Host>().Define(new WideHost()).Define(new Script()).Define(new ScriptHost()).DefineWasi();
        Counter.AddTo(_linker);
        _modules =
        [
            Module.FromTextFile(Engine, PathOf("guest.wat")), Module.FromTextFile(Engine, PathOf("wide.wat")),
            Module.FromFile(Engine, PathOf("arrays.ts.wasm")), Module.FromFile(Engine, PathOf("wc.wasm")),
        ];
        Guest = _linker.InstantiatePre(_modules[0]);
        Wide = _linker.InstantiatePre(_modules[1]);
        Script = _linker.InstantiatePre(_modules[2]);
        Command = _linker.InstantiatePre(_modules[3]);
    }

    internal Engine Engine { get; }

    internal bool MemoryLimitInterrupts { get; }

    internal InstancePre Guest { get; }

    internal InstancePre Wide { get; }

    internal InstancePre Script { get; }

    internal InstancePre Command { get; }

    internal void Use() => Interlocked.Increment(ref _users);

    /// <summary>Ends one use. The last one disposes it.</summary>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            Guest.Dispose();
            Wide.Dispose();
            Script.Dispose();
            Command.Dispose();
            _linker.Dispose();
            Array.ForEach(_modules, static module => module.Dispose());
            Engine.Dispose();
        }
    }

    private static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, file);
}
