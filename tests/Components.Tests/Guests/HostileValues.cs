using WasmBindgen.Conformance.Tests;

namespace WasmBindgen.Components.Tests;

/// <summary>
/// What guests may give as values of a type: the first and last good ones, and those beyond. Which are which, the
/// engine says.
/// </summary>
internal static class HostileValues
{
    private const uint Data = LibraryText.Data;
    private const uint End = LibraryText.End;

    private static readonly WitType s_enum = new VariantType("Three", new WitType?[3], isEnum: true);

    private static readonly WitType s_variant = new VariantType(
        "Joined",
        [
            Primitive.Of("s32"), Primitive.Of("f32"), Primitive.Of("f64"), null, Primitive.Of("string"),
            Primitive.Of("u8"), Primitive.Of("char"),
        ],
        isEnum: false);

    internal static IEnumerable<CoreValue> Scalars =>
    [
        .. Numbers(Primitive.Of("bool"), 0, 1, 2, 0x100, 0xffff_ffff),
        .. Numbers(Primitive.Of("s8"), 0x7f, 0x80, 0x17f, 0x180, 0xffff_ffff),
        .. Numbers(Primitive.Of("u8"), 0xff, 0x100, 0x1ff, 0xffff_ffff),
        .. Numbers(Primitive.Of("s16"), 0x7fff, 0x8000, 0x1_8000, 0xffff_ffff),
        .. Numbers(Primitive.Of("u16"), 0xffff, 0x1_0000, 0x1_ffff, 0xffff_ffff),
        .. Numbers(
            Primitive.Of("char"), 0, 0xd7ff, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xe000, 0x10_ffff, 0x11_0000, 0x8000_0041,
            0xffff_ffff),
        .. Numbers(s_enum, 0, 2, 3, 0x100, 0xffff_ffff),
        .. Numbers(new VariantType("All256", new WitType?[256], isEnum: true), 255, 256),
        .. Numbers(new VariantType("More257", new WitType?[257], isEnum: true), 256, 257, 0x1_0000),
        .. Numbers(new FlagsType("Few", 3), 7, 8, 0xffff_ffff),
        .. Numbers(new FlagsType("Some", 9), 0x1ff, 0x200, 0xffff_ffff),
        .. Numbers(new FlagsType("Full", 32), 0xffff_ffff),
        .. Numbers(new ResultType(null, null), 0, 1, 2, 0xffff_ffff),
        new(Primitive.Of("f32"), "utf8", ["(f32.const nan:0x200001)"]),
        new(Primitive.Of("f64"), "utf8", ["(f64.const -nan:0x4000000000001)"]),
    ];

    internal static IEnumerable<CoreValue> Cases =>
    [
        .. Pairs(new OptionType(Primitive.Of("u8")), (0, 0x1ff), (1, 0x1ff), (2, 0), (0x100, 0), (0xffff_ffff, 0)),
        .. Pairs(new OptionType(Primitive.Of("char")), (0, 0xd800), (1, 0xd800), (1, 0xd7ff)),
        .. Pairs(new ResultType(s_enum, Primitive.Of("char")), (0, 2), (0, 3), (1, 3), (1, 0x11_0000), (2, 0)),
        .. new (uint Case, ulong Payload)[]
            {
                (0, 0xffff_ffff_0000_0001), (1, 0xffff_ffff_7f80_0001), (2, 0x7ff0_0000_0000_0001), (3, ulong.MaxValue),
                (5, 0xffff_ffff_ffff_ff01), (6, 0xffff_ffff_0000_0041), (6, 0xd800), (7, 0), (0xff, 0), (0x100, 0),
                (0xffff_ffff, 0),
            }
            .Select(static one => new CoreValue(
                s_variant, "utf8", [I32(one.Case), $"(i64.const {one.Payload})", I32(0)])),
    ];

