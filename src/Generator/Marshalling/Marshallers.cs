using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using WasmBindgen.Generator.Emission;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Parsing;

namespace WasmBindgen.Generator.Marshalling;

/// <summary>Which way a parameter or result goes.</summary>
internal enum Direction
{
    /// <summary>Core to C#: a host method's parameter, a stub's result.</summary>
    FromGuest,

    /// <summary>C# to core: a host method's result, a stub's parameter.</summary>
    ToGuest,
}

/// <summary>
/// Picks the marshallers for the C# types of one binding class, and names the structs for the shapes that it needs. There is no
/// fallback: a type that no marshaller is for is a diagnostic.
/// </summary>
/// <param name="taken">The names that the class has already.</param>
/// <param name="user">The class.</param>
internal sealed partial class Marshallers(HashSet<string> taken, INamedTypeSymbol user)
{
    // What attributes may say of a value's form, and of where a result's parts go.
    private static readonly string[] s_forms = ["CString", "Utf16", "Latin1", "ExternRef", "TableIndex", "WasmMarshaller"];
    private static readonly string[] s_places = ["Packed", "MultiValue"];

    private readonly Dictionary<string, Marshaller?> _known = new(StringComparer.Ordinal);

    private readonly Dictionary<string, string> _reasons = new(StringComparer.Ordinal);

    private readonly Dictionary<(string Type, string? Table), string> _callbacks = [];

    private readonly bool _isAssemblyScript = user.FindAttribute("AssemblyScriptAttribute") is not null;

    private readonly bool _isMemory64 = user.FindAttribute("Memory64Attribute") is not null;

    private readonly HashSet<string> _inside = new(StringComparer.Ordinal);

    /// <summary>The type as generated code names it, with what may be null in it.</summary>
    private static SymbolDisplayFormat FullName { get; } = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>Whether parameters that take more slots than there are can lie in memory instead.</summary>
    internal bool CanSpill => !_isMemory64;

    /// <summary>Why the last type that was refused was, for the message: empty, or in brackets which part of it cannot cross.</summary>
    internal string Reason { get; private set; } = "";

    /// <summary>The marshaller for a parameter; null if its type cannot cross.</summary>
    internal Marshaller? For(IParameterSymbol parameter, Direction direction)
    {
        if (parameter.RefKind is RefKind.Ref or RefKind.Out)
        {
            return For(parameter.Type) is { IsBlittable: true } pointee ? new ReferenceMarshaller(pointee, _isMemory64) : null;
        }

        return With(parameter.Type, parameter.GetAttributes(), direction) is var marshaller && direction == Direction.FromGuest && !_isAssemblyScript
            && marshaller is null or ListMarshaller or WideListMarshaller && Lent(parameter.Type) is { } lent
                ? lent
                : marshaller;
    }

    /// <summary>The marshaller for a method's result of a type; null if it cannot cross.</summary>
    internal Marshaller? For(IMethodSymbol method, ITypeSymbol type, Direction direction)
    {
        ImmutableArray<AttributeData> attributes = method.GetReturnTypeAttributes();
        Marshaller? marshaller = Clash(attributes, s_places) ? null : With(type, attributes, direction);
        if (marshaller is not null && Has(attributes, "PackedAttribute"))
        {
            Reason = " ([Packed] is for an address and a length: strings and lists)";
            marshaller = marshaller.Flat is [CoreType.I32, CoreType.I32] && marshaller is StringMarshaller or ListMarshaller or EncodedStringMarshaller
                ? new PackedMarshaller(marshaller)
                : null;
        }

        if (marshaller is not null && Has(attributes, "MultiValueAttribute"))
        {
            Reason = " ([MultiValue] is for a tuple or record)";
            marshaller = marshaller.Shape.Length > 0 || marshaller is WideMarshaller ? new MultiValueMarshaller(marshaller) : null;
        }

        if (_isMemory64 && marshaller is not (null or MultiValueMarshaller) && marshaller.Flat.Count > 1)
        {
            Reason = " (a function of a [Memory64] class returns several values with [return: MultiValue])";
            return null;
        }

        if (marshaller is not null && Borrows(marshaller))
        {
            Reason = " (what is lent cannot outlive the call: return the resource itself)";
            return null;
        }

        return marshaller;

        static bool Borrows(Marshaller marshaller) => marshaller is ResourceMarshaller { IsBorrow: true } || marshaller.Parts.Any(Borrows);
    }

