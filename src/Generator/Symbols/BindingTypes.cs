using Microsoft.CodeAnalysis;

namespace WasmBindgen.Generator.Symbols;

/// <summary>The <c>[WasmImport]</c>, <c>[WasmExport]</c> and <c>[WasmWorld]</c> classes of an assembly.</summary>
internal static class BindingTypes
{
    /// <summary>Those in a namespace or type.</summary>
    internal static IEnumerable<INamedTypeSymbol> In(
        INamespaceOrTypeSymbol container, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        foreach (INamespaceOrTypeSymbol member in container.GetMembers().OfType<INamespaceOrTypeSymbol>())
        {
            if (member is INamedTypeSymbol type
                && (type.FindAttribute("WasmImportAttribute")
                    ?? type.FindAttribute("WasmExportAttribute")
                    ?? type.FindAttribute("WasmWorldAttribute")) is not null)
            {
                yield return type;
            }

            foreach (INamedTypeSymbol inner in In(member, cancellation))
            {
                yield return inner;
            }
        }
    }
}
