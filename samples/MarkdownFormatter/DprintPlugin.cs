using System.Text;
using System.Text.Json;
using WasmBindgen;

/// <summary>One plugin. After a trap or a timeout, the next text gets a new instance.</summary>
internal sealed class DprintPlugin : IDisposable
{
    private const int Config = 1; // the plugin can keep several configurations; this one is enough here

    private readonly InstancePre _pre;
    private readonly DprintHost _host;
    private readonly string _config;
    private readonly TimeSpan _timeout;
    private Store? _store;
    private DprintExports? _exports;

    public DprintPlugin(Linker linker, Module module, DprintHost host, JsonElement settings, TimeSpan timeout)
    {
        _pre = linker.InstantiatePre(module);
        _host = host;
        _config = JsonSerializer.Serialize(new { global = new { }, plugin = settings });
        _timeout = timeout;
        _exports = Start();
        Diagnostics = [.. Json(_exports.GetConfigDiagnostics(Config)).EnumerateArray().Select(static problem =>
            $"{problem.GetProperty("propertyName")}: {problem.GetProperty("message")}")];
        Extensions = [.. Json(_exports.GetConfigFileMatching(Config)).GetProperty("fileExtensions").EnumerateArray()
            .Select(static extension => $".{extension}")];
    }

    /// <summary>What the plugin finds wrong with its settings.</summary>
    public IReadOnlyList<string> Diagnostics { get; }

    /// <summary>The endings of the files that it formats.</summary>
    public HashSet<string> Extensions { get; }

    /// <exception cref="FormatFailedException">The plugin refuses the text.</exception>
    /// <exception cref="WasmException">The plugin has failed, or took too long.</exception>
    public string Format(string path, string text, string overrides = "")
    {
        DprintExports exports = _exports ??= Start();
        try
        {
            if (overrides.Length > 0)
            {
                Send(exports, overrides);
                exports.SetOverrideConfig();
            }

            Send(exports, path);
            exports.SetFilePath();
            Send(exports, text);
            return exports.Format(Config) switch
            {
                FormatOutcome.Unchanged => text,
                FormatOutcome.Changed => Receive(exports.GetFormattedText()),
                _ => throw new FormatFailedException(Receive(exports.GetErrorText())),
            };
        }
        catch (WasmException)
        {
            _exports = null;
            throw;
        }
    }

    public void Dispose()
    {
        _store?.Dispose();
        _pre.Dispose();
    }

    private DprintExports Start()
    {
        _store?.Dispose();
        _store = new Store(_pre.Module.Engine, new StoreOptions { MaxMemoryBytes = 1 << 30 }) { Timeout = _timeout };
        _store.SetHost(_host);
        var exports = new DprintExports(_pre.Instantiate(_store));
        Send(exports, _config);
        exports.RegisterConfig(Config);
        return exports;
    }

    private static void Send(DprintExports exports, string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        int address = exports.ClearSharedBytes(length);
        Encoding.UTF8.GetBytes(text, exports.Memory.GetSpan((uint)address, length));
    }

    private string Receive(int length) => _exports!.Memory.ReadString((uint)_exports.GetSharedBytesPtr(), length);

    private JsonElement Json(int length) => JsonElement.Parse(Receive(length));
}
