using Demo.Track;

namespace WasmBindgen.EndToEnd.Tests;

/// <summary>Guests of other versions of an interface than the host has.</summary>
public sealed class WitTrackTests
{
    [Theory]
    [InlineData("1.2.0")]
    [InlineData("1.0.0")]
    [InlineData("1.7.3")]
    [InlineData("1")]
    public void A_version_of_the_same_track_serves(string version)
    {
        using var world = new World();
        using Module module = Module.FromText(world.Engine, "guest", Guest(version));
        var guest = Tracked.Instantiate(world.Store, module, new(new Log()));
        Assert.Equal(8u, guest.Api.Run(7));
        Assert.Equal(14u, guest.Api.Twice(7));
        Assert.True(guest.Api.HasTwiceProperty);
    }

    [Theory]
    [InlineData("2.0.0")]
    [InlineData("0.1.0")]
    [InlineData("1.2.0-rc.1")]
    [InlineData("1.2")]
    public void Another_track_does_not(string version)
    {
        using var world = new World();
        using Module module = Module.FromText(world.Engine, "guest", Guest(version));
        LinkException error = Assert.Throws<LinkException>(
            () => Tracked.Instantiate(world.Store, module, new(new Log())));
        Assert.Equal([$"demo:track/log@{version}.write"], error.Problems.Select(static one => one.Name));
    }

    [Fact]
    public void What_an_older_guest_lacks_is_told()
    {
        using var world = new World();
        Instance instance = world.Instantiate(
            """(module (func (export "demo:track/api@1.0.0#run") (param i32) (result i32) (i32.const 5)))""");
        var guest = new Tracked(instance);
        Assert.False(guest.Api.HasTwiceProperty);
        Assert.False(guest.Api.HasHasTwice);
        Assert.Equal(5u, guest.Api.Run(1));
        Assert.Contains(
            "`demo:track/api@1.2.0#twice`", Assert.Throws<LinkException>(() => guest.Api.Twice(1)).Message);
        Assert.Throws<LinkException>(() => guest.Api.HasTwice("x"));
        Assert.Throws<LinkException>(() => new Tracked(world.Instantiate("(module)")));
    }

    [Fact]
    public void A_function_of_another_type_is_not_lacked_but_wrong()
    {
        using var world = new World();
        Instance instance = world.Instantiate("""
            (module
              (func (export "demo:track/api@1.0.0#run") (param i32) (result i32) (i32.const 5))
              (func (export "demo:track/api@1.0.0#twice") (param i64) (result i32) (i32.const 5)))
            """);
        LinkException error = Assert.Throws<LinkException>(() => new Tracked(instance));
        Assert.Equal(["demo:track/api@1.0.0#twice"], error.Problems.Select(static one => one.Name));
    }

    [Fact]
    public void The_highest_version_that_is_exported_is_called()
    {
        using var world = new World();
        Instance instance = world.Instantiate("""
            (module
              (func (export "demo:track/api@1.0.0#run") (param i32) (result i32) (i32.const 1))
              (func (export "demo:track/api@1.10.0#run") (param i32) (result i32) (i32.const 10))
              (func (export "demo:track/api@1.9.0#run") (param i32) (result i32) (i32.const 9)))
            """);
        Assert.Equal(10u, new Tracked(instance).Api.Run(0));
    }

    [Fact]
    public void The_highest_version_that_is_defined_serves_and_the_own_one_before_it()
    {
        using var world = new World();
        world.Linker.Define(new Version0()).Define(new Version3());
        Assert.Equal(3u, Run("1.1.0"));
        world.Linker.Define(new Version1());
        Assert.Equal(1u, Run("1.1.0"));
        Assert.Equal(3u, Run("1.4.0"));
        Assert.Equal(0u, Run("1.0.0"));

        uint Run(string version)
        {
            using var store = new Store(world.Engine);
            using Module module = Module.FromText(world.Engine, "guest", Guest(version));
            using InstancePre pre = world.Linker.InstantiatePre(module);
            return new Tracked(pre.Instantiate(store)).Api.Run(0) - 1;
        }
    }

    [Fact]
    public void A_higher_version_that_is_defined_later_serves_from_then_on()
    {
        using var world = new World();
        using Module module = Module.FromText(world.Engine, "guest", Guest("1.5.0"));
        world.Linker.Define(new Version0());
        Assert.Equal(1u, new Tracked(world.Linker.Instantiate(world.Store, module)).Api.Run(0));
        world.Linker.Define(new Version3());
        Assert.Equal(4u, new Tracked(world.Linker.Instantiate(world.Store, module)).Api.Run(0));
    }

    private static string Guest(string version) => $"""
        (module
          (import "demo:track/log@{version}" "write" (func $write (param i32) (result i32)))
          (func (export "demo:track/api@{version}#run") (param i32) (result i32)
            (i32.add (call $write (local.get 0)) (i32.const 1)))
          (func (export "demo:track/api@{version}#twice") (param i32) (result i32)
            (i32.mul (local.get 0) (i32.const 2))))
        """;

    private sealed class Log : ILog
    {
        public uint Write(uint n) => n;

        public void WriteText(string text)
        {
        }
    }
}

[WasmWorld("Wit/track.wit")]
internal sealed partial class Tracked;

[WasmImport("demo:track/log@1.0.0")]
internal sealed partial class Version0
{
    public uint Write(uint n) => n;
}

[WasmImport("demo:track/log@1.1.0")]
internal sealed partial class Version1
{
    public uint Write(uint n) => n + 1;
}

[WasmImport("demo:track/log@1.3.0")]
internal sealed partial class Version3
{
    public uint Write(uint n) => n + 3;
}
