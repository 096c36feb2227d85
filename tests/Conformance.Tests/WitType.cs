using System.Collections;
using System.Runtime.CompilerServices;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace WasmBindgen.Conformance.Tests;

/// <summary>
/// A WIT type, with all that the tests want of one: its text in a component and in C#, its core types after flattening,
/// and random values. A value is neutral: a boxed scalar, a string, an array of parts, or a case with its payload.
/// </summary>
internal abstract class WitType
{
    /// <summary>The type as a component's text names it; <see cref="Declare"/> comes first.</summary>
    internal abstract string Wat { get; }

    /// <summary>The type as C# names it.</summary>
    internal abstract string CSharp { get; }

    /// <summary>The core types (CanonicalABI.md, section Flattening), written apart from the product's own.</summary>
    internal abstract List<string> Flat { get; }

    internal virtual WitType[] Parts => [];

    internal abstract Gen<object?> Values { get; }

    /// <summary>Smaller values, to be tried when this one fails.</summary>
    internal virtual IEnumerable<object?> Shrink(object? value) => [];

    /// <summary>Writes the value as a <c>wasmtime_component_val_t</c>.</summary>
    internal abstract unsafe void Write(byte* target, object? value, ComponentValues values);

    /// <summary>The value as an object of the C# type.</summary>
    internal abstract object? ToClr(Type type, object? value);

    /// <summary>What a component must declare, and export, before functions can use the type.</summary>
    internal virtual string? Declare() => null;

    /// <summary>What C# must declare.</summary>
    internal virtual string? DeclareCSharp() => null;

    internal IEnumerable<WitType> WithParts() => Parts.SelectMany(static part => part.WithParts()).Append(this);

    /// <summary>One of several parts made smaller.</summary>
    protected static IEnumerable<object?[]> ShrinkParts(IReadOnlyList<WitType> types, object?[] values) =>
        types.SelectMany((type, i) => type.Shrink(values[i]).Select(smaller =>
        {
            object?[] others = [.. values];
            others[i] = smaller;
            return others;
        }));

    protected static List<string> Join(IEnumerable<List<string>> payloads)
    {
        List<string> flat = ["i32"];
        foreach (List<string> payload in payloads)
        {
            for (int i = 0; i < payload.Count; i++)
            {
                if (flat.Count == i + 1)
                {
                    flat.Add(payload[i]);
                }
                else if (flat[i + 1] != payload[i])
                {
                    flat[i + 1] = flat[i + 1] is "i32" or "f32" && payload[i] is "i32" or "f32" ? "i32" : "i64";
                }
            }
        }

        return flat;
    }
}

/// <summary>A scalar or a string.</summary>
internal sealed class Primitive : WitType
{
    private readonly string _core;
    private readonly byte _kind;
    private readonly object _least;

    private Primitive(string wat, string csharp, string core, byte kind, object least, Gen<object?> values)
    {
        (Wat, CSharp, _core, _kind, _least, Values) = (wat, csharp, core, kind, least, values);
    }

    internal static Primitive[] All { get; } =
    [
        new("bool", "bool", "i32", 0, false, Gen.Elements<object?>(false, true)),
        Number("s8", "sbyte", "i32", 1, static bits => (sbyte)bits),
        Number("u8", "byte", "i32", 2, static bits => (byte)bits),
        Number("s16", "short", "i32", 3, static bits => (short)bits),
        Number("u16", "ushort", "i32", 4, static bits => (ushort)bits),
        Number("s32", "int", "i32", 5, static bits => (int)bits),
        Number("u32", "uint", "i32", 6, static bits => (uint)bits),
        Number("s64", "long", "i64", 7, static bits => (long)bits),
        Number("u64", "ulong", "i64", 8, static bits => bits),
        // NaNs too, whose bits stay
        Number("f32", "float", "f32", 9, static bits => BitConverter.UInt32BitsToSingle((uint)bits)),
        Number("f64", "double", "f64", 10, static bits => BitConverter.UInt64BitsToDouble(bits)),
        new("char", "System.Text.Rune", "i32", 11, default(Rune), Runes.Select(static rune => (object?)rune)),
        new("string", "string", "", 12, "", Runes.ArrayOf().Select(
            static runes => (object?)string.Concat(runes.Take(8)))),
    ];

    internal override string Wat { get; }

    internal override string CSharp { get; }

    internal override List<string> Flat => _kind == 12 ? ["i32", "i32"] : [_core];

    internal override Gen<object?> Values { get; }

    private static Gen<Rune> Runes => Gen.OneOf(
        Gen.Choose(0, 0x7f), Gen.Choose(0x80, 0xd7ff), Gen.Choose(0xe000, 0xffff), Gen.Choose(0x10000, 0x10ffff),
        Gen.Elements(0, 0xd7ff, 0xe000, 0x10ffff))
        .Select(static value => new Rune(value));

