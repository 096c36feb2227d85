using Demo.Plugin;
using WasmBindgen.Fuzz.Damage;

namespace WasmBindgen.Fuzz.Components;

/// <summary>
/// Components with changed bytes: other options of canonical definitions, types that lie, indices of something else.
/// They are refused, or instances of them are called; every call ends with a value or a typed error, within bounded
/// time.
/// </summary>
internal sealed class ComponentPart : IPart
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(5);

    private readonly Engine _engine = new(new EngineOptions
    {
        MaxFunctionComplexity = 500_000,
        MaxModuleComplexity = 1_000_000,
        ParallelCompilation = false,
        Interruption = true,
    });

    private readonly byte[][] _components =
    [
        .. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Components"), "*.wasm").Order()
            .Select(File.ReadAllBytes),
    ];

    public void Run(Chance any, Tally tally)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        byte[] bytes = any.Pick(_components);
        if (!any.OneIn(10))
        {
            bytes = Mutation.Damage(bytes, any.Pick(_components), any);
        }

        string outcome;
        try
        {
            using var component = Component.FromBytes(_engine, "damaged", bytes);
            outcome = Use(component, any);
        }
        catch (InvalidModuleException exception) when (exception.Message.Length > 0)
        {
            outcome = "refused";
        }

        tally.Add(outcome);
        TimeSpan time = Environment.CpuUsage.TotalTime - before;
        if (time > s_longest)
        {
            throw new FaultException($"{outcome} took {time.TotalSeconds} seconds of the processor.");
        }
    }

    public void Dispose() => _engine.Dispose();

    private string Use(Component component, Chance any)
    {
        _ = string.Join('\n', component.Imports.Concat(component.Exports));
        using var store = new Store(_engine, new StoreOptions
        {
            MaxMemoryBytes = 16 << 20,
            PoisonAfterTrap = any.OneIn(4),
        });
        store.Timeout = TimeSpan.FromMilliseconds(100);
        using var linker = new Linker(_engine);
        LibraryWorld.DefineResources(linker);
        var host = new Host(any);
        PluginWorld.Define(linker, new(host));
        WholeWorld.Define(linker, new(host, host, host));
        linker.DefineUnknownImportsAsTraps(component);
        string outcome = "linked";
        try
        {
            ComponentInstance instance = linker.Instantiate(store, component);
            outcome = "instantiated";
            outcome = string.Join(" and ", Calls(instance, any).Select(Try));
        }
        catch (WasmException)
        {
            return $"{outcome} only";
        }

        return outcome.Length > 0 ? outcome : "nothing to call";
    }

    private static IEnumerable<Action> Calls(ComponentInstance instance, Chance any)
    {
        switch (instance.Exports.Select(static export => export.Name).FirstOrDefault())
        {
            case "demo:plugin/api@1.0.0":
                var plugin = new PluginWorld(instance);
                yield return () => plugin.Api.Length([new(any.Double(), any.Double()), new(1, 2)]);
                yield return () => plugin.Api.Greet(any.Text(), (uint)any.Below(5));
                break;
            case "demo:plugin/shelf@1.0.0" or "live" or "keep":
                var library = new LibraryWorld(instance);
                yield return () => Shelve(library.Shelf, any);
                yield return () => library.Live();
                break;
            case "run" or "hook":
                var whole = new WholeWorld(instance);
                yield return () => whole.Run(any.Text());
                yield return () => whole.Hook.Ping((uint)any.Int());
                break;
            case "handles" or "echo":
                var composed = new Composed(instance);
                yield return () => composed.Handles((uint)any.Below(20));
                yield return () => composed.Echo(any.Text(), any.List(() => Figure(any)));
                break;
        }
    }

    private static Shape Figure(Chance any) => any.Below(4) switch
    {
        0 => new Shape.Dot(),
        1 => new Shape.Line((float)any.Double()),
        2 => new Shape.Text(any.Text()),
        _ => new Shape.Wide((ulong)any.Long()),
    };

    private static void Shelve(LibraryWorld.ShelfExports shelf, Chance any)
    {
        using Book a = shelf.NewBook(any.Text());
        Book b = shelf.NewBook(any.Text());
        _ = a.IsLonger(b);
        using Book c = shelf.BookMerge(b, shelf.NewBook("x"));
        _ = c.Title();
        shelf.Lend("me", c).Of.Dispose();
    }

    private static string Try(Action call)
    {
        try
        {
            call();
            return "called";
        }
        catch (WasmException exception)
        {
            _ = $"{exception.Message} {GuestBacktrace.Of(exception)}";
            return exception.GetType().Name;
        }
        catch (Exception exception) when (exception is ObjectDisposedException or ArgumentException)
        {
            return exception.GetType().Name; // of objects that the guest has given away
        }
    }

    private sealed class Host(Chance any) : ILog, IStore, IWholeImports, IWholeHost
    {
        public uint Write(Severity severity, string message) => (uint)message.Length;

        public void Log(string text) => _ = text.Length;

        public uint Twice(uint n) => unchecked(n * 2);

        public IBucket NewBucket(string name) => new Bucket(any);

        public uint BucketCount() => (uint)any.Int();

        public Result<IBucket, Problem> Open(string name) => any.OneIn(3)
            ? new Problem.TooFar(any.Double())
            : Result<IBucket, Problem>.Ok(NewBucket(name));
    }

    private sealed class Bucket(Chance any) : IBucket
    {
        public Result<byte[], Problem> Get(string key) =>
            any.OneIn(3) ? Problem.Empty.Instance : any.List(() => (byte)any.Int());

        public void Put(string key, ReadOnlySpan<byte> value) => _ = value.Length;
    }
}

[WasmWorld("../EndToEnd.Tests/Wit/plugin.wit", World = "plugin")]
internal sealed partial class PluginWorld;

[WasmWorld("../EndToEnd.Tests/Wit/plugin.wit", World = "whole")]
internal sealed partial class WholeWorld;

[WasmWorld("../EndToEnd.Tests/Wit/plugin.wit", World = "library")]
internal sealed partial class LibraryWorld;

[WasmVariant]
internal abstract record Shape
{
    internal sealed record Dot : Shape;

    internal sealed record Line(float Length) : Shape;

    internal sealed record Text(string Value) : Shape;

    internal sealed record Wide(ulong Value) : Shape;
}

[WasmExport]
internal sealed partial class Composed
{
    public partial uint Handles(uint n);

    public partial (string Text, Shape[] Shapes) Echo(string text, ReadOnlySpan<Shape> shapes);
}
