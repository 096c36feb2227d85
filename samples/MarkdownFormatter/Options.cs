using System.Globalization;
using System.Text.Json;

/// <summary>What the command line says.</summary>
internal sealed record Options
{
    public const string Usage =
        "Usage: MarkdownFormatter [--plugins FOLDER] [--config FILE] [--timeout MS] [--write] [FILE | FOLDER]…";

    /// <summary>Where npm has put the plugins.</summary>
    public string Plugins { get; private init; } = Path.Combine(AppContext.BaseDirectory, "dprint");

    /// <summary>Settings by the name of the plugin.</summary>
    public JsonElement Config { get; private init; } = JsonElement.Parse("{}");

    public TimeSpan Timeout { get; private init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether files are changed. Otherwise it is only said which would be.</summary>
    public bool Write { get; private init; }

    public IReadOnlyList<string> Paths { get; private init; } = [];

    /// <exception cref="FormatException">The arguments, or the configuration, are wrong.</exception>
    public static Options Parse(ReadOnlySpan<string> args) => args switch
    {
        [] => new Options(),
        ["--plugins", var folder, .. var rest] => Parse(rest) with { Plugins = Path.GetFullPath(folder) },
        ["--config", var file, .. var rest] => Parse(rest) with { Config = ReadConfig(file) },
        ["--timeout", var time, .. var rest]
            when int.TryParse(time, CultureInfo.InvariantCulture, out int milliseconds) && milliseconds > 0 =>
            Parse(rest) with { Timeout = TimeSpan.FromMilliseconds(milliseconds) },
        ["--write", .. var rest] => Parse(rest) with { Write = true },
        [var option, ..] when option.StartsWith('-') => throw new FormatException(Usage),
        [var path, .. var rest] => Parse(rest).Before(path),
    };

    private Options Before(string path) => this with { Paths = [path, .. Paths] };

    private static JsonElement ReadConfig(string file)
    {
        try
        {
            JsonElement config = JsonElement.Parse(File.ReadAllText(file));
            return IsObject(config) && config.EnumerateObject().All(static plugin => IsObject(plugin.Value))
                ? config
                : throw new FormatException($"{file} is not an object with one object for each plugin.");
        }
        catch (Exception error) when (error is JsonException or IOException)
        {
            throw new FormatException($"{file}: {error.Message}", error);
        }

        static bool IsObject(JsonElement element) => element.ValueKind == JsonValueKind.Object;
    }
}
