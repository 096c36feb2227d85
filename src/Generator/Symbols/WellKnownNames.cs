using Microsoft.CodeAnalysis;

namespace WasmBindgen.Generator.Symbols;

/// <summary>The runtime's vocabulary, by name: the generator has no reference to the runtime.</summary>
internal static class WellKnownNames
{
    internal const string RuntimeNamespace = "WasmBindgen";
    internal const string WasmImportAttribute = "WasmBindgen.WasmImportAttribute";
    internal const string WasmExportAttribute = "WasmBindgen.WasmExportAttribute";
    internal const string WasmWorldAttribute = "WasmBindgen.WasmWorldAttribute";
    internal const string WitTypeAttribute = "WasmBindgen.WitTypeAttribute";
    internal const string WitNameAttribute = "WasmBindgen.WitNameAttribute";
    internal const string WitNamespaceAttribute = "WasmBindgen.WitNamespaceAttribute";
    internal const string WitPackageAttribute = "WasmBindgen.CompilerServices.WitPackageAttribute";

    /// <summary>What <c>GeneratedCodeAttribute</c> names on members that the generator wrote.</summary>
    internal const string ToolName = "WasmBindgen";

    /// <summary>Whether a type is the runtime's of that name, of any arity.</summary>
    internal static bool IsRuntimeType(this ITypeSymbol? type, string name) =>
        type is
        {
            ContainingNamespace: { Name: RuntimeNamespace, ContainingNamespace.IsGlobalNamespace: true },
            ContainingType: null,
        } && type.Name == name;

    /// <summary>Whether a type is that of namespace System.</summary>
    internal static bool IsSystemType(this ITypeSymbol? type, string name) =>
        type is
        {
            ContainingNamespace: { Name: nameof(System), ContainingNamespace.IsGlobalNamespace: true },
            ContainingType: null,
        } && type.Name == name;

    internal static bool IsCancellationToken(this ITypeSymbol type) => type is
    {
        Name: nameof(CancellationToken),
        ContainingNamespace:
        {
            Name: "Threading",
            ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true },
        },
    };

    internal static AttributeData? FindAttribute(this ISymbol symbol, string name)
    {
        foreach (AttributeData attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass.IsRuntimeType(name))
            {
                return attribute;
            }
        }

        return null;
    }

    /// <summary>A text that an attribute sets by name; null if it sets none.</summary>
    internal static string? Named(this AttributeData attribute, string name)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (argument.Key == name)
            {
                return argument.Value.Value as string;
            }
        }

        return null;
    }

    /// <summary>Whether the generator wrote this member, which only the analyzer ever sees.</summary>
    internal static bool IsGenerated(this ISymbol symbol) => symbol.GetAttributes().Any(static attribute =>
        attribute.AttributeClass?.Name == "GeneratedCodeAttribute"
        && attribute.ConstructorArguments is [{ Value: ToolName }, ..]);
}
