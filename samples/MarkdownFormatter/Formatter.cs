using System.Text.Json;
using WasmBindgen;

/// <summary>The plugins, and which of them formats what.</summary>
internal sealed class Formatter : IDisposable
{
    private static readonly string[] Names = ["markdown", "json"];

    private readonly Engine _engine;
    private readonly Linker _linker;
    private readonly List<DprintPlugin> _plugins = [];

    /// <summary>Loads the plugins that npm has put into a folder.</summary>
    /// <param name="folder">The folder that has <c>node_modules</c>.</param>
    /// <param name="config">Settings by the name of the plugin.</param>
    /// <param name="timeout">How long the formatting of one file may take.</param>
    public Formatter(string folder, JsonElement config, TimeSpan timeout)
    {
        _engine = new Engine(new EngineOptions { CacheDirectory = Path.Combine(folder, "compiled") });
        _linker = new Linker(_engine).DefinePerStore<DprintHost>();
        foreach (string name in Names)
        {
            using Module module = Module.FromBytes(_engine, name, File.ReadAllBytes(PathOf(folder, name)));
            JsonElement settings = config.TryGetProperty(name, out JsonElement own) ? own : JsonElement.Parse("{}");
            var plugin = new DprintPlugin(_linker, module, new DprintHost(FormatBlock), settings, timeout);
            _plugins.Add(plugin);
            Diagnostics.AddRange(plugin.Diagnostics.Select(problem => $"{name}: {problem}"));
        }
    }

    /// <summary>What the plugins find wrong with their settings.</summary>
    public List<string> Diagnostics { get; } = [];

    public static IEnumerable<string> Missing(string folder) => Names.Where(name => !File.Exists(PathOf(folder, name)));

    public bool CanFormat(string path) => PluginFor(path) is not null;

    /// <exception cref="FormatFailedException">The plugin refuses the text.</exception>
    /// <exception cref="WasmException">The plugin has failed, or took too long.</exception>
    public string Format(string path, string text) =>
        PluginFor(path)?.Format(path, text) ?? throw new FormatFailedException("There is no plugin for such a file.");

    public void Dispose()
    {
        _plugins.ForEach(static plugin => plugin.Dispose());
        _linker.Dispose();
        _engine.Dispose();
    }

    // A code block inside a document. In a language that no plugin knows, it stays as it is.
    private string FormatBlock(string path, string text, string overrides) =>
        PluginFor(path)?.Format(path, text, overrides) ?? text;

    private DprintPlugin? PluginFor(string path) =>
        _plugins.FirstOrDefault(plugin => plugin.Extensions.Contains(Path.GetExtension(path).ToLowerInvariant()));

    private static string PathOf(string folder, string name) =>
        Path.Combine(folder, "node_modules", "@dprint", name, "plugin.wasm");
}
