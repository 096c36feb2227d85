// A guest is ended by a host method, and the very exception that ended it is caught at the call site.
// Run with `returns` or `traps` to see guests that end in another way, with `by_value` to see it without any exception.
using WasmBindgen;

string choice = args is [var argument] ? argument : "early_exit";
bool byValue = choice == "by_value";
string path = Path.Combine(AppContext.BaseDirectory, (byValue ? "early_exit" : choice) + ".wat");
if (args.Length > 1 || !File.Exists(path))
{
    Console.Error.WriteLine("Usage: EarlyExit [early_exit | returns | traps | by_value]");
    return 2;
}

using var engine = new Engine();

Console.WriteLine("Compiling module...");
using var module = Module.FromTextFile(engine, path);

Console.WriteLine("Instantiating module...");
using var linker = new Linker(engine).Define(byValue ? new EnvByValue() : new Env());
using var store = new Store(engine);
Instance instance = linker.Instantiate(store, module);

Console.WriteLine("Calling `run` function...");
if (byValue)
{
    GuestResult<int> outcome = new GuestByValue(instance).Run(1, 7);
    Console.WriteLine(outcome.TryGetInterrupt(out ExitCode code)
        ? $"Exited early with exit code: {code.Value}"
        : $"Expected early termination with `ExitCode`, found: {outcome}");
    return outcome.TryGetInterrupt<ExitCode>(out _) ? 0 : 1;
}

var guest = new Guest(instance);
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

/// <summary>The same error as a value: nothing is thrown, from the host method to the call site.</summary>
internal readonly record struct ExitCode(int Value);

/// <summary>The same import, satisfied without an exception.</summary>
[WasmImport("env")]
internal sealed partial class EnvByValue
{
    public Interrupt<ExitCode> EarlyExit() => Interrupt.With(new ExitCode(1));
}

/// <summary>The same export, called without an exception.</summary>
[WasmExport]
internal sealed partial class GuestByValue
{
    public partial GuestResult<int> Run(int a, int b);
}