    internal static IEnumerable<CoreValue> Strings =>
    [
        .. Texts("utf8", "616263", (Data, 3), (Data, 0), (End, 0), (End + 1, 0), (End, 1), (End - 1, 1), (End - 1, 2),
            (0xffff_ffff, 0), (0xffff_ffff, 1), (0, 0xffff_ffff), (Data, 0x8000_0000), (Data, 0x8000_0003),
            (0x7fff_ffff, 0x7fff_ffff), (0xffff_fff0, 0x20)),
        .. Bytes(
            "utf8", 1, "c080", "c1bf", "e08080", "e09fbf", "eda080", "edbfbf", "f0808080", "f08fbfbf", "f4908080",
            "f5808080", "80", "bf", "ff", "c3", "e282", "f09f98", "41c3", "c341", "efbfbf", "f48fbfbf", "ee8080",
            "efbbbf", "00", "c3a9", "f09f9880"),
        .. Texts("utf16", "610062006300", (Data, 3), (Data + 1, 1), (Data + 1, 0), (Data + 2, 1), (End, 0),
            (End + 2, 0), (End + 1, 0), (End - 2, 1), (End - 2, 2), (End - 1, 0), (End, 1), (Data, 0x4000_0000),
            (Data, 0x7fff_ffff), (Data, 0x8000_0000), (Data, 0x8000_0001), (Data, 0xffff_ffff), (0xffff_fffe, 1),
            (0xffff_fffe, 0)),
        .. Bytes(
            "utf16", 2, "00d8", "ffdb", "00dc", "ffdf", "00d800d8", "00dc00d8", "00d84100", "4100", "3dd800de", "ffff",
            "fffe", "0000", "e900", "00e0"),
        .. Texts("latin1+utf16", "e900ff", (Data, 3), (Data + 1, 1), (Data + 1, 0), (End, 0), (End + 2, 0),
            (End - 2, 2), (End - 2, 3), (End, 1), (End, Tagged(0)), (End - 2, Tagged(1)), (End - 2, Tagged(2)),
            (Data + 1, Tagged(0)), (Data + 1, Tagged(1)), (Data, Tagged(0)), (Data, Tagged(1)), (Data, 0x7fff_ffff),
            (Data, 0xffff_ffff), (Data, 0xc000_0000), (0xffff_fffe, 2), (0xffff_fffe, Tagged(1))),
        .. Bytes("latin1+utf16", 1, "00", "80", "ff", "eda080", "41"),
        .. Tagged("00d8", "00dc", "3dd800de", "00dc3dd8", "e900", "0001", "4100"),
    ];

    internal static IEnumerable<CoreValue> Lists =>
    [
        .. Primitive.All.SelectMany(Bounds),
        .. Bounds(new RecordType(null, [Primitive.Of("u8"), Primitive.Of("u16")])),
        .. Bounds(new RecordType("Mixed", [Primitive.Of("u8"), Primitive.Of("u64")])),
        .. Bounds(s_variant),
        .. Bounds(new ListType(Primitive.Of("u16"))),
        .. Elements(Primitive.Of("bool"), "0001027fff"),
        .. Elements(Primitive.Of("char"), "41000000", "00d80000", "4100000000dc0000", "ffff1000", "00001100"),
        .. Elements(s_enum, "000102", "000103", "ff"),
        .. Elements(new FlagsType("Bits", 3), "00070ff8"),
        .. Elements(new OptionType(Primitive.Of("u8")), "00ff0105", "0200", "ff01"),
        .. Elements(new OptionType(Primitive.Of("char")), "0000000000d80000", "0100000000d80000"),
        .. Elements(new ResultType(null, Primitive.Of("u16")), "00000500", "01000500", "02000500"),
        .. Elements(
            new RecordType(null, [Primitive.Of("u8"), Primitive.Of("char")]), "01aaaaaa41000000", "0100000000d80000"),
        // The data's own address and length: another good string, list or neither.
        .. Elements(
            Primitive.Of("string"), "0000010004000000", "00000100ffffffff", "ffffffff00000000", "0000020001000000"),
        .. Elements(
            new ListType(Primitive.Of("u16")), "0000010004000000", "0100010000000000", "0000010000000080",
            "ffffffff00000000"),
    ];