    internal override IEnumerable<object?> Shrink(object? value) =>
        Equals(value, _least) ? [] : value is string { Length: > 1 } text
            ? [_least, string.Concat(text.EnumerateRunes().Skip(1)), string.Concat(text.EnumerateRunes().SkipLast(1))]
            : [_least];

    private static Primitive Number(string wat, string csharp, string core, byte kind, Func<ulong, object> ofBits)
    {
        Gen<ulong> any = Gen.Choose(int.MinValue, int.MaxValue).Two().Select(
            static halves => ((ulong)(uint)halves.Item1 << 32) | (uint)halves.Item2);
        Gen<ulong> edges = Gen.Elements<ulong>(
            0, 1, ulong.MaxValue, 0x7f, 0x80, 0x7fff, 0x8000, 0x7fff_ffff, 0x8000_0000, 0x7fff_ffff_ffff_ffff,
            0x8000_0000_0000_0000, 0x7f80_0001, 0x7ff0_0000_0000_0001);
        return new Primitive(wat, csharp, core, kind, ofBits(0), any.Or(edges).Select(bits => (object?)ofBits(bits)));
    }

    internal override object? ToClr(Type type, object? value) => value;

    internal override unsafe void Write(byte* target, object? value, ComponentValues values)
    {
        *target = _kind;
        byte* at = target + 8;
        switch (value)
        {
            case string text: values.WriteName(at, text); break;
            case bool x: *at = x ? (byte)1 : (byte)0; break;
            case sbyte x: *(sbyte*)at = x; break;
            case byte x: *at = x; break;
            case short x: *(short*)at = x; break;
            case ushort x: *(ushort*)at = x; break;
            case int x: *(int*)at = x; break;
            case uint x: *(uint*)at = x; break;
            case long x: *(long*)at = x; break;
            case ulong x: *(ulong*)at = x; break;
            case float x: *(float*)at = x; break;
            case double x: *(double*)at = x; break;
            case Rune x: *(int*)at = x.Value; break;
            default: throw new NotSupportedException($"{value}");
        }
    }
}

internal sealed class ListType(WitType element) : WitType
{
    internal override string Wat => $"(list {element.Wat})";

    internal override string CSharp => $"{element.CSharp}[]";

    internal override List<string> Flat => ["i32", "i32"];

    internal override WitType[] Parts => [element];

    internal override Gen<object?> Values => Gen.Choose(0, 3)
        .SelectMany(count => element.Values.ArrayOf(count))
        .Select(static items => (object?)items);

    internal override IEnumerable<object?> Shrink(object? value)
    {
        var items = (object?[])value!;
        IEnumerable<object?[]> shorter = items.Select((_, i) => (object?[])[.. items[..i], .. items[(i + 1)..]]);
        return shorter.Concat(ShrinkParts([.. items.Select(_ => element)], items));
    }

    internal override unsafe void Write(byte* target, object? value, ComponentValues values) =>
        values.WriteSequence(target, 13, [.. ((object?[])value!).Select(item => (element, item))]);

    internal override object ToClr(Type type, object? value)
    {
        var items = (object?[])value!;
        var array = Array.CreateInstance(type.GetElementType()!, items.Length);
        for (int i = 0; i < items.Length; i++)
        {
            array.SetValue(element.ToClr(type.GetElementType()!, items[i]), i);
        }

        return array;
    }
}

/// <summary>A map, which for the engine is a list of tuples.</summary>
internal sealed class MapType(WitType key, WitType item) : WitType
{
    private readonly ListType _entries = new(new RecordType(null, [key, item]));

    internal override string Wat => _entries.Wat;

    internal override string CSharp => $"System.Collections.Generic.Dictionary<{key.CSharp}, {item.CSharp}>";

    internal override List<string> Flat => _entries.Flat;

    internal override WitType[] Parts => [key, item];

    internal override Gen<object?> Values => _entries.Values.Select(static entries => (object?)Distinct(entries));

    internal override IEnumerable<object?> Shrink(object? value) => _entries.Shrink(value).Select(Distinct);

    internal override unsafe void Write(byte* target, object? value, ComponentValues values) =>
        _entries.Write(target, value, values);

    internal override object ToClr(Type type, object? value)
    {
        Type[] types = type.GetGenericArguments();
        var map = (IDictionary)Activator.CreateInstance(type)!;
        foreach (object?[] entry in ((object?[])value!).Cast<object?[]>())
        {
            map.Add(key.ToClr(types[0], entry[0])!, item.ToClr(types[1], entry[1]));
        }

        return map;
    }

    private static object?[] Distinct(object? entries) =>
        [.. ((object?[])entries!).DistinctBy(static entry => ((object?[])entry!)[0])];
}

