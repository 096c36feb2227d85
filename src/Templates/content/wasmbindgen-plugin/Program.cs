using WasmBindgen;

using var engine = new Engine();
using var module = Module.FromFile(engine, Path.Combine(AppContext.BaseDirectory, "guest", "plugin.wasm"));
using var linker = new Linker(engine).Define(new Host());

// A plug-in is a stranger's code: it gets so much memory and time, and nothing else than what Host offers.
using var store = new Store(engine, new StoreOptions { MaxMemoryBytes = 16 << 20 });
var plugin = new Plugin(linker.Instantiate(store, module));
Console.WriteLine(plugin.Greet("World"));
try
{
    plugin.Greet("");
}
catch (PluginException exception)
{
    Console.WriteLine($"The plug-in gave up: {exception.Message}");
}

internal sealed class PluginException(string message) : Exception(message);

/// <summary>What plug-ins import as module "host".</summary>
[WasmImport("host")]
internal sealed partial class Host
{
    public void Log(string message) => Console.WriteLine($"[plugin] {message}");

    // Thrown to the call that entered the plug-in, as the same object.
    [Interrupts<PluginException>]
    public void Fail(string message) => throw new PluginException(message);
}

/// <summary>What plug-ins export.</summary>
[WasmExport]
internal sealed partial class Plugin
{
    [Timeout(1000)]
    public partial string Greet(string name);
}
