using System.Runtime.CompilerServices;
using System.Text;

namespace WasmBindgen.Conformance.Tests;

/// <summary>
/// A WIT type, with all that the tests want of one: its text in a component and in C#, its core types after flattening, and random
/// values. A value is neutral: a boxed scalar, a string, an array of parts, or a case with its payload.
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

    internal abstract object? RandomValue(Random random);

    /// <summary>Writes the value as a <c>wasmtime_component_val_t</c>.</summary>
    internal abstract unsafe void Write(byte* target, object? value, ComponentValues values);

    /// <summary>The value as an object of the C# type.</summary>
    internal abstract object? ToClr(Type type, object? value);

    /// <summary>What a component must declare, and export, before functions can use the type.</summary>
    internal virtual string? Declare() => null;

    /// <summary>What C# must declare.</summary>
    internal virtual string? DeclareCSharp() => null;

    internal IEnumerable<WitType> WithParts() => Parts.SelectMany(static part => part.WithParts()).Append(this);

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
internal sealed class Primitive(string wat, string csharp, string core, byte kind, Func<Random, object> random) : WitType
{
    internal static readonly Primitive[] All =
    [
        new("bool", "bool", "i32", 0, static r => r.Next(2) == 1),
        new("s8", "sbyte", "i32", 1, static r => (sbyte)r.Next(-128, 128)),
        new("u8", "byte", "i32", 2, static r => (byte)r.Next(256)),
        new("s16", "short", "i32", 3, static r => (short)r.Next(-32768, 32768)),
        new("u16", "ushort", "i32", 4, static r => (ushort)r.Next(65536)),
        new("s32", "int", "i32", 5, static r => r.Next(3) == 0 ? int.MinValue : r.Next(int.MinValue, int.MaxValue)),
        new("u32", "uint", "i32", 6, static r => r.Next(3) == 0 ? uint.MaxValue : (uint)r.Next()),
        new("s64", "long", "i64", 7, static r => r.Next(3) == 0 ? long.MinValue : r.NextInt64()),
        new("u64", "ulong", "i64", 8, static r => r.Next(3) == 0 ? ulong.MaxValue : (ulong)r.NextInt64()),
        new("f32", "float", "f32", 9, static r => r.Next(4) == 0 ? float.NegativeInfinity : r.NextSingle()),
        new("f64", "double", "f64", 10, static r => r.Next(4) == 0 ? -0.0 : r.NextDouble()),
        new("char", "System.Text.Rune", "i32", 11, static r => RandomRune(r)),
        new("string", "string", "", 12, static r => string.Concat(Enumerable.Range(0, r.Next(6)).Select(_ => RandomRune(r)))),
    ];

    internal override string Wat => wat;

    internal override string CSharp => csharp;

    internal override List<string> Flat => kind == 12 ? ["i32", "i32"] : [core];

    internal override object RandomValue(Random r) => random(r);

    internal override object? ToClr(Type type, object? value) => value;

    internal override unsafe void Write(byte* target, object? value, ComponentValues values)
    {
        *target = kind;
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

    private static Rune RandomRune(Random r) => r.Next(4) switch
    {
        0 => new Rune(r.Next(0, 0x80)),
        1 => new Rune(r.Next(0x80, 0xd800)),
        2 => new Rune(r.Next(0xe000, 0x10000)),
        _ => new Rune(r.Next(0x10000, 0x110000)),
    };
}

internal sealed class ListType(WitType element) : WitType
{
    internal override string Wat => $"(list {element.Wat})";

    internal override string CSharp => $"{element.CSharp}[]";

    internal override List<string> Flat => ["i32", "i32"];

    internal override WitType[] Parts => [element];

    internal override object RandomValue(Random r) => Enumerable.Range(0, r.Next(4)).Select(_ => element.RandomValue(r)).ToArray();

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

/// <summary>A tuple, or with a name a record.</summary>
internal sealed class RecordType(string? name, WitType[] fields) : WitType
{
    internal override string Wat => name is null ? $"(tuple {string.Join(' ', fields.Select(static part => part.Wat))})" : $"${name}";

