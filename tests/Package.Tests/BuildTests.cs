using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using WasmBindgen.Tests;

namespace WasmBindgen.Package.Tests;

/// <summary>What is in the packages, what their builds say, and what their templates make.</summary>
[Collection(nameof(Feed))]
public sealed partial class BuildTests(Feed feed)
{
    private const string OutputOfHost = """
        The guest says: adding
        2 + 3 = 5
        The guest asked to divide by zero, and was stopped.

        """;

    private const string OutputOfPluginHost = """
        [plugin] greeting
        Hello, World
        [plugin] greeting
        The plug-in gave up: there is nobody to greet

        """;

    [Fact]
    public void The_repository_makes_two_packages() => Assert.Equal(
        [
            $"WasmBindgen.{feed.Version}.nupkg", $"WasmBindgen.{feed.Version}.snupkg",
            $"WasmBindgen.Templates.{feed.Version}.nupkg",
        ],
        Directory.GetFiles(feed.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Fact]
    public void The_package_has_everything()
    {
        using ZipArchive package = Open("WasmBindgen", "nupkg");
        Assert.Equal(
            [
                "README.md", "WasmBindgen.nuspec",
                "analyzers/dotnet/cs/WasmBindgen.Generator.CodeFixes.dll",
                "analyzers/dotnet/cs/WasmBindgen.Generator.dll",
                "buildTransitive/WasmBindgen.props", "buildTransitive/WasmBindgen.targets", "icon.png",
                "lib/net10.0/WasmBindgen.dll", "lib/net10.0/WasmBindgen.xml",
                "lib/net8.0/WasmBindgen.dll", "lib/net8.0/WasmBindgen.xml",
                "tasks/netstandard2.0/WasmBindgen.Build.dll",
            ],
            Files(package));
        using ZipArchive symbols = Open("WasmBindgen", "snupkg");
        Assert.Equal(
            ["WasmBindgen.nuspec", "lib/net10.0/WasmBindgen.pdb", "lib/net8.0/WasmBindgen.pdb"], Files(symbols));

        using Stream nuspec = package.GetEntry("WasmBindgen.nuspec")!.Open();
        XElement[] dependencies =
            [.. XDocument.Load(nuspec).Descendants().Where(static element => element.Name.LocalName == "dependency")];
        Assert.Equal(2, dependencies.Length);
        Assert.All(dependencies, static dependency =>
        {
            Assert.Equal("Wasmtime", dependency.Attribute("id")!.Value);
            Assert.Equal("[50.0.1, 51.0.0)", dependency.Attribute("version")!.Value);
            string[] excluded = dependency.Attribute("exclude")!.Value.Split(',');
            Assert.Equal(
                ["Analyzers", "Build", "BuildTransitive", "Compile", "Runtime"], // not Native
                excluded.Order(StringComparer.Ordinal));
        });
    }

    [Fact]
    public void Packing_again_gives_the_same_assemblies()
    {
        string again = feed.PathOf("again");
        feed.Pack(Repository.PathOf("src", "Runtime"), again);
        using ZipArchive first = Open("WasmBindgen", "nupkg");
        using ZipArchive second = ZipFile.OpenRead(Path.Combine(again, $"WasmBindgen.{feed.Version}.nupkg"));
        foreach (string name in Files(first).Where(static name => name.EndsWith(".dll", StringComparison.Ordinal)))
        {
            Assert.True(Bytes(first, name).AsSpan().SequenceEqual(Bytes(second, name)), name);
        }
    }

    [Theory]
    [InlineData("-p:AllowUnsafeBlocks=false", "WBG0301", "set <AllowUnsafeBlocks>true</AllowUnsafeBlocks> in")]
    [InlineData("-p:AllowUnsafeBlocks=false -p:RunAnalyzers=false", "WBG0301", "set <AllowUnsafeBlocks>true</")]
    [InlineData("-p:AllowUnsafeBlocks=false -p:NoWarn=WBG0301", "WBG0301", "set <AllowUnsafeBlocks>true</")]
    [InlineData("-p:LangVersion=11", "WBG0302", "the project sets LangVersion to 11: remove that, or set 12")]
    [InlineData("-p:LangVersion=7.3", "WBG0302", "the project sets LangVersion to 7.3: remove that, or set 12")]
    [InlineData("-p:CompilerApiVersion=roslyn4.4", "WBG0303", "this one is 4.4: use the .NET SDK 8.0.100 or")]
    public void What_a_project_lacks_is_one_error(string settings, string id, string remedy)
    {
        feed.Write("lacking/lacking.csproj", Consumer.Project(feed.Version));
        feed.Write("lacking/Program.cs", Consumer.Program);
        string error = Assert.Single(feed.ErrorsOf("lacking", settings.Split(' ')));
        Assert.Contains($"error {id}: ", error, StringComparison.Ordinal);
        Assert.Contains(remedy, error, StringComparison.Ordinal);
    }

    /// <summary>Some projects remove all analyzers to build faster, and the generator is one to MSBuild.</summary>
    [Fact]
    public void A_missing_generator_is_told_beside_what_follows_from_it()
    {
        const string NoAnalyzers = """
            </ItemGroup><Target Name="Faster" BeforeTargets="CoreCompile">
              <ItemGroup><Analyzer Remove="@(Analyzer)" /></ItemGroup></Target><ItemGroup>
            """;
        feed.Write("without/without.csproj", Consumer.Project(feed.Version, items: NoAnalyzers));
        feed.Write("without/Program.cs", """
            using WasmBindgen;

            using Engine engine = new();
            using Linker linker = new(engine);
            linker.Define(new Env());

            [WasmImport("env")]
            internal sealed partial class Env
            {
                public void Log(int code) => Console.WriteLine($"{code}{this}");
            }
            """);
        string[] errors = feed.ErrorsOf("without", "-p:TreatWarningsAsErrors=false");
        Assert.Equal(2, errors.Length);
        Assert.Contains("warning WBG0304: The generator of WasmBindgen is not among", errors[0]);
        Assert.Contains("error CS0619: 'Linker.Define(object)' is obsolete: 'The class of this object has no", errors[1]);
        Assert.Single(feed.ErrorsOf("without", "-p:NoWarn=WBG0304"));
    }

    /// <summary>The analyzer tells it, or else the generator.</summary>
    [Theory]
    [InlineData("-p:NoWarn=WBG0101")]
    [InlineData("-p:RunAnalyzers=false")]
    [InlineData("-p:RunAnalyzersDuringBuild=false")]
    [InlineData("-p:IsImplicitlyTriggeredBuild=true")]
    public void What_is_left_out_is_one_error(string settings)
    {
        const string Binding =
            """[WasmImport("other")] internal sealed partial class Other { public void Wait(DateTime until) { } }""";
        feed.Write("leaving/leaving.csproj", Consumer.Project(feed.Version));
        feed.Write("leaving/Program.cs", Consumer.Program + Binding);
        string error = Assert.Single(feed.ErrorsOf("leaving", settings));
        Assert.Contains("error WBG0101: Parameter 'until' of 'Wait'", error, StringComparison.Ordinal);
        Assert.Contains("Program.cs(", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_later_compiler_and_a_named_language_are_fine()
    {
        feed.Write("later/later.csproj", Consumer.Project(feed.Version));
        feed.Write("later/Program.cs", Consumer.Program);
        feed.Dotnet("later", "build", "-p:LangVersion=latest");
        feed.Dotnet("later", "build", "-p:LangVersion=12.0");
    }

    /// <summary>As an editor does it, with other assemblies around them than in the tests of the code fixes.</summary>
    [Fact]
    public void The_code_fixes_load()
    {
        feed.Write("fixed/fixed.csproj", Consumer.Project(feed.Version));
        feed.Write(
            "fixed/Program.cs", Consumer.Program.Replace("partial class Env", "class Env", StringComparison.Ordinal));
        feed.Dotnet("fixed", "format", "analyzers", "--diagnostics", "WBG0001");
        Assert.Equal(Consumer.Program, File.ReadAllText(feed.PathOf("fixed", "Program.cs")));
    }

    [Theory]
    [InlineData("wasmbindgen", "net8.0", OutputOfHost)]
    [InlineData("wasmbindgen", "net10.0", OutputOfHost)]
    [InlineData("wasmbindgen-plugin", "net10.0", OutputOfPluginHost)]
    public void A_template_makes_a_project_that_runs(string template, string framework, string output)
    {
        string name = $"My.{template}-{framework}";
        string[] hive = ["--debug:custom-hive", feed.PathOf("hives", name)];
        string package = Path.Combine(feed.Folder, $"WasmBindgen.Templates.{feed.Version}.nupkg");
        feed.Dotnet(".", ["new", "install", package, .. hive]);
        feed.Dotnet(".", ["new", template, "-o", name, "--framework", framework, "--no-restore", .. hive]);
        string built = feed.Dotnet(name, "build", "-p:AnalysisLevel=latest-recommended");
        Assert.Contains(" 0 Warning(s)", built, StringComparison.Ordinal);
        if (framework == "net10.0")
        {
            Assert.Equal(output, feed.Dotnet(name, "run", "--no-build"));
        }
        else
        {
            // On the runtime that it is for, which need not be installed.
            string folder = feed.PathOf(name, "published");
            feed.Dotnet(name, "publish", "--self-contained", "-r", Consumer.ThisRuntime, "-o", folder);
            Assert.Equal((0, output), Feed.Run(Path.Combine(folder, name), folder, []));
        }
    }

    private static string[] Files(ZipArchive package) =>
    [
        .. package.Entries
            .Select(static entry => entry.FullName)
            .Where(static name => !PackagePlumbing().IsMatch(name))
            .Order(StringComparer.Ordinal),
    ];

    private static byte[] Bytes(ZipArchive package, string name)
    {
        using Stream stream = package.GetEntry(name)!.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private ZipArchive Open(string package, string extension) =>
        ZipFile.OpenRead(Path.Combine(feed.Folder, $"{package}.{feed.Version}.{extension}"));

    [GeneratedRegex(@"^(_rels/|package/|\[Content_Types\])")]
    private static partial Regex PackagePlumbing();
}
