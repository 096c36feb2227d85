using System.Globalization;

namespace WasmBindgen.CompilerServices;

/// <summary>
/// The host's mistakes: values that are none of the type that crosses, as C# cannot tell. The exception names the
/// parameter, with the path to the value.
/// </summary>
internal static class Unfit
{
    // Marks exceptions of this class, to which places may be added; the text without a place is there.
    private static readonly object s_reason = new();

    /// <summary>Only a type with <c>?</c> may be null.</summary>
    internal static ArgumentException Null(string type) => Marked(
        $"{(type[0] is 'a' or 'e' or 'i' or 'o' or 'u' ? "An" : "A")} {type} for the guest is null. "
            + "Declare it with `?` to pass an option.",
        place: null,
        isNull: true);

    /// <summary>A list of a fixed length has another one.</summary>
    internal static ArgumentException Length(int length, int wanted) => Marked(
        string.Create(
            CultureInfo.InvariantCulture, $"The length of a list for the guest is {length}, and must be {wanted}."),
        place: null,
        isNull: false);

    /// <summary>An object is none of a variant's cases.</summary>
    internal static ArgumentException NoCase(object value, string type) =>
        Marked($"{value.GetType()} is not a case of {type}.", place: null, isNull: false);

    /// <summary>No member of an enum has a number.</summary>
    internal static ArgumentException NoMember(long number, string type, string? name) => Marked(
        string.Create(CultureInfo.InvariantCulture, $"{number} is no member of {type}."), name, isNull: false);

    /// <summary>Whether an exception is one of these, made for the call in which it is caught.</summary>
    internal static bool Is(ArgumentException mistake) =>
        mistake.Data.Contains(s_reason) && GuestBacktrace.Of(mistake) is null;

    /// <summary>The exception with the place that contains the value, from inside to outside.</summary>
    internal static ArgumentException In(ArgumentException mistake, string part)
    {
        string place = mistake.ParamName is not { } inner ? part
            : inner[0] == '[' ? part + inner
            : $"{part}.{inner}";
        return Marked((string)mistake.Data[s_reason]!, place, mistake is ArgumentNullException);
    }

    /// <summary>The same for an element of a list.</summary>
    internal static ArgumentException At(ArgumentException mistake, int index) =>
        In(mistake, string.Create(CultureInfo.InvariantCulture, $"[{index}]"));

    private static ArgumentException Marked(string reason, string? place, bool isNull)
    {
        ArgumentException mistake =
            isNull ? new ArgumentNullException(place, reason) : new ArgumentException(reason, place);
        mistake.Data.Add(s_reason, reason);
        return mistake;
    }
}
