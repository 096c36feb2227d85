namespace WasmBindgen.Generator.Guests;

/// <summary>Things that need others. Chains of them may be long, so nothing here is recursive.</summary>
internal static class WitDependencies
{
    /// <summary>All things in an order in which each comes behind what it needs.</summary>
    /// <param name="all">The things.</param>
    /// <param name="needs">What one needs, and where it says so.</param>
    /// <param name="onCycle">
    /// Is told the way from a thing back to itself, the last being the one that closes it, and where it does.
    /// </param>
    internal static List<T> Order<T>(
        IEnumerable<T> all,
        Func<T, IEnumerable<(T Thing, WitPlace Place)>> needs,
        Action<IReadOnlyList<T>, WitPlace> onCycle)
        where T : notnull
    {
        var order = new List<T>();
        var done = new HashSet<T>();
        var way = new List<(T Thing, IEnumerator<(T Thing, WitPlace Place)> Needs)>();
        var open = new Dictionary<T, int>();
        foreach (T first in all)
        {
            Enter(first);
            while (way.Count > 0)
            {
                (T thing, IEnumerator<(T Thing, WitPlace Place)> itsNeeds) = way[way.Count - 1];
                if (!itsNeeds.MoveNext())
                {
                    way.RemoveAt(way.Count - 1);
                    open.Remove(thing);
                    done.Add(thing);
                    order.Add(thing);
                }
                else if (open.TryGetValue(itsNeeds.Current.Thing, out int start))
                {
                    onCycle([.. way.Skip(start).Select(static step => step.Thing)], itsNeeds.Current.Place);
                }
                else
                {
                    Enter(itsNeeds.Current.Thing);
                }
            }
        }

        return order;

        void Enter(T thing)
        {
            if (!done.Contains(thing))
            {
                open.Add(thing, way.Count);
                way.Add((thing, needs(thing).GetEnumerator()));
            }
        }
    }

    /// <summary>A way back to its beginning, for a message.</summary>
    internal static string Text(IEnumerable<string> names)
    {
        string[] all = [.. names];
        IEnumerable<string> shown = all.Length <= 10 ? all : all.Take(5).Append("…").Concat(all.Skip(all.Length - 4));
        return string.Join(" → ", shown.Append(all[0]));
    }
}
