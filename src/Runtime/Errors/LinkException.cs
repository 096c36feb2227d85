namespace WasmBindgen;

/// <summary>One import or export that is missing or has the wrong type.</summary>
/// <param name="Name">The item: <c>module.name</c> of an import, the name of an export.</param>
/// <param name="Want">The expected type, in the WebAssembly text format.</param>
/// <param name="Have">The actual type; null if nothing has that name.</param>
public sealed record LinkProblem(string Name, string Want, string? Have)
{
    /// <summary>A line that describes the problem.</summary>
    public override string ToString() =>
        Have is null ? $"{Name}: missing, want {Want}" : $"{Name}: want {Want}, have {Have}";
}

/// <summary>
/// A module, its imports and the host's bindings do not match. Lists every problem, not only the first.
/// </summary>
public sealed class LinkException : WasmException
{
    internal LinkException(string message, IReadOnlyList<LinkProblem> problems)
        : base(problems.Count == 0
            ? message
            : $"{message}\n{string.Join('\n', problems.Select(static problem => "  - " + problem))}") =>
        Problems = problems;

    /// <summary>Every item that does not match.</summary>
    public IReadOnlyList<LinkProblem> Problems { get; }
}
