using WasmBindgen.Tests;

namespace WasmBindgen.Package.Tests;

/// <summary>
/// Items with <c>Types="Compile"</c>: the build makes sources of types of WIT, which other generators see.
/// </summary>
[Collection(nameof(Feed))]
public sealed class CompiledTypesTests(Feed feed)
{
    private const string Wit = """
        package demo:shop@1.0.0;
        interface types {
          record item { name: string, prices: list<f64> }
          variant payment { cash, card(item) }
          flags mode { fast }
          resource cart { add: func(item: item); }
        }
        interface prices {
          use types.{item};
          total: func(items: list<item>) -> f64;
        }
        """;

    private const string Program = """
        using System.Text.Json;
        using System.Text.Json.Serialization;
        using WasmBindgen;

        Console.WriteLine(JsonSerializer.Serialize(new Demo.Shop.Item("pen", [1.5, 2]), Json.Default.Item));

        [JsonSerializable(typeof(Demo.Shop.Item))]
        internal sealed partial class Json : JsonSerializerContext;

        [WasmImport("demo:shop/prices", Wit = "shop.wit")]
        internal sealed partial class Prices
        {
            public double Total(IReadOnlyList<Demo.Shop.Item> items) => items.Sum(static item => item.Prices.Sum());
        }
        """;

    private const string Output = "{\"Name\":\"pen\",\"Prices\":[1.5,2]}\n";

    private const string Item = """<WasmGuest Include="shop.wit" Types="Compile" />""";

