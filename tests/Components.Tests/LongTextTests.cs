using WasmBindgen.Conformance.Tests;

namespace WasmBindgen.Components.Tests;

/// <summary>
/// Text of lengths around those that are copied at once, of characters that take other ways, and with one such
/// somewhere in it; and what is no text, far from its beginning. The allocators must be asked for the same.
/// </summary>
public sealed class LongTextTests
{
    private static readonly int[] s_lengths =
        [.. Enumerable.Range(0, 36), 47, 48, 49, 63, 64, 65, 66, 127, 128, 129, 255, 256, 257, 1000, 4097];

    private static readonly string[] s_characters = ["a", "\u007f", "é", "ÿ", "Ā", "€", "\uffff", "😀"];

    public static IEnumerable<object[]> Pairs => ValueTests.Pairs;

    [Theory]
    [MemberData(nameof(Pairs))]
    public void From_guest_to_guest_and_back(string producer, string consumer)
    {
        WitType text = Primitive.Of("string");
        Both.ForEach(
            [text],
            type => Guest.OfPair(ComponentText.Pair(type, producer, consumer), FunctionType.Echo(type)),
            (_, both) =>
            {
                foreach (int length in s_lengths)
                {
                    both.Renew(); // for the logs do not hold all
                    foreach (string value in Texts(length))
                    {
                        Assert.False(both.Call("consumer#f", value).IsTrap);
                    }

                    both.Call("producer#log");
                    if (consumer == "utf8")
                    {
                        both.Call("consumer#log"); // of other encodings, the host may ask for less than the engine
                    }
                }
            });
    }

    /// <summary>The same with something that is no text at its end.</summary>
    [Theory]
    [MemberData(nameof(Pairs))]
    public void What_is_no_text(string producer, string consumer)
    {
        (string Good, string[] Bad, int Unit, uint Tag) form = consumer switch
        {
            "utf8" => ("61", ["ff", "e282", "eda080", "c3a9ff"], 1, 0u),
            "utf16" => ("6100", ["00d8", "00dc", "e90000d8", "ac2000dc"], 2, 0u),
            _ => ("6100", ["00d8", "00dc", "e90000d8", "ac2000dc"], 2, 0x8000_0000u),
        };
        Both.ForEach(
            [
                .. from length in s_lengths.Where(static one => one < 400)
                from bad in form.Bad
                select HostileValues.TextOf(
                    consumer, string.Concat(Enumerable.Repeat(form.Good, length)) + bad, form.Unit, form.Tag),
            ],
            value => Guest.OfPair(
                ComponentText.PairOfSend(value, producer), new FunctionType([], Primitive.Of("string"))),
            static (_, both) => Assert.True(both.Call("consumer#f").IsTrap));
    }

    private static IEnumerable<string> Texts(int length)
    {
        foreach (string most in s_characters)
        {
            string text = string.Concat(Enumerable.Repeat(most, length));
            yield return text;
            foreach (string other in length == 0 ? [] : s_characters)
            {
                foreach (int place in new[] { 0, length / 2, length - 1 }.Distinct())
                {
                    yield return string.Concat(Enumerable.Repeat(most, place)) + other
                        + string.Concat(Enumerable.Repeat(most, length - place - 1));
                }
            }
        }
    }
}