    /// <summary>Whether attributes say how a result crosses.</summary>
    internal static bool SaysHowResultCrosses(IMethodSymbol method) => s_forms.Concat(s_places).Any(name => Has(method.GetReturnTypeAttributes(), name + "Attribute"));

    /// <summary>Whether attributes say more than one thing, of which only one can be.</summary>
    private bool Clash(ImmutableArray<AttributeData> attributes, string[] names)
    {
        string[] said = [.. names.Where(name => Has(attributes, name + "Attribute")).Select(static name => $"[{name}]")];
        Reason = said.Length > 1 ? $" ({string.Join(" and ", said)} exclude each other)" : Reason;
        return said.Length > 1;
    }

    private static bool Has(ImmutableArray<AttributeData> attributes, string name) => attributes.Any(attribute => attribute.AttributeClass.IsRuntimeType(name));

    /// <summary>The marshaller for a type with what attributes say of it.</summary>
    private Marshaller? With(ITypeSymbol type, ImmutableArray<AttributeData> attributes, Direction direction)
    {
        if (Clash(attributes, s_forms))
        {
            return null;
        }

        if (!_isMemory64)
        {
            return In32Bits(type, attributes, direction);
        }

        if (_isAssemblyScript)
        {
            Reason = " ([AssemblyScript] and [Memory64] exclude each other)";
            return null;
        }

        if (Custom(type, attributes) is null && Encoding(attributes) is null && WideMarshaller.For(type, type.ToDisplayString(FullName), direction, For) is { } wide)
        {
            return wide;
        }

        Marshaller? marshaller = In32Bits(type, attributes, direction);
        if (marshaller?.NeedsMemory == true)
        {
            Reason = " (of a [Memory64] class, only UTF-8 strings, and arrays, spans, pointers and references of numbers or structs of such, can be in memory)";
            return null;
        }

        return marshaller;
    }

    private Marshaller? In32Bits(ITypeSymbol type, ImmutableArray<AttributeData> attributes, Direction direction)
    {
        if (Custom(type, attributes) is { } custom)
        {
            return Use(type, custom);
        }

        if (Has(attributes, "ExternRefAttribute") || type.SpecialType == SpecialType.System_Object)
        {
            Reason = " (only a class or interface can be an externref)";
            return type.TypeKind is TypeKind.Class or TypeKind.Interface or TypeKind.Array or TypeKind.Delegate
                ? new ExternRefMarshaller(type.ToDisplayString(FullName), type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(FullName))
                : null;
        }

        if (type is INamedTypeSymbol { DelegateInvokeMethod: { } signature } callback)
        {
            return Callback(callback, signature, attributes, direction);
        }

        if (Has(attributes, "TableIndexAttribute"))
        {
            Reason = " ([TableIndex] is for a delegate)";
            return null;
        }

        return Encoding(attributes) is { } encoding ? Encoded(type, encoding)
            : _isAssemblyScript ? AssemblyScript(type)
            : For(type, direction);
    }

    private Marshaller? AssemblyScript(ITypeSymbol type)
    {
        Marshaller? value = (Marshaller?)AssemblyScriptMarshaller.For(type) ?? (For(type, Direction.FromGuest) as SlotMarshaller);
        Reason = " (of an [AssemblyScript] class, only strings and arrays of numbers can be in memory)";
        return value;
    }

    /// <summary>The runtime's struct for the encoding that attributes say; null for none.</summary>
    private static string? Encoding(ImmutableArray<AttributeData> attributes) =>
        Has(attributes, "CStringAttribute") ? "WitCString"
        : Has(attributes, "Utf16Attribute") ? "WitUtf16"
        : Has(attributes, "Latin1Attribute") ? "WitLatin1"
        : null;

