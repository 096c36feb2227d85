// Plugins in JavaScript, C and WebAssembly text behind one world of WIT. The one in JavaScript is built by npm and not
// committed, as it is of 12 MB; without it the others run.

using System.Globalization;
using Samples.Drawing;
using WasmBindgen;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string folder = args is [var given] ? given : Path.Combine(AppContext.BaseDirectory, "plugins");
using var engine = new Engine(new EngineOptions { Interruption = true });
string[] paths = [.. Directory.GetFiles(folder, "*.wasm").Order(StringComparer.Ordinal)];
foreach (string path in paths)
{
    Console.WriteLine($"== {Path.GetFileName(path)}");
    using var component = Component.FromFile(engine, path);
    Show(component);
}

if (!paths.Any(static path => path.EndsWith("plugin.js.wasm", StringComparison.Ordinal)))
{
    Console.WriteLine("== plugin.js.wasm is not there");
    Console.WriteLine("`npm install && npm run build` in samples/JsPlugin/plugins makes it.");
}

return 0;

static void Show(Component component)
{
    using var linker = DrawingPlugin.Define(new Linker(component.Engine), new(new Canvas(Console.Out)));
    ComponentPre pre = linker.InstantiatePre(component);
    using (var store = new Store(component.Engine) { Timeout = TimeSpan.FromSeconds(5) })
    {
        Draw(new DrawingPlugin(pre.Instantiate(store)));
    }

    // The host ends the plugin, and gets the very error back.
    using (var store = new Store(component.Engine))
    {
        var plugin = new DrawingPlugin(pre.Instantiate(store));
        try
        {
            plugin.Leave(3);
        }
        catch (ExitCode exit)
        {
            Console.WriteLine($"interrupt: {exit.Message}");
        }
    }

    // A loop without end.
    using (var store = new Store(component.Engine))
    {
        var plugin = new DrawingPlugin(pre.Instantiate(store));
        store.Timeout = TimeSpan.FromMilliseconds(100);
        try
        {
            plugin.Spin();
        }
        catch (GuestTimeoutException)
        {
            Console.WriteLine("deadline: it did not end in 100 ms.");
        }
    }
}

static void Draw(DrawingPlugin plugin)
{
    Console.WriteLine(plugin.Describe("C#"));

    // Records and variants, both ways.
    Shape? largest = plugin.Largest([new Shape.Polygon([new(0, 0), new(3, 4)]), new Shape.Circle(2)]);
    Console.WriteLine(largest is Shape.Polygon { Value: [_, var corner] } ? $"largest: up to {corner}" : "wrong");

    // A resource of the host, which the plugin makes, uses and gives to the host.
    var sheet = (Sheet)plugin.Draw([1, 2.5]).Value;
    Console.WriteLine($"{sheet.Title}: {string.Join(", ", sheet.Shapes)}");
    Console.WriteLine($"error: {plugin.Draw([1, 1000]).ErrorValue}");
}
