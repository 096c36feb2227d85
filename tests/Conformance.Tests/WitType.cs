using System.Collections;
using System.Runtime.CompilerServices;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using WasmBindgen.Components.Tests;

namespace WasmBindgen.Conformance.Tests;

/// <summary>
/// A WIT type, with all that the tests want of one: its text in a component and in C#, its core types after flattening,
/// its layout in memory, random values, and those as objects of C#. Flattening and layout (CanonicalABI.md) are written
/// apart from the product's own.
/// </summary>
internal abstract class WitType
{
    /// <summary>The type as a component's text names it; <see cref="Declare"/> comes first.</summary>
    internal abstract string Wat { get; }

    /// <summary>The type as C# names it.</summary>
    internal abstract string CSharp { get; }

    internal abstract List<string> Flat { get; }

    internal abstract int Size { get; }

    internal abstract int Align { get; }

    internal virtual WitType[] Parts => [];

    internal abstract Gen<WitValue> Values { get; }

    /// <summary>Smaller values, to be tried when this one fails.</summary>
    internal virtual IEnumerable<WitValue> Shrink(WitValue value) => [];

    /// <summary>The value as an object of the C# type.</summary>
    internal abstract object? ToClr(Type type, WitValue value);

    /// <summary>The value that an object of the C# type is.</summary>
    internal abstract WitValue FromClr(object? value);

    /// <summary>What a component must declare, and export, before functions can use the type.</summary>
    internal virtual string? Declare() => null;

    /// <summary>What C# must declare.</summary>
    internal virtual string? DeclareCSharp() => null;

    public override string ToString() => $"{Wat} {Declare()}";

    internal IEnumerable<WitType> WithParts() => Parts.SelectMany(static part => part.WithParts()).Append(this);

    /// <summary>Types in memory one after the other: where each begins, and where the last ends.</summary>
    internal static int[] Offsets(IEnumerable<WitType> types)
    {
        List<int> offsets = [];
        int end = 0;
        foreach (WitType type in types)
        {
            offsets.Add(AlignUp(end, type.Align));
            end = offsets[^1] + type.Size;
        }

        return [.. offsets, end];
    }

    internal static int AlignUp(int offset, int align) => (offset + align - 1) & -align;

    /// <summary>One of several parts made smaller.</summary>
    protected static IEnumerable<WitValue[]> ShrinkParts(IReadOnlyList<WitType> types, IReadOnlyList<WitValue> values)
        => types.SelectMany((type, i) => type.Shrink(values[i]).Select(smaller =>
        {
            WitValue[] others = [.. values];
            others[i] = smaller;
            return others;
        }));
}

/// <summary>A scalar or a string.</summary>
internal sealed class Primitive : WitType
{
    private readonly string _core;
    private readonly WitValue _least;

    private Primitive(string wat, string csharp, string core, int size, WitValue least, Gen<WitValue> values)
    {
        (Wat, CSharp, _core, Size, _least, Values) = (wat, csharp, core, size, least, values);
    }

    internal static Primitive[] All { get; } =
    [
        new("bool", "bool", "i32", 1, false, Gen.Elements<WitValue>(false, true)),
        Number("s8", "sbyte", "i32", 1, static bits => (sbyte)bits),
        Number("u8", "byte", "i32", 1, static bits => (byte)bits),
        Number("s16", "short", "i32", 2, static bits => (short)bits),
        Number("u16", "ushort", "i32", 2, static bits => (ushort)bits),
        Number("s32", "int", "i32", 4, static bits => (int)bits),
        Number("u32", "uint", "i32", 4, static bits => (uint)bits),
        Number("s64", "long", "i64", 8, static bits => (long)bits),
        Number("u64", "ulong", "i64", 8, static bits => bits),
        // NaNs too, whose bits stay
        Number("f32", "float", "f32", 4, static bits => BitConverter.UInt32BitsToSingle((uint)bits)),
        Number("f64", "double", "f64", 8, static bits => BitConverter.UInt64BitsToDouble(bits)),
        new("char", "System.Text.Rune", "i32", 4, default(Rune), Runes.Select(static rune => (WitValue)rune)),
        new("string", "string", "", 8, "", Texts),
    ];

    internal static Primitive Of(string wat) => All.Single(one => one.Wat == wat);

    internal override string Wat { get; }

    internal override string CSharp { get; }

    internal override List<string> Flat => _core.Length == 0 ? ["i32", "i32"] : [_core];

    internal override int Size { get; }

    internal override int Align => _core.Length == 0 ? 4 : Size;

    internal override Gen<WitValue> Values { get; }

