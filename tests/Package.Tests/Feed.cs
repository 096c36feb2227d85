using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using WasmBindgen.Tests;

namespace WasmBindgen.Package.Tests;

/// <summary>
/// A folder outside the repository with packages of a version of its own, since NuGet keeps what it has seen of a
/// version, and the projects of their users.
/// </summary>
public sealed partial class Feed : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("wasmbindgen-packages-").FullName;

    public Feed()
    {
        Version = $"0.0.0-test.{DateTime.UtcNow:yyyyMMddHHmmssfff}";
        Pack(Repository.PathOf(), Folder);

        // In addition to whatever feeds the machine has.
        Write("NuGet.config", $"""
            <configuration>
              <packageSources><add key="packed" value="{Folder}" /></packageSources>
            </configuration>
            """);
        Write("Directory.Build.props", "<Project />");
        Write("Directory.Packages.props", "<Project />");
        Write(".editorconfig", "root = true");
    }

    /// <summary>The version of the packages.</summary>
    internal string Version { get; }

    /// <summary>Where the packages are.</summary>
    internal string Folder => PathOf("feed");

    public void Dispose()
    {
        Directory.Delete(_root, recursive: true);

        // NuGet keeps what it has restored in a folder of the machine, so that runtimes and engines are fetched once.
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string restored = Path.Combine(packages, "wasmbindgen", Version);
        if (Directory.Exists(restored))
        {
            Directory.Delete(restored, recursive: true);
        }
    }

    internal string PathOf(params string[] parts) => Path.Combine([_root, .. parts]);

    internal void Write(string path, string text)
    {
        string full = PathOf(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    /// <summary>Builds a project or a solution of the repository from nothing, and packs it.</summary>
    internal void Pack(string project, string folder)
    {
        string artifacts = PathOf("artifacts"); // apart from the builds of the repository, which may be running
        if (Directory.Exists(artifacts))
        {
            Directory.Delete(artifacts, recursive: true);
        }

        // Without analyzers, which take most of the time, and have seen the repository's own build.
        Dotnet(
            ".", "pack", project, "-o", folder, $"-p:Version={Version}", "--artifacts-path", artifacts,
            "-p:RunAnalyzers=false");
    }

    /// <summary>Runs dotnet in a folder, which must succeed.</summary>
    /// <returns>What it printed.</returns>
    internal string Dotnet(string folder, params string[] arguments)
    {
        (int exitCode, string output) = Run("dotnet", PathOf(folder), arguments);
        Assert.True(exitCode == 0, $"dotnet {string.Join(' ', arguments)}\n{output}");
        return output;
    }

    /// <summary>Builds a project, which must fail.</summary>
    /// <returns>Its errors and warnings, each once.</returns>
    internal string[] ErrorsOf(string folder, params string[] properties)
    {
        (int exitCode, string output) = Run("dotnet", PathOf(folder), ["build", "--no-incremental", .. properties]);
        Assert.True(exitCode != 0, output);
        return [.. output.Split('\n').Where(static line => ErrorOrWarning().IsMatch(line)).Distinct()];
    }

    internal static (int ExitCode, string Output) Run(
        string program, string folder, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // What the test run says to its own build is not for others.
        foreach (string name in start.Environment.Keys.ToArray())
        {
            if (name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase))
            {
                start.Environment.Remove(name);
            }
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1"; // or the temporary folder stays in use
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = new StringBuilder();
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        return (process.ExitCode, output.ToString());

        void Append(string? line)
        {
            lock (output)
            {
                output.Append(line).Append(line is null ? "" : "\n");
            }
        }
    }

    [GeneratedRegex(": (error|warning) ")]
    private static partial Regex ErrorOrWarning();
}

[CollectionDefinition(nameof(Feed))]
public sealed class PackedFeed : ICollectionFixture<Feed>;
