using WasmBindgen.Generator.Abi;
using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Emission;

/// <content>The types of values in memory, and their names.</content>
internal abstract partial class FlatLanguage
{
    /// <summary>The type of a value in memory.</summary>
    protected string InMemory(Shape value)
    {
        switch (value)
        {
            case ScalarShape scalar:
                return Of(scalar.Scalar);
            case RuneShape:
                return Of(Scalar.U32);
            case EnumShape shape:
                return EnumType(Named(NameOf(shape), type => EnumBody(type, shape)), shape);
            case ResourceShape resource:
                return Named(Simple(resource.Resource), HandleBody);
            case EncodedStringShape { Encoding: TextEncoding.CString }:
                return Character(isConst: false);
            case EncodedStringShape { Encoding: TextEncoding.Utf16 }:
                return ListOf(NameOf(value), Of(Scalar.U16));
            case StringShape or EncodedStringShape:
                return ListOf(NameOf(value), Of(Scalar.U8));
            case SpanShape { Element: null }:
                return ListOf("String", Of(Scalar.U8));
            case ListShape or SpanShape or MapShape:
                return ListOf(NameOf(value), InMemory(value.Parts.Single()));
            case FixedListShape list:
                return FixedList(NameOf(value), InMemory(list.Element), list.Length, list.Layout);
            case OptionShape option:
                return OptionOf(NameOf(value), InMemory(option.Value), option.Layout);
            case ResultShape result:
                return ResultOf(NameOf(value), Payload(result.Value), Payload(result.Error), result.Layout);
            case CustomShape custom:
                return InMemory(custom.Crossing);
            case PointerShape pointer:
                return PointerTo(Pointee(pointer.Pointee), isConst: false);
            case RecordShape record:
                Variable[] fields = Fields(record.Fields);
                return Named(NameOf(record), type => StructBody(type, fields, record.Layout));
            case VariantShape variant:
                (string, string?)[] cases = [.. variant.Cases.Select(one => (one.Name, Payload(variant, one)))];
                return Named(NameOf(variant), type =>
                    TaggedBody(type, new Variable(Of(TagOf(variant)), "tag"), cases, variant.Layout));
            default:
                return Slots("value", value, isConst: false).FirstOrDefault().Type ?? "";
        }
    }

    /// <summary>A type that is defined once, under a name that no other has.</summary>
    protected string Named(string name, Func<string, string> body)
    {
        for (int i = 1; ; i++)
        {
            string type = TypeName(i == 1 ? name : $"{name}{i}");
            string text = body(type);
            if (_definitions.TryGetValue(type, out string? known) ? known == text : _names.Add(type))
            {
                if (known is null)
                {
                    _definitions.Add(type, text);
                    Definitions.Add(text);
                }

                return type;
            }
        }
    }

    /// <summary>The name of a type in Pascal case.</summary>
    internal static string NameOf(Shape value) => value switch
    {
        ScalarShape scalar => scalar.Scalar.ToString(),
        RuneShape => "Char",
        StringShape => "String",
        EncodedStringShape text => text.Encoding.ToString(),
        RecordShape { Fields.Construction: Construction.Tuple } => "Tuple" + OfParts(value),
        OptionShape => "Option" + OfParts(value),
        ResultShape => "Result" + OfParts(value),
        MapShape map => "Map" + OfParts(map.Entry),
        FixedListShape list => $"Array{list.Length}" + OfParts(value),
        ListShape or SpanShape => "List" + OfParts(value),
        UnitShape => "Unit",
        CustomShape custom => NameOf(custom.Crossing),
        ResourceShape resource => Simple(resource.Resource),
        PointerShape => "Pointer",
        _ => Simple(value.Type),
    };

    private static Scalar TagOf(VariantShape variant) => Layout.CaseWidth(variant.Cases.Count) switch
    {
        1 => Scalar.U8,
        2 => Scalar.U16,
        _ => Scalar.U32,
    };

    private static string OfParts(Shape value) => string.Concat(value.Parts.Select(NameOf));

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word.Substring(1);

    /// <summary>A C# type without namespaces and outer types: <c>global::Demo.Pair&lt;int&gt;</c> is PairInt.</summary>
    private static string Simple(string type) => string.Concat(
        type.Replace("global::", "").Split('<', '>', ',', ' ', '?', '[', ']', '(', ')')
            .Where(static part => part.Length > 0)
            .Select(static part => Capital(part.Substring(part.LastIndexOf('.') + 1).TrimStart('@'))));

    private static Dictionary<string, Shape> Pointees(GuestSurface surface) => surface.Imports
        .SelectMany(static module => module.Functions)
        .Concat(surface.Exports)
        .SelectMany(static function =>
            function.Parameters.Select(static parameter => parameter.Value).Append(function.Result))
        .OfType<Shape>()
        .SelectMany(GuestSurface.WithParts)
        .Select(static shape => shape is ReferenceShape reference ? reference.Pointee : shape)
        .Where(static shape => shape is ScalarShape or EnumShape or RecordShape)
        .GroupBy(static shape => shape.Type)
        .ToDictionary(static group => group.Key, static group => group.First());

    private string? Pointee(string type) => _pointees.TryGetValue(type, out Shape? shape) ? InMemory(shape)
        : ScalarOf(type) is { } scalar ? Of(scalar)
        : null;

    private static Scalar? ScalarOf(string type) => type switch
    {
        "sbyte" => Scalar.S8,
        "byte" => Scalar.U8,
        "short" => Scalar.S16,
        "ushort" or "char" => Scalar.U16,
        "int" => Scalar.S32,
        "uint" => Scalar.U32,
        "long" => Scalar.S64,
        "ulong" => Scalar.U64,
        "float" => Scalar.F32,
        "double" => Scalar.F64,
        _ => null,
    };

    private Variable[] Fields(Fields fields) =>
    [
        .. fields.Items.Select(field => new Variable(
            InMemory(field.Value), Free(ParameterName(field.Name), []))),
    ];

    private string? Payload(Shape value) => value is UnitShape ? null : InMemory(value);

    private string? Payload(VariantShape variant, Case one) => one.Fields.Items.Count switch
    {
        0 => null,
        1 => InMemory(one.Fields.Items[0].Value),
        _ => Payload(one.Fields, NameOf(variant) + one.Name),
    };

    private string Payload(Fields fields, string name)
    {
        Variable[] variables = Fields(fields);
        return Named(name, type => StructBody(type, variables, fields.Layout));
    }
}
