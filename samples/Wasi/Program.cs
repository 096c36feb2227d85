// A command that a C compiler made for WASI, with captured output and its exit code.
using System.Text;
using WasmBindgen;

using var engine = new Engine();
using var module = Module.FromFile(engine, Path.Combine(AppContext.BaseDirectory, "wc.wasm"));
using var linker = new Linker(engine).DefineWasi();

Run("one two\nthree\n");
Run("");

void Run(string input)
{
    using var output = new MemoryStream();
    using var store = new Store(engine, new StoreOptions
    {
        Wasi = new WasiOptions
        {
            Arguments = ["wc", "the input"],
            StandardInput = new MemoryStream(Encoding.UTF8.GetBytes(input)),
            StandardOutput = output,
            StandardError = output,
        },
    });
    int exitCode = 0;
    try
    {
        new Command(linker.Instantiate(store, module)).Start();
    }
    catch (GuestExitException exit)
    {
        exitCode = exit.ExitCode;
    }

    Console.Write(Encoding.UTF8.GetString(output.ToArray()));
    Console.WriteLine($"Exit code: {exitCode}");
}

[WasmExport]
internal sealed partial class Command
{
    [WasmName("_start")]
    public partial void Start();
}
