using Demo.Root;

namespace WasmBindgen.EndToEnd.Tests;

/// <summary>Resources that stand in a world itself, and not in an interface.</summary>
public sealed class WitRootTests
{
    private const string Guest = """
        (module
          (import "$root" "[constructor]seed" (func $seed (param i32) (result i32)))
          (import "$root" "[method]seed.grow" (func $grow (param i32) (result i32)))
          (import "$root" "[resource-drop]seed" (func $dropSeed (param i32)))
          (import "$root" "[constructor]counter" (func $new (param i32) (result i32)))
          (import "$root" "[method]counter.add" (func $add (param i32 i32) (result i32)))
          (import "$root" "[static]counter.merge" (func $merge (param i32 i32) (result i32)))
          (import "$root" "[resource-drop]counter" (func $drop (param i32)))
          (import "$root" "total" (func $total (param i32) (result i32)))
          (func (export "run") (param $c i32) (result i32)
            (drop (call $add (local.get $c) (i32.const 5)))
            (call $total (local.get $c))
            (call $drop (local.get $c)))
          (func (export "make") (param $start i32) (result i32)
            (local $seed i32) (local $other i32)
            (local.set $seed (call $seed (local.get $start)))
            (local.set $other (call $new (call $grow (local.get $seed))))
            (call $dropSeed (local.get $seed))
            (call $merge (call $new (local.get $start)) (local.get $other))
            (call $drop (local.get $other))))
        """;

    [Fact]
    public void They_are_the_host_s_and_work_like_those_of_an_interface()
    {
        using var world = new World();
        using Module module = Module.FromText(world.Engine, "guest", Guest);
        var host = new Host();
        var guest = RootedWorld.Instantiate(world.Store, module, new(host));

        Assert.Equal(12u, guest.Run(new Counter(7)));
        Assert.Equal(7u + 14u, ((Counter)guest.Make(7)).Count);
        Assert.Equal(1, host.Seeds);
    }

    [Fact]
    public void A_host_class_of_its_own_has_them_too()
    {
        using var world = new World();
        world.Linker.Define(new RootHost());
        var guest = new RootedWorld(world.Instantiate(Guest));
        Assert.Equal(13u, guest.Run(new Counter(8)));
        Assert.Equal(3u, ((Counter)guest.Make(1)).Count);
    }

    [Fact]
    public void One_with_methods_alone_needs_no_host()
    {
        using var world = new World();
        using Module module = Module.FromText(world.Engine, "guest", """
            (module
              (import "$root" "[method]bell.ring" (func $ring (param i32) (result i32)))
              (import "$root" "[resource-drop]bell" (func $drop (param i32)))
              (func (export "ring") (param $b i32) (result i32)
                (call $ring (local.get $b))
                (call $drop (local.get $b))))
            """);
        Assert.Equal(3u, QuietWorld.Instantiate(world.Store, module, new()).Ring(new Bell()));
    }

    internal sealed class Counter(uint start) : ICounter
    {
        internal uint Count { get; private set; } = start;

        public uint Add(uint n) => Count += n;
    }

    internal sealed class Seed(uint n) : ISeed
    {
        public uint Grow() => n * 2;
    }

    private sealed class Bell : IBell
    {
        public uint Ring() => 3;
    }

    private sealed class Host : IRootedImports
    {
        internal int Seeds { get; private set; }

        public uint Total(Borrow<ICounter> c) => ((Counter)c.Value).Count;

        public ICounter NewCounter(uint start) => new Counter(start);

        public ICounter CounterMerge(ICounter a, Borrow<ICounter> b)
        {
            a.Add(((Counter)b.Value).Count);
            return a;
        }

        public ISeed NewSeed(uint n)
        {
            Seeds++;
            return new Seed(n);
        }
    }
}

[WasmWorld("Wit/root.wit", World = "rooted")]
internal sealed partial class RootedWorld;

[WasmWorld("Wit/root.wit", World = "quiet")]
internal sealed partial class QuietWorld;

[WasmImport("$root", Wit = "Wit/root.wit", World = "rooted")]
internal sealed partial class RootHost
{
    public uint Total(Borrow<ICounter> c, Caller caller) => c.Value.Add(0);

    public ICounter NewCounter(uint start) => new WitRootTests.Counter(start);

    public ICounter CounterMerge(ICounter a, Borrow<ICounter> b)
    {
        a.Add(b.Value.Add(0));
        return a;
    }

    public ISeed NewSeed(uint n) => new WitRootTests.Seed(n);
}
