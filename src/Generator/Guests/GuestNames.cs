namespace WasmBindgen.Generator.Guests;

/// <summary>Which guests attributes mean.</summary>
internal static class GuestNames
{
    /// <summary>The guests that a name means: the one with that path, or those whose path ends with it.</summary>
    internal static IEnumerable<string> Named(string name, IEnumerable<string> guests)
    {
        string normal = Clean(name);
        return guests.Contains(normal) ? [normal] : guests.Where(guest => IsNamed(guest, name));
    }

    /// <summary>Whether a name may mean a guest.</summary>
    internal static bool IsNamed(string guest, string name) =>
        Clean(name) is var normal
        && (guest == normal || guest.EndsWith("/" + normal, StringComparison.Ordinal));

    /// <summary>A path with <c>/</c>, and without <c>.</c> and <c>..</c> in it.</summary>
    internal static string Clean(string path)
    {
        var parts = new List<string>();
        foreach (string part in WitPackages.Normal(path).Split('/'))
        {
            if (part == ".." && parts.Count > 0 && parts[parts.Count - 1] is not (".." or ""))
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part != ".")
            {
                parts.Add(part);
            }
        }

        return string.Join("/", parts);
    }
}
