using WasmBindgen.Conformance.Tests;

namespace WasmBindgen.Components.Tests;

/// <summary>
/// Core instructions that put a value from parameters, as it is flattened, into memory, as it is laid out.
/// </summary>
/// <param name="slots">The core types of the parameters.</param>
/// <param name="area">The number of the local with the address.</param>
internal sealed class StoreText(List<string> slots, int area)
{
    internal string Of(WitType type, int slot, int offset) => type switch
    {
        RecordType => Fields(type.Parts, slot, offset),
        CaseType cases => Cases(cases, slot, offset),
        Primitive { Wat: not "string" } scalar =>
            Store(scalar.Flat[0] + scalar.Size switch { 1 => ".store8", 2 => ".store16", _ => ".store" },
                offset, Get(slot, scalar.Flat[0])),
        FlagsType flags => Store(Narrow(flags.Size), offset, Get(slot, "i32")),
        _ => Store("i32.store", offset, Get(slot, "i32")) + Store("i32.store", offset + 4, Get(slot + 1, "i32")),
    };

    private string Fields(WitType[] fields, int slot, int offset)
    {
        int[] offsets = WitType.Offsets(fields);
        string text = "";
        for (int i = 0; i < fields.Length; i++)
        {
            text += Of(fields[i], slot, offset + offsets[i]);
            slot += fields[i].Flat.Count;
        }

        return text;
    }

    private string Cases(CaseType type, int slot, int offset)
    {
        string number = Get(slot, "i32");
        return Store(Narrow(type.DiscriminantSize), offset, number) + string.Concat(type.Cases.Select((payload, i) =>
            payload is null ? "" : $"(if (i32.eq {number} (i32.const {i})) "
                + $"(then {Of(payload, slot + 1, offset + type.PayloadOffset)}))"));
    }

    private string Store(string instruction, int offset, string value) =>
        $"({instruction} offset={offset} (local.get {area}) {value})";

    private static string Narrow(int size) => size switch { 1 => "i32.store8", 2 => "i32.store16", _ => "i32.store" };

    /// <summary>A parameter as what it is, where it shares a slot with something else.</summary>
    private string Get(int slot, string want) => (slots[slot], want) switch
    {
        var (have, _) when have == want => $"(local.get {slot})",
        ("i32", "f32") => $"(f32.reinterpret_i32 (local.get {slot}))",
        ("i64", "i32") => $"(i32.wrap_i64 (local.get {slot}))",
        ("i64", "f32") => $"(f32.reinterpret_i32 (i32.wrap_i64 (local.get {slot})))",
        ("i64", "f64") => $"(f64.reinterpret_i64 (local.get {slot}))",
        var pair => throw new NotSupportedException($"{pair}"),
    };
}
