using System.Runtime.CompilerServices;
using System.Text;
using Demo.Plugin;

namespace WasmBindgen.EndToEnd.Tests;

/// <summary>Loading, linking and instantiating components, and how calls of them end.</summary>
public sealed class ComponentTests : IDisposable
{
    private const string Echo = """
        (component
          (import "host" (instance $host
            (export "add" (func (param "a" u32) (param "b" u32) (result u32)))
            (export "say" (func (param "text" string)))))
          (core module $memory
            (memory (export "m") 1)
            (global $next (mut i32) (i32.const 1024))
            (func (export "r") (param i32 i32 i32 i32) (result i32)
              (local $at i32)
              (local.set $at (i32.and (i32.add (global.get $next) (i32.const 7)) (i32.const -8)))
              (global.set $next (i32.add (local.get $at) (local.get 3)))
              (local.get $at)))
          (core instance $memory (instantiate $memory))
          (alias export $host "add" (func $add))
          (alias export $host "say" (func $say))
          (core func $add' (canon lower (func $add)))
          (core func $say' (canon lower (func $say) (memory (core memory $memory "m"))))
          (core module $main
            (import "host" "add" (func $add (param i32 i32) (result i32)))
            (import "host" "say" (func $say (param i32 i32)))
            (func (export "sum") (param i32 i32) (result i32) (call $add (local.get 0) (local.get 1)))
            (func (export "tell") (param i32 i32) (call $say (local.get 0) (local.get 1)))
            (func (export "fail") unreachable)
            (func (export "spin") (loop (br 0))))
          (core instance $main (instantiate $main
            (with "host" (instance (export "add" (func $add')) (export "say" (func $say'))))))
          (func (export "sum") (param "a" u32) (param "b" u32) (result u32)
            (canon lift (core func $main "sum")))
          (func (export "tell") (param "text" string)
            (canon lift (core func $main "tell") (memory (core memory $memory "m")) (realloc (core func $memory "r"))))
          (func (export "fail") (canon lift (core func $main "fail")))
          (func (export "spin") (canon lift (core func $main "spin"))))
        """;

    private readonly World _world = new(new EngineOptions { Interruption = true });

    public void Dispose() => _world.Dispose();

    [Fact]
    public void It_tells_what_it_imports_and_exports()
    {
        using Component component = Component.FromText(_world.Engine, "echo", Echo);
        Assert.Equal("echo", component.Name);
        ComponentItem host = Assert.Single(component.Imports);
        Assert.Equal(("host", "interface"), (host.Name, host.Type));
        Assert.Equal(
            ["add: func(a: u32, b: u32) -> u32", "say: func(text: string)"],
            host.Items.Select(static item => $"{item.Name}: {item.Type}"));
        Assert.Equal(["sum", "tell", "fail", "spin"], component.Exports.Select(static item => item.Name));
    }

    [Fact]
    public void A_host_class_and_a_guest_class_serve_it()
    {
        var host = new TellerHost();
        using Component component = Component.FromText(_world.Engine, "echo", Echo);
        ComponentPre pre = _world.Linker.Define(host).InstantiatePre(component);
        ComponentInstance instance = pre.Instantiate(_world.Store);
        Assert.Same(component, instance.Component);
        var guest = new Teller(instance);
        Assert.Equal(5u, guest.Sum(2, 3));
        guest.Tell("héllo");
        Assert.Equal(["héllo"], host.Said);
        host.Limit = 4;
        Assert.Equal(9, Assert.Throws<TellerException>(() => guest.Sum(4, 5)).Sum);
        Assert.Equal(3u, guest.Sum(1, 2)); // it lives on
    }

