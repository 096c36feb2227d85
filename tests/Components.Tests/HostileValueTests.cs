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
    public void As_a_result_to_a_guest(string kind) => RunPairs(kind, static (value, encoding) =>
        Guest.OfPair(ComponentText.PairOfGive(value, encoding), new FunctionType([], value.Type)));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void As_a_parameter_to_a_guest(string kind) => RunPairs(kind, static (value, encoding) =>
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

    /// <summary>Text to guests of each encoding.</summary>
    private static void RunPairs(string kind, Func<CoreValue, string, Guest> guestOf) => Both.ForEach(
        [
            .. Values(kind).SelectMany(value => (kind == "Strings" ? ComponentText.Encodings : ["utf8"])
                .Select(encoding => (Value: value, Encoding: encoding))),
        ],
        one => guestOf(one.Value, one.Encoding),
        static (_, both) => both.Call("consumer#f"));
}
