using System.Text.Json;

/// <summary>What stands in the file beside a plugin: what it may do, and how much of it.</summary>
internal sealed record PluginConfiguration
{
    /// <summary>How long a call may take.</summary>
    public int TimeoutMs { get; init; } = 1000;

    /// <summary>How large the plugin's memory may become.</summary>
    public long MaxMemoryBytes { get; init; } = 1 << 20;

    /// <summary>How many instructions a call may run, about.</summary>
    public ulong Fuel { get; init; } = ulong.MaxValue;

    /// <summary>What the plugin reads by name.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>The lists of words that the plugin may open.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    public static PluginConfiguration Read(string path) => File.Exists(path)
        ? JsonSerializer.Deserialize<PluginConfiguration>(File.ReadAllText(path), JsonSerializerOptions.Web) ?? new()
        : new PluginConfiguration();
}
