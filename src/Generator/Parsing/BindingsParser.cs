using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WasmBindgen.Generator.Diagnostics;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Symbols;

namespace WasmBindgen.Generator.Parsing;

/// <summary>The files for those who write guests that a project wants, and the classes that they are about.</summary>
internal static class BindingsParser
{
    /// <summary>The items, which the build settings put into one property: path?package?class,class|…</summary>
    internal static EquatableArray<WantedBindings> Wanted(AnalyzerConfigOptions options) =>
        options.TryGetValue("build_property.WasmGuestBindings", out string? items) && items.Length > 0
            ? items.Split('|')
                .Select(static item => item.Split('?'))
                .Where(static item => item.Length == 3)
                .Select(static item => new WantedBindings(item[0], item[1], Names(item[2]).ToEquatableArray()))
                .ToEquatableArray()
            : default;

    /// <summary>All classes of a compilation. What is wrong with them is told where they are generated.</summary>
    internal static BoundClasses Classes(Compilation compilation, CancellationToken cancellation)
    {
        INamedTypeSymbol[] types = [.. BindingTypes.In(compilation.Assembly.GlobalNamespace, cancellation)
            .OrderBy(static type => type.ToDisplayString(), StringComparer.Ordinal)];
        return new BoundClasses(
            compilation.AssemblyName ?? "",
            Models("WasmImportAttribute", ImportParser.Parse),
            Models("WasmExportAttribute", ExportParser.Parse));

        EquatableArray<T> Models<T>(
            string attribute, Func<INamedTypeSymbol, AttributeData, DiagnosticSink, CancellationToken, T?> parse)
            where T : class =>
            types.Select(type => type.FindAttribute(attribute) is { } found && !WitClassParser.IsBound(found)
                    ? parse(type, found, DiagnosticSink.None, cancellation)
                    : null)
                .OfType<T>()
                .ToEquatableArray();
    }

    private static IEnumerable<string> Names(string list) =>
        list.Split(',').Select(static name => name.Trim()).Where(static name => name.Length > 0);
}
