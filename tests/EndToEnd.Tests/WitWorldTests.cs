using Demo.Plugin;

namespace WasmBindgen.EndToEnd.Tests;

/// <summary>Worlds of WIT as classes, over core modules.</summary>
public sealed class WitWorldTests
{
    [Theory]
    [MemberData(nameof(WitGuests.Forms), MemberType = typeof(WitGuests))]
    public void A_world_is_instantiated_with_what_the_host_gives(bool isComponent)
    {
        using var world = new World();
        var log = new Lines();
        var guest = WitGuests.PluginOf(world, isComponent, new(log));

        Assert.Equal(5, guest.Api.Length([new(0, 0), new(3, 4)]).Value);
        Assert.Equal(Problem.Empty.Instance, guest.Api.Length([]).ErrorValue);
        Assert.Equal(new Problem.TooFar(200), guest.Api.Length([new(0, 0), new(200, 0)]).ErrorValue);
        Assert.Equal(2u, guest.Api.Greet("hello", 2));
        Assert.Equal([(Severity.Warn, "hello"), (Severity.Warn, "hello")], log.All);
    }

    [Theory]
    [MemberData(nameof(WitGuests.Forms), MemberType = typeof(WitGuests))]
    public void What_a_guest_exports_can_stand_for_what_another_imports(bool isComponent)
    {
        using var world = new World();
        Assert.Equal(5, LengthOf(WitGuests.PluginOf(world, isComponent, new(new Lines())).Api));

        static double LengthOf(IApi api) => api.Length([new(0, 0), new(0, 5)]).Value;
    }

    [Theory]
    [MemberData(nameof(WitGuests.Forms), MemberType = typeof(WitGuests))]
    public void A_plain_host_object_interrupts_as_the_world_says(bool isComponent)
    {
        using var world = new World();
        var guest = WitGuests.PluginOf(world, isComponent, new(new Lines { Most = 1 }));
        Assert.Equal(1u, guest.Api.Greet("a", 1));
        Assert.Equal("full", Assert.Throws<InvalidOperationException>(() => guest.Api.Greet("b", 1)).Message);
    }

    [Theory]
    [MemberData(nameof(WitGuests.Forms), MemberType = typeof(WitGuests))]
    public void A_host_class_of_its_own_brings_what_it_declares(bool isComponent)
    {
        using var world = new World();
        var log = new CountedLog();
        var guest = WitGuests.PluginOf(world, isComponent, new(log));
        Assert.Equal(3u, guest.Api.Greet("abc", 1));
        Assert.Equal(3, log.MemoryPages * 3);
        Assert.Equal(9, Assert.Throws<GuestInterruptedException<int>>(() => guest.Api.Greet("too long!", 1)).Error);

        // The same object for who knows the contract alone.
        ILog contract = log;
        Assert.Throws<InvalidOperationException>(() => contract.Write(Severity.Info, "x"));
    }

    [Fact]
    public void Each_store_has_its_own_host()
    {
        using var world = new World();
        using Module module = Module.FromText(world.Engine, "guest", WitGuests.Plugin);
        PluginWorld.DefinePerStore(world.Linker);
        using InstancePre pre = world.Linker.InstantiatePre(module);
        Lines[] logs = [new(), new()];
        foreach (Lines log in logs)
        {
            using var store = new Store(world.Engine);
            store.SetHost(new PluginWorld.Imports(log));
            new PluginWorld(pre.Instantiate(store)).Api.Greet("x", 1);
        }

        Assert.All(logs, static log => Assert.Single(log.All));
    }

    /// <summary>A guest that calls it would find nothing there.</summary>
    [Fact]
    public void No_import_is_null()
    {
        ILog none = null!;
        Assert.Equal(
            "Guests of the world import 'demo:plugin/log@1.0.0': give 'Log' an object in place of null. "
                + "(Parameter 'Log')",
            Assert.Throws<ArgumentNullException>(() => new PluginWorld.Imports(none)).Message);
        var imports = new PluginWorld.Imports(new Lines());
        Assert.Throws<ArgumentNullException>(() => imports with { Log = none });
        Assert.Equal(imports, imports with { });
    }

