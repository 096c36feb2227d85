using Xunit.Abstractions;

namespace WasmBindgen.Package.Tests;

/// <summary>The package in the hands of a user whose project has nothing of this repository.</summary>
[Collection(nameof(Feed))]
public sealed class PublishTests(Feed feed, ITestOutputHelper log)
{
    private const string TargetFrameworks =
        "<TargetFrameworks>net8.0;net9.0;net10.0</TargetFrameworks><TargetFramework />";

    private static readonly string[] SelfContained = ["--self-contained", "-r", Consumer.ThisRuntime];
    private static readonly string[] FrameworkDependent = ["--no-self-contained", "-r", Consumer.ThisRuntime];
    private static readonly string[] SingleFile = ["-p:PublishSingleFile=true", "-p:DebugType=none"];

    [Fact]
    public void A_project_builds_without_a_warning_of_any_analyzer_and_runs()
    {
        string app = Write("strict", """
            <AnalysisMode>All</AnalysisMode>
            <EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild>
            <GenerateDocumentationFile>true</GenerateDocumentationFile>
            """);
        Assert.Contains(" 0 Warning(s)", feed.Dotnet(app, "build"), StringComparison.Ordinal);
        Assert.Equal(Consumer.Output, feed.Dotnet(app, "run", "--no-build"));
    }

    [Theory]
    [InlineData("net8.0", ".NET 8")]
    [InlineData("net9.0", ".NET 9")]
    public void A_self_contained_program_runs_on_its_own_runtime(string framework, string runtime)
    {
        string folder = Publish(framework, SelfContained);
        Assert.Equal($"{runtime}, Wasmtime 50\n{Consumer.Output}", RunProgram(folder, "version"));
        Report($"self-contained, {framework}", folder);
    }

    [Fact]
    public void A_trimmed_program_runs()
    {
        string folder = Publish("net10.0", [.. SelfContained, "-p:PublishTrimmed=true"]);
        Assert.Equal(Consumer.Output, RunProgram(folder));
        Report("trimmed, net10.0", folder);
    }

    [Fact]
    public void A_single_file_has_the_engine_inside()
    {
        string folder = Publish(
            "net10.0", [.. SelfContained, .. SingleFile, "-p:IncludeNativeLibrariesForSelfExtract=true"]);
        Assert.Equal(["app"], Directory.GetFiles(folder).Select(Path.GetFileName));
        Assert.Equal(Consumer.Output, RunProgram(folder));
        Report("single file, net10.0", folder);
    }

