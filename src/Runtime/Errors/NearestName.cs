namespace WasmBindgen;

/// <summary>Which name may have been meant. The generator has this file too.</summary>
internal static class NearestName
{
    private const int MaxCandidates = 1000;
    private const int MaxLength = 64;

    /// <summary>
    /// The name that differs least, apart from case, <c>_</c> and <c>-</c>; null if none differs by less than a third.
    /// </summary>
    internal static string? Of(string name, IEnumerable<string> candidates)
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
