using System.Globalization;
using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Guests;

/// <summary>
/// The shapes of generated types in a few letters, by which another assembly knows that they are those of its own WIT.
/// </summary>
internal static class WitFingerprint
{
    /// <summary>Of a type: its kind, its parts by name and order, and what these are.</summary>
    internal static string Of(DeclaredType type) => Hash(type switch
    {
        DeclaredRecord record => (record.IsReference ? "class" : "struct")
            + Lines(record.Fields.Select(static field => $"{field.Name} {Text(field.Value)}")),
        DeclaredVariant variant => "variant"
            + Lines(variant.Cases.Select(static one => $"{one.Name} {(one.Value is { } value ? Text(value) : "")}")),
        DeclaredEnum numbers => (numbers.IsFlags ? "flags" : "enum")
            + Lines(numbers.Members.Select(static member => member.Name)),
        _ => throw new NotSupportedException(type.GetType().Name),
    });

    /// <summary>Of a contract: its methods, in whatever order and with whatever names of parameters.</summary>
    internal static string Of(Contract contract) => Hash("contract" + Methods(contract.Methods));

    /// <summary>Of a class for a guest's resource: the same.</summary>
    internal static string Of(HandleClass handle) => Hash("handle" + Methods(handle.Methods));

    private static string Methods(EquatableArray<DeclaredMethod> methods) => Lines(methods
        .Select(static method =>
            (method.Token is null ? "" : "async ")
                + $"{method.WasmName} {method.Name} {(method.Result is { } result ? Text(result) : "")}"
                + Lines(method.Parameters.Select(static parameter => Text(parameter.Value))))
        .OrderBy(static line => line, StringComparer.Ordinal));

    /// <summary>Of all types and contracts of a package.</summary>
    internal static string Of(DeclaredNamespace space) => string.Join(
        " ",
        space.Types
            .Where(static type => type.Namespace is null)
            .Select(static type => $"{type.Name}={Of(type)}")
            .Concat(space.Contracts.Select(static contract => $"{contract.Name}={Of(contract)}"))
            .Concat(space.Handles.Select(static handle => $"{handle.Name}={Of(handle)}")));

    private static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(static line => "\n" + line));

    /// <summary>A value's type, with what C# does not say of it.</summary>
    private static string Text(Shape value) => value.Type + Lengths(value);

    private static string Lengths(Shape value) => value switch
    {
        FixedListShape list => $" {list.Length}{Lengths(list.Element)}",
        RecordShape { Fields.Construction: not Construction.Tuple } or VariantShape => "", // has a name of its own
        _ => string.Concat(value.Parts.Select(Lengths)),
    };

    /// <summary>FNV-1a, of 64 bits.</summary>
    private static string Hash(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in text)
        {
            hash = unchecked((hash ^ c) * 1099511628211);
        }

        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }
}
