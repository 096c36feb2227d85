namespace WasmBindgen.Components.Tests;

/// <summary>
/// Values that are none: bad discriminants, chars, addresses, lengths, text. Where the engine traps we must, and
/// nowhere else, whichever way the value goes.
/// </summary>
public sealed class HostileValueTests
{
    public static TheoryData<string> Kinds => ["Scalars", "Cases", "Strings", "Lists"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void As_a_result_to_the_host(string kind) => Run(
        kind, static value => Guest.Of(ComponentText.Give(value), new FunctionType([], value.Type)), "f");

    [Theory]
    [MemberData(nameof(Kinds))]
    public void As_a_parameter_to_the_host(string kind) => Run(
        kind,
        static value => Guest.Of(
            ComponentText.Send(value), new FunctionType([], value.Type), FunctionType.Echo(value.Type)),
        "f");

    [Theory]
    [MemberData(nameof(Kinds))]
    public void As_a_result_to_a_guest(string kind) => RunPairs(kind, "consumer", static (value, encoding) =>
        Guest.OfPair(ComponentText.PairOfGive(value, encoding), new FunctionType([], value.Type)));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void As_a_parameter_to_a_guest(string kind) => RunPairs(kind, "producer", static (value, encoding) =>
        Guest.OfPair(ComponentText.PairOfSend(value, encoding), new FunctionType([], value.Type)));

    private static IEnumerable<CoreValue> Values(string kind) => kind switch
    {
        "Scalars" => HostileValues.Scalars,
        "Cases" => HostileValues.Cases,
        "Strings" => HostileValues.Strings,
        _ => HostileValues.Lists,
    };

    private static void Run(string kind, Func<CoreValue, Guest> guestOf, string path) =>
        Both.ForEach([.. Values(kind)], guestOf, (_, both) => both.Call(path));

    /// <summary>Text to guests of each encoding. What is bad must not reach the other guest.</summary>
    private static void RunPairs(string kind, string other, Func<CoreValue, string, Guest> guestOf) => Both.ForEach(
        [
            .. Values(kind).SelectMany(value => (kind == "Strings" ? ComponentText.Encodings : ["utf8"])
                .Select(encoding => (Value: value, Encoding: encoding))),
        ],
        one => guestOf(one.Value, one.Encoding).WithSeen(other),
        (_, both) =>
        {
            both.AfterTrap = ours => Assert.Equal(0u, ours.Call($"{other}#seen"));
            if (!both.Call("consumer#f").IsTrap)
            {
                Assert.Equal(1u, both.Call($"{other}#seen").Value);
            }
        });
}