    /// <summary>The marshaller for a string in an encoding; one that may be null is a null pointer in C, and else an option.</summary>
    private Marshaller? Encoded(ITypeSymbol type, string encoding)
    {
        Reason = _isAssemblyScript ? " (the strings of an [AssemblyScript] class are AssemblyScript's)" : " (only a string has an encoding)";
        return type.SpecialType != SpecialType.System_String || _isAssemblyScript ? null
            : type.NullableAnnotation != NullableAnnotation.Annotated ? new EncodedStringMarshaller("string", encoding)
            : encoding == "WitCString" ? new EncodedStringMarshaller("string?", $"WitNullAddress<string, {SourceFile.Services}.WitCString>")
            : new OptionMarshaller("string?", "WitOptional", new EncodedStringMarshaller("string", encoding));
    }

    private CallbackMarshaller? Callback(INamedTypeSymbol type, IMethodSymbol signature, ImmutableArray<AttributeData> attributes, Direction direction)
    {
        AttributeData? index = attributes.FirstOrDefault(static attribute => attribute.AttributeClass.IsRuntimeType("TableIndexAttribute"));
        string? table = index?.ConstructorArguments is [{ Value: string name }] ? name : null;
        if (index is not null && (table is null || direction == Direction.ToGuest))
        {
            Reason = " ([TableIndex] is for what a guest passes to the host, and names a table)";
            return null;
        }

        var result = (signature.ReturnsVoid ? null : For(signature.ReturnType)) as SlotMarshaller;
        SlotMarshaller[] parameters = [.. signature.Parameters
            .Select(parameter => parameter.RefKind == RefKind.None ? For(parameter.Type) as SlotMarshaller : null)
            .OfType<SlotMarshaller>()];
        if (parameters.Length < signature.Parameters.Length || signature.ReturnsVoid != result is null)
        {
            Reason = $" (the parameters and the result of a guest's function '{type.ToDisplayString()}' must be numbers, enums or the like)";
            return null;
        }

        string fullName = type.ToDisplayString(FullName);
        if (!_callbacks.TryGetValue((fullName, table), out string? shape))
        {
            _callbacks.Add((fullName, table), shape = ShapeName(type));
        }

        Reason = "";
        return new CallbackMarshaller(
            fullName, type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(FullName), shape, parameters.ToEquatableArray(), result, table)
        {
            IsObsolete = Obsolete.IsIn(type),
        };
    }

    /// <summary>What a host method looks at where it lies, though it may await; null for anything else.</summary>
    private LentMemoryMarshaller? Lent(ITypeSymbol type) =>
        type is INamedTypeSymbol { Arity: 1, TypeArguments: [{ } element] } && (type.IsSystemType("Memory") || type.IsSystemType("ReadOnlyMemory"))
        && For(element) is { IsBlittable: true } value
            ? new LentMemoryMarshaller(type.ToDisplayString(FullName), value, _isMemory64)
            : null;

    private Marshaller? For(ITypeSymbol type, Direction direction)
    {
        Reason = "";
        return VectorMarshaller.For(type, type.ToDisplayString(FullName)) is { } vector ? vector
            : type is INamedTypeSymbol { Name: "Span" or "ReadOnlySpan", Arity: 1 } span && (span.IsSystemType("Span") || span.IsSystemType("ReadOnlySpan"))
            ? Span(span, direction)
            : For(type);
    }

    /// <summary>The marshaller for a type wherever it stands; null if it cannot cross.</summary>
    internal Marshaller? For(ITypeSymbol type)
    {
        // By name: to Roslyn, a type of which it is not known whether it may be null equals one that may.
        string name = type.ToDisplayString(FullName);
        if (!_known.TryGetValue(name, out Marshaller? marshaller))
        {
            _known.Add(name, null);
            _inside.Add(name);
            _known[name] = marshaller = Make(type, name);
            _inside.Remove(name);
        }
        else if (_inside.Contains(name))
        {
            Reason = $" ('{type.ToDisplayString()}' contains itself, which has no end in memory)";
        }
        else if (_reasons.TryGetValue(name, out string? known))
        {
            Reason = known;
        }

        if (marshaller is null)
        {
            Reason = Reason.Length > 0 ? Reason : $" ('{type.ToDisplayString()}' has no form in WebAssembly)";
            _reasons[name] = Reason;
        }

        return marshaller;
    }

