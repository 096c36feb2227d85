using WasmBindgen;

/// <summary>What a plugin reviews.</summary>
internal sealed record Document(string Name, string Text);

/// <summary>What a plugin says in the end.</summary>
internal sealed record Summary(int Findings, string Advice);

/// <summary>The callback that a plugin gets: it calls it for each finding.</summary>
internal delegate void Report(int line, string message);

/// <summary>What plugins export: the same functions, whatever language they are written in.</summary>
[WasmExport]
[GuestAllocator("allocate(size, alignment)", "release(address, size, alignment)")]
internal sealed partial class PluginExports
{
    public partial GuestResult<Summary> Review(Document document, [TableIndex] Report report);
}

/// <summary>What plugins import from <c>host</c>. Each plugin has an object of its own.</summary>
[WasmImport("host")]
[GuestAllocator("allocate(size, alignment)", "release(address, size, alignment)")]
internal sealed partial class PluginHost(string plugin, PluginConfiguration configuration, TextWriter output)
{
    public void Log(string message) => output.WriteLine($"[{plugin}] {message}");

    public string? Setting(string name) => configuration.Settings.GetValueOrDefault(name);

    /// <summary>Ends a plugin that asks for a list that its configuration does not give it.</summary>
    [Interrupts<UnauthorizedAccessException>]
    public Words OpenWords(string name) => configuration.Words.Contains(name)
        ? new Words(name)
        : throw new UnauthorizedAccessException($"The list '{name}' is not for {plugin}.");
}

/// <summary>A list of words that a plugin holds a handle of.</summary>
[WasmResource]
[WasmImport("host")]
internal sealed partial class Words
{
    private static readonly Dictionary<string, string[]> Lists = new() { ["banned"] = ["simply", "utilizes"] };

    private readonly HashSet<string> _words;

    internal Words(string name) => _words = [.. Lists[name]];

    public bool Contains(string word) => _words.Contains(word);
}
