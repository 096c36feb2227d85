using System.Runtime.InteropServices;

namespace WasmBindgen.Soak;

/// <summary>
/// Whether an engine without <see cref="EngineOptions.SignalsBasedTraps"/> leaves the process's signal handlers as they
/// are, and one with it still gets its own. It takes a process of its own: the engine never removes them.
/// </summary>
internal static unsafe partial class Signals
{
    private static readonly int[] Numbers = [4, 8, 11]; // SIGILL, SIGFPE, SIGSEGV of Linux

    internal static int Run()
    {
        nint[] before = Handlers();
        Fault(new EngineOptions { SignalsBasedTraps = false });
        bool isQuiet = Handlers().SequenceEqual(before);
        Fault(new EngineOptions());
        bool isInstalled = !Handlers().Intersect(before).Any();
        Console.WriteLine($"without: {(isQuiet ? "none" : "some")}, with: {(isInstalled ? "all" : "not all")}");
        return isQuiet && isInstalled ? 0 : 1;
    }

    /// <summary>A module that is refused makes other engines for a moment, to find the option that it needs.</summary>
    private static void Fault(EngineOptions options)
    {
        using var engine = new Engine(options with { Simd = false });
        try
        {
            using Module refused = Module.FromText(engine, "refused", "(module (func (param v128)))");
        }
        catch (InvalidModuleException)
        {
        }

        using Module module = Module.FromText(
            engine, "fault", """(module (memory 1) (func (export "f") (drop (i32.load (i32.const -1)))))""");
        using var linker = new Linker(engine);
        using var store = new Store(engine);
        try
        {
            linker.Instantiate(store, module).GetFunction("f")!.Call();
        }
        catch (TrapException trap) when (trap.Code == TrapCode.MemoryOutOfBounds)
        {
        }
    }

    private static nint[] Handlers() => [.. Numbers.Select(static number =>
    {
        nint* action = stackalloc nint[32]; // more than a struct sigaction, which begins with the handler
        return sigaction(number, null, action) == 0 ? action[0] : throw new InvalidOperationException("sigaction");
    })];

    [LibraryImport("libc")]
    private static partial int sigaction(int signal, nint* action, nint* previous);
}
