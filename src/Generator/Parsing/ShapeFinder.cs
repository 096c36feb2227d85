using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using WasmBindgen.Generator.Abi;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Symbols;
using static WasmBindgen.Generator.Parsing.Found;

namespace WasmBindgen.Generator.Parsing;

/// <summary>Which way a parameter or result goes.</summary>
internal enum Direction
{
    /// <summary>Core to C#: a host method's parameter, a stub's result.</summary>
    FromGuest,

    /// <summary>C# to core: a host method's result, a stub's parameter.</summary>
    ToGuest,
}

/// <summary>
/// Finds the shapes of the C# types of one binding class, and names the structs for those that need one. There is no
/// fallback: a type that has no shape is a diagnostic.
/// </summary>
/// <param name="taken">The names that the class has already.</param>
/// <param name="user">The class.</param>
/// <param name="cancellation">Ends the work.</param>
internal sealed partial class ShapeFinder(TakenNames taken, INamedTypeSymbol user, CancellationToken cancellation)
{
    // Deeper than anybody nests types by hand. A generic type may hold ever larger ones of itself, which never repeat.
    private const int MaxDepth = 32;
    private const int MaxGenericDepth = 10;

    // What attributes may say of a value's form, and of where a result's parts go.
    private static readonly string[] s_forms =
        ["CString", "Utf16", "Latin1", "ExternRef", "TableIndex", "WasmMarshaller"];
    private static readonly string[] s_places = ["Packed", "MultiValue"];

    private static readonly StringShape s_string = new();

    private readonly Dictionary<string, Found> _known = new(StringComparer.Ordinal);

    private readonly Dictionary<(string Type, string? Table, Direction), (string Struct, string Class)> _callbacks = [];

    private bool _isInCallback;

    private readonly bool _isAssemblyScript = user.FindAttribute("AssemblyScriptAttribute") is not null;

    private readonly AttributeData? _rust = user.FindAttribute("RustWasmBindgenAttribute");

    private readonly bool _isMemory64 = user.FindAttribute("Memory64Attribute") is not null;

    private readonly HashSet<string> _inside = new(StringComparer.Ordinal);

    /// <summary>The type as generated code names it, with what may be null in it.</summary>
    private static SymbolDisplayFormat FullName { get; } = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>The warnings for naming the types that it was asked for.</summary>
    internal NamedWarnings Warnings { get; } = new();

    /// <summary>Whether parameters that take more slots than there are can lie in memory instead.</summary>
    internal bool CanSpill => !_isMemory64 && _rust is null;

    /// <summary>The shape of a parameter.</summary>
    internal Found Of(IParameterSymbol parameter, Direction direction)
    {
        if (parameter.RefKind is RefKind.Ref or RefKind.Out)
        {
            Found pointee = Of(parameter.Type);
            return pointee.Shape is { IsBlittable: true } shape ? new ReferenceShape(shape, _isMemory64)
                : pointee.Unseen is not null ? pointee
                : Refused("");
        }

        Found found = With(parameter.Type, parameter.GetAttributes(), direction);
        return direction == Direction.FromGuest && found.Shape is ListShape { Element: ObjectIndexShape }
            ? Refused(" (only a result of a guest's function, or what the host passes, is an array of objects)")
            : direction == Direction.FromGuest
            && !_isAssemblyScript
            && found.Shape is null
            && WritableMemory(parameter.Type) is { } memory
            ? memory
            : found;
    }

    /// <summary>The shape of a global; null for what is neither a slot nor an object.</summary>
    internal Shape? Of(IPropertySymbol property) =>
        Has(property.GetAttributes(), "ExternRefAttribute") || property.Type.SpecialType == SpecialType.System_Object
            ? With(property.Type, property.GetAttributes(), Direction.FromGuest).Shape as ExternRefShape
            : Of(property.Type).Shape as SlotShape;

    /// <summary>The shape of an exception's property, which the guest gets; null if it has none.</summary>
    internal Shape? OfValue(IPropertySymbol property) =>
        With(property.Type, property.GetAttributes(), Direction.ToGuest).Shape;

