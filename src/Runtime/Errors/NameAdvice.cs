namespace WasmBindgen;

/// <summary>
/// Names that somebody may have meant, for messages. Guests choose their names and how many, so the work is bounded.
/// </summary>
internal static class NameAdvice
{
    /// <summary>The number of problems of one failure that get advice.</summary>
    internal const int MaxProblems = 20;

    private const int MaxCandidates = 1000;
    private const int MaxLength = 64;
    private const int MaxListed = 5;

    /// <summary>
    /// The name that differs least, apart from case, <c>_</c> and <c>-</c>; null if none differs by less than a third.
    /// </summary>
    internal static string? Nearest(string name, IEnumerable<string> candidates)
    {
        if (name.Length > MaxLength)
        {
            return null;
        }

        string wanted = Letters(name);
        string? nearest = null;
        int least = (wanted.Length / 3) + 1;
        foreach (string candidate in candidates.Take(MaxCandidates))
        {
            int distance = candidate.Length > MaxLength ? least : Distance(wanted, Letters(candidate));
            if (distance < least)
            {
                (nearest, least) = (candidate, distance);
            }
        }

        return nearest;
    }

    /// <summary>The first few names, and how many more there are.</summary>
    internal static string List(IReadOnlyCollection<string> names)
    {
        string first = string.Join(", ", names.Take(MaxListed).Select(Printable.Name));
        return names.Count > MaxListed ? $"{first} and {names.Count - MaxListed} more" : first;
    }

    private static string Letters(string name) =>
        string.Concat(name.Where(static c => c is not ('_' or '-')).Select(char.ToLowerInvariant));

    /// <summary>How many letters must be added, left out or replaced (Levenshtein).</summary>
    private static int Distance(string from, string to)
    {
        Span<int> row = stackalloc int[MaxLength + 1];
        for (int i = 0; i <= to.Length; i++)
        {
            row[i] = i;
        }

        foreach (char letter in from)
        {
            int diagonal = row[0]++;
            for (int i = 1; i <= to.Length; i++)
            {
                int replaced = diagonal + (to[i - 1] == letter ? 0 : 1);
                diagonal = row[i];
                row[i] = Math.Min(replaced, Math.Min(row[i], row[i - 1]) + 1);
            }
        }

        return row[to.Length];
    }
}
