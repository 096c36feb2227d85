using WasmBindgen.Conformance.Tests;

namespace WasmBindgen.Components.Tests;

/// <summary>Bad addresses of areas for parameters and results, and allocators that give bad addresses.</summary>
public sealed class HostileAddressTests
{
    private const uint Data = LibraryText.Data;
    private const uint End = LibraryText.End;

    private static readonly WitType s_wide =
        new RecordType("Spilled", [Primitive.Of("u64"), .. Enumerable.Repeat(Primitive.Of("u32"), 16)]);

    private static readonly WitType[] s_types =
    [
        Primitive.Of("string"), new ListType(Primitive.Of("u64")), new OptionType(Primitive.Of("u8")),
        new RecordType(null, [Primitive.Of("u8"), Primitive.Of("u16")]), s_wide,
    ];

    private static readonly string[] s_reallocs =
    [
        "(i32.const 0)", "(i32.const 1)", "(i32.const 2)", "(i32.const 4)", $"(i32.const {End})",
        $"(i32.const {End - 1})", $"(i32.const {End - 2})", $"(i32.const {End - 8})", $"(i32.const {End + 8})",
        "(i32.const -1)", "(i32.const -2)", "(i32.const -8)", "unreachable",
        $"(drop (memory.grow (i32.const 1))) (i32.const {End})",
    ];

    /// <summary>For blocks that are to grow or shrink.</summary>
    private static readonly string[] s_secondReallocs =
    [
        .. new[]
        {
            "(memory.copy (i32.const 1) (local.get $old) (local.get $old-size)) (i32.const 1)",
            $"(i32.const {End - 1})", $"(i32.const {End - 2})", "(i32.const -2)", "unreachable",
        }.Select(static one => $"""
                (if (result i32) (local.get $old)
                  (then {one}) (else (call $alloc (local.get $align) (local.get $size))))
                """),
    ];

    public static TheoryData<string> Encodings => [.. ComponentText.Encodings];

    private static IEnumerable<CoreValue> Areas =>
        from type in s_types
        from address in new uint[]
        {
            Data, Data + 1, Data + 2, Data + 4, End, End + 8, End - (uint)type.Size, End - (uint)type.Size + 1,
            End - (uint)type.Size + (uint)type.Align, End - 1, 0, uint.MaxValue, uint.MaxValue - 3, uint.MaxValue - 7,
        }.Distinct()
        select new CoreValue(type, "utf8", [.. type.Flat.Select(static core => $"({core}.const 0)")])
        {
            Area = address,
        };

    [Fact]
    public void Area_of_a_result_to_the_host() => Both.ForEach(
        [.. Areas],
        static value => Guest.Of(ComponentText.Give(value), new FunctionType([], value.Type)),
        static (_, both) => both.Call("f"));

    /// <summary>Of a parameter, if that does not fit the stack, or else for a result.</summary>
    [Fact]
    public void Area_for_the_host() => Both.ForEach(
        [.. Areas],
        static value => Guest.Of(
            ComponentText.Send(value), new FunctionType([], value.Type), FunctionType.Echo(value.Type)),
        static (_, both) => both.Call("f"));

    [Fact]
    public void Area_of_a_result_to_a_guest() => Both.ForEach(
        [.. Areas],
        static value => Guest.OfPair(ComponentText.PairOfGive(value, "utf8"), new FunctionType([], value.Type)),
        static (_, both) => both.Call("consumer#f"));

    [Fact]
    public void Area_for_a_guest() => Both.ForEach(
        [.. Areas],
        static value => Guest.OfPair(ComponentText.PairOfSend(value, "utf8"), new FunctionType([], value.Type)),
        static (_, both) => both.Call("consumer#f"));

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Allocator_for_parameters_of_the_host(string encoding) => Both.ForEach(
        [.. Allocations(s_reallocs)],
        one => Guest.Of(
            ComponentText.Echo(one.Type, encoding, LibraryText.With(one.Realloc)), FunctionType.Echo(one.Type)),
        static (one, both) => both.Call("f", one.Value));

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Allocator_for_results_of_the_host(string encoding)
    {
        foreach (IGrouping<WitValue, (WitType Type, WitValue Value, string Realloc)> group
            in Allocations(s_reallocs).GroupBy(static one => one.Value))
        {
            var type = new FunctionType([], group.First().Type);
            Both.ForEach(
                [.. group],
                one => Guest.Of(ComponentText.Forward(type, encoding, LibraryText.With(one.Realloc)), type, type),
                static (_, both) => both.Call("f"),
                _ => group.Key);
        }
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Allocator_for_parameters_of_a_guest(string encoding) => Both.ForEach(
        [.. Transfers()],
        one => Guest.OfPair(
            ComponentText.PairOfSend(one.Value, encoding, LibraryText.With(one.Realloc)),
            new FunctionType([], one.Value.Type)),
        static (_, both) => both.Call("consumer#f"));

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Allocator_for_results_of_a_guest(string encoding) => Both.ForEach(
        [.. Transfers()],
        one => Guest.OfPair(
            ComponentText.PairOfGive(one.Value, encoding, LibraryText.With(one.Realloc)),
            new FunctionType([], one.Value.Type)),
        static (_, both) => both.Call("consumer#f"));

    // ASCII, of which the engine asks for as many bytes as we do, whatever the encoding.
    private static IEnumerable<(WitType Type, WitValue Value, string Realloc)> Allocations(string[] reallocs) =>
        from one in new (WitType Type, WitValue Value)[]
        {
            (Primitive.Of("string"), ""), (Primitive.Of("string"), "ab"),
            (new ListType(Primitive.Of("u64")), new WitValue.List([])),
            (new ListType(Primitive.Of("u64")), new WitValue.List([1ul])),
            (new ListType(Primitive.Of("u8")), new WitValue.List([(byte)1])),
        }
        from realloc in reallocs
        select (one.Type, one.Value, realloc);

    private static IEnumerable<(CoreValue Value, string Realloc)> Transfers() =>
        from value in HostileValues.Good
        from realloc in s_reallocs.Concat(s_secondReallocs)
        select (value, realloc);
}
