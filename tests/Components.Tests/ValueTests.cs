using FsCheck;
using FsCheck.Fluent;
using WasmBindgen.Conformance.Tests;

namespace WasmBindgen.Components.Tests;

/// <summary>Values of every shape, and of random types, in each encoding of text, by every way there is.</summary>
public sealed class ValueTests
{
    private const int ValuesPerType = 4;

    public static TheoryData<string> Encodings => [.. ComponentText.Encodings];

    public static IEnumerable<object[]> Pairs => ComponentText.Encodings.SelectMany(
        static one => ComponentText.Encodings.Select(other => new object[] { one, other }));

    [Theory]
    [MemberData(nameof(Encodings))]
    public void To_a_guest_and_back(string encoding) => Run(
        Types(1), type => Guest.Of(ComponentText.Echo(type, encoding), FunctionType.Echo(type)), "f");

    [Theory]
    [MemberData(nameof(Encodings))]
    public void To_a_guest_and_on_to_the_host_and_back(string encoding) => Run(
        Types(2),
        type => Guest.Of(
            ComponentText.Forward(FunctionType.Echo(type), encoding), FunctionType.Echo(type), FunctionType.Echo(type)),
        "f");

    [Theory]
    [MemberData(nameof(Pairs))]
    public void From_guest_to_guest_and_back(string producer, string consumer) => Run(
        Types(3),
        type => Guest.OfPair(ComponentText.Pair(type, producer, consumer), FunctionType.Echo(type)),
        "consumer#f",
        both =>
        {
            // What the host allocates differs, if the engine's text, UTF-8, is not the guest's.
            if (consumer == "utf8")
            {
                both.Call("consumer#log");
            }

            both.Call("producer#log");
        });

    /// <summary>Functions of several parameters, more than fit the stack too, through two guests to the host.</summary>
    [Theory]
    [InlineData("utf8", "utf16")]
    [InlineData("utf16", "latin1+utf16")]
    [InlineData("latin1+utf16", "utf8")]
    public void Functions_of_several_parameters(string producer, string consumer)
    {
        Gen<FunctionType> types =
            from count in Gen.Choose(0, 12)
            from parameters in WitTypes.Of(depth: 2).ArrayOf(count)
            from result in Gen.OneOf(Gen.Constant<WitType?>(null), WitTypes.Of(depth: 2).Select(WitType? (one) => one))
            select new FunctionType(parameters, result);
        var rnd = new Rnd(4);
        foreach (FunctionType type in types.Sample(10, rnd, RandomTypes.Count))
        {
            WitValue? result = type.Result?.Values.Sample(10, rnd, 1)[0];
            Both.ForEach(
                [type],
                one => Guest.OfPair(ComponentText.Chain(one, producer, consumer), one, one),
                (_, both) =>
                {
                    for (int i = 0; i < ValuesPerType; i++)
                    {
                        both.Call("consumer#f", [.. type.Parameters.Select(one => one.Values.Sample(10, rnd, 1)[0])]);
                    }
                },
                _ => result);
        }
    }

    /// <summary>Every shape alone, each in each, and random ones.</summary>
    private static WitType[] Types(ulong seed) =>
    [
        .. WitTypes.Alone,
        .. WitTypes.Containers.SelectMany(
            static around => WitTypes.Containers.Select(inner => around(inner(Primitive.Of("string"))))),
        .. WitTypes.Of().Sample(10, new Rnd(seed), RandomTypes.Count),
        .. Primitive.All.Where(static key => key.Wat is not ("f32" or "f64"))
            .Select(static key => new MapType(key, new OptionType(Primitive.Of("string")))),
    ];

    private static void Run(
        WitType[] types, Func<WitType, Guest> guestOf, string path, Action<Both>? after = null) =>
        Both.ForEach(types, guestOf, (type, both) =>
        {
            foreach (WitValue value in type.Values.Sample(10, new Rnd(1), ValuesPerType))
            {
                Assert.False(both.Call(path, value).IsTrap);
                after?.Invoke(both);
            }
        });
}
