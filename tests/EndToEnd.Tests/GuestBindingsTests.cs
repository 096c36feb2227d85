using System.Reflection;

namespace WasmBindgen.EndToEnd.Tests;

/// <summary>Guests that were compiled against what is written from classes, in each language.</summary>
public sealed class GuestBindingsTests : IDisposable
{
    private readonly World _world = new();
    private readonly PluginHost _host = new();

    public static TheoryData<string> Plugins => ["plugin.c.wasm", "plugin.rs.wasm", "plugin.wat"];

    public void Dispose() => _world.Dispose();

    /// <summary>The guests are those of today's classes. After a change, build.sh builds them again.</summary>
    [Theory]
    [InlineData("plugin.h")]
    [InlineData("plugin.rs")]
    [InlineData("plugin.ts")]
    [InlineData("plugin.wit")]
    public void What_is_committed_is_what_is_written_today(string file)
    {
        string text = typeof(Plugin).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(one => one.Key.StartsWith("WasmGuestBindings:", StringComparison.Ordinal)
                && one.Key.EndsWith($"/bindings/{file}", StringComparison.Ordinal))
            .Value!;
        Assert.Equal(text, File.ReadAllText(PathOf("plugin", file)).ReplaceLineEndings("\n"));
    }

    [Theory]
    [MemberData(nameof(Plugins))]
    public void Values_cross_as_the_bindings_say(string guest)
    {
        Plugin plugin = Load(guest);
        Assert.Equal(
            "circle 4 2.5 1.5;DarkBlue hi;nothing;home;away;sum;18",
            plugin.Run("18000000000000000000", new PluginPoint(4, 2.5)));
        Assert.Equal(
            "circle 4 2.5 1.5;DarkBlue hi;nothing;home;away;sum;'ü' is no number",
            plugin.Run("ü", new PluginPoint(4, 2.5)));
        Assert.Equal(["18000000000000000000", "ü"], _host.Seen);

        Assert.Equal(
            new PluginShape.Circle(new PluginPoint(-1, 1e300), 0.75f),
            plugin.Grow(new PluginShape.Circle(new PluginPoint(-2, 1e300), 0.375f)));
        Assert.Equal(
            new PluginShape.Text("größer", PluginColor.DarkBlue),
            plugin.Grow(new PluginShape.Text("größer", PluginColor.Green)));
        Assert.Throws<GuestMemoryException>(() => plugin.Grow(new PluginShape.Text("", PluginColor.DarkBlue)));
    }

    [Theory]
    [MemberData(nameof(Plugins))]
    public void Resources_and_interrupts_are_those_of_the_classes(string guest)
    {
        Plugin plugin = Load(guest);
        int live = PluginCounter.Live;
        Assert.Equal(5UL, plugin.CountTo(5));
        Assert.Equal(live, PluginCounter.Live);
        Assert.Equal(
            7, Assert.Throws<GuestInterruptedException<Rejection>>(() => plugin.Fail(7)).Error.Code);
        Assert.Equal(2UL, plugin.CountTo(2));
    }

    [Fact]
    public void Objects_of_AssemblyScript_cross_as_the_bindings_say()
    {
        _world.Linker.Define(new ScriptPluginHost()).Define(new ScriptRuntime());
        using Module module = Module.FromFile(_world.Engine, PathOf("plugin.ts.wasm"));
        var plugin = new ScriptPlugin(_world.Linker.Instantiate(_world.Store, module));
        Assert.Equal("eins-zwei-3ab", plugin.Run("eins"));
        Assert.Equal(3 + (3 * 2), plugin.SumOfHalves(3));
        Assert.Equal(
            -1, Assert.Throws<GuestInterruptedException<Rejection>>(() => plugin.Fail(-1)).Error.Code);
    }

    private Plugin Load(string guest)
    {
        _world.Linker.Define(_host);
        PluginCounter.AddTo(_world.Linker);
        using Module module = guest.EndsWith(".wat", StringComparison.Ordinal)
            ? Module.FromText(_world.Engine, guest, File.ReadAllText(PathOf(guest)))
            : Module.FromFile(_world.Engine, PathOf(guest));
        return new Plugin(_world.Linker.Instantiate(_world.Store, module));
    }

    private static string PathOf(params string[] path) =>
        Path.Combine([AppContext.BaseDirectory, "Guests", .. path]);
}