    /// <summary>The shape of a method's result of a type.</summary>
    internal Found Of(IMethodSymbol method, ITypeSymbol type, Direction direction)
    {
        ImmutableArray<AttributeData> attributes = method.GetReturnTypeAttributes();
        if (_rust is not null)
        {
            return RustResult(type, attributes, direction);
        }

        Found found = Clash(attributes, s_places) is { } clash ? Refused(clash) : With(type, attributes, direction);
        if (found.Shape is not { } shape)
        {
            return found;
        }

        if (Has(attributes, "PackedAttribute"))
        {
            return shape is StringShape or ListShape or EncodedStringShape { Encoding: not TextEncoding.CString }
                ? InOnePiece(new PackedShape(shape))
                : Refused(" ([Packed] is for an address and a length: strings and lists)");
        }

        if (Has(attributes, "MultiValueAttribute"))
        {
            return shape is VectorShape or SpanShape or MemoryShape or ReferenceShape
                ? Refused(" ([MultiValue] is for a tuple or record)")
                : Borrows(shape) ? Lent
                : new MultiValueShape(shape);
        }

        return InOnePiece(shape);

        Found InOnePiece(Shape shape) =>
            _isMemory64 && shape.Flat.Count > 1
                ? Refused(" (a function of a [Memory64] class returns several values with [return: MultiValue])")
            : Borrows(shape) ? Lent
            : shape;

        static bool Borrows(Shape shape) => shape is ResourceShape { IsBorrow: true } || shape.Parts.Any(Borrows);
    }

    private static Found Lent => Refused(" (what is lent cannot outlive the call: return the resource itself)");

    /// <summary>Whether attributes say how a result crosses.</summary>
    internal static bool SaysHowResultCrosses(IMethodSymbol method) =>
        method.GetReturnTypeAttributes() is { IsEmpty: false } attributes
            && s_forms.Concat(s_places).Any(name => Has(attributes, name + "Attribute"));

    /// <summary>Why attributes that say more than one thing cannot be; null when they say one.</summary>
    private static string? Clash(ImmutableArray<AttributeData> attributes, string[] names)
    {
        if (attributes.Length < 2)
        {
            return null;
        }

        var said = new List<string>();
        foreach (string name in names)
        {
            if (Has(attributes, name + "Attribute"))
            {
                said.Add($"[{name}]");
            }
        }

        return said.Count > 1 ? $" ({string.Join(" and ", said)} exclude each other)" : null;
    }