    [Fact]
    public void A_host_method_takes_the_guest_that_calls()
    {
        var host = new AskingHost();
        using Component component = Component.FromText(_world.Engine, "echo", Echo);
        ComponentInstance instance = _world.Linker.Define(host).Instantiate(_world.Store, component);
        var guest = new Teller(instance);
        Assert.Equal(3u, guest.Sum(1, 2));

        // Another class than the host's parameter: there is no Teller of this instance yet.
        var unknown = new Summer(_world.Linker.Instantiate(_world.Store, component));
        Assert.Contains(
            "construct it first",
            Assert.Throws<InvalidOperationException>(() => unknown.Sum(1, 2)).Message,
            StringComparison.Ordinal);
        Assert.Equal(["from the host"], host.Said);
    }

    [Fact]
    public void Instances_live_on_when_the_component_is_disposed()
    {
        ComponentPre pre;
        Teller guest;
        using (Component component = Component.FromText(_world.Engine, "echo", Echo))
        {
            pre = _world.Linker.Define(new TellerHost()).InstantiatePre(component);
            guest = new Teller(pre.Instantiate(_world.Store));
        }

        Assert.Equal(3u, guest.Sum(1, 2));
        Assert.Throws<ObjectDisposedException>(() => pre.Instantiate(_world.Store));
        Assert.Throws<ObjectDisposedException>(() => _world.Linker.Instantiate(_world.Store, pre.Component));
        Assert.Equal(
            typeof(Component).FullName, Assert.Throws<ObjectDisposedException>(pre.Component.Serialize).ObjectName);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_host_may_be_static_or_of_each_store(bool isStatic)
    {
        using Component component = Component.FromText(_world.Engine, "echo", Echo);
        if (isStatic)
        {
            StaticTeller.AddTo(_world.Linker);
        }
        else
        {
            _world.Linker.DefinePerStore<TellerHost>();
            _world.Store.SetHost(new TellerHost());
        }

        var guest = new Teller(_world.Linker.Instantiate(_world.Store, component));
        Assert.Equal(3u, guest.Sum(1, 2));
        guest.Tell("x");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_store_that_is_forgotten_goes(bool isTraced)
    {
        _world.Linker.Trace = isTraced ? static _ => { } : null;
        _world.Linker.Define(new TellerHost());
        using Component component = Component.FromText(_world.Engine, "echo", Echo);
        ComponentPre pre = _world.Linker.InstantiatePre(component);
        WeakReference[] stores = [.. Enumerable.Range(0, 10).Select(_ => MakeAndForget(pre))];
        for (int i = 0; i < 5; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.InRange(stores.Count(static store => store.IsAlive), 0, 1); // the last may be on the stack

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference MakeAndForget(ComponentPre pre)
        {
            var store = new Store(pre.Component.Engine);
            var guest = new Teller(pre.Instantiate(store));
            guest.Tell("x");
            GC.Collect();
            Assert.Equal(3u, guest.Sum(1, 2));
            return new WeakReference(store);
        }
    }

    [Fact]
    public void Calls_of_the_host_are_traced()
    {
        var lines = new List<string>();
        _world.Linker.Trace = lines.Add;
        using Component component = Component.FromText(_world.Engine, "echo", Echo);
        var guest = new Teller(_world.Linker.Define(new TellerHost()).Instantiate(_world.Store, component));
        guest.Tell("hello");
        Assert.Equal(3u, guest.Sum(1, 2));
        Assert.Equal(["host.say(text: \"hello\")", "host.add(a: 1, b: 2) = 3"], lines);
    }

    [Fact]
    public void Endings_are_those_of_modules()
    {
        Teller guest = Guest(_world);
        TrapException trap = Assert.Throws<TrapException>(guest.Fail);
        Assert.Equal(TrapCode.Unreachable, trap.Code);
        Assert.StartsWith("at echo/main!func[", Assert.Single(trap.Backtrace!.Frames).ToString());
        _world.Store.Timeout = TimeSpan.FromMilliseconds(50);
        Assert.Throws<GuestTimeoutException>(guest.Spin);
        using var source = new CancellationTokenSource(50);
        _world.Store.Timeout = null;
        Assert.Throws<OperationCanceledException>(() => guest.SpinUntil(source.Token));
        Assert.Equal(7u, guest.Sum(3, 4));
    }

    [Fact]
    public void Frames_name_components_and_their_modules()
    {
        const string Text = """
            (component
              (core module (func (export "f") unreachable))
              (core instance $a (instantiate 0))
              (core module (import "a" "f" (func $f)) (func (export "g") (call $f)))
              (core instance $b (instantiate 1 (with "a" (instance $a))))
              (core module $last (import "b" "g" (func $g)) (func (export "fail") (call $g)))
              (core instance $c (instantiate $last (with "b" (instance $b))))
              (func (export "fail") (canon lift (core func $c "fail"))))
            """;
        using Component component = Component.FromText(_world.Engine, "three", Text);
        using Component loaded = Component.Deserialize(_world.Engine, "three", component.Serialize());
        foreach (Component one in (Component[])[component, loaded])
        {
            var guest = new Failing(_world.Linker.Instantiate(_world.Store, one));
            TrapException trap = Assert.Throws<TrapException>(guest.Fail);
            Assert.Equal(
                ["three", "three[1]", "three/last"],
                trap.Backtrace!.Frames.Select(static frame => frame.ModuleName));
        }
    }

    [Fact]
    public void All_that_is_missing_is_listed_in_the_words_of_wit()
    {
        using Component component = Component.FromText(_world.Engine, "echo", Echo);
        LinkException empty = Assert.Throws<LinkException>(() => _world.Linker.Instantiate(_world.Store, component));
        Assert.Equal(
            """
            Component `echo` cannot be linked:
              - host#add: missing, want func(a: u32, b: u32) -> u32 (the linker is empty)
              - host#say: missing, want func(text: string) (the linker is empty)
            """,
            empty.Message);
        _world.Linker.Define(new WrongTellerHost());
        LinkException wrong = Assert.Throws<LinkException>(() => _world.Linker.InstantiatePre(component));
        Assert.Equal(
            """
            Component `echo` cannot be linked:
              - host#add: want func(a: u32, b: u32) -> u32, have func (param i64 i32) (result i32), where func (param i32 i32) (result i32) is needed (WasmBindgen.EndToEnd.Tests.WrongTellerHost.Add)
              - host#say: missing, want func(text: string) (did you mean `sai`?)
            """,
            wrong.Message);
    }

    [Fact]
    public void What_a_guest_class_lacks_is_listed()
    {
        using Component component = Component.FromText(_world.Engine, "echo", Echo);
        ComponentInstance instance = _world.Linker.Define(new TellerHost()).Instantiate(_world.Store, component);
        LinkException exception = Assert.Throws<LinkException>(() => new WrongTeller(instance));
        Assert.Equal(["sum", "telll"], exception.Problems.Select(static problem => problem.Name));
        Assert.Equal("func (param i32 i32) (result i32) for func(a: u32, b: u32) -> u32", exception.Problems[0].Have);
        Assert.Contains("did you mean `tell`?", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_imports_can_be_traps()
    {
        using Component component = Component.FromText(_world.Engine, "echo", Echo);
        _world.Linker.DefineUnknownImportsAsTraps(component);
        var guest = new Teller(_world.Linker.Instantiate(_world.Store, component));
        UnknownImportException exception = Assert.Throws<UnknownImportException>(() => guest.Sum(1, 2));
        Assert.Equal(("host", "add"), (exception.Module, exception.Name));
        Assert.Throws<UnknownImportException>(() => guest.Tell("x"));

        var again = new Teller(_world.Linker.Define(new TellerHost()).Instantiate(_world.Store, component));
        Assert.Equal(3u, again.Sum(1, 2));
    }

    [Fact]
    public async Task It_is_loaded_from_whatever_has_it()
    {
        string path = WitGuests.PathOf("plugin.component.wasm");
        byte[] bytes = await File.ReadAllBytesAsync(path);
        using var stream = new MemoryStream(bytes);
        using Component fromFile = await Component.FromFileAsync(_world.Engine, path);
        using Component fromStream = Component.FromStream(_world.Engine, "plugin", stream);
        stream.Position = 0;
        using Component asynchronous = await Component.FromStreamAsync(_world.Engine, "plugin", stream);
        using Component fromText = await Component.FromTextAsync(_world.Engine, "echo", Echo);
        Assert.True(fromFile.Exports.SequenceEqual(fromStream.Exports));
        Assert.True(fromFile.Exports.SequenceEqual(asynchronous.Exports));
        Assert.Equal(4, fromText.Exports.Length);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Component.FromBytesAsync(_world.Engine, "plugin", bytes, cancelled.Token));
    }

    [Fact]
    public void What_is_compiled_can_be_kept()
    {
        byte[] image;
        using (Component component = Component.FromText(_world.Engine, "echo", Echo))
        {
            image = component.Serialize();
        }

        using Component loaded = Component.Deserialize(_world.Engine, "loaded", image);
        var guest = new Teller(_world.Linker.Define(new TellerHost()).Instantiate(_world.Store, loaded));
        Assert.Equal(5u, guest.Sum(2, 3));
        Assert.Equal(4, loaded.Exports.Length);
        Assert.Equal(image, loaded.Serialize());
        foreach (int length in new[] { 0, 10, 30, 40, image.Length / 2, image.Length - 1 })
        {
            Assert.Throws<InvalidModuleException>(
                () => Component.Deserialize(_world.Engine, "cut", image.AsSpan(0, length)));
        }
    }

    [Theory]
    [InlineData("", "it is empty.")]
    [InlineData("  (component)", "it looks like WebAssembly text; use FromText or FromTextFile.")]
    [InlineData("hello", "it does not begin with `\\0asm`, as a binary component does.")]
    [InlineData("\0asm\u0001\0\0\0", "it is a core module, not a component; use Module.")]
    [InlineData("\0asm\u000e\0\u0001\0", "what is to be a component does not begin like one (at byte 0).")]
    [InlineData("\0asm\u000d\0\u0001\0\u0007\u0005\u0001", "section 7 is of 5 bytes, and only 1 are left (at byte 8).")]
    public void What_is_no_component_is_refused(string bytes, string reason)
    {
        InvalidModuleException exception = Assert.Throws<InvalidModuleException>(
            () => Component.FromBytes(_world.Engine, "x", Encoding.Latin1.GetBytes(bytes)));
        Assert.Equal($"Component `x` cannot be loaded: {reason}", exception.Message);
    }

    [Fact]
    public void Text_that_is_none_is_told_to_be_of_a_component() => Assert.StartsWith(
        "Component `x` is not valid WebAssembly text: ",
        Assert.Throws<InvalidModuleException>(() => Component.FromText(_world.Engine, "x", "(component")).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("(component (core func (canon backpressure.inc)))", "backpressure.inc is not supported")]
    [InlineData("(component (type $f (future u32)) (core func (canon future.new $f)))", "future.new is not supported")]
    [InlineData(
        "(component (import \"m\" (core module)))", "the import of a module is not supported")]
    [InlineData(
        "(component (import \"f\" (func $f async)) (core func (canon lower (func $f))))",
        "an asynchronous function is not supported")]
    public void What_is_not_supported_is_refused_by_name(string text, string reason)
    {
        InvalidModuleException exception = Assert.Throws<InvalidModuleException>(
            () => Component.FromText(_world.Engine, "x", text));
        Assert.StartsWith($"Component `x` cannot be loaded: {reason}", exception.Message, StringComparison.Ordinal);
        Assert.NotNull(exception.Offset);
    }

    [Fact]
    public void The_interface_that_an_import_implements_serves_if_nothing_has_its_name()
    {
        using Component component = Component.FromBytes(_world.Engine, "desk", Implementing("demo:desk/host@1.0.0"u8));
        LinkException nothing = Assert.Throws<LinkException>(
            () => _world.Linker.Instantiate(_world.Store, component));
        Assert.Equal(["host#add", "host#say"], nothing.Problems.Select(static problem => problem.Name));

        using Linker linker = new Linker(_world.Engine).Define(new DeskHost());
        Assert.Equal(105u, new Teller(linker.Instantiate(_world.Store, component)).Sum(2, 3));
        linker.Define(new TellerHost());
        Assert.Equal(5u, new Teller(linker.Instantiate(_world.Store, component)).Sum(2, 3));
    }

    [Fact]
    public void What_is_only_declared_does_no_harm()
    {
        using Component component = Component.FromText(
            _world.Engine,
            "x",
            "(component (import \"i\" (instance (export \"f\" (func (param \"s\" (stream u8)))))))");
        _world.Linker.Instantiate(_world.Store, component);
    }

    [Fact]
    public void A_failure_is_the_end_where_that_is_wanted()
    {
        using var world = new World(storeOptions: new StoreOptions { PoisonAfterTrap = true });
        var host = new TellerHost { Limit = 4 };
        Teller guest = Guest(world, host);
        Assert.Equal(3u, guest.Sum(1, 2));
        Assert.Throws<TellerException>(() => guest.Sum(4, 5));
        TrapException trap = Assert.Throws<TrapException>(() => guest.Sum(1, 2));
        Assert.Equal(TrapCode.CannotEnterComponent, trap.Code);
        Assert.EndsWith("after it had failed.", trap.Message, StringComparison.Ordinal);
        Assert.Equal(TrapCode.CannotEnterComponent, Assert.Throws<TrapException>(() => guest.Tell("x")).Code);

        // Another instance is not concerned.
        Assert.Equal(3u, Guest(world).Sum(1, 2));
    }

    [Fact]
    public void A_failure_of_values_is_the_end_too()
    {
        using var world = new World(storeOptions: new StoreOptions { PoisonAfterTrap = true });
        Teller guest = Guest(world);
        guest.Tell("fine");
        Assert.Throws<ArgumentNullException>(() => guest.Tell(null!));
        Assert.Equal(TrapCode.CannotEnterComponent, Assert.Throws<TrapException>(() => guest.Tell("x")).Code);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_host_method_calls_its_guest_unless_that_is_not_wanted(bool poisons)
    {
        using var world = new World(storeOptions: new StoreOptions { PoisonAfterTrap = poisons });
        var host = new TellerHost();
        Teller guest = Guest(world, host);
        host.OnAdd = () => guest.Tell("again");
        if (poisons)
        {
            Assert.Equal(TrapCode.CannotEnterComponent, Assert.Throws<TrapException>(() => guest.Sum(1, 2)).Code);
        }
        else
        {
            Assert.Equal(3u, guest.Sum(1, 2));
            Assert.Equal(["again"], host.Said);
        }
    }

    [Fact]
    public void A_class_whose_resources_the_linker_lacks_says_so()
    {
        using Component component = WitGuests.ComponentOf(_world, "library");
        var guest = new ShelfExports(_world.Linker.Instantiate(_world.Store, component));
        Assert.StartsWith(
            $"The component was linked without {typeof(Book)}, which shows one of its resources: call DefineResources",
            Assert.Throws<InvalidOperationException>(() => guest.NewBook("Emma")).Message,
            StringComparison.Ordinal);
        ShelfExports.DefineResources(_world.Linker);
        guest = new ShelfExports(_world.Linker.Instantiate(_world.Store, component));
        using Book book = guest.NewBook("Emma");
        Assert.Equal("Emma", book.Title());
    }

    [Fact]
    public void A_function_in_another_version_replaces_a_trap()
    {
        using Component component = Component.FromText(
            _world.Engine, "desk", Echo.Replace("\"host\" (instance $", "\"demo:desk/host@1.0.0\" (instance $"));
        using Linker linker = new Linker(_world.Engine).DefineUnknownImportsAsTraps(component);
        var trapped = new Teller(linker.Instantiate(_world.Store, component));
        Assert.Equal(
            "The guest called `demo:desk/host@1.0.0.add`, which it imports and nothing defines.",
            Assert.Throws<UnknownImportException>(() => trapped.Sum(2, 3)).Message);
        linker.Define(new DeskHost());
        Assert.Equal(105u, new Teller(linker.Instantiate(_world.Store, component)).Sum(2, 3));
    }

    /// <summary>The component, whose import says what it implements (Component Model, Binary.md).</summary>
    private byte[] Implementing(ReadOnlySpan<byte> @interface)
    {
        byte[] binary = Module.BinaryOf(_world.Engine, "Component", "echo", Echo);
        const int Size = 9;
        int section = binary.AsSpan().IndexOf("\n\t\u0001\0\u0004host"u8); // id, size, one import, plain name
        byte[] attributes = [1, 0, (byte)@interface.Length, .. @interface];
        return
        [
            .. binary[..(section + 1)],
            (byte)(Size + attributes.Length),
            1,
            2, // a name with attributes
            .. binary[(section + 4)..(section + 9)],
            .. attributes,
            .. binary[(section + 9)..],
        ];
    }

    private static Teller Guest(World world, TellerHost? host = null)
    {
        using Component component = Component.FromText(world.Engine, "echo", Echo);
        using var linker = new Linker(world.Engine);
        return new Teller(linker.Define(host ?? new TellerHost()).Instantiate(world.Store, component));
    }
}

internal sealed class TellerException(long sum) : Exception
{
    public long Sum => sum;
}

[WasmImport("host")]
[Interrupts<TellerException>]
internal sealed partial class TellerHost
{
    public List<string> Said { get; } = [];

    public long Limit { get; set; } = long.MaxValue;

    public Action? OnAdd { get; set; }

    public uint Add(uint a, uint b)
    {
        OnAdd?.Invoke();
        return (long)a + b <= Limit ? a + b : throw new TellerException((long)a + b);
    }

    public void Say(string text) => Said.Add(text);
}

[WasmImport("demo:desk/host@1.2.0")]
internal sealed partial class DeskHost
{
    public uint Add(uint a, uint b) => a + b + 100;

    public void Say(string text) => throw new InvalidOperationException(text);
}

[WasmImport("host")]
internal sealed partial class AskingHost
{
    public List<string> Said { get; } = [];

    public uint Add(uint a, uint b, Teller guest)
    {
        guest.Tell("from the host");
        return a + b;
    }

    public void Say(string text) => Said.Add(text);
}

[WasmExport]
internal sealed partial class Teller
{
    public partial uint Sum(uint a, uint b);

    public partial void Tell(string text);

    public partial void Fail();

    public partial void Spin();

    [WasmName("spin")]
    public partial void SpinUntil(CancellationToken token);
}

[WasmExport]
internal sealed partial class Summer
{
    public partial uint Sum(uint a, uint b);
}

[WasmImport("host")]
internal sealed partial class WrongTellerHost
{
    public uint Add(ulong a, uint b) => (uint)a + b;

    public void Sai(string text) => _ = text;
}

[WasmExport]
internal sealed partial class WrongTeller
{
    public partial uint Sum(ulong a, uint b);

    public partial void Telll(string text);
}

/// <summary>Without an object, and with one for each store: functions whose thunks see no host object.</summary>
[WasmImport("host")]
internal static partial class StaticTeller
{
    public static uint Add(uint a, uint b) => a + b;

    public static void Say(string text) => _ = text;
}

[WasmExport]
internal sealed partial class Failing
{
    public partial void Fail();
}
