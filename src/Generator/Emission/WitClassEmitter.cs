using WasmBindgen.Generator.Guests;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Parsing;

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
        if (bound.Guest is null)
        {
            return SourceFile.Write(
                model.Type,
                fileName + ".Wit.g.cs",
                "",
                writer => SourceFile.WriteError(writer, $"{bound.Problem!.Id}: {bound.Problem.Message}"),
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

        return model.Target.Side switch
        {
            WitSide.Import => ImportEmitter.Emit(WitImports.Of(model, bound), fileName, settings),
            WitSide.Export => ExportEmitter.Emit(WitExports.Of(model, bound), fileName, settings),
            _ => WorldEmitter.Emit(
                new WorldClass(WitImports.OfWorld(model, bound), bound.Guest.Imports, WitExports.Of(model, bound)),
                fileName,
                settings),
        };
    }
}