    private static Gen<Rune> Runes => Gen.OneOf(
        Gen.Choose(0, 0x7f), Gen.Choose(0x80, 0xd7ff), Gen.Choose(0xe000, 0xffff), Gen.Choose(0x10000, 0x10ffff),
        Gen.Elements(0, 0xd7ff, 0xe000, 0x10ffff))
        .Select(static value => new Rune(value));

    // ASCII and Latin-1 alone too: text in some encodings takes other ways where all of it is of these.
    private static Gen<WitValue> Texts => Gen.OneOf(
        Runes, Gen.Choose(0, 0x7f).Select(static value => new Rune(value)),
        Gen.Choose(0, 0xff).Select(static value => new Rune(value)))
        .ArrayOf()
        .Select(static runes => (WitValue)string.Concat(runes.Take(8)));

    internal override IEnumerable<WitValue> Shrink(WitValue value) =>
        Equals(value, _least) ? [] : value is WitValue.Text { Value: { Length: > 1 } text }
            ? [_least, string.Concat(text.EnumerateRunes().Skip(1)), string.Concat(text.EnumerateRunes().SkipLast(1))]
            : [_least];

    private static Primitive Number(string wat, string csharp, string core, int size, Func<ulong, WitValue> ofBits)
    {
        Gen<ulong> any = Gen.Choose(int.MinValue, int.MaxValue).Two().Select(
            static halves => ((ulong)(uint)halves.Item1 << 32) | (uint)halves.Item2);
        Gen<ulong> edges = Gen.Elements<ulong>(
            0, 1, ulong.MaxValue, 0x7f, 0x80, 0x7fff, 0x8000, 0x7fff_ffff, 0x8000_0000, 0x7fff_ffff_ffff_ffff,
            0x8000_0000_0000_0000, 0x7f80_0001, 0x7ff0_0000_0000_0001);
        return new Primitive(wat, csharp, core, size, ofBits(0), any.Or(edges).Select(ofBits));
    }

    internal override object ToClr(Type type, WitValue value) => value switch
    {
        WitValue.Text text => text.Value,
        WitValue.Scalar { Bits: var bits } scalar => scalar.Kind switch
        {
            ValKind.Bool => bits != 0,
            ValKind.S8 => (sbyte)bits,
            ValKind.U8 => (byte)bits,
            ValKind.S16 => (short)bits,
            ValKind.U16 => (ushort)bits,
            ValKind.S32 => (int)bits,
            ValKind.U32 => (uint)bits,
            ValKind.S64 => (long)bits,
            ValKind.U64 => bits,
            ValKind.F32 => BitConverter.UInt32BitsToSingle((uint)bits),
            ValKind.F64 => BitConverter.UInt64BitsToDouble(bits),
            _ => (object)new Rune((int)bits),
        },
        _ => throw new NotSupportedException($"{value}"),
    };

    internal override WitValue FromClr(object? value) => value switch
    {
        bool x => x,
        sbyte x => x,
        byte x => x,
        short x => x,
        ushort x => x,
        int x => x,
        uint x => x,
        long x => x,
        ulong x => x,
        float x => x,
        double x => x,
        Rune x => x,
        string x => x,
        _ => throw new NotSupportedException($"{value}"),
    };
}

internal sealed class ListType(WitType element) : WitType
{
    internal override string Wat => $"(list {element.Wat})";

    internal override string CSharp => $"{element.CSharp}[]";

    internal override List<string> Flat => ["i32", "i32"];

    internal override int Size => 8;

    internal override int Align => 4;

    internal override WitType[] Parts => [element];

    internal override Gen<WitValue> Values => Gen.Choose(0, 3)
        .SelectMany(count => element.Values.ArrayOf(count))
        .Select(static items => (WitValue)new WitValue.List(new(items)));

    internal override IEnumerable<WitValue> Shrink(WitValue value)
    {
        WitValue[] items = [.. ((WitValue.List)value).Items];
        IEnumerable<WitValue[]> shorter = items.Select((_, i) => (WitValue[])[.. items[..i], .. items[(i + 1)..]]);
        return shorter.Concat(ShrinkParts([.. items.Select(_ => element)], items))
            .Select(static smaller => new WitValue.List(new(smaller)));
    }

    internal override object ToClr(Type type, WitValue value)
    {
        Items<WitValue> items = ((WitValue.List)value).Items;
        var array = Array.CreateInstance(type.GetElementType()!, items.Count);
        for (int i = 0; i < items.Count; i++)
        {
            array.SetValue(element.ToClr(type.GetElementType()!, items[i]), i);
        }

        return array;
    }

    internal override WitValue FromClr(object? value) =>
        new WitValue.List([.. ((Array)value!).Cast<object?>().Select(element.FromClr)]);
}