/// <summary>A tuple, or with a name a record.</summary>
internal sealed class RecordType(string? name, WitType[] fields) : WitType
{
    internal override string Wat =>
        name is null ? $"(tuple {string.Join(' ', fields.Select(static part => part.Wat))})" : $"${name}";

    internal override string CSharp => name ?? $"({string.Join(", ", fields.Select(static part => part.CSharp))})";

    internal override List<string> Flat => [.. fields.SelectMany(static part => part.Flat)];

    /// <summary>Every other one, by its number: structs of numbers are copied as they are.</summary>
    private bool IsStruct => name![^1] % 2 == 0;

    internal override WitType[] Parts => fields;

    internal override string? Declare() => name is null ? null
        : $"(record {string.Join(' ', fields.Select(static (part, i) => $"(field \"f{i}\" {part.Wat})"))})";

    internal override string? DeclareCSharp() => name is null ? null
        : $"public {(IsStruct ? "readonly record struct" : "sealed record")} "
            + $"{name}({string.Join(", ", fields.Select(static (field, i) => $"{field.CSharp} F{i}"))});";

    internal override Gen<object?> Values => Gen.CollectToArray(fields.Select(static part => part.Values))
        .Select(static items => (object?)items);

    internal override IEnumerable<object?> Shrink(object? value) => ShrinkParts(fields, (object?[])value!);

    internal override unsafe void Write(byte* target, object? value, ComponentValues values)
    {
        var items = (object?[])value!;
        if (name is null)
        {
            values.WriteSequence(target, 15, [.. fields.Zip(items)]);
            return;
        }

        *target = 14;
        byte* entries = values.Allocate(48 * fields.Length);
        *(nint*)(target + 8) = fields.Length;
        *(byte**)(target + 16) = entries;
        for (int i = 0; i < fields.Length; i++)
        {
            values.WriteName(entries + (48 * i), $"f{i}");
            fields[i].Write(entries + (48 * i) + 16, items[i], values);
        }
    }

    internal override object ToClr(Type type, object? value)
    {
        Type[] types = name is null
            ? type.GetGenericArguments()
            : [.. type.GetConstructors()
                .MaxBy(static c => c.GetParameters().Length)!
                .GetParameters()
                .Select(static p => p.ParameterType)];
        return Activator.CreateInstance(
            type, [.. fields.Select((field, i) => field.ToClr(types[i], ((object?[])value!)[i]))])!;
    }
}

/// <summary>A case and its payload: the value of a variant, option or result.</summary>
internal sealed record CaseValue(int Case, object? Payload)
{
    internal static Gen<object?> Of(int number, WitType? payload) => payload is null
        ? Gen.Constant<object?>(new CaseValue(number, null))
        : payload.Values.Select(value => (object?)new CaseValue(number, value));

    public override string ToString() => $"case {Case}({Text(Payload)})";

    private static string? Text(object? value) =>
        value is object?[] parts ? $"[{string.Join(", ", parts.Select(Text))}]" : value?.ToString();

    internal static IEnumerable<object?> Shrink(object? value, WitType? payload) => payload is null
        ? []
        : payload.Shrink(((CaseValue)value!).Payload).Select(smaller => (CaseValue)value with { Payload = smaller });
}

/// <summary>A variant; an enum is one without payloads.</summary>
internal sealed class VariantType(string name, WitType?[] cases, bool isEnum) : WitType
{
    internal override string Wat => $"${name}";

    internal override string CSharp => name;

    internal override List<string> Flat => Join(cases.Select(static one => one?.Flat ?? []));

    internal override WitType[] Parts => [.. cases.OfType<WitType>()];

    internal override string Declare() => isEnum
        ? $"(enum {string.Join(' ', cases.Select(static (_, i) => $"\"c{i}\""))})"
        : $"(variant {string.Join(' ', cases.Select(static (one, i) => $"(case \"c{i}\" {one?.Wat})"))})";

    internal override string DeclareCSharp() => isEnum
        ? $"public enum {name} {{ {string.Join(", ", cases.Select(static (_, i) => $"C{i}"))} }}"
        : $"[WasmVariant] public abstract record {name} {{ "
            + string.Concat(cases.Select((one, i) => one is null
                ? $"public sealed record C{i} : {name}; "
                : $"public sealed record C{i}({one.CSharp} Payload) : {name}; "))
            + "}";

    internal override Gen<object?> Values =>
        Gen.Choose(0, cases.Length - 1).SelectMany(number => CaseValue.Of(number, cases[number]));

    internal override IEnumerable<object?> Shrink(object? value) =>
        CaseValue.Shrink(value, cases[((CaseValue)value!).Case]);

    internal override unsafe void Write(byte* target, object? value, ComponentValues values)
    {
        var one = (CaseValue)value!;
        *target = isEnum ? (byte)17 : (byte)16;
        values.WriteName(target + 8, $"c{one.Case}");
        if (cases[one.Case] is { } payload)
        {
            *(byte**)(target + 24) = values.Box(payload, one.Payload);
        }
    }

    internal override object ToClr(Type type, object? value)
    {
        var one = (CaseValue)value!;
        if (isEnum)
        {
            return Enum.ToObject(type, one.Case);
        }

        Type nested = type.GetNestedType($"C{one.Case}")!;
        return cases[one.Case] is { } payload
            ? Activator.CreateInstance(nested, payload.ToClr(nested.GetProperty("Payload")!.PropertyType, one.Payload))!
            : Activator.CreateInstance(nested)!;
    }
}

