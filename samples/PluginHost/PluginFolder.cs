using System.Text.Json;
using WasmBindgen;

/// <summary>The plugins of a folder, by name, each in the version that was last loaded.</summary>
internal sealed class PluginFolder : IDisposable
{
    private readonly string _folder;
    private readonly TextWriter _output;
    private readonly Engine _engine = new(new EngineOptions { ConsumeFuel = true });
    private readonly Linker _linker;
    private readonly List<Plugin> _replaced = []; // one of their calls may be running
    private readonly SortedDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    public PluginFolder(string folder, TextWriter output)
    {
        _folder = folder;
        _output = output;
        _linker = new Linker(_engine).DefinePerStore<PluginHost>();
        Words.AddTo(_linker);
    }

    /// <summary>
    /// Loads what is new or has changed. What cannot be loaded, such as a file that is only half written, leaves the
    /// version before it in place. A call that is running goes on in the version in which it began.
    /// </summary>
    /// <returns>Whether anything has changed.</returns>
    public bool Refresh()
    {
        bool changed = false;
        string[] paths = [.. Directory.GetFiles(_folder, "*.wasm").Order(StringComparer.Ordinal)];
        foreach (string gone in _entries.Keys.Except(paths.Select(NameOf)).ToArray())
        {
            _entries.Remove(gone, out Entry removed);
            Retire(removed.Plugin);
            _output.WriteLine($"{gone}: unloaded");
            changed = true;
        }

        foreach (string path in paths)
        {
            string name = NameOf(path);
            var stamp = (File.GetLastWriteTimeUtc(path), File.GetLastWriteTimeUtc(Path.ChangeExtension(path, ".json")));
            Plugin? before = _entries.TryGetValue(name, out Entry entry) ? entry.Plugin : null;
            if (entry.Stamp == stamp)
            {
                continue;
            }

            changed = true;
            try
            {
                _entries[name] = new Entry(new Plugin(_linker, path, name, _output), stamp);
                Retire(before);
                _output.WriteLine($"{name}: {(before is null ? "loaded" : "loaded again")}");
            }
            catch (Exception error) when (error is WasmException or JsonException or IOException
                or UnauthorizedAccessException or ArgumentException)
            {
                _entries[name] = new Entry(before, stamp);
                _output.WriteLine($"{name}: not loaded. {error.Message}");
            }
        }

        return changed;
    }

    /// <summary>Has every plugin review the document. One that fails does not disturb the others.</summary>
    public void Review(Document document, Action<string>? onFinding = null)
    {
        foreach (string name in _entries.Keys.ToArray())
        {
            if (!_entries.TryGetValue(name, out Entry entry) || entry.Plugin is not { HasFailed: false } plugin)
            {
                continue;
            }

            GuestResult<Summary> result = plugin.Review(document, (line, message) =>
            {
                _output.WriteLine($"{document.Name}, line {line}: {message} ({name})");
                onFinding?.Invoke(name);
            });
            if (result.TryGetValue(out Summary? summary))
            {
                _output.WriteLine($"{name}: {summary.Findings} found. {summary.Advice}");
            }
            else
            {
                _output.WriteLine($"{name}: stopped. {result.Error.ToException().Message}");
                _output.WriteLine(result.Error.Backtrace);
            }
        }

        DisposeReplaced();
    }

    public void Dispose()
    {
        DisposeReplaced();
        foreach (Entry entry in _entries.Values)
        {
            entry.Plugin?.Dispose();
        }

        _linker.Dispose();
        _engine.Dispose();
    }

    private void Retire(Plugin? plugin)
    {
        if (plugin is not null)
        {
            _replaced.Add(plugin);
        }
    }

    private void DisposeReplaced()
    {
        _replaced.ForEach(static plugin => plugin.Dispose());
        _replaced.Clear();
    }

    private static string NameOf(string path) => Path.GetFileNameWithoutExtension(path);

    private readonly record struct Entry(Plugin? Plugin, (DateTime Wasm, DateTime Json) Stamp);
}
