using WasmBindgen;

/// <summary>One version of a plugin, in a store of its own: what it uses up or breaks is nobody else's.</summary>
internal sealed class Plugin : IDisposable
{
    private readonly Store _store;
    private readonly ulong _fuel;
    private readonly PluginExports _exports;
    private readonly Report _report; // one delegate for all calls: each other one would stay in the plugin's table
    private Action<int, string> _onFinding = static (_, _) => { };

    public Plugin(Linker linker, string path, string name, TextWriter output)
    {
        PluginConfiguration configuration = PluginConfiguration.Read(Path.ChangeExtension(path, ".json"));
        using Module module = Module.FromFile(linker.Engine, path);
        _fuel = configuration.Fuel;
        _report = (line, message) => _onFinding(line, message);
        _store = new Store(linker.Engine, new StoreOptions
        {
            MaxMemoryBytes = configuration.MaxMemoryBytes,
            MaxTableElements = 1000,
            Fuel = _fuel,
        });
        try
        {
            _store.Timeout = TimeSpan.FromMilliseconds(configuration.TimeoutMs);
            _store.SetHost(new PluginHost(name, configuration, output));
            _exports = new PluginExports(linker.Instantiate(_store, module));
        }
        catch
        {
            _store.Dispose();
            throw;
        }
    }

    /// <summary>Whether a call has failed. It may have been in the middle of anything; none may follow.</summary>
    public bool HasFailed { get; private set; }

    public GuestResult<Summary> Review(Document document, Action<int, string> onFinding)
    {
        _onFinding = onFinding;
        _store.Fuel = _fuel;
        GuestResult<Summary> result = _exports.Review(document, _report);
        HasFailed = !result.IsOk;
        return result;
    }

    public void Dispose() => _store.Dispose();
}