    /// <summary>Text and lists that are good, so that each way to write text in another encoding is there.</summary>
    internal static IEnumerable<CoreValue> Good =>
    [
        .. Bytes("utf8", 1, "", "6162", "c3a9", "61e282ac", "f09f9880"),
        .. Bytes("utf16", 2, "", "61006200", "e900", "6100ac20", "3dd800de"),
        .. Bytes("latin1+utf16", 1, "", "6162", "e9"),
        .. Tagged("61006200", "e900", "6100ac20"),
        .. Elements(Primitive.Of("u8"), "0102"),
        .. Elements(Primitive.Of("u64"), "", "0102030405060708"),
    ];

    /// <summary>Text of these bytes, in the encoding's units, with a tag in its length.</summary>
    internal static CoreValue TextOf(string encoding, string bytes, int unit, uint tag) =>
        Text(encoding, bytes, Data, (uint)(bytes.Length / 2 / unit) | tag);

    /// <summary>Addresses and lengths around the ends of memory and of numbers.</summary>
    private static IEnumerable<CoreValue> Bounds(WitType element)
    {
        uint size = (uint)element.Size;
        uint align = (uint)element.Align;
        uint wrapping = (uint)((0x1_0000_0000 / size) + 1);
        return new (uint Address, uint Length)[]
        {
            (Data, 2), (Data + 1, 1), (Data + 1, 0), (Data + (align / 2), 1), (Data + (align / 2), 0), (End, 0),
            (End + 1, 0), (End + align, 0), (End, 1), (End - size & (0 - align), 1), (End - align, (align / size) + 1),
            (0, 0), (Data, wrapping), (Data, wrapping - 1), (Data, 0xffff_ffff), (Data, 0x8000_0000),
            (0 - align, 0), (0 - align, 1), (0xffff_ffff, 0),
        }
        .Distinct()
        .Select(one => new CoreValue(new ListType(element), "utf8", [I32(one.Address), I32(one.Length)]));
    }

    private static IEnumerable<CoreValue> Elements(WitType element, params string[] bytes) => bytes.Select(one =>
        new CoreValue(
            new ListType(element), "utf8", [I32(Data), I32((uint)(one.Length / 2 / element.Size))], Segment(one)));

    private static IEnumerable<CoreValue> Texts(
        string encoding, string bytes, params (uint Address, uint Length)[] places) =>
        places.Select(one => Text(encoding, bytes, one.Address, one.Length));

    private static IEnumerable<CoreValue> Bytes(string encoding, int unit, params string[] bytes) =>
        bytes.Select(one => Text(encoding, one, Data, (uint)(one.Length / 2 / unit)));

    private static IEnumerable<CoreValue> Tagged(params string[] bytes) =>
        bytes.Select(static one => Text("latin1+utf16", one, Data, Tagged((uint)one.Length / 4)));

    private static CoreValue Text(string encoding, string bytes, uint address, uint length) =>
        new(Primitive.Of("string"), encoding, [I32(address), I32(length)], Segment(bytes));

    private static IEnumerable<CoreValue> Numbers(WitType type, params uint[] values) =>
        values.Select(value => new CoreValue(type, "utf8", [I32(value)]));

    private static IEnumerable<CoreValue> Pairs(WitType type, params (uint Case, uint Payload)[] values) =>
        values.Select(value => new CoreValue(type, "utf8", [I32(value.Case), I32(value.Payload)]));

    private static uint Tagged(uint length) => length | 0x8000_0000;

    private static string I32(uint value) => $"(i32.const {value})";

    private static string Segment(string bytes) => $"(data (i32.const {Data}) \"{string.Concat(
        bytes.Chunk(2).Select(static digits => $"\\{digits[0]}{digits[1]}"))}\")";
}
