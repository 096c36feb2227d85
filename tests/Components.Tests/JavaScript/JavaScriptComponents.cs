using System.Diagnostics;
using WasmBindgen.Tests;

namespace WasmBindgen.Components.Tests;

/// <summary>
/// Components of JavaScript: the sample's plugin, with its own script and with all features, and a published one. Made
/// in a temporary folder when the first is asked for.
/// </summary>
public sealed class JavaScriptComponents : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wasmbindgen-javascript-").FullName;
    private readonly Lazy<string> _plugins;

    public JavaScriptComponents() => _plugins = new Lazy<string>(Make);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    internal byte[] Read(string name) => File.ReadAllBytes(Path.Combine(_plugins.Value, name));

    private string Make()
    {
        string sample = Repository.PathOf("samples", "JsPlugin");
        string plugins = Directory.CreateDirectory(Path.Combine(_folder, "plugins")).FullName;
        File.Copy(Path.Combine(sample, "plugin.wit"), Path.Combine(_folder, "plugin.wit"));
        foreach (string name in (string[])["package.json", "build.mjs", "plugin.js", "plugin.wat"])
        {
            File.Copy(Path.Combine(sample, "plugins", name), Path.Combine(plugins, name));
        }

        string full = Path.Combine(AppContext.BaseDirectory, "JavaScript", "full.mjs");
        File.Copy(full, Path.Combine(plugins, "full.mjs"));
        Run(plugins, "npm", "install", "--no-audit", "--no-fund", "@golemcloud/golem-ts-sdk@1.1.2");
        Run(plugins, "npm", "run", "build");
        Run(plugins, "node", "full.mjs");
        return plugins;
    }

    private static void Run(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        Assert.True(
            process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}\n{output.Result}{errors.Result}");
    }
}
