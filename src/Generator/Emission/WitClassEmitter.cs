using WasmBindgen.Generator.Guests;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Parsing;
using WasmBindgen.Generator.Text;

namespace WasmBindgen.Generator.Emission;

/// <summary>The generated part of a class that is bound to WIT.</summary>
internal static class WitClassEmitter
{
    /// <param name="model">The class.</param>
    /// <param name="bound">What it is bound to.</param>
    /// <param name="fileName">The name of its file.</param>
    /// <param name="settings">What the project can compile.</param>
    internal static GeneratedSource Emit(WitClass model, WitBound bound, string fileName, ProjectSettings settings)
    {
        string? problem = bound.Problem is { } found ? $"{found.Id}: {found.Message}"
            : WitClashes.Of(model, bound).FirstOrDefault()?.Text;
        if (problem is not null)
        {
            return SourceFile.Write(
                model.Type,
                fileName + ".Wit.g.cs",
                "",
                writer => SourceFile.WriteError(writer, problem),
                isUnsafe: false);
        }

        if (bound.HasDeprecated)
        {
            model = model with
            {
                Type = model.Type with
                {
                    Warnings = model.Type.Warnings.Append(WitDocumentation.DeprecatedId).ToEquatableArray(),
                },
            };
        }

        switch (model.Target.Side)
        {
            case WitSide.Import:
                ImportClass host = WitImports.Of(model, bound);
                return ImportEmitter.Emit(host with { Type = Serving(host.Type, [host]) }, fileName, settings);
            case WitSide.Export:
                return ExportEmitter.Emit(WitExports.Of(model, bound), fileName, settings);
            default:
                EquatableArray<ImportClass> imports = WitImports.OfWorld(model, bound);
                ExportClass exports = WitExports.Of(model, bound);
                return WorldEmitter.Emit(
                    new WorldClass(
                        imports,
                        bound.Guest!.Imports,
                        exports with { Type = Serving(exports.Type, imports) }),
                    fileName,
                    settings);
        }
    }

    /// <summary>Says what a class gives guests, for analyzers that compare it with them.</summary>
    private static TypeDeclaration Serving(TypeDeclaration type, IEnumerable<ImportClass> imports) => type with
    {
        Attributes = imports.Select(static import => CSharp.Enclose(
            $"[{CSharp.Services}::Serves(",
            import.Functions.Select(static function => CSharp.Literal(function.WasmName))
                .Prepend(CSharp.Literal(import.Module)),
            ")]")).ToEquatableArray(),
    };
}
