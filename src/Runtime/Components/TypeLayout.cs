using System.Runtime.CompilerServices;
using WasmBindgen.Components.Format;

namespace WasmBindgen.Components;

/// <summary>
/// How the values of a type lie in memory and in slots (Component Model, Canonical ABI: alignment, elem_size,
/// flatten_type).
/// </summary>
/// <param name="Size">The number of bytes that one takes in memory.</param>
/// <param name="Alignment">What its address is a multiple of.</param>
/// <param name="Flat">The slots that one takes; cut off where it is clear that they are too many.</param>
/// <param name="HasPointers">Whether there are texts or lists in it, which lie elsewhere in memory.</param>
/// <param name="IsPlain">Whether any bytes are a value: numbers without gaps between them.</param>
internal sealed record TypeLayout(
    ulong Size, int Alignment, ValueKind[] Flat, bool HasPointers = false, bool IsPlain = false)
{
    /// <summary>The most slots that the parameters of a function may take.</summary>
    internal const int MaxParameters = 16;

    // One more than can be passed tells that it is too many.
    private const int MaxFlat = MaxParameters + 1;

    // As the engine has it: what two guests copy must not overflow (wasmtime, MAX_ELEM_SIZE).
    private const ulong MaxSize = 1 << 28;

    private static readonly ConditionalWeakTable<TypeEntity, TypeLayout> Known = [];

    private static readonly TypeLayout Pair = new(8, 4, [ValueKind.I32, ValueKind.I32], HasPointers: true);

    private static readonly TypeLayout Handle = new(4, 4, [ValueKind.I32]);

    /// <summary>The number of bytes of the number that tells the case.</summary>
    internal static int CaseSize(int cases) => cases <= 1 << 8 ? 1 : cases <= 1 << 16 ? 2 : 4;

    /// <summary>The number of bytes of flags.</summary>
    internal static int FlagsSize(int flags) => flags <= 8 ? 1 : flags <= 16 ? 2 : 4;

    internal static ulong AlignTo(ulong offset, int alignment) =>
        (offset + (ulong)alignment - 1) & ~((ulong)alignment - 1);

    /// <exception cref="InvalidDataException">The type is too large, or is not supported.</exception>
    internal static TypeLayout Of(TypeEntity type) => Known.GetValue(type, static type => Compute(type));

    /// <summary>The types of the cases of a variant, option or result; of an enum, nothing.</summary>
    internal static TypeEntity?[] Cases(TypeEntity type) => type.Kind switch
    {
        TypeKind.Option => [null, type.Members[0].Type],
        _ => [.. type.Members.Select(static member => member.Type)],
    };

    /// <summary>The type of values that lie one after the other, as those of parameters do.</summary>
    internal static TypeLayout Tuple(IEnumerable<TypeEntity> types)
    {
        ulong size = 0;
        int alignment = 1;
        bool hasPointers = false;
        bool isPlain = true;
        var flat = new List<ValueKind>();
        foreach (TypeEntity type in types)
        {
            TypeLayout layout = Of(type);
            isPlain &= layout.IsPlain && size == AlignTo(size, layout.Alignment);
            size = AlignTo(size, layout.Alignment) + layout.Size;
            alignment = Math.Max(alignment, layout.Alignment);
            hasPointers |= layout.HasPointers;
            flat.AddRange(layout.Flat.Take(MaxFlat - flat.Count));
            RequireSize(size);
        }

        isPlain &= size == AlignTo(size, alignment);
        return new TypeLayout(AlignTo(size, alignment), alignment, [.. flat], hasPointers, isPlain);
    }

    private static TypeLayout Compute(TypeEntity type)
    {
        switch (type.Kind)
        {
            case TypeKind.Primitive:
                return OfPrimitive(type.Members[0].Name);
            case TypeKind.List or TypeKind.Map:
                foreach (TypedMember member in type.Members)
                {
                    Of(member.Type!);
                }

                return Pair;
            case TypeKind.Own or TypeKind.Borrow:
                return type.Members[0].Type is { Kind: TypeKind.Resource }
                    ? Handle
                    : throw new InvalidDataException("a handle is of what is no resource");
            case TypeKind.Record or TypeKind.Tuple when type.Members.Length > 0:
                return Tuple(type.Members.Select(static member => member.Type!));
            case TypeKind.FixedList when type.Length > 0:
                TypeLayout element = Of(type.Members[0].Type!);
                ulong bytes = element.Size * type.Length;
                RequireSize(bytes);
                int count = (int)Math.Min(type.Length, MaxFlat);
                ValueKind[] slots = [.. Enumerable.Repeat(element.Flat, count).SelectMany(static flat => flat)];
                return element with { Size = bytes, Flat = [.. slots.Take(MaxFlat)] };
            case TypeKind.Flags when type.Members.Length is > 0 and <= 32:
                int size = FlagsSize(type.Members.Length);
                return new TypeLayout((ulong)size, size, [ValueKind.I32]);
            case TypeKind.Variant or TypeKind.Enum or TypeKind.Option or TypeKind.Result when type.Members.Length > 0:
                return OfCases(Cases(type));
            default:
                throw new InvalidDataException(
                    type.Kind is TypeKind.Stream or TypeKind.Future or TypeKind.Resource
                        ? $"{type.Kind.ToString().ToLowerInvariant()} is no value that is supported"
                        : $"a type of the kind '{type.Kind}' has a number of parts that none can have");
        }
    }

    private static TypeLayout OfPrimitive(string name) => name switch
    {
        "bool" => new(1, 1, [ValueKind.I32]),
        "s8" or "u8" => new(1, 1, [ValueKind.I32], IsPlain: true),
        "s16" or "u16" => new(2, 2, [ValueKind.I32], IsPlain: true),
        "s32" or "u32" => new(4, 4, [ValueKind.I32], IsPlain: true),
        "char" => new(4, 4, [ValueKind.I32]),
        "s64" or "u64" => new(8, 8, [ValueKind.I64], IsPlain: true),
        "f32" => new(4, 4, [ValueKind.F32], IsPlain: true),
        "f64" => new(8, 8, [ValueKind.F64], IsPlain: true),
        "string" => Pair,
        _ => throw new InvalidDataException($"{name} is no value that is supported"),
    };

    private static TypeLayout OfCases(TypeEntity?[] cases)
    {
        int caseSize = CaseSize(cases.Length);
        ulong size = 0;
        int alignment = 1;
        bool hasPointers = false;
        var flat = new List<ValueKind>(MaxFlat) { ValueKind.I32 };
        foreach (TypeEntity? payload in cases)
        {
            if (payload is null)
            {
                continue;
            }

            TypeLayout layout = Of(payload);
            size = Math.Max(size, layout.Size);
            alignment = Math.Max(alignment, layout.Alignment);
            hasPointers |= layout.HasPointers;
            for (int i = 0; i < layout.Flat.Length && i + 1 < MaxFlat; i++)
            {
                if (i + 1 == flat.Count)
                {
                    flat.Add(layout.Flat[i]);
                }
                else
                {
                    flat[i + 1] = Join(flat[i + 1], layout.Flat[i]);
                }
            }
        }

        ulong start = AlignTo((ulong)caseSize, alignment);
        alignment = Math.Max(alignment, caseSize);
        ulong all = AlignTo(start + size, alignment);
        RequireSize(all);
        return new TypeLayout(all, alignment, [.. flat], hasPointers);
    }

    /// <summary>The slot that holds what either case has there.</summary>
    private static ValueKind Join(ValueKind left, ValueKind right) => (left, right) switch
    {
        _ when left == right => left,
        (ValueKind.I32, ValueKind.F32) or (ValueKind.F32, ValueKind.I32) => ValueKind.I32,
        _ => ValueKind.I64,
    };

    private static void RequireSize(ulong size)
    {
        if (size >= MaxSize)
        {
            throw new InvalidDataException("values of a type take more than 256 MiB");
        }
    }
}

