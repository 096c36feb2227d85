using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Emission;

/// <summary>Expressions that compare values by what is in their lists and dictionaries.</summary>
internal static class EqualityText
{
    private const string Structure = "global::WasmBindgen.CompilerServices.Structure";

    /// <summary>Whether a value has lists or dictionaries in it that its own equality does not look into.</summary>
    internal static bool HasLists(Shape value) => value switch
    {
        ListShape or FixedListShape or MapShape => true,
        RecordShape { Fields.Construction: not Construction.Tuple } or VariantShape => false,
        _ => value.Parts.Any(HasLists),
    };

    /// <summary>The expression for whether two values are equal.</summary>
    internal static string Equal(Shape value, string left, string right)
    {
        if (!HasLists(value))
        {
            return $"global::System.Collections.Generic.EqualityComparer<{value.Type}>.Default.Equals({left}, {right})";
        }

        switch (value)
        {
            case OptionShape { Kind: Optional.Optional } option:
                return Equal(option.Value, left, right); // null is a list like others
            case ListShape { Element: var element } when !HasLists(element):
                return $"{Structure}.Equal({left}, {right})";
            case FixedListShape { Element: var element } when !HasLists(element):
                return $"{Structure}.Equal({left}, {right})";
            case RecordShape tuple:
                return $"({string.Join(" && ", tuple.Fields.Items.Select(item =>
                    Equal(item.Value, $"{left}.{item.Member}", $"{right}.{item.Member}")))})";
            default:
                return $"{Structure}.Equal({string.Join(", ", new[] { left, right }.Concat(
                    ComparedParts(value).Select(static part => $"static (x, y) => {Equal(part, "x", "y")}")))})";
        }
    }

    /// <summary>The expression for a value's hash.</summary>
    internal static string Hash(Shape value, string name) => value switch
    {
        ListShape list => $"{Structure}.Hash({name}, static x => {Hash(list.Element, "x")})",
        FixedListShape list => $"{Structure}.Hash({name}, static x => {Hash(list.Element, "x")})",
        MapShape => $"{Structure}.Hash({name})",
        OptionShape { Kind: Optional.Optional } option when HasLists(value) => Hash(option.Value, name),
        OptionShape when HasLists(value) => $"({name}.HasValue ? 1 : 0)",
        ResultShape when HasLists(value) => $"({name}.IsOk ? 1 : 0)",
        RecordShape tuple when HasLists(value) =>
            $"global::System.HashCode.Combine({string.Join(", ", tuple.Fields.Items.Take(8).Select(item =>
                Hash(item.Value, $"{name}.{item.Member}")))})",
        _ when IsValueType(value) => $"{name}.GetHashCode()",
        _ => $"({name}?.GetHashCode() ?? 0)",
    };

    private static IEnumerable<Shape> ComparedParts(Shape value) =>
        value is MapShape map ? [map.Value] : value.Parts;

    private static bool IsValueType(Shape value) => value switch
    {
        StringShape or VariantShape or OptionShape { Kind: Optional.Optional } => false,
        ResourceShape { IsBorrow: var isBorrow } => isBorrow,
        RecordShape record => !record.IsReference,
        _ => true,
    };
}