/// <summary>A map, which for the engine is a list of tuples.</summary>
internal sealed class MapType(WitType key, WitType item) : WitType
{
    private readonly ListType _entries = new(new RecordType(null, [key, item]));

    internal override string Wat => _entries.Wat;

    internal override string CSharp => $"System.Collections.Generic.Dictionary<{key.CSharp}, {item.CSharp}>";

    internal override List<string> Flat => _entries.Flat;

    internal override int Size => _entries.Size;

    internal override int Align => _entries.Align;

    internal override WitType[] Parts => [key, item];

    internal override Gen<WitValue> Values => _entries.Values.Select(Distinct);

    internal override IEnumerable<WitValue> Shrink(WitValue value) => _entries.Shrink(value).Select(Distinct);

    internal override object ToClr(Type type, WitValue value)
    {
        Type[] types = type.GetGenericArguments();
        var map = (IDictionary)Activator.CreateInstance(type)!;
        foreach (WitValue.Tuple entry in ((WitValue.List)value).Items.Cast<WitValue.Tuple>())
        {
            map.Add(key.ToClr(types[0], entry.Items[0])!, item.ToClr(types[1], entry.Items[1]));
        }

        return map;
    }

    internal override WitValue FromClr(object? value)
    {
        var map = (IDictionary)value!;
        return new WitValue.List([
            .. map.Keys.Cast<object>().Select(one => new WitValue.Tuple([key.FromClr(one), item.FromClr(map[one])])),
        ]);
    }

    private static WitValue Distinct(WitValue entries) => new WitValue.List([
        .. ((WitValue.List)entries).Items.DistinctBy(static entry => ((WitValue.Tuple)entry).Items[0]),
    ]);
}

/// <summary>A tuple, or with a name a record.</summary>
internal sealed class RecordType(string? name, WitType[] fields) : WitType
{
    internal override string Wat =>
        name is null ? $"(tuple {string.Join(' ', fields.Select(static part => part.Wat))})" : $"${name}";

    internal override string CSharp => name ?? $"({string.Join(", ", fields.Select(static part => part.CSharp))})";

    internal override List<string> Flat => [.. fields.SelectMany(static part => part.Flat)];

    internal override int Size => AlignUp(Offsets(fields)[^1], Align);

    internal override int Align => fields.Max(static part => part.Align);

    /// <summary>Every other one, by its number: structs of numbers are copied as they are.</summary>
    private bool IsStruct => name![^1] % 2 == 0;

    internal override WitType[] Parts => fields;

    internal override string? Declare() => name is null ? null
        : $"(record {string.Join(' ', fields.Select(static (part, i) => $"(field \"f{i}\" {part.Wat})"))})";

    internal override string? DeclareCSharp() => name is null ? null
        : $"public {(IsStruct ? "readonly record struct" : "sealed record")} "
            + $"{name}({string.Join(", ", fields.Select(static (field, i) => $"{field.CSharp} F{i}"))});";

    internal override Gen<WitValue> Values =>
        Gen.CollectToArray(fields.Select(static part => part.Values)).Select(Of);

    internal override IEnumerable<WitValue> Shrink(WitValue value) => ShrinkParts(fields, PartsOf(value)).Select(Of);

    internal override object ToClr(Type type, WitValue value)
    {
        Type[] types = name is null
            ? type.GetGenericArguments()
            : [.. type.GetConstructors()
                .MaxBy(static c => c.GetParameters().Length)!
                .GetParameters()
                .Select(static p => p.ParameterType)];
        WitValue[] parts = PartsOf(value);
        // A tuple's eighth type is the rest of it.
        object?[] arguments = name is null && fields.Length > 7
            ? [
                .. fields[..7].Select((field, i) => field.ToClr(types[i], parts[i])),
                new RecordType(null, fields[7..]).ToClr(types[7], new WitValue.Tuple(new(parts[7..]))),
            ]
            : [.. fields.Select((field, i) => field.ToClr(types[i], parts[i]))];
        return Activator.CreateInstance(type, arguments)!;
    }

    internal override WitValue FromClr(object? value) => Of([
        .. fields.Select((field, i) => field.FromClr(
            name is null ? ((ITuple)value!)[i] : value!.GetType().GetProperty($"F{i}")!.GetValue(value))),
    ]);

    private static WitValue[] PartsOf(WitValue value) => value is WitValue.Record record
        ? [.. record.Fields.Select(static field => field.Value)]
        : [.. ((WitValue.Tuple)value).Items];

    private WitValue Of(WitValue[] parts) => name is null
        ? new WitValue.Tuple(new(parts))
        : new WitValue.Record([.. parts.Select(static (part, i) => new WitValue.Field($"f{i}", part))]);
}
