using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Emission;

/// <summary>
/// The names of generated files: those of the types, as far as file names can. They have fewer characters than C#
/// identifiers have, and do not tell upper from lower case.
/// </summary>
internal static class FileNames
{
    // With three bytes for each letter and the generator's suffix, it is as long as any file system's names can be.
    private const int MaxLength = 72;

    /// <summary>The types that another one differs from by case alone.</summary>
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
            // No identifier has a '-', so nothing else gets this name.
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
