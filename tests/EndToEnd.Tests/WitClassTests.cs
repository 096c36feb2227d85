using Demo.Plugin;

namespace WasmBindgen.EndToEnd.Tests;

/// <summary>Classes for single interfaces of WIT, with methods that say more than WIT can.</summary>
public sealed class WitClassTests
{
    [Fact]
    public void An_exported_interface_is_a_class()
    {
        using var world = new World();
        var guest = new PlainApi(Guest(world));
        Assert.Equal(5, guest.Length([new(0, 0), new(3, 4)]).Unwrap());
        Assert.Same(
            Problem.Empty.Instance, Assert.Throws<WitException<Problem>>(() => guest.Length([]).Unwrap()).Error);
    }

    [Fact]
    public void A_declared_method_returns_how_the_call_ended()
    {
        using var world = new World();
        var guest = new ResultApi(Guest(world));
        Assert.Equal(5, guest.Length([new(0, 0), new(3, 4)], CancellationToken.None).Value.Value);
        Assert.False(guest.Greet("this text is too long", 1).IsOk);

        // Who knows the contract alone gets the values, and exceptions.
        IApi contract = guest;
        Assert.Same(Problem.Empty.Instance, contract.Length([]).ErrorValue);
        Assert.Throws<GuestInterruptedException<int>>(() => contract.Greet("this text is too long", 1));
    }

    [Fact]
    public async Task A_declared_method_throws_the_error_or_returns_a_task()
    {
        using var world = new World();
        var guest = new ThrowingApi(Guest(world));
        Assert.Equal(5, guest.Length([new(0, 0), new(3, 4)]));
        Assert.Equal(
            new Problem.TooFar(200),
            Assert.Throws<WitException<Problem>>(() => guest.Length([new(0, 0), new(200, 0)])).Error);
        Assert.Equal(4u, await guest.Greet("four", 1));

        IApi contract = guest;
        Assert.Equal(new Problem.TooFar(200), contract.Length([new(0, 0), new(200, 0)]).ErrorValue);
        Assert.Equal(3u, contract.Greet("abc", 1));
    }

    [Fact]
    public void Calls_can_all_be_cancelled()
    {
        using var world = new World();
        var guest = new CancellableApi(Guest(world));
        using var source = new CancellationTokenSource(20);
        Assert.Throws<OperationCanceledException>(() => guest.Greet("", uint.MaxValue, source.Token));
        Assert.Equal(0u, guest.Greet("", 1));
    }

    [Fact]
    public void Host_methods_throw_the_errors_of_their_functions()
    {
        using var world = new World();
        var store = new ThrowingStore();
        world.Linker.Define(store);
        world.Linker.Define(new Root());
        Host.AddTo(world.Linker);
        var guest = new WholeWorld(world.Instantiate(WitGuests.Whole));
        Assert.Equal("gone", guest.Run("gone").ErrorValue);
        Assert.Equal("far", guest.Run("far").ErrorValue);
        Assert.Equal(2u, guest.Run("there").Value);
        Assert.Equal(["there"], Root.Logged);

        IStore contract = store;
        Assert.Equal(new Problem.TooFar(1), contract.Open("far").ErrorValue);
        Assert.Throws<KeyNotFoundException>(() => contract.Open("gone"));
    }

    [Fact]
    public void A_guest_tells_its_world_itself()
    {
        using var world = new World();
        using var module = Module.FromFile(
            world.Engine, Path.Combine(AppContext.BaseDirectory, "Guests", "world.wat.wasm"));
        world.Linker.Define(new CountedLog());
        var guest = new SelfDescribed(world.Linker.Instantiate(world.Store, module));
        Assert.Equal(5, guest.Api.Length([new(0, 0), new(3, 4)]).Value);
        Assert.Equal(3u, guest.Api.Greet("abc", 2));
    }

    [Fact]
    public void A_class_by_hand_has_the_functions_of_an_interface()
    {
        using var world = new World();
        using Component component = WitGuests.ComponentOf(world, "plugin");
        var guest = new GreetingByHand(world.Linker.Define(new CountedLog()).Instantiate(world.Store, component));
        Assert.Equal(3u, guest.Greet("abc", 2));
    }

