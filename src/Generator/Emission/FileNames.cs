using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Emission;

/// <summary>
/// The names of generated files, after the types. File names allow fewer characters than C# identifiers, and some file
/// systems ignore case.
/// </summary>
internal static class FileNames
{
    // With up to three bytes a letter and the generator's suffix, this fits into the 255 bytes that file systems allow.
    private const int MaxLength = 72;

    /// <summary>The types whose names differ from another one's only by case.</summary>
    internal static EquatableArray<string> Clashes(ImmutableArray<string> types) => types
        .GroupBy(static type => type, StringComparer.OrdinalIgnoreCase)
        .Where(static group => group.Distinct().Skip(1).Any())
        .SelectMany(static group => group)
        .ToEquatableArray();

    /// <summary>A type's file name, without extension.</summary>
    internal static string Of(string type, EquatableArray<string> clashes)
    {
        bool marksCase = clashes.Contains(type);
        var name = new StringBuilder(type.Length);
        foreach (char c in type)
        {
            // No identifier contains a '-', so no other type gets this name.
            if (char.IsLetterOrDigit(c) || c is '_' or '.')
            {
                name.Append(c).Append(marksCase && char.IsUpper(c) ? "-" : "");
            }
            else if (c != '@')
            {
                name.Append('-').Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            }
        }

        return name.Length <= MaxLength ? name.ToString() : Shorten(name.ToString());
    }

    /// <summary>The end of a name, which says more than its beginning, and a hash (FNV-1a) of all of it.</summary>
    private static string Shorten(string name)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in name)
        {
            hash = unchecked((hash ^ c) * 1099511628211);
        }

        return hash.ToString("x16", CultureInfo.InvariantCulture) + "-" + name.Substring(name.Length - MaxLength + 17);
    }
}