/// <summary>How a function's values cross (Component Model, Canonical ABI: flatten_functype).</summary>
/// <param name="Parameters">All parameters, as a tuple.</param>
/// <param name="Result">The result; null for none.</param>
internal sealed record FunctionLayout(TypeLayout Parameters, TypeLayout? Result)
{
    private static readonly ConditionalWeakTable<FunctionEntity, FunctionLayout> Known = [];

    /// <exception cref="InvalidDataException">A type is too large, or is not supported.</exception>
    internal static FunctionLayout Of(FunctionEntity function) => Known.GetValue(
        function,
        static function => new FunctionLayout(
            TypeLayout.Tuple(function.Parameters.Select(static parameter => parameter.Type!)),
            function.Result is { } result ? TypeLayout.Of(result) : null));

    /// <summary>Whether the parameters lie in memory.</summary>
    internal bool ParametersSpill => Parameters.Flat.Length > TypeLayout.MaxParameters;

    /// <summary>Whether the result lies in memory.</summary>
    internal bool ResultSpills => Result is { Flat.Length: > 1 };

    /// <summary>The type of the guest's function.</summary>
    internal FunctionType Lifted => new(
        ToTypes(CoreParameters), ResultSpills ? [ValueKind.I32] : ToTypes(Result?.Flat ?? []));

    /// <summary>The type of the function as a guest imports it.</summary>
    internal FunctionType Lowered => new(
        ToTypes(ResultSpills ? [.. CoreParameters, ValueKind.I32] : CoreParameters),
        ResultSpills ? [] : ToTypes(Result?.Flat ?? []));

    private ValueKind[] CoreParameters => ParametersSpill ? [ValueKind.I32] : Parameters.Flat;

    private static System.Collections.Immutable.ImmutableArray<WasmValueType> ToTypes(ValueKind[] kinds) =>
        [.. kinds.Select(static kind => (WasmValueType)kind)];
}
