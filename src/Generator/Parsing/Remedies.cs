using Microsoft.CodeAnalysis;
using WasmBindgen.Generator.Symbols;

namespace WasmBindgen.Generator.Parsing;

/// <summary>What to use in place of a type that has no form in WebAssembly.</summary>
internal static class Remedies
{
    private const string Marshaller = "say with [WasmMarshaller] how it crosses";
    private const string Stream = "use a byte[] or ReadOnlySpan<byte>, or wrap it in a [WasmResource] class";

    /// <summary>What to do, after a colon; null when nothing better is known than the types that can cross.</summary>
    internal static string? Of(ITypeSymbol type) => type switch
    {
        IPointerTypeSymbol => "use a GuestPointer<T>, or a Span<T>",
        IArrayTypeSymbol { IsSZArray: false } => "use an array of arrays",
        IDynamicTypeSymbol => "use object",
        INamedTypeSymbol named => Of(named),
        _ => null,
    };

    private static string? Of(INamedTypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Char => "use a Rune, or a string",
        SpecialType.System_IntPtr or SpecialType.System_UIntPtr =>
            "use a GuestPointer<T> for an address, int or long for a number",
        SpecialType.System_Decimal => $"use a double or a string, or {Marshaller}",
        SpecialType.System_DateTime => $"use a long, such as milliseconds, or {Marshaller}",
        SpecialType.System_Object => "pass it by itself, as a parameter or result: it is an externref",
        _ when type.TypeKind == TypeKind.Delegate => "pass it by itself, as a parameter or result",
        _ when type.TypeKind == TypeKind.Enum => "give it a member",
        _ => type.ContainingNamespace.ToDisplayString() is var space && space == WellKnownNames.RuntimeNamespace
            ? OfRuntime(type.Name)
            : OfLibrary(space, type.Name) ?? (IsDerivedFrom(type, "System.IO", "Stream") ? Stream
                : IsLibrary(space) ? Marshaller
                : OfUser(type)),
    };

    private static string? OfRuntime(string name) => name switch
    {
        "Caller" or "Memory" or "Store" => "only methods of a [WasmImport] class take it, by value",
        "Interrupt" or "Interruptible" => "only a method of a [WasmImport] class returns it",
        "GuestResult" => "only a method of a [WasmExport] class returns it",
        "Unit" => "leave it out, except in a Result",
        "Borrow" => "mark the class that is lent [WasmResource]",
        _ => null,
    };

    private static string? OfLibrary(string space, string name) => (space, name) switch
    {
        ("System", "Guid") => $"use a string or byte[], or {Marshaller}",
        ("System", "Uri") or ("System.Text", "StringBuilder") => $"use a string, or {Marshaller}",
        ("System", "TimeSpan" or "DateTimeOffset" or "DateOnly" or "TimeOnly") =>
            $"use a long, such as milliseconds, or {Marshaller}",
        ("System", "Half") => $"use a float, or {Marshaller}",
        ("System.Threading", "CancellationToken") =>
            "take it as a parameter by value, which is the last one of a [WasmExport] method",
        ("System.Threading.Tasks", _) when name is "Task" or "ValueTask" =>
            "let the method itself return the task, of a type that can cross",
        ("System.Collections.Generic" or "System.Collections.Immutable", _) when name.Contains("Dictionary") =>
            "use a Dictionary<TKey, TValue>",
        ("System.Collections.Generic" or "System.Collections.Immutable", _) => "use T[], List<T> or ImmutableArray<T>",
        _ => null,
    };

    private static string OfUser(INamedTypeSymbol type) =>
        type.TypeKind == TypeKind.Struct ? "mark it [WasmRecord], or make it a record struct"
        : type.IsAbstract
            ? "make it an abstract record with [WasmVariant] and nested cases, or pass a reference to it with "
                + "[ExternRef]"
        : "mark it [WasmRecord], or pass a reference to it with [ExternRef] or as a [WasmResource]";

    private static bool IsLibrary(string space) =>
        space is "System" or "Microsoft"
        || space.StartsWith("System.", StringComparison.Ordinal)
        || space.StartsWith("Microsoft.", StringComparison.Ordinal);

    private static bool IsDerivedFrom(INamedTypeSymbol type, string space, string name)
    {
        for (INamedTypeSymbol? part = type; part is not null; part = part.BaseType)
        {
            if (part.Name == name && part.ContainingNamespace.ToDisplayString() == space)
            {
                return true;
            }
        }

        return false;
    }
}
