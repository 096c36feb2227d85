// A guest is ended by a host method, and the very exception that ended it is caught at the call site.
// Run with `returns` or `traps` to see guests that end in another way.
using WasmBindgen;

string guestName = args is [var name] ? name : "early_exit";
string path = Path.Combine(AppContext.BaseDirectory, guestName + ".wat");
if (args.Length > 1 || !File.Exists(path))
{
    Console.Error.WriteLine("Usage: EarlyExit [early_exit | returns | traps]");
    return 2;
}

using var engine = new Engine();

Console.WriteLine("Compiling module...");
using var module = Module.FromTextFile(engine, path);

Console.WriteLine("Instantiating module...");
using var linker = new Linker(engine).Define(new Env());
using var store = new Store(engine);
var guest = new Guest(linker.Instantiate(store, module));

Console.WriteLine("Calling `run` function...");
try
{
    int result = guest.Run(1, 7);
    Console.WriteLine($"Expected early termination with `ExitCodeException`, found: {result}");
    return 1;
}
catch (ExitCodeException exit)
{
    Console.WriteLine($"Exited early with exit code: {exit.Code}");
    return 0;
}
catch (WasmException error)
{
    Console.WriteLine($"Unknown error `{error.Message}` found, expected `ExitCodeException`");
    return 1;
}

/// <summary>What the host ends the guest with: an exception like any other.</summary>
internal sealed class ExitCodeException(int code) : Exception($"exit code {code}")
{
    public int Code => code;
}

/// <summary>What the guest imports from <c>env</c>.</summary>
[WasmImport("env")]
internal sealed partial class Env
{
    [Interrupts<ExitCodeException>]
    public void EarlyExit() => throw new ExitCodeException(1);
}

/// <summary>What the guest exports.</summary>
[WasmExport]
internal sealed partial class Guest
{
    public partial int Run(int a, int b);
}
