namespace WasmBindgen.Generator.Guests;

/// <summary>Paths of items, as attributes and documentation write them: <c>demo:plugin/log@1.0.0#write</c>.</summary>
internal static class WitPaths
{
    /// <summary>Whether a name that somebody wrote means a path.</summary>
    internal static bool Means(string name, string path) =>
        Normal(name) is var normal && (normal == Normal(path) || normal == WithoutVersion(path));

    /// <summary>A path with its version's track, which all versions that can stand for each other have.</summary>
    internal static string Normal(string path) => Version(path) is var (at, end)
        && WitVersion.Parse(path.Substring(at + 1, end - at - 1)) is { Track: var track }
            ? $"{path.Substring(0, at)}@{track}{path.Substring(end)}"
            : path;

    internal static string WithoutVersion(string path) =>
        Version(path) is var (at, end) ? path.Remove(at, end - at) : path;

    /// <summary>The name of a function alone.</summary>
    internal static string Function(string path) =>
        path.Substring(Math.Max(path.LastIndexOf('.'), path.IndexOf('#')) + 1);

    private static (int At, int End)? Version(string path)
    {
        int hash = path.IndexOf('#');
        int end = hash < 0 ? path.Length : hash; // of an interface itself
        int at = path.IndexOf('@');
        return at >= 0 && at < end ? (at, end) : null;
    }
}