    /// <summary>Without reflection, only what its generator has seen is serialized.</summary>
    [Fact]
    public void Another_generator_sees_the_types_of_guests()
    {
        string project = Write(
            "seeing ü", """<WasmGuest Include="guests/*.wasm" Types="compile" />""",
            """"
            using System.Text.Json;
            using System.Text.Json.Serialization;
            using Demo.Plugin;
            using WasmBindgen;

            Place[] path = JsonSerializer.Deserialize("""[{"X":0,"Y":0},{"X":3,"Y":4}]""", Json.Default.PlaceArray)!;
            using var engine = new Engine();
            using var store = new Store(engine);
            using var module = Module.FromFile(engine, "guests/world.wat.wasm");
            using var component = Component.FromFile(engine, "guests/world.component.wasm");
            var linker = new Linker(engine).Define(new Log());
            var first = new First(linker.Instantiate(store, module));
            var second = new Second(linker.Instantiate(store, component));
            Result<double, Problem> length = first.Api.Length(path);
            Console.WriteLine($"{length.Value} {length == second.Api.Length(path)}");
            Console.WriteLine(JsonSerializer.Serialize(new Place(1, length.Value), Json.Default.Place));
            Console.WriteLine(JsonSerializer.Serialize(Severity.Warn, Json.Default.Severity));
            first.Api.Greet("again", 1);

            [JsonSourceGenerationOptions(UseStringEnumConverter = true)]
            [JsonSerializable(typeof(Place[])), JsonSerializable(typeof(Severity))]
            internal sealed partial class Json : JsonSerializerContext;

            [WasmExport(Guest = "world.wat.wasm")] internal sealed partial class First;
            [WasmExport(Guest = "world.component.wasm")] internal sealed partial class Second;

            [WasmImport("demo:plugin/log@1.0.0", Wit = "log.wit")] internal sealed partial class Log
            {
                public uint Write(Severity level, string message)
                {
                    Console.WriteLine($"{JsonSerializer.Serialize(level, Json.Default.Severity)} {message}");
                    return 1;
                }
            }
            """");
        feed.Write($"{project}/log.wit", """
            package demo:plugin@1.0.0;
            interface types {
              record place { x: f64, y: f64 }
              enum severity { info, warn }
              variant problem { empty, too-far(f64) }
            }
            interface log { use types.{severity}; write: func(level: severity, message: string) -> u32; }
            """);
        foreach (string guest in (string[])["world.wat.wasm", "world.component.wasm"])
        {
            feed.Write($"{project}/guests/{guest}", "");
            File.Copy(
                Repository.PathOf("tests", "EndToEnd.Tests", "Guests", guest),
                feed.PathOf(project, "guests", guest),
                overwrite: true);
        }

        Assert.EndsWith(
            """
            5 True
            {"X":1,"Y":5}
            "Warn"
            "Warn" again

            """,
            feed.Dotnet(project, "run"),
            StringComparison.Ordinal);
        Assert.Equal(["Demo.Plugin.Wit.g.cs"], Sources(project));
    }

    [Fact]
    public void They_are_written_when_the_wit_has_changed()
    {
        string project = Write("writing", Item, Program);
        feed.Write($"{project}/shop.wit", Wit);
        Assert.EndsWith(Output, feed.Dotnet(project, "run"), StringComparison.Ordinal);
        string source = feed.PathOf(project, "obj", "Debug", "net10.0", "guests", "Demo.Shop.Wit.g.cs");
        DateTime written = File.GetLastWriteTimeUtc(source);
        Assert.Contains(
            """Skipping target "CoreCompile" """, feed.Dotnet(project, "build", "-v:n"), StringComparison.Ordinal);

        feed.Write($"{project}/Program.cs", Program + "\n// edited");
        feed.Write($"{project}/shop.wit", Wit.Replace("record", "// edited\n record", StringComparison.Ordinal));
        feed.Dotnet(project, "build");
        Assert.Equal(written, File.GetLastWriteTimeUtc(source));

        feed.Write($"{project}/Program.cs", Program.Replace("[1.5, 2]", "3, [1.5, 2]", StringComparison.Ordinal));
        feed.Write($"{project}/shop.wit", Wit.Replace("string,", "string, count: u8,", StringComparison.Ordinal));
        Assert.EndsWith(
            "{\"Name\":\"pen\",\"Count\":3,\"Prices\":[1.5,2]}\n",
            feed.Dotnet(project, "run"),
            StringComparison.Ordinal);

        feed.Dotnet(project, "clean");
        Assert.Empty(Sources(project));
    }

    [Fact]
    public void What_is_not_compiled_any_more_is_generated()
    {
        string project = Write("changing", Item, "");
        feed.Write($"{project}/Program.cs", """
            using WasmBindgen;
            Console.WriteLine(new Demo.Shop.Item("pen", []).Name);
            [WasmImport("demo:shop/prices", Wit = "shop.wit")] internal sealed partial class Prices
            {
                public double Total(IReadOnlyList<Demo.Shop.Item> items) => 0;
            }
            """);
        feed.Write($"{project}/shop.wit", Wit);
        foreach (string item in (string[])[Item, "", Item, """<WasmGuest Include="shop.wit" />""", Item])
        {
            feed.Write($"{project}/app.csproj", Consumer.Project(feed.Version, items: item));
            Assert.EndsWith("pen\n", feed.Dotnet(project, "run"), StringComparison.Ordinal);
            Assert.Equal(item == Item ? ["Demo.Shop.Wit.g.cs"] : [], Sources(project));
        }
    }

    [Fact]
    public void An_editor_knows_them()
    {
        string project = Write("editing types", Item, Program);
        feed.Write($"{project}/shop.wit", Wit);
        feed.Dotnet(project, "restore");
        string arguments = feed.Dotnet(
            project,
            "msbuild", "-t:Compile", "-p:DesignTimeBuild=true", "-p:BuildingProject=false",
            "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true", "-getItem:CscCommandLineArgs");
        Assert.Contains("obj/Debug/net10.0/guests/Demo.Shop.Wit.g.cs", arguments, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_frameworks_at_once_have_their_own()
    {
        string project = Write("frameworks", Item, Program);
        feed.Write($"{project}/shop.wit", Wit);
        string file = feed.PathOf(project, "app.csproj");
        File.WriteAllText(file, File.ReadAllText(file).Replace(
            "<TargetFramework>net10.0</TargetFramework>", "<TargetFrameworks>net8.0;net10.0</TargetFrameworks>"));
        feed.Dotnet(project, "build", "-m");
        feed.Dotnet(project, "build", "-m", "--no-incremental");
        Assert.Equal(["Demo.Shop.Wit.g.cs"], Sources(project, "net8.0"));
        Assert.Equal(["Demo.Shop.Wit.g.cs"], Sources(project));
    }

    /// <summary>A library may be of types alone.</summary>
    [Fact]
    public void A_folder_needs_no_class()
    {
        string project = Write("folder", """<WasmGuest Include="wit" Types="Compile" Namespace="Shop" />""",
            Program.Split("[WasmImport", StringSplitOptions.None)[0]
                .Replace("Demo.Shop", "Shop", StringComparison.Ordinal)
                .Replace("using WasmBindgen;", "", StringComparison.Ordinal));
        feed.Write($"{project}/wit/prices.wit", Wit);
        feed.Write($"{project}/wit/more.wit", "interface more { use dep:dep/kinds.{kind}; f: func(kind: kind); }");
        feed.Write($"{project}/wit/deps/dep.wit", "package dep:dep; interface kinds { enum kind { a } }");
        Assert.EndsWith(Output, feed.Dotnet(project, "run"), StringComparison.Ordinal);
        Assert.Equal(["Dep.Dep.Wit.g.cs", "Shop.Wit.g.cs"], Sources(project));
    }

    [Fact]
    public void Wit_that_is_wrong_is_the_generators_to_tell()
    {
        string project = Write("wrong", Item, "Console.WriteLine();");
        feed.Write($"{project}/shop.wit", Wit.Replace("f64", "f46", StringComparison.Ordinal));
        string[] errors = feed.ErrorsOf(project);
        Assert.NotEmpty(errors);
        Assert.All(errors, static error => Assert.Contains("WBG0420", error, StringComparison.Ordinal));
        Assert.Empty(Sources(project));
    }

    [Fact]
    public void WBG0436_another_value()
    {
        string project = Write(
            "value", Item.Replace("Compile", "Foo", StringComparison.Ordinal), "Console.WriteLine();");
        feed.Write($"{project}/shop.wit", Wit);
        Assert.Contains(
            "shop.wit : error WBG0436: 'shop.wit' has Types=\"Foo\": say Types=\"Compile\", or leave it out",
            Assert.Single(feed.ErrorsOf(project)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void WBG0436_no_WIT()
    {
        string project = Write(
            "plain", Item.Replace("shop.wit", "plain.wasm", StringComparison.Ordinal), "Console.WriteLine();");
        File.WriteAllBytes(feed.PathOf(project, "plain.wasm"), [0, .. "asm"u8, 1, 0, 0, 0]);
        Assert.Contains(
            "plain.wasm : error WBG0436: 'plain.wasm' has Types=\"Compile\", but no WIT with types: leave it out",
            Assert.Single(feed.ErrorsOf(project)),
            StringComparison.Ordinal);
    }

    private string Write(string name, string items, string program)
    {
        feed.Write($"{name}/app.csproj", Consumer.Project(
            feed.Version,
            """
            <JsonSerializerIsReflectionEnabledByDefault>false</JsonSerializerIsReflectionEnabledByDefault>
            <GenerateDocumentationFile>true</GenerateDocumentationFile>
            """,
            items));
        feed.Write($"{name}/Program.cs", program);
        return name;
    }

    private IEnumerable<string> Sources(string project, string framework = "net10.0")
    {
        string folder = feed.PathOf(project, "obj", "Debug", framework, "guests");
        return Directory.Exists(folder)
            ? Directory.GetFiles(folder, "*.cs").Select(Path.GetFileName).Order(StringComparer.Ordinal)!
            : [];
    }
}
