using System.Globalization;

namespace WasmBindgen;

/// <summary>
/// The name of a component's interface with its version, such as <c>demo:plugin/log@1.2.0</c>, or that of an item in
/// it, such as <c>demo:plugin/log@1.2.0#write</c>.
/// </summary>
/// <param name="Interface">The interface without its version.</param>
/// <param name="Track">
/// What versions that can stand for each other have in common: the major number, or <c>0.2</c>.
/// </param>
/// <param name="Item">What stands behind the version.</param>
/// <param name="Version">The version, for comparisons within a track.</param>
internal readonly record struct InterfaceVersion(
    string Interface, string Track, string Item, (ulong Minor, ulong Patch) Version)
{
    /// <summary>Whether two names mean the same in versions that can stand for each other.</summary>
    internal bool IsSame(InterfaceVersion other) =>
        Interface == other.Interface && Track == other.Track && Item == other.Item;

    /// <returns>False for another name, and for a version that stands for itself alone.</returns>
    internal static bool TryParse(string name, out InterfaceVersion parsed)
    {
        parsed = default;
        int at = name.IndexOf('@', StringComparison.Ordinal);
        if (at < 0 || !IsInterface(name.AsSpan(0, at)))
        {
            return false;
        }

        int end = name.IndexOf('#', at) is >= 0 and var hash ? hash : name.Length;
        if (!TryParseVersion(name.AsSpan(at + 1, end - at - 1), out ulong major, out ulong minor, out ulong patch))
        {
            return false;
        }

        string? track = major > 0 ? major.ToString(CultureInfo.InvariantCulture)
            : minor > 0 ? $"0.{minor}"
            : null;
        parsed = new InterfaceVersion(name[..at], track!, name[end..], (minor, patch));
        return track is not null;
    }

    private static bool IsInterface(ReadOnlySpan<char> name) =>
        name.IndexOf(':') is > 0 and var colon && name[colon..].Contains('/');

    /// <summary>Parses a release, or a track alone: <c>1.2.0</c>, <c>1</c>, <c>0.2</c>.</summary>
    private static bool TryParseVersion(ReadOnlySpan<char> text, out ulong major, out ulong minor, out ulong patch)
    {
        if (text.IndexOf('+') is >= 0 and var plus)
        {
            text = text[..plus];
        }

        Span<Range> parts = stackalloc Range[4];
        int count = text.Split(parts, '.');
        (major, minor, patch) = (0, 0, 0);
        return count is >= 1 and <= 3
            && TryParse(text[parts[0]], out major)
            && (count < 2 || TryParse(text[parts[1]], out minor))
            && (count < 3 || TryParse(text[parts[2]], out patch))
            && (count == 3 || (count == 1) == (major > 0));
    }

    private static bool TryParse(ReadOnlySpan<char> digits, out ulong number) =>
        ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