    [Fact]
    public void All_that_a_guest_lacks_is_listed()
    {
        using var world = new World();
        Instance instance = world.Instantiate("(module (func (export \"demo:plugin/api@1.0.0#greet\")))");
        LinkException error = Assert.Throws<LinkException>(() => new PluginWorld(instance));
        Assert.Equal(
            ["demo:plugin/api@1.0.0#length", "demo:plugin/api@1.0.0#greet"],
            error.Problems.Select(static problem => problem.Name).Where(static name => name.Contains('#')));
    }

    [Theory]
    [MemberData(nameof(WitGuests.Forms), MemberType = typeof(WitGuests))]
    public void Functions_and_interfaces_of_the_world_itself(bool isComponent)
    {
        using var world = new World();
        var host = new WholeHost();
        WholeWorld guest;
        if (isComponent)
        {
            using Component component = WitGuests.ComponentOf(world, "whole");
            guest = WholeWorld.Instantiate(world.Store, component, new(host, host, host));
        }
        else
        {
            using Module module = Module.FromText(world.Engine, "guest", WitGuests.Whole);
            guest = WholeWorld.Instantiate(world.Store, module, new(host, host, host));
        }

        Assert.Equal(8u, guest.Hook.Ping(7));
        Assert.Equal(4u, guest.Run("ab").Value);
        Assert.Equal(["ab"], host.Logged);
        Assert.Equal(2, host.Disposals);
        Assert.Equal("no", guest.Run("no").ErrorValue);
    }

    private sealed class Lines : ILog
    {
        public List<(Severity Level, string Text)> All { get; } = [];

        public int Most { get; init; } = int.MaxValue;

        public uint Write(Severity level, string message)
        {
            if (All.Count == Most)
            {
                throw new InvalidOperationException("full");
            }

            All.Add((level, message));
            return (uint)All.Count;
        }
    }

    private sealed class WholeHost : IWholeImports, IWholeHost, IStore
    {
        public List<string> Logged { get; } = [];

        public int Disposals { get; set; }

        private uint Buckets { get; set; }

        public void Log(string text) => Logged.Add(text);

        public uint Twice(uint n) => n * 2;

        public IBucket NewBucket(string name)
        {
            Buckets++;
            return new Bucket(this);
        }

        public uint BucketCount() => Buckets;

        public Result<IBucket, Problem> Open(string name) => name == "no"
            ? Problem.Empty.Instance
            : Result<IBucket, Problem>.Ok(NewBucket(name));
    }

    private sealed class Bucket(WholeHost host) : IBucket, IDisposable
    {
        private readonly Dictionary<string, byte[]> _values = [];

        public Result<byte[], Problem> Get(string key) =>
            _values.TryGetValue(key, out byte[]? value) ? value : Problem.Empty.Instance;

        public void Put(string key, ReadOnlySpan<byte> value) => _values[key] = value.ToArray();

        public void Dispose() => host.Disposals++;
    }
}

[WasmWorld("Wit/plugin.wit", World = "plugin")]
[Interrupts<InvalidOperationException>]
internal sealed partial class PluginWorld;

[WasmWorld("Wit/plugin.wit", World = "whole")]
internal sealed partial class WholeWorld;

/// <summary>Takes more than its contract says, and may interrupt.</summary>
[WasmImport("demo:plugin/log", Wit = "Wit/plugin.wit")]
internal sealed partial class CountedLog
{
    internal int MemoryPages { get; private set; }

    public Interruptible<uint, int> Write(Severity level, Memory memory, string message)
    {
        MemoryPages = (int)(memory.Length / 65536);
        return message.Length > 5 ? Interrupt.With(message.Length) : (uint)message.Length;
    }

    /// <summary>No function of the contract, so no host function.</summary>
    public void Clear(object anything) => MemoryPages = anything is int pages ? pages : 0;
}
