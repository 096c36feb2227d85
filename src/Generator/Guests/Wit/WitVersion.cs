using System.Globalization;

namespace WasmBindgen.Generator.Guests;

/// <summary>A version, as Semantic Versioning 2.0 has it.</summary>
/// <param name="Major">The first number.</param>
/// <param name="Minor">The second number.</param>
/// <param name="Patch">The third number.</param>
/// <param name="Pre">What stands behind <c>-</c>; empty for a release.</param>
/// <param name="Build">What stands behind <c>+</c>; empty for nothing.</param>
internal sealed record WitVersion(ulong Major, ulong Minor, ulong Patch, string Pre, string Build)
    : IComparable<WitVersion>
{
    /// <summary>
    /// What versions that can stand for each other have in common: <c>1</c>, <c>0.2</c>, or the whole version where
    /// each stands for itself alone.
    /// </summary>
    internal string Track =>
        Pre.Length > 0 || (Major == 0 && Minor == 0) ? $"{Major}.{Minor}.{Patch}{PreText}"
        : Major > 0 ? Major.ToString(CultureInfo.InvariantCulture)
        : $"0.{Minor}";

    /// <summary>Whether no earlier version can stand for it.</summary>
    internal bool IsFirstOfTrack =>
        Pre.Length > 0
        || (Major == 0 && (Minor == 0 || Patch == 0))
        || (Minor == 0 && Patch == 0);

    private string PreText => Pre.Length > 0 ? "-" + Pre : "";

    /// <returns>Null for what is no version.</returns>
    internal static WitVersion? Parse(string text)
    {
        int plus = text.IndexOf('+');
        string build = plus < 0 ? "" : text.Substring(plus + 1);
        string rest = plus < 0 ? text : text.Substring(0, plus);
        int dash = rest.IndexOf('-');
        string pre = dash < 0 ? "" : rest.Substring(dash + 1);
        string[] numbers = (dash < 0 ? rest : rest.Substring(0, dash)).Split('.');
        return numbers.Length == 3
            && Number(numbers[0], out ulong major)
            && Number(numbers[1], out ulong minor)
            && Number(numbers[2], out ulong patch)
            && (dash < 0 || AreIdentifiers(pre, areNumbersPlain: true))
            && (plus < 0 || AreIdentifiers(build, areNumbersPlain: false))
            ? new WitVersion(major, minor, patch, pre, build)
            : null;
    }

    /// <summary>By precedence; versions of the same precedence by what was built.</summary>
    public int CompareTo(WitVersion? other)
    {
        if (other is null)
        {
            return 1;
        }

        int order = Major.CompareTo(other.Major);
        order = order != 0 ? order : Minor.CompareTo(other.Minor);
        order = order != 0 ? order : Patch.CompareTo(other.Patch);
        order = order != 0 ? order : ComparePre(Pre, other.Pre);
        return order != 0 ? order : string.CompareOrdinal(Build, other.Build);
    }

    public override string ToString() =>
        $"{Major}.{Minor}.{Patch}{PreText}{(Build.Length > 0 ? "+" + Build : "")}";

    private static int ComparePre(string left, string right)
    {
        if (left.Length == 0 || right.Length == 0)
        {
            return right.Length.CompareTo(left.Length); // a release is above all that went before it
        }

        string[] lefts = left.Split('.');
        string[] rights = right.Split('.');
        for (int i = 0; i < Math.Min(lefts.Length, rights.Length); i++)
        {
            bool isLeftNumber = lefts[i].All(IsDigit);
            bool isRightNumber = rights[i].All(IsDigit);
            int order = isLeftNumber != isRightNumber ? isRightNumber.CompareTo(isLeftNumber)
                : isLeftNumber && lefts[i].Length != rights[i].Length ? lefts[i].Length.CompareTo(rights[i].Length)
                : string.CompareOrdinal(lefts[i], rights[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return lefts.Length.CompareTo(rights.Length);
    }

    private static bool Number(string text, out ulong number)
    {
        number = 0;
        return text.Length > 0
            && text.All(IsDigit)
            && (text.Length == 1 || text[0] != '0')
            && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private static bool AreIdentifiers(string text, bool areNumbersPlain) => text.Split('.').All(part =>
        part.Length > 0
            && part.All(static c => IsDigit(c) || c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '-')
            && (!areNumbersPlain || part.Length == 1 || part[0] != '0' || !part.All(IsDigit)));

    private static bool IsDigit(char c) => c is >= '0' and <= '9';
}
