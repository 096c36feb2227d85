using Microsoft.CodeAnalysis;

namespace WasmBindgen.Generator.Symbols;

/// <summary>
/// The official package Wasmtime, which the bindings work with when a compilation references it in full.
/// </summary>
internal static class OfficialPackage
{
    internal const string Namespace = "Wasmtime";

    /// <summary>The generated class of extensions.</summary>
    internal const string Extensions = "WasmBindgenExtensions";

    private const string Assembly = "Wasmtime.Dotnet";

    /// <summary>Whether there are both that package and a runtime that works with it.</summary>
    internal static bool IsReferenced(Compilation compilation) =>
        compilation.ReferencedAssemblyNames.Any(static name => name.Name == Assembly)
        && compilation.GetTypeByMetadataName("WasmBindgen.CompilerServices.OfficialPackage") is not null;

    /// <summary>Whether a type is that package's of that name.</summary>
    internal static bool IsType(ITypeSymbol? type, string name) =>
        type is
        {
            ContainingNamespace: { Name: Namespace, ContainingNamespace.IsGlobalNamespace: true },
            ContainingType: null,
        } && type.Name == name;

    /// <summary>
    /// Whether a referenced assembly shows this one its extensions, which a second set would make ambiguous.
    /// </summary>
    internal static bool HasExtensions(Compilation compilation) => compilation
        .GetTypesByMetadataName($"{Namespace}.{Extensions}")
        .Any(type => compilation.IsSymbolAccessibleWithin(type, compilation.Assembly));
}
