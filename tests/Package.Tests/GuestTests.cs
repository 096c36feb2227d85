using System.Text.RegularExpressions;

namespace WasmBindgen.Package.Tests;

/// <summary>Projects with <c>WasmGuest</c> items: what the compiler is told of them, and when they are read.</summary>
[Collection(nameof(Feed))]
public sealed partial class GuestTests(Feed feed)
{
    private const string Items = """<WasmGuest Include="guests/**/*.wasm" />""";

    [Fact]
    public void Guests_are_read_when_they_have_changed()
    {
        string project = Write("reading ü", Items);
        string first = WriteGuest(project, "guests/plugin.wasm", "one");
        WriteGuest(project, "guests/sub ü/plugin.wasm", "two");
        Assert.Contains("Guests of WasmBindgen: 2 read, 0 unchanged", Build(project), StringComparison.Ordinal);
        Assert.Equal(
            [("guests/plugin.wasm", Text("one")), ("guests/sub ü/plugin.wasm", Text("two"))], CompilerKnows(project));

        string again = Build(project);
        Assert.Contains("Guests of WasmBindgen: 0 read, 2 unchanged", again, StringComparison.Ordinal);
        Assert.Contains("""Skipping target "CoreCompile" """, again, StringComparison.Ordinal);

        File.SetLastWriteTimeUtc(first, DateTime.UtcNow.AddSeconds(2));
        string touched = Build(project);
        Assert.Contains("Guests of WasmBindgen: 1 read, 1 unchanged", touched, StringComparison.Ordinal);
        Assert.Contains("""Skipping target "CoreCompile" """, touched, StringComparison.Ordinal);

        WriteGuest(project, "guests/plugin.wasm", "three");
        string changed = Build(project);
        Assert.Contains("Guests of WasmBindgen: 1 read, 1 unchanged", changed, StringComparison.Ordinal);
        Assert.DoesNotContain("""Skipping target "CoreCompile" """, changed, StringComparison.Ordinal);
        Assert.Equal(
            [("guests/plugin.wasm", Text("three")), ("guests/sub ü/plugin.wasm", Text("two"))], CompilerKnows(project));

        File.Delete(first);
        Assert.Contains("Guests of WasmBindgen: 0 read, 1 unchanged", Build(project), StringComparison.Ordinal);
        Assert.Equal([("guests/sub ü/plugin.wasm", Text("two"))], CompilerKnows(project));
        Assert.Single(Texts(project));

        Directory.Delete(feed.PathOf(project, "guests"), recursive: true);
        Build(project);
        Assert.Empty(CompilerKnows(project));
        Assert.Empty(Texts(project));
    }

    [Fact]
    public void A_broken_guest_is_an_error_and_the_others_are_read()
    {
        string project = Write("breaking", Items + """<WasmGuest Include="missing.wasm" />""");
        string broken = WriteGuest(project, "guests/a.wasm", "one");
        WriteGuest(project, "guests/b.wasm", "two");
        File.WriteAllBytes(broken, File.ReadAllBytes(broken)[..^1]);
        string[] errors = [.. feed.ErrorsOf(project).Select(static line => line.Trim())];
        Assert.Equal(
            [
                $"{broken} : error WBG0427: 'guests/a.wasm' cannot be read as a WebAssembly module or component: "
                    + "section 7 is of 7 bytes, and only 6 are left (at byte 18)",
                $"{feed.PathOf(project, "missing.wasm")} : error WBG0427: 'missing.wasm' cannot be read as a WebAssembly "
                    + "module or component: there is no such file",
            ],
            errors.Select(static line => line[..line.LastIndexOf(" [", StringComparison.Ordinal)]));
        Assert.Single(Texts(project));

        WriteGuest(project, "guests/a.wasm", "one");
        WriteGuest(project, "missing.wasm", "three");
        Assert.Contains("Guests of WasmBindgen: 2 read, 1 unchanged", Build(project), StringComparison.Ordinal);
    }

