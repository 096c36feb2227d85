namespace WasmBindgen.Build.Wit;

/// <summary>Documentation and gates of packages, which components have in <c>package-docs</c> sections.</summary>
internal sealed class WitDocumentation
{
    private readonly Dictionary<string, string[]> _lines = [];

    /// <summary>The lines before the definition of something.</summary>
    /// <param name="path">A package, <c>/</c> interface or world, <c>#</c> function or type, <c>.</c> part.</param>
    internal IReadOnlyList<string> Of(string path) => _lines.TryGetValue(path, out string[] lines) ? lines : [];
}
