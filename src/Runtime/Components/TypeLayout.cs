using System.Runtime.CompilerServices;
using WasmBindgen.Components.Format;

namespace WasmBindgen.Components;

/// <summary>How values of a type are copied: types that flatten and lie alike are one.</summary>
internal enum LayoutKind
{
    /// <summary>A number, any bits of which are a value: of the slot's own width.</summary>
    Word,
    U8,
    S8,
    U16,
    S16,
    Bool,
    Char,
    Text,

    /// <summary>Also a map, of pairs.</summary>
    List,
    Own,
    Borrow,
    Flags,

    /// <summary>Values of their own types, one after the other.</summary>
    Fields,
    FixedList,

    /// <summary>A number that tells the case, and what the case has.</summary>
    Cases,
}

/// <summary>
/// How the values of a type lie in memory and in slots (Component Model, Canonical ABI: alignment, elem_size,
/// flatten_type).
/// </summary>
/// <param name="Kind">How they are copied.</param>
/// <param name="Size">The number of bytes that one takes in memory.</param>
/// <param name="Alignment">What its address is a multiple of.</param>
/// <param name="Flat">The slots that one takes; cut off where it is clear that they are too many.</param>
/// <param name="HasPointers">Whether there are texts or lists in it, which lie elsewhere in memory.</param>
/// <param name="IsPlain">Whether any bytes are a value: numbers without gaps between them.</param>
internal sealed record TypeLayout(
    LayoutKind Kind,
    ulong Size,
    int Alignment,
    ValueKind[] Flat,
    bool HasPointers = false,
    bool IsPlain = false)
{
    /// <summary>The most slots that the parameters of a function may take.</summary>
    internal const int MaxParameters = 16;

    // One more than can be passed tells that it is too many.
    private const int MaxFlat = MaxParameters + 1;

    // As the engine has it: what two guests copy must not overflow (wasmtime, MAX_ELEM_SIZE).
    private const ulong MaxSize = 1 << 28;

    private static readonly ConditionalWeakTable<TypeEntity, TypeLayout> Known = [];

    /// <summary>What it is made of: fields, cases (null for one without a payload), or the element of a list.</summary>
    internal TypeLayout?[] Parts { get; private init; } = [];

    /// <summary>Where each field begins; of cases, where payloads begin.</summary>
    internal uint[] Offsets { get; private init; } = [];

    /// <summary>The number of elements of a list with a fixed length.</summary>
    internal uint Length { get; private init; }

    /// <summary>The bits that flags have.</summary>
    internal uint Mask { get; private init; }

    /// <summary>The type of cases or of a handle.</summary>
    internal TypeEntity? Type { get; private init; }

    /// <summary>The number of bytes of the number that tells the case.</summary>
    internal static int CaseSize(int cases) => cases <= 1 << 8 ? 1 : cases <= 1 << 16 ? 2 : 4;

    /// <summary>The number of bytes of flags.</summary>
    internal static int FlagsSize(int flags) => flags <= 8 ? 1 : flags <= 16 ? 2 : 4;

    internal static ulong AlignTo(ulong offset, int alignment) =>
        (offset + (ulong)alignment - 1) & ~((ulong)alignment - 1);

    /// <exception cref="InvalidDataException">The type is too large, or is not supported.</exception>
    internal static TypeLayout Of(TypeEntity type) => Known.GetValue(type, static type => Compute(type));

    /// <summary>The type of values that lie one after the other, as those of parameters do.</summary>
    internal static TypeLayout Tuple(IEnumerable<TypeEntity> types)
    {
        TypeLayout[] parts = [.. types.Select(Of)];
        var offsets = new uint[parts.Length];
        ulong size = 0;
        int alignment = 1;
        bool isPlain = true;
        for (int i = 0; i < parts.Length; i++)
        {
            TypeLayout part = parts[i];
            ulong offset = AlignTo(size, part.Alignment);
            isPlain &= part.IsPlain && size == offset;
            offsets[i] = (uint)offset;
            size = offset + part.Size;
            alignment = Math.Max(alignment, part.Alignment);
            RequireSize(size);
        }

        isPlain &= size == AlignTo(size, alignment);
        return new TypeLayout(
            LayoutKind.Fields,
            AlignTo(size, alignment),
            alignment,
            [.. parts.SelectMany(static part => part.Flat).Take(MaxFlat)],
            parts.Any(static part => part.HasPointers),
            isPlain)
        {
            Parts = parts,
            Offsets = offsets,
        };
    }

    private static TypeLayout Compute(TypeEntity type)
    {
        switch (type.Kind)
        {
            case TypeKind.Primitive:
                return OfPrimitive(type.Members[0].Name);
            case TypeKind.List:
                return List(Of(type.Members[0].Type!));
            case TypeKind.Map:
                return List(Tuple(type.Members.Select(static member => member.Type!)));
            case TypeKind.Own or TypeKind.Borrow:
                return type.Members[0].Type is { Kind: TypeKind.Resource }
                    ? new TypeLayout(
                        type.Kind == TypeKind.Own ? LayoutKind.Own : LayoutKind.Borrow, 4, 4, [ValueKind.I32])
                    {
                        Type = type,
                    }
                    : throw new InvalidDataException("a handle is of what is no resource");
            case TypeKind.Record or TypeKind.Tuple when type.Members.Length > 0:
                return Tuple(type.Members.Select(static member => member.Type!));
            case TypeKind.FixedList when type.Length > 0:
                return FixedList(Of(type.Members[0].Type!), type.Length);
            case TypeKind.Flags when type.Members.Length is > 0 and <= 32:
                int size = FlagsSize(type.Members.Length);
                return new TypeLayout(LayoutKind.Flags, (ulong)size, size, [ValueKind.I32])
                {
                    Mask = uint.MaxValue >> (32 - type.Members.Length),
                };
            case TypeKind.Option:
                return Cases(type, [null, Of(type.Members[0].Type!)]);
            case TypeKind.Variant or TypeKind.Enum or TypeKind.Result when type.Members.Length > 0:
                return Cases(
                    type, [.. type.Members.Select(static one => one.Type is { } payload ? Of(payload) : null)]);
            default:
                throw new InvalidDataException(
                    type.Kind is TypeKind.Stream or TypeKind.Future or TypeKind.Resource
                        ? $"{type.Kind.ToString().ToLowerInvariant()} is no value that is supported"
                        : $"a type of the kind '{type.Kind}' has a number of parts that none can have");
        }
    }

    private static TypeLayout OfPrimitive(string name) => name switch
    {
        "bool" => new(LayoutKind.Bool, 1, 1, [ValueKind.I32]),
        "s8" => new(LayoutKind.S8, 1, 1, [ValueKind.I32], IsPlain: true),
        "u8" => new(LayoutKind.U8, 1, 1, [ValueKind.I32], IsPlain: true),
        "s16" => new(LayoutKind.S16, 2, 2, [ValueKind.I32], IsPlain: true),
        "u16" => new(LayoutKind.U16, 2, 2, [ValueKind.I32], IsPlain: true),
        "s32" or "u32" => new(LayoutKind.Word, 4, 4, [ValueKind.I32], IsPlain: true),
        "char" => new(LayoutKind.Char, 4, 4, [ValueKind.I32]),
        "s64" or "u64" => new(LayoutKind.Word, 8, 8, [ValueKind.I64], IsPlain: true),
        "f32" => new(LayoutKind.Word, 4, 4, [ValueKind.F32], IsPlain: true),
        "f64" => new(LayoutKind.Word, 8, 8, [ValueKind.F64], IsPlain: true),
        "string" => Pair(LayoutKind.Text),
        _ => throw new InvalidDataException($"{name} is no value that is supported"),
    };

    /// <summary>An address and a length.</summary>
    private static TypeLayout Pair(LayoutKind kind) =>
        new(kind, 8, 4, [ValueKind.I32, ValueKind.I32], HasPointers: true);

    private static TypeLayout List(TypeLayout element) => Pair(LayoutKind.List) with { Parts = [element] };

    private static TypeLayout FixedList(TypeLayout element, uint length)
    {
        ulong size = element.Size * length;
        RequireSize(size);
        int count = (int)Math.Min(length, MaxFlat);
        ValueKind[] slots = [.. Enumerable.Repeat(element.Flat, count).SelectMany(static flat => flat).Take(MaxFlat)];
        return new TypeLayout(
            LayoutKind.FixedList, size, element.Alignment, slots, element.HasPointers, element.IsPlain)
        {
            Parts = [element],
            Length = length,
        };
    }

    private static TypeLayout Cases(TypeEntity type, TypeLayout?[] cases)
    {
        int caseSize = CaseSize(cases.Length);
        ulong size = 0;
        int alignment = 1;
        bool hasPointers = false;
        var flat = new List<ValueKind>(MaxFlat) { ValueKind.I32 };
        foreach (TypeLayout layout in cases.OfType<TypeLayout>())
        {
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
        return new TypeLayout(LayoutKind.Cases, all, alignment, [.. flat], hasPointers)
        {
            Parts = cases,
            Offsets = [(uint)start],
            Type = type,
        };
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