    private static bool Has(ImmutableArray<AttributeData> attributes, string name)
    {
        foreach (AttributeData attribute in attributes)
        {
            if (attribute.AttributeClass.IsRuntimeType(name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The shape of a type with what attributes say of it.</summary>
    private Found With(ITypeSymbol type, ImmutableArray<AttributeData> attributes, Direction direction)
    {
        if (type.TypeKind == TypeKind.Error)
        {
            return NotSeen(type);
        }

        if (Clash(attributes, s_forms) is { } clash)
        {
            return Refused(clash);
        }

        if (_isAssemblyScript && _isMemory64)
        {
            return Refused(" ([AssemblyScript] and [Memory64] exclude each other)");
        }

        if (_rust is not null && (_isAssemblyScript || _isMemory64))
        {
            return Refused(
                $" ([RustWasmBindgen] and [{(_isMemory64 ? "Memory64" : "AssemblyScript")}] exclude each other)");
        }

        if (!_isMemory64)
        {
            return In32Bits(type, attributes, direction);
        }

        if (Custom(type, attributes) is null && Encoding(attributes) is null && Wide(type, direction) is { } wide)
        {
            return wide;
        }

        Found found = In32Bits(type, attributes, direction);
        return found.Shape?.NeedsMemory != true ? found : Refused(
            " (of a [Memory64] class, only UTF-8 strings, and arrays, spans, pointers and references of numbers or "
                + "structs of such, can be in memory)");
    }

    private Found In32Bits(ITypeSymbol type, ImmutableArray<AttributeData> attributes, Direction direction)
    {
        if (Custom(type, attributes) is { } custom)
        {
            return Use(type, custom, attributes, direction);
        }

        if (_rust is not null)
        {
            return Rust(type, attributes, direction);
        }

        return Plain(type, attributes, direction);
    }

    private Found Plain(ITypeSymbol type, ImmutableArray<AttributeData> attributes, Direction direction)
    {
        if (type.SpecialType == SpecialType.System_Object || Has(attributes, "ExternRefAttribute"))
        {
            return type.TypeKind is TypeKind.Class or TypeKind.Interface or TypeKind.Array or TypeKind.Delegate
                ? new ExternRefShape(
                    type.ToDisplayString(FullName),
                    type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(FullName))
                : Refused(" (only a class or interface can be an externref)");
        }

        if (type is INamedTypeSymbol { DelegateInvokeMethod: { } signature } callback)
        {
            return Callback(callback, signature, attributes, direction);
        }

        if (Has(attributes, "TableIndexAttribute"))
        {
            return Refused(" ([TableIndex] is for a delegate)");
        }

        return Encoding(attributes) is { } encoding ? Encoded(type, encoding)
            : _isAssemblyScript ? AssemblyScript(type, attributes, direction)
            : Of(type, direction);
    }

    private Found Of(ITypeSymbol type, Direction direction) =>
        type is not INamedTypeSymbol { Arity: 1, TypeArguments: [{ } element] } named ? Of(type)
        : named.Name == "Vector128"
            && named.ContainingNamespace.ToDisplayString() == "System.Runtime.Intrinsics"
            && ScalarOf(element.SpecialType) is { IsBlittable: true } lane
            ? new VectorShape(type.ToDisplayString(FullName), lane.Type)
        : named.IsSystemType("Span") || named.IsSystemType("ReadOnlySpan") ? Span(named, direction)
        : Of(type);

    /// <summary>The shape of a type wherever it stands.</summary>
    internal Found Of(ITypeSymbol type)
    {
        // What nearly all signatures are made of.
        if (ScalarOf(type.SpecialType) is { } scalar)
        {
            return scalar;
        }

        if (type is { SpecialType: SpecialType.System_String, NullableAnnotation: not NullableAnnotation.Annotated })
        {
            return s_string;
        }

        // By name: to Roslyn, a type of which it is not known whether it may be null equals one that may.
        string name = type.ToDisplayString(FullName);
        if (_known.TryGetValue(name, out Found known))
        {
            return known;
        }

        cancellation.ThrowIfCancellationRequested();
        if (_inside.Count == MaxDepth || IsDeep(type, MaxGenericDepth))
        {
            return Refused($" ('{user.Name}' uses a type in which others are nested too deeply)");
        }

        if (!_inside.Add(name))
        {
            return Refused($" ('{type.ToDisplayString()}' contains itself, which has no end in memory)");
        }

        Found found = Find(type, name);
        _inside.Remove(name);
        return _known[name] = found.Shape is null && found.Reason.Length == 0
            ? Refused($" ('{type.ToDisplayString()}' has no form in WebAssembly)", Remedies.Of(type))
            : found;
    }

    private static bool IsDeep(ITypeSymbol type, int depth) =>
        type is INamedTypeSymbol { IsGenericType: true } named
            && (depth == 0 || named.TypeArguments.Any(argument => IsDeep(argument, depth - 1)));

    private Found Find(ITypeSymbol type, string name)
    {
        if (type.TypeKind == TypeKind.Error)
        {
            return NotSeen(type);
        }

        if (type is INamedTypeSymbol { ConstructedFrom.SpecialType: SpecialType.System_Nullable_T } optional
            && optional.TypeArguments is [{ } nullable])
        {
            return Of(nullable).Then(value => new OptionShape(name, Optional.Nullable, value));
        }

        if (type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated })
        {
            return Of(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated))
                .Then(value => new OptionShape(name, Optional.Optional, value));
        }

        if (Custom(type, type.GetAttributes()) is { } custom)
        {
            return Use(type, custom, type.GetAttributes(), Direction.FromGuest);
        }

        if (FindList(type) is { } list)
        {
            return Of(list.Element).Then(element => new ListShape(name, list.Collection, element));
        }

        if (FindMap(type) is { } map)
        {
            return Key(map.Key).Then(key => Of(map.Value).Then(value => new MapShape(name, key, value)));
        }

        return type is INamedTypeSymbol named
            ? FindNamed(named, name).Then(shape => Made(named, shape))
            : Refused("");
    }

    /// <summary>A shape with what is marked as obsolete in its type.</summary>
    private Shape Made(INamedTypeSymbol type, Shape shape)
    {
        if (shape is RecordShape or VariantShape or EnumShape && !type.IsTupleType)
        {
            Warnings.AddMembers(type);
        }

        return Obsolete.IsIn(type) ? shape with { IsObsolete = true } : shape;
    }

    private Found FindNamed(INamedTypeSymbol type, string name)
    {
        if (type.TypeKind == TypeKind.Enum)
        {
            return EnumParser.Parse(type, () => StructName(type)) is { } shape ? shape : Refused("");
        }

        if (type.Name == "Rune" && type.ContainingNamespace.ToDisplayString() == "System.Text")
        {
            return new RuneShape();
        }

        if (type.IsRuntimeType("Option"))
        {
            return Of(type.TypeArguments[0]).Then(value => new OptionShape(name, Optional.Option, value));
        }

        if (type.IsRuntimeType("Result"))
        {
            return Payload(type.TypeArguments[0]).Then(
                value => Payload(type.TypeArguments[1]).Then(error => new ResultShape(name, value, error)));
        }

        if (type.FindAttribute("WasmResourceAttribute") is not null)
        {
            return new ResourceShape(name, name, IsBorrow: false);
        }

        if (type.IsRuntimeType("Borrow")
            && type.TypeArguments[0] is { } lent
            && lent.FindAttribute("WasmResourceAttribute") is not null)
        {
            return new ResourceShape(name, lent.ToDisplayString(FullName), IsBorrow: true);
        }

        if (type.IsRuntimeType("GuestPointer"))
        {
            return new PointerShape(name, type.TypeArguments[0].ToDisplayString(FullName));
        }

        return type.FindAttribute("WasmVariantAttribute") is not null ? Variant(type, name) : Record(type, name);
    }

    /// <summary>What may be nothing only in a result.</summary>
    private Found Payload(ITypeSymbol type) => type.IsRuntimeType("Unit") ? new UnitShape() : Of(type);

    private string StructName(INamedTypeSymbol type) =>
        taken.UniqueType("Wit" + (type.IsTupleType ? "Tuple" : type.Name));

    internal static ScalarShape? ScalarOf(SpecialType type) => type switch
    {
        SpecialType.System_Int32 => ScalarShape.Int,
        SpecialType.System_Boolean => s_bool,
        SpecialType.System_SByte => s_sbyte,
        SpecialType.System_Byte => s_byte,
        SpecialType.System_Int16 => s_short,
        SpecialType.System_UInt16 => s_ushort,
        SpecialType.System_UInt32 => s_uint,
        SpecialType.System_Int64 => s_long,
        SpecialType.System_UInt64 => s_ulong,
        SpecialType.System_Single => s_float,
        SpecialType.System_Double => s_double,
        _ => null,
    };

    private static readonly ScalarShape
        s_bool = new("bool", Scalar.Bool),
        s_sbyte = new("sbyte", Scalar.S8),
        s_byte = new("byte", Scalar.U8),
        s_short = new("short", Scalar.S16),
        s_ushort = new("ushort", Scalar.U16),
        s_uint = new("uint", Scalar.U32),
        s_long = new("long", Scalar.S64),
        s_ulong = new("ulong", Scalar.U64),
        s_float = new("float", Scalar.F32),
        s_double = new("double", Scalar.F64);
}
