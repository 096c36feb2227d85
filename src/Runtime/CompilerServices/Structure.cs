using System.Collections;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Text;

namespace WasmBindgen.CompilerServices;

/// <summary>
/// What generated records need to be equal when their lists and dictionaries have equal elements: those of .NET are
/// equal only to themselves.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Structure
{
    private const int MostShown = 32;

    /// <summary>Whether two lists have equal elements.</summary>
    public static bool Equal<T>(T[]? left, T[]? right) =>
        left == right || (left is not null && right is not null && left.AsSpan().SequenceEqual(right));

    /// <summary>Whether two lists have elements of which each is equal to the other's, as a function tells.</summary>
    public static bool Equal<T>(T[]? left, T[]? right, Func<T, T, bool> equal)
    {
        ArgumentNullException.ThrowIfNull(equal);
        if (left is null || right is null || left.Length != right.Length)
        {
            return left == right;
        }

        for (int i = 0; i < left.Length; i++)
        {
            if (!equal(left[i], right[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether two dictionaries have the same keys with values that are equal, as a function tells.</summary>
    public static bool Equal<TKey, TValue>(
        Dictionary<TKey, TValue>? left, Dictionary<TKey, TValue>? right, Func<TValue, TValue, bool> equal)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(equal);
        if (left is null || right is null || left.Count != right.Count)
        {
            return left == right;
        }

        foreach (KeyValuePair<TKey, TValue> pair in left)
        {
            if (!right.TryGetValue(pair.Key, out TValue? value) || !equal(pair.Value, value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether both are none, or both values that are equal, as a function tells.</summary>
    public static bool Equal<T>(T? left, T? right, Func<T, T, bool> equal)
        where T : struct
    {
        ArgumentNullException.ThrowIfNull(equal);
        return left is { } one && right is { } other ? equal(one, other) : left.HasValue == right.HasValue;
    }

    /// <inheritdoc cref="Equal{T}(T?, T?, Func{T, T, bool})"/>
    public static bool Equal<T>(Option<T> left, Option<T> right, Func<T, T, bool> equal)
    {
        ArgumentNullException.ThrowIfNull(equal);
        return left.HasValue && right.HasValue ? equal(left.Value, right.Value) : left.HasValue == right.HasValue;
    }

    /// <summary>Whether both are values or both errors, and equal, as functions tell.</summary>
    public static bool Equal<T, TError>(
        Result<T, TError> left, Result<T, TError> right, Func<T, T, bool> equal, Func<TError, TError, bool> equalError)
    {
        ArgumentNullException.ThrowIfNull(equal);
        ArgumentNullException.ThrowIfNull(equalError);
        return left.IsOk != right.IsOk ? false
            : left.IsOk ? equal(left.Value, right.Value)
            : equalError(left.ErrorValue, right.ErrorValue);
    }

    /// <summary>A hash of elements, of which a function gives the hash of each.</summary>
    public static int Hash<T>(T[]? list, Func<T, int> hash)
    {
        ArgumentNullException.ThrowIfNull(hash);
        HashCode code = default;
        foreach (T item in list ?? [])
        {
            code.Add(hash(item));
        }

        return code.ToHashCode();
    }

    /// <summary>A hash of a dictionary's keys, in whatever order they are.</summary>
    public static int Hash<TKey, TValue>(Dictionary<TKey, TValue>? map)
        where TKey : notnull
    {
        int hash = map?.Count ?? -1;
        foreach (TKey key in map?.Keys ?? (IEnumerable<TKey>)[])
        {
            hash ^= key.GetHashCode();
        }

        return hash;
    }

    /// <summary>A value as text, lists and tuples with what is in them.</summary>
    public static string? Text(object? value) => value switch
    {
        string text => text,
        IDictionary map => Text('{', map.Keys.Cast<object>(), map.Count, '}', key => $"{Text(key)}: {Text(map[key])}"),
        Array list => Text('[', list.Cast<object?>(), list.Length, ']', Text),
        ITuple tuple => Text('(', Enumerable.Range(0, tuple.Length), 0, ')', i => Text(tuple[i])),
        _ => value?.ToString(),
    };

    private static string Text<T>(char before, IEnumerable<T> items, int count, char after, Func<T, string?> text)
    {
        var builder = new StringBuilder().Append(before).AppendJoin(", ", items.Take(MostShown).Select(text));
        return builder.Append(count > MostShown ? ", …" : "").Append(after).ToString();
    }
}