    [Fact]
    public void A_single_file_has_the_engine_beside_it()
    {
        string folder = Publish("net10.0", [.. FrameworkDependent, .. SingleFile]);
        IEnumerable<string?> files = Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal);
        Assert.Equal(["app", "libwasmtime.so"], files);
        Assert.Equal(Consumer.Output, RunProgram(folder));
    }

    [NativeAotTheory]
    [InlineData("net8.0", ".NET 8")]
    [InlineData("net10.0", ".NET 10")]
    public void A_program_of_native_code_runs(string framework, string runtime)
    {
        string folder = Publish(framework, "-r", Consumer.ThisRuntime, "-p:PublishAot=true");
        Assert.Equal($"{runtime}, Wasmtime 50\n{Consumer.Output}", RunProgram(folder, "version"));
        Assert.False(File.Exists(Path.Combine(folder, "app.dll")));
        Report($"NativeAOT, {framework}", folder, "app");
    }

    [Fact]
    public void A_portable_program_has_the_engine_for_six_platforms()
    {
        string folder = Publish("net10.0");
        Assert.Equal(6, Engines(folder).Length);
        Assert.Equal(Consumer.Output, RunProgram(folder));
        Assert.Equal(
            (0, Consumer.Output),
            Feed.Run(Path.Combine(folder, "app"), folder, [], ("DOTNET_RUNTIME_ID", "ubuntu.24.04-x64")));
        Report("portable", folder);
    }

    [Theory]
    [InlineData("linux-x64", "libwasmtime.so")]
    [InlineData("linux-arm64", "libwasmtime.so")]
    [InlineData("osx-arm64", "libwasmtime.dylib")]
    [InlineData("win-x64", "wasmtime.dll")]
    public void A_program_for_one_platform_has_the_engine_for_that_alone(string runtime, string library)
    {
        string folder = Publish("net10.0", "--no-self-contained", "-r", runtime, "-p:UseAppHost=false");
        string engine = Assert.Single(Engines(folder));
        Assert.Equal(Path.Combine(folder, library), engine);
        string portable = Assert.Single(Engines(Path.Combine(Publish("net10.0"), "runtimes", runtime)));
        Assert.Equal(File.ReadAllBytes(portable), File.ReadAllBytes(engine));
        Report(runtime, folder);
    }

    [Fact]
    public void A_plug_in_brings_the_engine_to_a_program_that_has_none()
    {
        feed.Write("plugin/plugin.csproj", Consumer.Project(feed.Version, """
            <OutputType>Library</OutputType>
            <EnableDynamicLoading>true</EnableDynamicLoading>
            """));
        feed.Write("plugin/Program.cs", Consumer.Library);
        feed.Write("loader/loader.csproj", Consumer.Project(version: null));
        feed.Write("loader/Program.cs", """
            using System.Runtime.Loader;

            var context = new PluginContext(args[0]);
            var program = context.LoadFromAssemblyPath(args[0]).GetType("Consumer.Program")!;
            program.GetMethod("Main")!.Invoke(null, [Array.Empty<string>()]);

            internal sealed class PluginContext(string path) : AssemblyLoadContext("plugin")
            {
                private readonly AssemblyDependencyResolver _resolver = new(path);

                protected override System.Reflection.Assembly? Load(System.Reflection.AssemblyName name) =>
                    _resolver.ResolveAssemblyToPath(name) is { } file ? LoadFromAssemblyPath(file) : null;

                protected override nint LoadUnmanagedDll(string name) =>
                    _resolver.ResolveUnmanagedDllToPath(name) is { } file ? LoadUnmanagedDllFromPath(file) : 0;
            }
            """);
        string folder = feed.PathOf("plugin", "published");
        feed.Dotnet("plugin", "publish", "-o", folder);
        Assert.Equal(Consumer.Output, feed.Dotnet("loader", "run", "--", Path.Combine(folder, "plugin.dll")));
    }

    [Fact]
    public void A_library_brings_the_engine_to_the_programs_that_use_it()
    {
        feed.Write("library/library.csproj", Consumer.Project(feed.Version, "<OutputType>Library</OutputType>"));
        feed.Write("library/Program.cs", Consumer.Library);

        // It gets the generator too, but has no bindings, and may be written in any C#.
        feed.Write("user/user.csproj", Consumer.Project(
            version: null,
            "<LangVersion>11</LangVersion>",
            """<ProjectReference Include="../library/library.csproj" />"""));
        feed.Write("user/Program.cs", "Consumer.Program.Main(Array.Empty<string>());");
        Assert.Equal(Consumer.Output, feed.Dotnet("user", "run"));
        Assert.Equal("true", feed.Dotnet("user", "msbuild", "-getProperty:AllowUnsafeBlocks").Trim());
    }

    [Fact]
    public void The_official_package_beside_it_shares_the_library()
    {
        string app = Write("both", "", """<PackageReference Include="Wasmtime" Version="50.0.1" />""");
        feed.Write("both/Both.cs", """
            internal static class Both
            {
                private const string Text = "(module (func (export \"f\") (result i32) (i32.const 42)))";

                [System.Runtime.CompilerServices.ModuleInitializer]
                internal static void Run()
                {
                    using Wasmtime.Engine theirs = new();
                    using Wasmtime.Module module = Wasmtime.Module.FromText(theirs, "m", Text);
                    using Wasmtime.Linker linker = new(theirs);
                    using Wasmtime.Store store = new(theirs);
                    using WasmBindgen.Engine ours = new();
                    Console.WriteLine(linker.Instantiate(store, module).GetFunction<int>("f")!());
                    Console.WriteLine(File.ReadLines("/proc/self/maps")
                        .Where(line => line.Contains("wasmtime.so", StringComparison.Ordinal))
                        .Select(line => line.Split(' ')[^1])
                        .Distinct()
                        .Count());
                }
            }
            """);
        Assert.Equal($"42\n1\n{Consumer.Output}", feed.Dotnet(app, "run"));
    }

    private static string[] Engines(string folder) =>
    [
        .. Directory.GetFiles(folder, "*wasmtime.*", SearchOption.AllDirectories)
            .Where(static file => Path.GetExtension(file) is ".so" or ".dylib" or ".dll"),
    ];

    private string Write(string name, string properties, string items = "")
    {
        feed.Write($"{name}/app.csproj", Consumer.Project(feed.Version, properties, items));
        feed.Write($"{name}/Program.cs", Consumer.Program);
        return name;
    }

    /// <summary>Publishes the program without a warning, and each way once.</summary>
    /// <returns>The folder.</returns>
    private string Publish(string framework, params string[] arguments)
    {
        string app = Write("frameworks", TargetFrameworks);
        string way = string.Join('_', [framework, .. arguments]).Replace(':', '-').Replace('=', '-');
        string folder = feed.PathOf("published", way);
        if (!Directory.Exists(folder))
        {
            string output = feed.Dotnet(app, ["publish", "-c", "Release", "-f", framework, "-o", folder, .. arguments]);
            Assert.DoesNotContain("warning", output, StringComparison.OrdinalIgnoreCase);
        }

        return folder;
    }

    private static string RunProgram(string folder, params string[] arguments)
    {
        (int exitCode, string output) = Feed.Run(Path.Combine(folder, "app"), folder, arguments);
        Assert.True(exitCode == 0, output);
        return output;
    }

    private void Report(string what, string folder, string? part = null)
    {
        long bytes = Directory.GetFiles(folder, part ?? "*", SearchOption.AllDirectories)
            .Where(static file => Path.GetExtension(file) is not (".pdb" or ".dbg" or ".xml"))
            .Sum(static file => new FileInfo(file).Length);
        long engines = Engines(folder).Sum(static file => new FileInfo(file).Length);
        log.WriteLine($"{what}: {bytes / 1e6:F1} MB, engines {engines / 1e6:F1} MB");
    }
}
