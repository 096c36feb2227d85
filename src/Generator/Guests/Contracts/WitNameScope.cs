namespace WasmBindgen.Generator.Guests;

/// <summary>The names of one scope in C#.</summary>
/// <param name="taken">The names that are taken beforehand.</param>
internal sealed class WitNameScope(IEnumerable<string> taken)
{
    // Who has a name: the path of an item, or nobody of WIT's.
    private readonly Dictionary<string, string?> _names =
        taken.Distinct().ToDictionary(static name => name, static _ => (string?)null, StringComparer.Ordinal);

    /// <summary>Whether a name was taken beforehand.</summary>
    internal bool IsReserved(string name) => _names.TryGetValue(name, out string? path) && path is null;

    /// <summary>Takes a name, or that with a word behind it if another has it.</summary>
    /// <param name="name">The name.</param>
    /// <param name="word">What the item is.</param>
    /// <param name="path">The item.</param>
    /// <param name="other">The item of WIT's that has the name itself; null for none.</param>
    internal string Take(string name, string word, string? path, out string? other)
    {
        _names.TryGetValue(name, out other);
        while (_names.ContainsKey(name))
        {
            name += word;
        }

        _names.Add(name, path);
        return name;
    }

    /// <summary>Takes a name whoever has it.</summary>
    /// <returns>Who else was given it; null for nobody.</returns>
    internal string? Give(string name, string path)
    {
        string? other = _names.TryGetValue(name, out string? first) ? first : null;
        _names[name] = path;
        return other;
    }
}
