namespace WasmBindgen;

/// <summary>
/// Names that somebody may have meant, for messages. Guests choose their names and how many, so the work is bounded.
/// </summary>
internal static class NameAdvice
{
    /// <summary>The number of problems of one failure that get advice.</summary>
    internal const int MaxProblems = 20;

    private const int MaxListed = 5;

    /// <summary>The first few names, and how many more there are.</summary>
    internal static string List(IReadOnlyCollection<string> names)
    {
        string first = string.Join(", ", names.Take(MaxListed).Select(Printable.Name));
        return names.Count > MaxListed ? $"{first} and {names.Count - MaxListed} more" : first;
    }
}