    /// <summary>Targets that make guests may not run for it, and what is wrong must not keep it from the rest.</summary>
    [Fact]
    public void An_editor_knows_the_guests_that_are_there()
    {
        string project = Write("editing", Items + """<WasmGuest Include="later.wasm" />""");
        WriteGuest(project, "guests/good.wasm", "one");
        File.WriteAllText(feed.PathOf(project, "guests", "broken.wasm"), "text");
        feed.Dotnet(project, "restore");
        string[] asEditor =
        [
            "msbuild", "-t:Compile", "-p:DesignTimeBuild=true", "-p:BuildingProject=false",
            "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true",
        ];
        Assert.Contains("warning WBG0427: 'guests/broken.wasm' cannot be", feed.Dotnet(project, asEditor));
        Assert.Equal([("guests/good.wasm", Text("one"))], CompilerKnows(project));
        string arguments = feed.Dotnet(project, [.. asEditor, "-getItem:CscCommandLineArgs"]);
        Assert.Matches(@"/additionalfile:obj/Debug/net10\.0/guests/good\.[0-9a-f]{8}\.wat", arguments);
    }

    [Fact]
    public void A_target_may_make_guests_in_each_of_several_builds()
    {
        string project = Write("making", """
            <WasmGuest Include="one.wasm" World="w" Features="a;b" />
            </ItemGroup>
            <Target Name="MakeGuest" BeforeTargets="WasmBindgenReadGuests">
              <Copy SourceFiles="one.wasm" DestinationFiles="$(IntermediateOutputPath)made.wasm" />
              <ItemGroup><WasmGuest Include="$(IntermediateOutputPath)made.wasm" Namespace="Made" /></ItemGroup>
            </Target>
            <ItemGroup>
            """);
        string file = feed.PathOf(project, "app.csproj");
        File.WriteAllText(file, File.ReadAllText(file).Replace(
            "<TargetFramework>net10.0</TargetFramework>", "<TargetFrameworks>net8.0;net10.0</TargetFrameworks>"));
        WriteGuest(project, "one.wasm", "one");
        Build(project);
        foreach (string framework in (string[])["net8.0", "net10.0"])
        {
            Assert.Equal(
                [($"obj/Debug/{framework}/made.wasm", Text("one")), ("one.wasm", Text("one"))],
                CompilerKnows(project, framework));
            string told = EditorConfig(project, framework);
            Assert.Contains("WasmGuestNamespace = Made\n", told, StringComparison.Ordinal);
            Assert.Contains("WasmGuestWorld = w\n", told, StringComparison.Ordinal);
            Assert.Contains("WasmGuestFeatures = a,b\n", told, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Another_project_may_make_a_guest()
    {
        string project = Write("using", """
            <ProjectReference Include="../maker/maker.csproj" ReferenceOutputAssembly="false" />
            <WasmGuest Include="../maker/out/plugin.wasm" />
            """);
        feed.Write("maker/maker.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <Target Name="MakeGuest" AfterTargets="Build">
                <Copy SourceFiles="plugin.wasm" DestinationFolder="out" />
              </Target>
            </Project>
            """);
        WriteGuest("maker", "plugin.wasm", "one");
        Build(project);
        Assert.Equal([("../maker/out/plugin.wasm", Text("one"))], CompilerKnows(project));
    }

    [Fact]
    public void Wit_is_known_with_or_without_an_item()
    {
        string project = Write(
            "wit", """<WasmGuest Include="wit/world.wit" World="w" /><WasmGuest Include="more;component.wasm" />""");
        foreach (string path in (string[])["wit/world.wit", "plain.wit", "more/a.wit", "more/deps/b.wit", "obj/no.wit"])
        {
            feed.Write($"{project}/{path}", $"package a:{Path.GetFileNameWithoutExtension(path)};");
        }

        feed.Write($"{project}/component.wasm", "");
        File.WriteAllBytes(feed.PathOf(project, "component.wasm"), [0, .. "asm"u8, 13, 0, 1, 0]);
        Build(project);
        string told = EditorConfig(project, "net10.0");
        Assert.Equal(
            ["more/a.wit", "more/deps/b.wit", "obj/component.wit", "plain.wit", "wit/world.wit"],
            Section().Matches(told)
                .Select(match => Path.GetRelativePath(feed.PathOf(project), match.Groups["file"].Value))
                .Select(static path => OfComponent().Replace(path, "obj/component.wit"))
                .Order(StringComparer.Ordinal));
        Assert.Equal(
            ["", "component.wasm", "more", "more", "wit/world.wit"],
            Section().Matches(told).Select(static match => match.Groups["guest"].Value).Order(StringComparer.Ordinal));

        Build(project, "-p:EnableDefaultWitItems=false");
        Assert.DoesNotContain("plain.wit", EditorConfig(project, "net10.0"), StringComparison.Ordinal);
    }

    [Fact]
    public void Classes_are_compared_with_guests_and_have_what_those_export()
    {
        string project = Write("comparing", Items);
        WriteGuest(project, "guests/plugin.wasm", "store");
        const string Program = """
            using WasmBindgen;

            using var engine = new Engine();
            using var store = new Store(engine);
            using var module = Module.FromFile(engine, "guests/plugin.wasm");
            var plugin = new Plugin(new Linker(engine).Instantiate(store, module));
            Console.WriteLine($"{plugin.Store.Length} bytes");

            [WasmExport(Guest = "plugin.wasm")]
            public sealed partial class Plugin
            {
            """;
        feed.Write($"{project}/Program.cs", Program + " public partial Memory Stores { get; } }");
        Assert.Contains(
            "error WBG0404: 'guests/plugin.wasm' exports no 'stores': did you mean 'store'?",
            Assert.Single(feed.ErrorsOf(project)),
            StringComparison.Ordinal);

        feed.Write($"{project}/Program.cs", Program + " }");
        Assert.EndsWith("65536 bytes\n", feed.Dotnet(project, "run"), StringComparison.Ordinal);
    }

    private string Write(string name, string items)
    {
        feed.Write($"{name}/app.csproj", Consumer.Project(feed.Version, items: items));
        feed.Write($"{name}/Program.cs", "Console.WriteLine();");
        return name;
    }

    /// <summary>Writes a module with a memory that has a name.</summary>
    private string WriteGuest(string project, string path, string memory)
    {
        string file = feed.PathOf(project, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, [
            0, .. "asm"u8, 1, 0, 0, 0, 5, 3, 1, 0, 1,
            0, 3, 1, (byte)'x', 0,
            7, (byte)(memory.Length + 4), 1, (byte)memory.Length, .. memory.Select(static c => (byte)c), 2, 0,
        ]);
        return file;
    }

    private static string Text(string memory) => $"(module\n  (export \"{memory}\" (memory 1))\n)\n";

    private string Build(string project, params string[] settings) =>
        feed.Dotnet(project, ["build", "-v:n", .. settings]);

    private string[] Texts(string project)
    {
        string folder = feed.PathOf(project, "obj", "Debug", "net10.0", "guests");
        return Directory.Exists(folder) ? Directory.GetFiles(folder, "*.wat") : [];
    }

    private string EditorConfig(string project, string framework) => File.ReadAllText(
        feed.PathOf(project, "obj", "Debug", framework, "app.GeneratedMSBuildEditorConfig.editorconfig"));

    /// <summary>The guests that the compiler is told of, with their texts.</summary>
    private (string Name, string Text)[] CompilerKnows(string project, string framework = "net10.0") =>
    [
        .. Section().Matches(EditorConfig(project, framework))
            .Select(static match => (match.Groups["guest"].Value, File.ReadAllText(match.Groups["file"].Value)))
            .OrderBy(static guest => guest.Value, StringComparer.Ordinal),
    ];

    [GeneratedRegex(@"^obj/Debug/net10\.0/guests/component\.[0-9a-f]{8}\.wit$")]
    private static partial Regex OfComponent();

    [GeneratedRegex(@"^\[(?<file>/.*)\]\nbuild_metadata\.AdditionalFiles\.WasmGuest = (?<guest>.*)$", RegexOptions.Multiline)]
    private static partial Regex Section();
}
