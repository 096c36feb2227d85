using System.Text;
using static WasmBindgen.Soak.Scene;

namespace WasmBindgen.Soak;

/// <summary>What makes engines, modules and stores of its own.</summary>
internal static class Worlds
{
    internal static readonly (string Name, int Weight, Action<Scene> Run)[] Scenarios =
    [
        ("WASI", 2, Wasi), ("modules", 2, Modules), ("modules that are refused", 2, RefusedModules),
        ("engines", 1, Engines),
    ];

    private static void Wasi(Scene scene)
    {
        using var output = new MemoryStream();
        bool isEmpty = scene.Random.Next(2) == 0;
        using var store = new Store(scene.Generation.Engine, new StoreOptions
        {
            Fuel = long.MaxValue,
            Wasi = new WasiOptions
            {
                Arguments = ["wc", "it"],
                StandardInput = new MemoryStream(Encoding.UTF8.GetBytes(isEmpty ? "" : "one two\nthree\n")),
                StandardOutput = output,
            },
        });
        var command = new Command(scene.Generation.Command.Instantiate(store));
        if (isEmpty)
        {
            Equal(3, scene.Expect<GuestExitException>(command.Start).ExitCode);
            return;
        }

        command.Start();
        Equal("it: 2 lines, 3 words\n", Encoding.UTF8.GetString(output.ToArray()));
    }

    private static void Modules(Scene scene)
    {
        int number = scene.Random.Next();
        using Module module = Number(scene.Generation.Engine, number);
        using Module again = Module.Deserialize(scene.Generation.Engine, "again", module.Serialize());
        using var linker = new Linker(scene.Generation.Engine);
        Equal(number, linker.Instantiate(scene.Store, module).GetFunction("f")!.Call()[0].AsInt32());
        Equal(number, linker.Instantiate(scene.Store, again).GetFunction("f")!.Call()[0].AsInt32());
        Equal("f", module.Exports[0].Name);
        Equal("t", linker.Instantiate(scene.Store, again).Exports[1].Name);
    }

    private static void RefusedModules(Scene scene)
    {
        scene.Expect<InvalidModuleException>(
            () => Module.FromText(scene.Generation.Engine, "bad", "(module (func i32.add))"));
        using Module module = Module.FromText(
            scene.Generation.Engine, "wants", "(module (import \"a\" \"b\" (func (param i32))))");
        using var linker = new Linker(scene.Generation.Engine);
        scene.Expect<LinkException>(() => linker.Instantiate(scene.Store, module));
    }

    private static void Engines(Scene scene)
    {
        using var engine = new Engine();
        using Module module = Number(engine, 5);
        using var linker = new Linker(engine);
        using var store = new Store(engine);
        Equal(5, linker.Instantiate(store, module).GetFunction("f")!.Call()[0].AsInt32());
    }

    private static Module Number(Engine engine, int number) =>
        Module.FromText(engine, "number", $"""
            (module
              (func (export "f") (result i32) (i32.const {number}))
              (tag (export "t") (param i32)))
            """);
}