    internal override string CSharp => name ?? $"({string.Join(", ", fields.Select(static part => part.CSharp))})";

    internal override List<string> Flat => [.. fields.SelectMany(static part => part.Flat)];

    internal override WitType[] Parts => fields;

    internal override string? Declare() => name is null ? null
        : $"(record {string.Join(' ', fields.Select(static (part, i) => $"(field \"f{i}\" {part.Wat})"))})";

    internal override string? DeclareCSharp() => name is null ? null
        : $"public sealed record {name}({string.Join(", ", fields.Select(static (field, i) => $"{field.CSharp} F{i}"))});";

    internal override object RandomValue(Random r) => fields.Select(field => field.RandomValue(r)).ToArray();

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
        Type[] types = name is null ? type.GetGenericArguments() : [.. type.GetConstructors().MaxBy(static c => c.GetParameters().Length)!.GetParameters().Select(static p => p.ParameterType)];
        return Activator.CreateInstance(type, [.. fields.Select((field, i) => field.ToClr(types[i], ((object?[])value!)[i]))])!;
    }
}

/// <summary>A case and its payload: the value of a variant, option or result.</summary>
internal sealed record CaseValue(int Case, object? Payload);

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
        : $"[WasmVariant] public abstract record {name} {{ {string.Concat(cases.Select((one, i) => one is null ? $"public sealed record C{i} : {name}; " : $"public sealed record C{i}({one.CSharp} Payload) : {name}; "))}}}";

    internal override object RandomValue(Random r)
    {
        int number = r.Next(cases.Length);
        return new CaseValue(number, cases[number]?.RandomValue(r));
    }

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

    internal override string Declare() => $"(flags {string.Join(' ', Enumerable.Range(0, count).Select(static i => $"\"b{i}\""))})";

    internal override string DeclareCSharp() => $"[Flags] public enum {name} : uint {{ {string.Join(", ", Enumerable.Range(0, count).Select(static i => $"B{i} = 1u << {i}"))} }}";

    internal override object RandomValue(Random r) => (uint)r.NextInt64() & (uint)((1L << count) - 1);

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

    internal override object RandomValue(Random r) => r.Next(3) == 0 ? new CaseValue(0, null) : new CaseValue(1, value.RandomValue(r));

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

    internal override object RandomValue(Random r) => r.Next(2) == 0 ? new CaseValue(0, ok?.RandomValue(r)) : new CaseValue(1, error?.RandomValue(r));

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

/// <summary>Types of any shape, up to three deep.</summary>
internal sealed class RandomTypes(Random random)
{
    private int _count;

    internal WitType Next(int depth = 3) => random.Next(depth == 0 ? 2 : 11) switch
    {
        0 or 1 => Primitive.All[random.Next(Primitive.All.Length)],
        2 => new ListType(Next(depth - 1)),
        3 => new RecordType(null, Several(2, 7, depth)),
        4 or 5 => new RecordType(Name("R"), Several(1, random.Next(6) == 0 ? 24 : 6, depth)),
        6 => new VariantType(Name("V"), [.. Several(1, 6, depth).Select(one => random.Next(3) == 0 ? null : one)], isEnum: false),
        7 => new VariantType(Name("E"), new WitType?[random.Next(5) == 0 ? random.Next(255, 300) : random.Next(1, 9)], isEnum: true),
        8 => new FlagsType(Name("F"), random.Next(1, 33)),
        9 => new OptionType(Next(depth - 1)),
        _ => new ResultType(random.Next(3) == 0 ? null : Next(depth - 1), random.Next(3) == 0 ? null : Next(depth - 1)),
    };

    private WitType[] Several(int least, int most, int depth) => [.. Enumerable.Range(0, random.Next(least, most + 1)).Select(_ => Next(depth - 1))];

    private string Name(string prefix) => $"{prefix}{_count++}";
}
