using System.Text;

namespace WasmBindgen.EndToEnd.Tests;

/// <summary>
/// Components that are damaged, lie or take too much: each is refused in time, and nothing else happens.
/// </summary>
public sealed class HostileComponentTests : IDisposable
{
    private const string Shelf = "[export]demo:plugin/shelf@1.0.0";

    private const string Memory = """
        (core module $m
          (memory (export "m") 1)
          (memory (export "wide") i64 1)
          (global (export "g") i32 (i32.const 0))
          (func (export "r") (param i32 i32 i32 i32) (result i32) (i32.const 0))
          (func (export "none"))
          (func (export "one") (param i32) (result i32) (local.get 0))
          (func (export "text") (param i32 i32)))
        (core instance $i (instantiate $m))
        """;

    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(
        "(func (export \"f\") (param \"a\" u64) (canon lift (core func $i \"one\")))",
        "a lifted function is of the type func (param i32) (result i32), and func (param i64) is needed")]
    [InlineData(
        "(func (export \"f\") (param \"a\" string) (canon lift (core func $i \"text\")))",
        "a canonical definition lacks the option memory")]
    [InlineData(
        "(func (export \"f\") (param \"a\" string) (canon lift (core func $i \"text\") "
            + "(memory (core memory $i \"m\"))))",
        "a canonical definition lacks the option realloc")]
    [InlineData(
        "(func (export \"f\") (param \"a\" string) (canon lift (core func $i \"text\") (memory (core memory $i \"m\")) "
            + "(realloc (core func $i \"one\"))))",
        "a function that allocates is of the type func (param i32) (result i32)")]
    [InlineData(
        "(func (export \"f\") (param \"a\" string) (canon lift (core func $i \"text\") "
            + "(memory (core memory $i \"wide\")) (realloc (core func $i \"r\"))))",
        "a memory for values is shared, or has 64 bits")]
    [InlineData(
        "(func (export \"f\") (canon lift (core func $i \"none\") (post-return (core func $i \"one\"))))",
        "a function after a return is of the type func (param i32) (result i32), and func is needed")]
    [InlineData(
        "(type $r (resource (rep i32) (dtor (core func $i \"none\"))))",
        "a destructor is of the type func, and func (param i32) is needed")]
    [InlineData(
        "(func (export \"f\") (canon lift (core func $i \"absent\")))",
        "a core module has no export `absent` of the sort 'CoreFunction'")]
    [InlineData(
        "(func (export \"f\") (canon lift (core func $i \"g\")))",
        "a core module has no export `g` of the sort 'CoreFunction'")]
    [InlineData(
        "(core module $n (import \"a\" \"b\" (func))) (core instance (instantiate $n))",
        "a core module is instantiated without `a.b`")]
    [InlineData(
        "(core module $n (import \"a\" \"b\" (func))) (core instance (instantiate $n (with \"a\" (instance $i))))",
        "a core module has no export `b` of the sort 'CoreFunction'")]
    [InlineData(
        "(core module $n (import \"a\" \"m\" (table 1 funcref))) "
            + "(core instance (instantiate $n (with \"a\" (instance $i))))",
        "a core module has no export `m` of the sort 'CoreTable'")]
    [InlineData(
        "(core module $s (memory (export \"s\") 1 1 shared)) (core instance $j (instantiate $s)) "
            + "(core module $n (import \"a\" \"s\" (memory 1 1 shared))) "
            + "(core instance (instantiate $n (with \"a\" (instance $j))))",
        "a shared memory is not supported in a component")]
    [InlineData(
        "(type $e (enum)) (func (export \"f\") (param \"a\" $e) (canon lift (core func $i \"none\")))",
        "a type of the kind 'Enum' has a number of parts that none can have")]
    public void What_does_not_fit_is_refused(string definitions, string reason)
    {
        InvalidModuleException exception = Assert.Throws<InvalidModuleException>(
            () => Component.FromText(_world.Engine, "x", $"(component {Memory} {definitions})"));
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.NotNull(exception.Offset);
    }

    [Fact]
    public void Components_that_grow_without_end_are_refused()
    {
        var instances = new StringBuilder("(component (component $c0)");
        for (int i = 0; i < 12; i++)
        {
            instances.Append($"(component $c{i + 1} (alias outer 1 {i} (component $c))");
            instances.Insert(instances.Length, string.Concat(Enumerable.Repeat("(instance (instantiate $c))", 10)));
            instances.Append(')');
        }

        instances.Append("(instance (instantiate $c12)))");
        Refuse(instances.ToString(), "it is too large once all that it instantiates is counted");

        var tuples = new StringBuilder("(component (type $t0 u64)");
        for (int i = 0; i < 40; i++)
        {
            tuples.Append($"(type $t{i + 1} (tuple $t{i} $t{i}))");
        }

        tuples.Append($"{Memory} (func (export \"f\") (param \"a\" $t40) (canon lift (core func $i \"one\"))))");
        Refuse(tuples.ToString(), "values of a type take more than 256 MiB");

        var lists = new StringBuilder("(component (type $t0 u64)");
        for (int i = 0; i < 200; i++)
        {
            lists.Append($"(type $t{i + 1} (list $t{i}))");
        }

        Refuse(lists.Append(')').ToString(), "types are more than 100 deep within each other");
    }

    [Fact]
    public void All_modules_of_a_component_count_together()
    {
        using var engine = new Engine(new EngineOptions { MaxModuleComplexity = 3000 });
        string function = $"(core module (func {string.Concat(Enumerable.Repeat("nop ", 1500))}))";
        string twice = $"(component {function} {function} (core instance (instantiate 0)) (core instance (instantiate 1)))";
        using (Component.FromText(engine, "one", $"(component {function} (core instance (instantiate 0)))"))
        {
        }

        Assert.Contains(
            "its modules are too complex to compile, together more than the 3000",
            Assert.Throws<InvalidModuleException>(() => Component.FromText(engine, "two", twice)).Message,
            StringComparison.Ordinal);
    }

    /// <summary>Their thunks have other data than those of host classes.</summary>
    [Theory]
    [InlineData("wasi_snapshot_preview1", "sched_yield", "(result u32)", "(result i32)")]
    [InlineData(Shelf, "[resource-new]book", "(param \"a\" u32) (result u32)", "(param i32) (result i32)")]
    [InlineData(Shelf, "[resource-drop]book", "(param \"a\" u32)", "(param i32)")]
    public void What_this_library_has_for_core_modules_is_not_there(
        string module, string name, string type, string core)
    {
        using Component component = Component.FromText(
            _world.Engine,
            "x",
            $"""
            (component
              (import "{module}" (instance $i (export "{name}" (func {type}))))
              (core func $f (canon lower (func $i "{name}")))
              (core module $m (import "" "f" (func {core})))
              (core instance (instantiate $m (with "" (instance (export "f" (func $f)))))))
            """);
        _world.Linker.DefineWasi();
        LibraryWorld.DefineResources(_world.Linker);
        Assert.Throws<LinkException>(() => _world.Linker.Instantiate(_world.Store, component));
    }

    [Fact]
    public void A_resource_may_have_another_name_than_its_functions_say()
    {
        byte[] bytes = File.ReadAllBytes(WitGuests.PathOf("library.component.wasm"));
        for (int at; (at = bytes.AsSpan().IndexOf("\0\u0004book"u8)) >= 0;)
        {
            bytes[at + 5] = (byte)'n';
        }

        ShelfExports.DefineResources(_world.Linker);
        using Component component = Component.FromBytes(_world.Engine, "renamed", bytes);
        var guest = new ShelfExports(_world.Linker.Instantiate(_world.Store, component));
        Assert.Contains(
            $"The component exports no resource that {typeof(Demo.Plugin.Book)} shows.",
            Assert.Throws<GuestMemoryException>(() => guest.NewBook("Emma")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_destructor_that_the_host_runs_is_limited_too()
    {
        using var world = new World(new EngineOptions { Interruption = true });
        using Component component = Component.FromText(world.Engine, "endless", """
            (component
              (core module $destructor (func (export "end") (param i32) (loop (br 0))))
              (core instance $destructor (instantiate $destructor))
              (type $thing (resource (rep i32) (dtor (core func $destructor "end"))))
              (core func $new (canon resource.new $thing))
              (core module $main
                (import "" "new" (func $new (param i32) (result i32)))
                (func (export "make") (result i32) (call $new (i32.const 7))))
              (core instance $main (instantiate $main (with "" (instance (export "new" (func $new))))))
              (func $make (result (own $thing)) (canon lift (core func $main "make")))
              (component $things
                (import "thing" (type $thing (sub resource)))
                (import "make" (func $make (result (own $thing))))
                (export $shown "thing" (type $thing))
                (export "[constructor]thing" (func $make) (func (result (own $shown)))))
              (instance $things (instantiate $things (with "thing" (type $thing)) (with "make" (func $make))))
              (export "demo:endless/things@1.0.0" (instance $things)))
            """);
        world.Store.Timeout = TimeSpan.FromMilliseconds(50);
        var guest = EndlessWorld.Instantiate(world.Store, component);
        Assert.Throws<GuestTimeoutException>(guest.Things.NewThing().Dispose);
    }

    [Theory]
    [InlineData("allocate")]
    [InlineData("release")]
    public void What_the_host_runs_around_a_call_is_limited_too(string endless)
    {
        string Loop(string name) => name == endless ? "(loop (br 0))" : "";
        using var world = new World(new EngineOptions { Interruption = true });
        using Component component = Component.FromText(world.Engine, "endless", $"""
            (component
              (core module $main
                (memory (export "memory") 1)
                (func (export "allocate") (param i32 i32 i32 i32) (result i32) {Loop("allocate")} (i32.const 8))
                (func (export "tell") (param i32 i32))
                (func (export "release") {Loop("release")}))
              (core instance $main (instantiate $main))
              (func (export "tell") (param "text" string) (canon lift (core func $main "tell")
                (memory (core memory $main "memory")) (realloc (core func $main "allocate"))
                (post-return (core func $main "release")))))
            """);
        world.Store.Timeout = TimeSpan.FromMilliseconds(50);
        var guest = new Telling(world.Linker.Instantiate(world.Store, component));
        Assert.Throws<GuestTimeoutException>(() => guest.Tell("text"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0asm")]
    [InlineData("\0asm\u0001\0\0")]
    [InlineData("\0asm\u0001\0\0\0\0\u0005\u0004na")] // a section that ends too early
    public void A_core_module_may_end_anywhere(string module)
    {
        byte[] core = Encoding.Latin1.GetBytes(module);
        byte[] bytes =
        [
            0, .. "asm"u8, 13, 0, 1, 0,
            1, (byte)core.Length, .. core,
            2, 4, 1, 0, 0, 0, // an instance of it, as it is not compiled otherwise
        ];
        string message = Assert.Throws<InvalidModuleException>(
            () => Component.FromBytes(_world.Engine, "short", bytes)).Message;
        Assert.Contains("`short`", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_may_end_anywhere()
    {
        byte[] whole = File.ReadAllBytes(WitGuests.PathOf("composed.component.wasm"));
        for (int length = 0; length < whole.Length; length++)
        {
            try
            {
                Component.FromBytes(_world.Engine, "cut", whole.AsSpan(0, length)).Dispose();
            }
            catch (InvalidModuleException exception)
            {
                Assert.StartsWith("Component `cut` cannot be loaded: ", exception.Message, StringComparison.Ordinal);
            }
        }
    }

    private void Refuse(string text, string reason)
    {
        InvalidModuleException exception =
            Assert.Throws<InvalidModuleException>(() => Component.FromText(_world.Engine, "x", text));
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }
}

[WasmWorld("Wit/endless.wit")]
internal sealed partial class EndlessWorld;

[WasmExport]
internal sealed partial class Telling
{
    public partial void Tell(string text);
}
