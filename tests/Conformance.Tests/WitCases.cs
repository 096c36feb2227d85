using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using FsCheck;
using FsCheck.Fluent;
using WasmBindgen.Components.Tests;

namespace WasmBindgen.Conformance.Tests;

/// <summary>A type of cases, each with a payload or none: variant, enum, option, result.</summary>
internal abstract class CaseType : WitType
{
    internal abstract WitType?[] Cases { get; }

    internal override WitType[] Parts => [.. Cases.OfType<WitType>()];

    internal override List<string> Flat
    {
        get
        {
            List<string> flat = ["i32"];
            foreach (List<string> payload in Parts.Select(static one => one.Flat))
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

    internal int DiscriminantSize => Cases.Length <= 256 ? 1 : Cases.Length <= 65536 ? 2 : 4;

    internal int PayloadOffset => AlignUp(DiscriminantSize, PayloadAlign);

    internal override int Size =>
        AlignUp(PayloadOffset + Parts.Select(static one => one.Size).DefaultIfEmpty().Max(), Align);

    internal override int Align => Math.Max(DiscriminantSize, PayloadAlign);

    internal override Gen<WitValue> Values => Gen.Choose(0, Cases.Length - 1).SelectMany(number =>
        Cases[number] is { } payload
            ? payload.Values.Select(value => Of(number, value))
            : Gen.Constant(Of(number, null)));

    private int PayloadAlign => Parts.Select(static one => one.Align).DefaultIfEmpty(1).Max();

    internal override IEnumerable<WitValue> Shrink(WitValue value)
    {
        (int number, WitValue? payload) = CaseOf(value);
        return payload is null ? [] : Cases[number]!.Shrink(payload).Select(smaller => Of(number, smaller));
    }

    /// <summary>The value of a case.</summary>
    protected abstract WitValue Of(int number, WitValue? payload);

    protected abstract (int Number, WitValue? Payload) CaseOf(WitValue value);

    protected static int NumberOf(string name) => int.Parse(name[1..], CultureInfo.InvariantCulture);
}

internal sealed class VariantType(string name, WitType?[] cases, bool isEnum) : CaseType
{
    internal override WitType?[] Cases => cases;

    internal override string Wat => $"${name}";

    internal override string CSharp => name;

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

    internal override object ToClr(Type type, WitValue value)
    {
        (int number, WitValue? payload) = CaseOf(value);
        if (isEnum)
        {
            return Enum.ToObject(type, number);
        }

        Type nested = type.GetNestedType($"C{number}")!;
        return payload is null
            ? Activator.CreateInstance(nested)!
            : Activator.CreateInstance(
                nested, cases[number]!.ToClr(nested.GetProperty("Payload")!.PropertyType, payload))!;
    }

    internal override WitValue FromClr(object? value)
    {
        int number = isEnum ? Convert.ToInt32(value, CultureInfo.InvariantCulture) : NumberOf(value!.GetType().Name);
        return Of(number, cases[number]?.FromClr(value!.GetType().GetProperty("Payload")!.GetValue(value)));
    }

    protected override WitValue Of(int number, WitValue? payload) =>
        isEnum ? new WitValue.Enum($"c{number}") : new WitValue.Variant($"c{number}", payload);

    protected override (int Number, WitValue? Payload) CaseOf(WitValue value) => value is WitValue.Variant variant
        ? (NumberOf(variant.Case), variant.Payload)
        : (NumberOf(((WitValue.Enum)value).Case), null);
}

internal sealed class OptionType(WitType value) : CaseType
{
    internal override WitType?[] Cases => [null, value];

    internal override string Wat => $"(option {value.Wat})";

    internal override string CSharp => $"Option<{value.CSharp}>";

    internal override object? ToClr(Type type, WitValue item) => CaseOf(item).Payload is { } payload
        ? Activator.CreateInstance(type, value.ToClr(type.GetGenericArguments()[0], payload))
        : RuntimeHelpers.GetUninitializedObject(type);

    internal override WitValue FromClr(object? item) => new WitValue.Option(
        (bool)item!.GetType().GetProperty("HasValue")!.GetValue(item)!
            ? value.FromClr(item.GetType().GetProperty("Value")!.GetValue(item))
            : null);

    protected override WitValue Of(int number, WitValue? payload) => new WitValue.Option(payload);

    protected override (int Number, WitValue? Payload) CaseOf(WitValue item) =>
        ((WitValue.Option)item).Payload is { } payload ? (1, payload) : (0, null);
}

internal sealed class ResultType(WitType? ok, WitType? error) : CaseType
{
    internal override WitType?[] Cases => [ok, error];

    internal override string Wat => $"(result {ok?.Wat} {(error is null ? "" : $"(error {error.Wat})")})";

    internal override string CSharp => $"Result<{ok?.CSharp ?? "Unit"}, {error?.CSharp ?? "Unit"}>";

    internal override object ToClr(Type type, WitValue item)
    {
        (int number, WitValue? payload) = CaseOf(item);
        Type side = type.GetGenericArguments()[number];
        return type.GetMethod(number == 0 ? "Ok" : "Error")!
            .Invoke(null, [payload is null ? default(Unit) : Cases[number]!.ToClr(side, payload)])!;
    }

    internal override WitValue FromClr(object? item)
    {
        int number = (bool)item!.GetType().GetProperty("IsOk")!.GetValue(item)! ? 0 : 1;
        return Of(number, Cases[number]?.FromClr(
            item.GetType().GetProperty(number == 0 ? "Value" : "ErrorValue")!.GetValue(item)));
    }

    protected override WitValue Of(int number, WitValue? payload) => new WitValue.Result(number == 0, payload);

    protected override (int Number, WitValue? Payload) CaseOf(WitValue item) =>
        item is WitValue.Result result ? (result.IsOk ? 0 : 1, result.Payload) : default;
}

internal sealed class FlagsType(string name, int count) : WitType
{
    internal override string Wat => $"${name}";

    internal override string CSharp => name;

    internal override List<string> Flat => ["i32"];

    internal override int Size => count <= 8 ? 1 : count <= 16 ? 2 : 4;

    internal override int Align => Size;

    internal override string Declare() =>
        $"(flags {string.Join(' ', Enumerable.Range(0, count).Select(static i => $"\"b{i}\""))})";

    internal override string DeclareCSharp() =>
        $"[Flags] public enum {name} : uint {{ "
            + $"{string.Join(", ", Enumerable.Range(0, count).Select(static i => $"B{i} = 1u << {i}"))} }}";

    internal override Gen<WitValue> Values => Gen.Choose(int.MinValue, int.MaxValue)
        .Select(bits => (WitValue)Of((uint)bits & (uint)((1L << count) - 1)));

    internal override IEnumerable<WitValue> Shrink(WitValue value) =>
        BitsOf(value) is var bits and > 0 ? [Of(0), Of(bits & (bits - 1))] : [];

    internal override object ToClr(Type type, WitValue value) => Enum.ToObject(type, BitsOf(value));

    internal override WitValue FromClr(object? value) => Of(Convert.ToUInt32(value, CultureInfo.InvariantCulture));

    private static uint BitsOf(WitValue value) => ((WitValue.Flags)value).Names.Aggregate(
        0u, static (bits, name) => bits | 1u << int.Parse(name[1..], CultureInfo.InvariantCulture));

    private static WitValue.Flags Of(uint bits)
    {
        var names = new string[BitOperations.PopCount(bits)];
        for (int i = 0; bits != 0; bits &= bits - 1)
        {
            names[i++] = $"b{BitOperations.TrailingZeroCount(bits)}";
        }

        return new(new(names));
    }
}
