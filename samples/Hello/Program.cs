// The smallest useful program: a guest that logs through the host and returns a sum.
using WasmBindgen;

using var engine = new Engine();
using var module = Module.FromTextFile(engine, Path.Combine(AppContext.BaseDirectory, "hello.wat"));
using var linker = new Linker(engine).Define(new Host());
using var store = new Store(engine);

var guest = new Guest(linker.Instantiate(store, module));
Console.WriteLine($"2 + 3 = {guest.Add(2, 3)}");

[WasmImport("host")]
internal sealed partial class Host
{
    public void Log(string text) => Console.WriteLine($"The guest says: {text}");
}

[WasmExport]
internal sealed partial class Guest
{
    public partial int Add(int a, int b);
}
