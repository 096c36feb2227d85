namespace WasmBindgen;

/// <summary>One import or export that does not fit.</summary>
/// <param name="Name">The item: <c>module.name</c> of an import, the name of an export.</param>
/// <param name="Want">What is wanted, as in the WebAssembly text format.</param>
/// <param name="Have">What there is; null when there is nothing of that name.</param>
public sealed record LinkProblem(string Name, string Want, string? Have)
{
    /// <summary>The problem in a line.</summary>
    public override string ToString() =>
        Have is null ? $"{Name}: missing, want {Want}" : $"{Name}: want {Want}, have {Have}";
}

/// <summary>
/// A module, its imports and the host's bindings do not fit together. Lists every problem, not only the first.
/// </summary>
public sealed class LinkException : WasmException
{
    internal LinkException(string message, IReadOnlyList<LinkProblem> problems)
        : base(problems.Count == 0
            ? message
            : $"{message}\n{string.Join('\n', problems.Select(static problem => "  - " + problem))}") =>
        Problems = problems;

    /// <summary>Every item that does not fit.</summary>
    public IReadOnlyList<LinkProblem> Problems { get; }
}
