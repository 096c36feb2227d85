using System.Globalization;
using System.Text;
using WasmBindgen.Conformance.Tests;

namespace WasmBindgen.Components.Tests;

/// <summary>Values for which the guests' memories must grow while they are copied.</summary>
public sealed class LargeValueTests
{
    public static TheoryData<string> Encodings => [.. ComponentText.Encodings];

    private static IEnumerable<(WitType Type, WitValue Value)> Values
    {
        get
        {
            WitType text = Primitive.Of("string");
            yield return (new ListType(Primitive.Of("u8")), List(200_000, static i => (byte)i));
            yield return (new ListType(Primitive.Of("u16")), List(70_000, static i => (ushort)(i * 7)));
            yield return (new ListType(Primitive.Of("f64")), List(20_000, static i => i / 3.0));
            yield return (new ListType(Primitive.Of("bool")), List(70_000, static i => i % 3 == 0));
            yield return (new ListType(Primitive.Of("char")), List(30_000, static i => new Rune(i)));
            yield return (text, new string('a', 200_000));
            yield return (text, new string('é', 100_000));
            yield return (text, new string('a', 100_000) + "€");
            yield return (
                new ListType(text),
                List(5_000, static i => string.Concat(Enumerable.Repeat("é€a", i % 17))));
            yield return (
                new ListType(new RecordType("Named", [Primitive.Of("u8"), text, Primitive.Of("u64")])),
                List(5_000, static i => new WitValue.Record([
                    new("f0", (byte)i), new("f1", i.ToString(CultureInfo.InvariantCulture)), new("f2", (ulong)i),
                ])));
        }
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void To_a_guest_and_on_to_another(string encoding)
    {
        string other = encoding == "utf16" ? "utf8" : "utf16";
        Both.ForEach(
            [.. Values],
            one => Guest.OfPair(ComponentText.Pair(one.Type, encoding, other), FunctionType.Echo(one.Type)),
            static (one, both) => Assert.Equal(one.Value, both.Call("consumer#f", one.Value).Value));
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void To_a_guest_and_on_to_the_host(string encoding) => Both.ForEach(
        [.. Values],
        one => Guest.Of(
            ComponentText.Forward(FunctionType.Echo(one.Type), encoding), FunctionType.Echo(one.Type),
            FunctionType.Echo(one.Type)),
        static (one, both) => Assert.Equal(one.Value, both.Call("f", one.Value).Value));

    private static WitValue.List List(int count, Func<int, WitValue> item) =>
        new([.. Enumerable.Range(0, count).Select(item)]);
}