    private Marshaller? Make(ITypeSymbol type, string name)
    {
        if (type is INamedTypeSymbol { ConstructedFrom.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [{ } nullable] })
        {
            return For(nullable) is { } value ? new OptionMarshaller(name, "WitNullable", value) : null;
        }

        if (type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated })
        {
            return For(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated)) is { } value ? new OptionMarshaller(name, "WitOptional", value) : null;
        }

        if (Custom(type, type.GetAttributes()) is { } custom)
        {
            return Use(type, custom);
        }

        if (type.SpecialType == SpecialType.System_String)
        {
            return new StringMarshaller();
        }

        if (ListMarshaller.Find(type) is { } list)
        {
            return For(list.Element) is { } element ? new ListMarshaller(name, list.Collection, element) : null;
        }

        return type is INamedTypeSymbol named
            ? ScalarMarshaller.For(type.SpecialType) ?? (MakeNamed(named, name) is { } made ? made with { IsObsolete = Obsolete.IsIn(named) } : null)
            : null;
    }

    private Marshaller? MakeNamed(INamedTypeSymbol type, string name)
    {
        if (type.TypeKind == TypeKind.Enum)
        {
            return EnumMarshaller.For(type, ShapeName(type));
        }

        if (type is { Name: "Rune", ContainingNamespace: { Name: "Text", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } })
        {
            return new RuneMarshaller();
        }

        if (type.IsRuntimeType("Option"))
        {
            return For(type.TypeArguments[0]) is { } value ? new OptionMarshaller(name, "WitOption", value) : null;
        }

        if (type.IsRuntimeType("Result"))
        {
            return Payload(type.TypeArguments[0]) is { } value && Payload(type.TypeArguments[1]) is { } error ? new ResultMarshaller(name, value, error) : null;
        }

        if (type.FindAttribute("WasmResourceAttribute") is not null)
        {
            return new ResourceMarshaller(name, name, IsBorrow: false);
        }

        if (type.IsRuntimeType("Borrow") && type.TypeArguments[0] is { } lent && lent.FindAttribute("WasmResourceAttribute") is not null)
        {
            return new ResourceMarshaller(name, lent.ToDisplayString(FullName), IsBorrow: true);
        }

        if (type.IsRuntimeType("GuestPointer"))
        {
            return new PointerMarshaller(name, type.TypeArguments[0].ToDisplayString(FullName));
        }

        if (type.FindAttribute("WasmVariantAttribute") is not null)
        {
            return Variant(type, name);
        }

        return Record(type, name);
    }

    private SpanMarshaller? Span(INamedTypeSymbol span, Direction direction)
    {
        ITypeSymbol type = span.TypeArguments[0];
        string name = span.ToDisplayString(FullName);
        if (type.SpecialType == SpecialType.System_Char)
        {
            if (direction == Direction.ToGuest)
            {
                return new SpanMarshaller(name, null);
            }

            Reason = " (a guest's text is UTF-8: take a string, or a ReadOnlySpan<byte>)";
            return null;
        }

        Marshaller? element = For(type);
        if (element is not null && direction == Direction.FromGuest && !element.IsBlittable)
        {
            Reason = " (only numbers, and structs of public fields or properties of such, can be viewed where they lie: take an array)";
            return null;
        }

        return element is null ? null : new SpanMarshaller(name, element);
    }

    /// <summary>What may be nothing only in a result.</summary>
    private Marshaller? Payload(ITypeSymbol type) => type.IsRuntimeType("Unit") ? new UnitMarshaller() : For(type);

    private string ShapeName(INamedTypeSymbol type) => TypeParser.UniqueType("Wit" + (type.IsTupleType ? "Tuple" : type.Name), taken, user);
}