    [Fact]
    public void The_world_of_a_component_runs()
    {
        using var world = new World();
        using var component = Component.FromFile(
            world.Engine, Path.Combine(AppContext.BaseDirectory, "Guests", "world.component.wasm"));
        var guest = new OfComponent(world.Linker.Define(new CountedLog()).Instantiate(world.Store, component));
        Assert.Equal(5, guest.Api.Length([new(0, 0), new(3, 4)]).Value);
    }

    /// <summary>All components call their world alike.</summary>
    [Fact]
    public void Another_component_has_another_world()
    {
        using var world = new World();
        using Component component = WitGuests.ComponentOf(world, "library");
        OfLibrary.DefineResources(world.Linker);
        var guest = new OfLibrary(world.Linker.Instantiate(world.Store, component));
        using Book book = guest.Shelf.NewBook("A title");
        Assert.Equal("A title", book.Title());
        Assert.Equal(1, guest.Live());
    }

    [Fact]
    public void The_world_of_a_component_is_the_same() => Assert.Equal(
        typeof(SelfDescribed).GetProperty("Api")!.PropertyType.GetMethods().Select(static one => one.ToString()),
        typeof(OfComponent).GetProperty("Api")!.PropertyType.GetMethods().Select(static one => one.ToString()));

    private static Instance Guest(World world)
    {
        world.Linker.Define(new CountedLog());
        return world.Instantiate(WitGuests.Plugin);
    }
}

[WasmExport("demo:plugin/api", Wit = "Wit/plugin.wit")]
internal sealed partial class PlainApi;

[WasmExport("demo:plugin/api@1.0.0")]
internal sealed partial class GreetingByHand
{
    public partial uint Greet(string name, uint times);
}

[WasmExport(Guest = "Guests/world.wat.wasm")]
internal sealed partial class SelfDescribed;

[WasmExport(Guest = "world.component.wasm")]
internal sealed partial class OfComponent;

[WasmExport(Guest = "library.component.wasm")]
internal sealed partial class OfLibrary;

[WasmExport("demo:plugin/api@1.0.0", Wit = "Wit/plugin.wit")]
internal sealed partial class ResultApi
{
    /// <summary>With its author's own documentation, names and limits.</summary>
    [Timeout(1000)]
    public partial GuestResult<Result<double, Problem>> Length(ReadOnlySpan<Place> points, CancellationToken token);

    public partial GuestResult<uint> Greet(string name, uint times);
}

[WasmExport("demo:plugin/api", Wit = "Wit/plugin.wit")]
internal sealed partial class ThrowingApi
{
    public partial double Length(ReadOnlySpan<Place> path);

    public partial Task<uint> Greet(string name, uint times);
}

[WasmExport("demo:plugin/api", Wit = "Wit/plugin.wit", Cancellable = true)]
internal sealed partial class CancellableApi;

[WasmImport("demo:plugin/store", Wit = "Wit/plugin.wit")]
internal sealed partial class ThrowingStore
{
    public IBucket NewBucket(string name) => new Bucket();

    public uint BucketCount() => 1;

    [WitError<KeyNotFoundException>("empty")]
    public IBucket Open(string name, Caller caller) => name switch
    {
        "gone" => throw new KeyNotFoundException(),
        "far" => throw new WitException<Problem>(new Problem.TooFar(1)),
        _ => new Bucket(),
    };

    Result<IBucket, Problem> IStore.Open(string name) => name switch
    {
        "far" => new Problem.TooFar(1),
        _ => throw new KeyNotFoundException(),
    };

    private sealed class Bucket : IBucket
    {
        private byte[] _last = [];

        public Result<byte[], Problem> Get(string key) => _last;

        public void Put(string key, ReadOnlySpan<byte> value) => _last = value.ToArray();
    }
}

[WasmImport("$root", Wit = "Wit/plugin.wit", World = "whole")]
internal sealed partial class Root
{
    internal static List<string> Logged { get; } = [];

    public void Log(string text) => Logged.Add(text);
}

[WasmImport("host", Wit = "Wit/plugin.wit")]
internal static partial class Host
{
    public static uint Twice(uint n) => n * 2;
}
