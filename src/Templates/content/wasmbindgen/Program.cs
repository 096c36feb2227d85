using WasmBindgen;

using var engine = new Engine();
using var module = Module.FromTextFile(engine, Path.Combine(AppContext.BaseDirectory, "guest.wat"));
using var linker = new Linker(engine).Define(new Env());
using var store = new Store(engine);

var guest = new Guest(linker.Instantiate(store, module));
Console.WriteLine($"2 + 3 = {guest.Add(2, 3)}");
try
{
    guest.Divide(1, 0);
}
catch (DivideByZeroException)
{
    Console.WriteLine("The guest asked to divide by zero, and was stopped.");
}

/// <summary>What the guest imports as module "env".</summary>
[WasmImport("env")]
internal sealed partial class Env
{
    public void Log(string message) => Console.WriteLine($"The guest says: {message}");

    // Thrown to the call that entered the guest, as the same object.
    [Interrupts<DivideByZeroException>]
    public void Fail() => throw new DivideByZeroException();
}

/// <summary>What the guest exports.</summary>
[WasmExport]
internal sealed partial class Guest
{
    public partial int Add(int a, int b);

    [Timeout(1000)]
    public partial int Divide(int a, int b);
}
