namespace WasmBindgen;

/// <summary>One import or export that is missing or has the wrong type.</summary>
/// <param name="Name">The item: <c>module.name</c> of an import, the name of an export.</param>
/// <param name="Want">The expected type, in the WebAssembly text format.</param>
/// <param name="Have">The actual type; null if nothing has that name.</param>
public sealed record LinkProblem(string Name, string Want, string? Have)
{
    /// <summary>
    /// What may help, as text for people: the C# member that defines or wants the item, and a name that was perhaps
    /// meant instead. Null for nothing. <c>Equals</c> does not compare it.
    /// </summary>
    public string? Hint { get; init; }

    /// <inheritdoc/>
    public bool Equals(LinkProblem? other) =>
        other is not null && (Name, Want, Have) == (other.Name, other.Want, other.Have);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Want, Have);

    /// <summary>A line that describes the problem.</summary>
    public override string ToString()
    {
        string problem = Have is null ? $"missing, want {Want}" : $"want {Want}, have {Have}";
        return $"{Printable.Name(Name)}: {problem}{(Hint is null ? "" : $" ({Hint})")}";
    }
}

/// <summary>
/// A module, its imports and the host's bindings do not match. Lists every problem, not only the first; the message
/// lists a hundred.
/// </summary>
public sealed class LinkException : WasmException
{
    internal LinkException(string message, IReadOnlyList<LinkProblem> problems)
        : base(problems.Count == 0
            ? message
            : $"{message}\n{string.Join('\n', Lines(problems))}") =>
        Problems = problems;

    /// <summary>Every item that does not match.</summary>
    public IReadOnlyList<LinkProblem> Problems { get; }

    private static IEnumerable<string> Lines(IReadOnlyList<LinkProblem> problems)
    {
        const int Most = 100;
        IEnumerable<string> lines = problems.Take(Most).Select(static problem => "  - " + problem);
        return problems.Count > Most ? lines.Append($"  - … and {problems.Count - Most} more") : lines;
    }
}