internal sealed class FlagsType(string name, int count) : WitType
{
    internal override string Wat => $"${name}";

    internal override string CSharp => name;

    internal override List<string> Flat => ["i32"];

    internal override string Declare() =>
        $"(flags {string.Join(' ', Enumerable.Range(0, count).Select(static i => $"\"b{i}\""))})";

    internal override string DeclareCSharp() =>
        $"[Flags] public enum {name} : uint {{ "
            + $"{string.Join(", ", Enumerable.Range(0, count).Select(static i => $"B{i} = 1u << {i}"))} }}";

    internal override Gen<object?> Values =>
        Gen.Choose(int.MinValue, int.MaxValue).Select(bits => (object?)((uint)bits & (uint)((1L << count) - 1)));

    internal override IEnumerable<object?> Shrink(object? value) =>
        (uint)value! == 0 ? [] : [0u, (uint)value & ((uint)value - 1)];

    internal override unsafe void Write(byte* target, object? value, ComponentValues values)
    {
        int[] set = [.. Enumerable.Range(0, count).Where(i => ((uint)value! >> i & 1) != 0)];
        byte* names = values.Allocate(16 * set.Length);
        *target = 20;
        *(nint*)(target + 8) = set.Length;
        *(byte**)(target + 16) = names;
        for (int i = 0; i < set.Length; i++)
        {
            values.WriteName(names + (16 * i), $"b{set[i]}");
        }
    }

    internal override object ToClr(Type type, object? value) => Enum.ToObject(type, (uint)value!);
}

internal sealed class OptionType(WitType value) : WitType
{
    internal override string Wat => $"(option {value.Wat})";

    internal override string CSharp => $"Option<{value.CSharp}>";

    internal override List<string> Flat => Join([value.Flat]);

    internal override WitType[] Parts => [value];

    internal override Gen<object?> Values => Gen.Frequency((1, CaseValue.Of(0, null)), (2, CaseValue.Of(1, value)));

    internal override IEnumerable<object?> Shrink(object? item) =>
        CaseValue.Shrink(item, item is CaseValue { Case: 1 } ? value : null);

    internal override unsafe void Write(byte* target, object? item, ComponentValues values)
    {
        *target = 18;
        var one = (CaseValue)item!;
        *(byte**)(target + 8) = one.Case == 0 ? null : values.Box(value, one.Payload);
    }

    internal override object? ToClr(Type type, object? item) => (CaseValue)item! is { Case: 1, Payload: var payload }
        ? Activator.CreateInstance(type, value.ToClr(type.GetGenericArguments()[0], payload))
        : RuntimeHelpers.GetUninitializedObject(type);
}

internal sealed class ResultType(WitType? ok, WitType? error) : WitType
{
    internal override string Wat => $"(result {ok?.Wat} {(error is null ? "" : $"(error {error.Wat})")})";

    internal override string CSharp => $"Result<{ok?.CSharp ?? "Unit"}, {error?.CSharp ?? "Unit"}>";

    internal override List<string> Flat => Join([ok?.Flat ?? [], error?.Flat ?? []]);

    internal override WitType[] Parts => [.. new[] { ok, error }.OfType<WitType>()];

    internal override Gen<object?> Values => CaseValue.Of(0, ok).Or(CaseValue.Of(1, error));

    internal override IEnumerable<object?> Shrink(object? item) =>
        CaseValue.Shrink(item, item is CaseValue { Case: 0 } ? ok : error);

    internal override unsafe void Write(byte* target, object? item, ComponentValues values)
    {
        var one = (CaseValue)item!;
        *target = 19;
        target[8] = one.Case == 0 ? (byte)1 : (byte)0;
        *(byte**)(target + 16) = (one.Case == 0 ? ok : error) is { } payload ? values.Box(payload, one.Payload) : null;
    }

    internal override object ToClr(Type type, object? item)
    {
        var one = (CaseValue)item!;
        Type side = type.GetGenericArguments()[one.Case];
        object? payload = (one.Case == 0 ? ok : error) is { } shape ? shape.ToClr(side, one.Payload) : default(Unit);
        return type.GetMethod(one.Case == 0 ? "Ok" : "Error")!.Invoke(null, [payload])!;
    }
}
