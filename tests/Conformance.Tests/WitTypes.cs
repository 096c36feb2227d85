using FsCheck;
using FsCheck.Fluent;

namespace WasmBindgen.Conformance.Tests;

/// <summary>Types of any shape, up to three deep.</summary>
internal static class WitTypes
{
    private static int s_count;

    /// <summary>Types with no types inside.</summary>
    internal static WitType[] Leaves { get; } =
    [
        .. Primitive.All, new FlagsType("LeafFlags", 11), new VariantType("LeafEnum", new WitType?[3], isEnum: true),
        new ResultType(null, null),
    ];

    /// <summary>Types around a type, one of each shape.</summary>
    internal static Func<WitType, WitType>[] Containers { get; } =
    [
        static inside => new ListType(inside),
        static inside => new OptionType(inside),
        static inside => new ResultType(inside, Primitive.All[8]),
        static inside => new ResultType(null, inside),
        static inside => new RecordType(null, [Primitive.All[2], inside, inside]),
        static inside => new RecordType(Name("R"), [inside, Primitive.All[3]]),
        static inside => new VariantType(Name("V"), [Primitive.All[9], inside, null], isEnum: false),
    ];

    /// <summary>Every shape, with the sizes and slots at which something changes.</summary>
    internal static WitType[] Alone { get; } =
    [
        .. Primitive.All,
        .. Primitive.All.Select(static one => new ListType(one)),
        .. Primitive.All.Select(static one => new OptionType(one)),
        new ResultType(null, null),
        new ResultType(Primitive.All[9], Primitive.All[8]), // f32 and u64 in one slot
        new ResultType(Primitive.All[9], Primitive.All[5]), // f32 and s32 in one slot
        new ResultType(Primitive.All[10], Primitive.All[^1]),
        new RecordType("Single", [Primitive.All[2]]),
        new RecordType(null, [Primitive.All[2], Primitive.All[7], Primitive.All[0], Primitive.All[^1]]),
        new RecordType("Wide", [.. Enumerable.Repeat(Primitive.All[6], 16)]),
        new RecordType("Wider", [.. Enumerable.Repeat(Primitive.All[6], 17)]),
        new VariantType("Enum300", new WitType?[300], isEnum: true),
        new VariantType("Enum255", new WitType?[255], isEnum: true),
        new VariantType("Enum256", new WitType?[256], isEnum: true),
        new VariantType(
            "Joined", [Primitive.All[5], Primitive.All[9], Primitive.All[10], null, Primitive.All[^1]], isEnum: false),
        new FlagsType("Flags1", 1), new FlagsType("Flags8", 8), new FlagsType("Flags9", 9),
        new FlagsType("Flags17", 17), new FlagsType("Flags32", 32),
        new ListType(new ListType(new ListType(Primitive.All[^1]))),
        new OptionType(new OptionType(new OptionType(Primitive.All[^1]))),
    ];

    internal static Gen<WitType> Of(int depth = 3) => Gen.Choose(0, depth == 0 ? 1 : 10)
        .SelectMany(shape => shape switch
        {
            0 or 1 => Gen.Elements<WitType>(Primitive.All),
            2 => Of(depth - 1).Select(static element => (WitType)new ListType(element)),
            3 => Several(2, 7, depth).Select(static fields => (WitType)new RecordType(null, fields)),
            4 or 5 => Gen.Frequency((5, Several(1, 6, depth)), (1, Several(1, 24, depth)))
                .Select(static fields => (WitType)new RecordType(Name("R"), fields)),
            6 => Gen.Choose(1, 6)
                .SelectMany(count => Maybe(depth).ArrayOf(count))
                .Select(static cases => (WitType)new VariantType(Name("V"), cases, isEnum: false)),
            7 => Gen.Frequency((4, Gen.Choose(1, 9)), (1, Gen.Choose(255, 300)))
                .Select(static count => (WitType)new VariantType(Name("E"), new WitType?[count], isEnum: true)),
            8 => Gen.Choose(1, 32).Select(static count => (WitType)new FlagsType(Name("F"), count)),
            9 => Of(depth - 1).Select(static value => (WitType)new OptionType(value)),
            _ => Maybe(depth).Two().Select(static sides => (WitType)new ResultType(sides.Item1, sides.Item2)),
        });

    private static Gen<WitType[]> Several(int least, int most, int depth) =>
        Gen.Choose(least, most).SelectMany(count => Of(depth - 1).ArrayOf(count));

    private static Gen<WitType?> Maybe(int depth) =>
        Gen.Frequency((1, Gen.Constant<WitType?>(null)), (2, Of(depth - 1).Select(static type => (WitType?)type)));

    // a type's name is its own
    private static string Name(string prefix) => $"{prefix}{Interlocked.Increment(ref s_count)}";
}
