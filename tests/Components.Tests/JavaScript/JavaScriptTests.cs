using Samples.Drawing;
using WasmBindgen.Tests;

namespace WasmBindgen.Components.Tests;

/// <summary>Components as people have them: 12 MB of an engine for JavaScript each. npm gets or makes them.</summary>
public sealed class JavaScriptTests(JavaScriptComponents components)
    : IClassFixture<JavaScriptComponents>, IDisposable
{
    // What is proved does not depend on how fast they run, and so they compile sooner.
    private readonly Engine _engine = new(
        new EngineOptions { Interruption = true, Optimization = OptimizationLevel.None });

    public void Dispose() => _engine.Dispose();

    [NpmFact]
    public void One_that_imports_the_host_alone_has_all_of_its_world()
    {
        using Component component = Component.FromBytes(_engine, "plugin", components.Read("plugin.js.wasm"));
        Assert.DoesNotContain(
            component.Imports, static item => item.Name.StartsWith("wasi:", StringComparison.Ordinal));
        var output = new StringWriter { NewLine = "\n" };
        using Linker linker = DrawingPlugin.Define(new Linker(_engine), new(new Canvas(output)));
        ComponentPre pre = linker.InstantiatePre(component);
        using (var store = new Store(_engine))
        {
            ShowAll(new DrawingPlugin(pre.Instantiate(store)));
            Assert.Equal("  plugin: shape 1\n  plugin: shape 2\n  plugin: shape 1\n", output.ToString());
        }

        using (var store = new Store(_engine))
        {
            var plugin = new DrawingPlugin(pre.Instantiate(store));
            Assert.Equal(3u, Assert.Throws<ExitCode>(() => plugin.Leave(3)).Code);
        }

        using (var store = new Store(_engine))
        {
            var plugin = new DrawingPlugin(pre.Instantiate(store));
            store.Timeout = TimeSpan.FromMilliseconds(100);
            Assert.Throws<GuestTimeoutException>(plugin.Spin);
        }
    }

    [NpmFact]
    public void One_with_all_features_needs_no_more_of_WASI_than_it_calls()
    {
        using Component component = Component.FromBytes(_engine, "plugin", components.Read("full.wasm"));
        Assert.Contains("wasi:http/types@0.2", string.Join('\n', component.Imports.Select(static item => item.Name)));
        using Linker linker = DrawingPlugin.Define(new Linker(_engine), new(new Canvas(TextWriter.Null)));
        Assert.StartsWith(
            "wasi:", Assert.Throws<LinkException>(() => linker.InstantiatePre(component)).Problems[0].Name);
        linker.DefineUnknownImportsAsTraps(component);
        using (var store = new Store(_engine))
        {
            var plugin = new DrawingPlugin(linker.Instantiate(store, component));
            UnknownImportException missing = Assert.Throws<UnknownImportException>(() => plugin.Describe("C#"));
            Assert.StartsWith("The guest called `wasi:clocks/monotonic-clock@0.2.", missing.Message);
        }

        linker.Define(new MonotonicClock());
        using (var store = new Store(_engine))
        {
            ShowAll(new DrawingPlugin(linker.Instantiate(store, component)));
        }
    }

    [NpmFact]
    public void A_published_agent_tells_its_world_and_can_be_instantiated()
    {
        using Component component = Component.FromBytes(
            _engine, "agent", components.Read("node_modules/@golemcloud/golem-ts-sdk/wasm/agent_guest.wasm"));
        Assert.Equal(51, component.Imports.Length);
        Assert.Equal(
            [
                "wizer-initialize",
                "golem:agent/guest@1.5.0",
                "golem:api/load-snapshot@1.5.0",
                "golem:api/save-snapshot@1.5.0",
            ],
            component.Exports.Select(static item => item.Name));
        Assert.Contains(component.Exports[1].Items, static item => item is { Name: "initialize" });
        using Linker linker = new Linker(_engine).DefineUnknownImportsAsTraps(component);
        using var store = new Store(_engine);
        linker.Instantiate(store, component);
    }

    private static void ShowAll(DrawingPlugin plugin)
    {
        Assert.Equal("drawn by JavaScript, for C#", plugin.Describe("C#"));
        Assert.Equal(
            new Shape.Circle(7),
            plugin.Largest([new Shape.Polygon([new(0, 0), new(3, 4)]), new Shape.Circle(7)]));
        var sheet = (Sheet)plugin.Draw([1, 2.5]).Value;
        Assert.Equal([new Shape.Circle(1), new Shape.Circle(2.5)], sheet.Shapes);
        Assert.Equal("size 1000: too-large", plugin.Draw([1, 1000]).ErrorValue);
    }
}

[WasmWorld("../../samples/JsPlugin/plugin.wit")]
[Interrupts<ExitCode>]
internal sealed partial class DrawingPlugin;

[WasmImport("wasi:clocks/monotonic-clock@0.2.0")]
internal sealed partial class MonotonicClock
{
    public ulong Now() => (ulong)Environment.TickCount64 * 1_000_000;
}
