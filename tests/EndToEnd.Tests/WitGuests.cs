namespace WasmBindgen.EndToEnd.Tests;

/// <summary>Guests of the worlds in <c>Wit/plugin.wit</c>.</summary>
internal static class WitGuests
{
    private const string Allocator = """
        (memory (export "memory") 1)
        (global $next (mut i32) (i32.const 1024))
        (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
          (local $at i32)
          (local.set $at (i32.and (i32.add (global.get $next) (i32.const 7)) (i32.const -8)))
          (global.set $next (i32.add (local.get $at) (local.get 3)))
          (local.get $at))
        """;

    /// <summary>World <c>plugin</c>.</summary>
    internal static string Plugin { get; } = Text("plugin");

    /// <summary>World <c>whole</c>: <c>run</c> tells the bucket of a name to the log, and counts on.</summary>
    internal static string Whole { get; } = Text("whole");

    /// <summary>World <c>library</c>: a book is the address of its title's address and length.</summary>
    internal static string Library { get; } = Text("library");

    /// <summary>World <c>reading-room</c>: the library, where the host is called while a book is read.</summary>
    internal static string ReadingRoom { get; } = Library
        .Replace("(module", """(module (import "$root" "pause" (func $pause))""", StringComparison.Ordinal)
        .Replace(
            """(func (export "live")""",
            """
            (func (export "demo:plugin/reading@1.0.0#read") (param i32 i32 i32) (call $pause))
            (func (export "demo:plugin/reading@1.0.0#swap") (param i32 i32) (call $drop (local.get 0)))
            (func (export "live")
            """,
            StringComparison.Ordinal);

    /// <summary>A guest that hands out handles that are none.</summary>
    internal const string FalseLibrary = $"""
        (module
          (import "[export]demo:plugin/shelf@1.0.0" "[resource-new]book" (func $new (param i32) (result i32)))
          (import "[export]demo:plugin/shelf@1.0.0" "[resource-rep]book" (func $rep (param i32) (result i32)))
          (import "[export]demo:plugin/shelf@1.0.0" "[resource-drop]book" (func $drop (param i32)))
          {Allocator}
          (func (export "demo:plugin/shelf@1.0.0#[constructor]book") (param i32 i32) (result i32) (i32.const 77))
          (func (export "demo:plugin/shelf@1.0.0#[method]book.title") (param i32) (result i32) (unreachable))
          (func (export "demo:plugin/shelf@1.0.0#[method]book.is-longer") (param i32 i32) (result i32) (unreachable))
          (func (export "demo:plugin/shelf@1.0.0#[static]book.merge") (param i32 i32) (result i32)
            (drop (call $rep (i32.const -1)))
            (unreachable))
          (func (export "demo:plugin/shelf@1.0.0#best") (param i32 i32) (result i32)
            (call $drop (i32.const 5))
            (unreachable))
          (func (export "demo:plugin/shelf@1.0.0#lend") (param i32 i32 i32) (result i32)
            (i32.store (i32.const 16) (local.get 0))
            (i32.store (i32.const 20) (local.get 1))
            (i32.store (i32.const 24) (call $new (i32.const 9)))
            (call $drop (i32.load (i32.const 24)))
            (i32.const 16))
          (func (export "demo:plugin/shelf@1.0.0#[dtor]book") (param i32) (unreachable))
          (func (export "live") (result i32) (i32.const 0))
          (func (export "keep")))
        """;

    /// <summary>A guest as a core module, and as a component of the same code.</summary>
    public static TheoryData<bool> Forms => [false, true];

    /// <summary>The world <c>plugin</c> of a guest of either form.</summary>
    internal static PluginWorld PluginOf(World world, bool isComponent, PluginWorld.Imports imports)
    {
        if (isComponent)
        {
            using Component component = ComponentOf(world, "plugin");
            return PluginWorld.Instantiate(world.Store, component, imports);
        }

        using Module module = Module.FromText(world.Engine, "guest", Plugin);
        return PluginWorld.Instantiate(world.Store, module, imports);
    }

    /// <summary>The world <c>library</c> of a guest of either form.</summary>
    internal static LibraryWorld LibraryOf(World world, bool isComponent)
    {
        if (isComponent)
        {
            using Component component = ComponentOf(world, "library");
            return LibraryWorld.Instantiate(world.Store, component);
        }

        using Module module = Module.FromText(world.Engine, "guest", Library);
        return LibraryWorld.Instantiate(world.Store, module);
    }

    internal static Component ComponentOf(World world, string name) =>
        Component.FromFile(world.Engine, PathOf($"{name}.component.wasm"));

    /// <summary>A file of the folder with worlds.</summary>
    internal static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Wit", name);

    private static string Text(string name) => File.ReadAllText(PathOf($"{name}.wat"));
}
