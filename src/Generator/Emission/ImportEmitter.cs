using WasmBindgen.Generator.Marshalling;
using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Parsing;
using WasmBindgen.Generator.Text;
using static WasmBindgen.Generator.Emission.SourceFile;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Emission;

/// <summary>A <c>[WasmImport]</c> class's generated part: its registration, and one thunk a function.</summary>
internal static class ImportEmitter
{
    /// <param name="model">The class.</param>
    /// <param name="fileName">The name of its file.</param>
    /// <param name="settings">What the project can compile.</param>
    internal static GeneratedSource Emit(ImportClass model, string fileName, ProjectSettings settings) =>
        SourceFile.Write(
            model.Type,
            fileName + ".WasmImport.g.cs",
            model.IsStatic ? ""
                : $" : {(model.Contract is { } contract ? contract + ", " : "")}{PublicRuntime}.IWasmImports",
            writer =>
            {
                WriteError(writer, model.Error);
                WriteRegistration(writer, model, settings);
                ContractText.Write(writer, model.Forwards.Where(static member => !member.IsAwaited).ToEquatableArray());
                if (settings.CanCompile)
                {
                    writer.WriteLine();
                    WriteThunks(writer, model);
                }
            },
            model.Forwards.Any(static member => member.IsAwaited)
                ? writer => ContractText.Write(
                    writer, model.Forwards.Where(static member => member.IsAwaited).ToEquatableArray())
                : null,
            isUnsafe: settings.CanCompile);

    private static void WriteRegistration(IndentedWriter writer, ImportClass model, ProjectSettings settings)
    {
        string summary = $"/// <summary>Defines the functions of import module <c>{Xml(model.Module)}</c>.</summary>";
        if (model.IsStatic)
        {
            writer.Write(
                $"""
                {summary}
                {GeneratedAttributes}
                public static void AddTo({PublicRuntime}.Linker linker){Define("null")}
                """);
            if (settings.HasOfficialPackage)
            {
                OfficialPackageEmitter.WriteAddTo(writer, summary);
            }

            return;
        }

        writer.Write(
            $"""
            {summary}
            {GeneratedAttributes}
            {(model.IsAddToTaken
                ? $"void {PublicRuntime}.IWasmImports."
                : "public void ")}AddTo({PublicRuntime}.Linker linker){Define("this")}

            {GeneratedAttributes}
            static void {PublicRuntime}.IWasmImports.AddPerStoreTo({PublicRuntime}.Linker linker){Define("null")}
            """);

        string Define(string host) => settings.CanCompile ? $" =>\n    {DefineCall(model, host)}" : NoBody;
    }

    /// <summary>Defines a module's functions.</summary>
    internal static string DefineCall(ImportClass model, string host)
    {
        IEnumerable<string> arguments =
        [
            "linker", Literal(model.Module), $"typeof({model.ThunksName})", $"host: {host}",
            .. model.Allocation is null ? Array.Empty<string>() : [$"{model.ThunksName}.Allocation"],
            .. Memory(model.Memory),
        ];
        return $"{model.ThunksName}.Define(new({string.Join(", ", arguments)}));";
    }

    internal static void WriteThunks(IndentedWriter writer, ImportClass model)
    {
        writer.Write(GeneratedAttributes);
        writer.Open($"private static unsafe class {model.ThunksName}");
        if (model.Allocation is { } allocation)
        {
            writer.Write(Assign(
                $"internal static readonly {Services}::GuestAllocation Allocation", AllocationText.Of(allocation)));
            writer.WriteLine();
        }

        ThrownTag[] tags = TagEmitter.TagsOf(model);
        TagEmitter.WriteFields(writer, tags);
        writer.Open($"internal static void Define({Services}::HostFunctions functions)");
        foreach (HostFunction function in model.Functions)
        {
            IEnumerable<string> arguments =
            [
                Literal(function.WasmName),
                Literal(function.Method.TrimStart('@')),
                Signatures.Kinds(function.Core.Parameters),
                Signatures.Kinds(function.Core.Results),
                "&" + function.ThunkName, .. Needs(function), .. TraceText.Signature(function),
                .. function.Target == CallTarget.Drop
                    ? (string[])[$"resource: typeof({function.Contract ?? model.Type.FullName})"]
                    : [],
            ];
            writer.Write(Enclose("functions.Define(", arguments, ");"));
        }

        foreach (ThrownTag tag in tags)
        {
            writer.Write($"functions.Define({tag.Field});");
        }

        writer.Write("functions.Complete();");

        writer.Close();
        foreach (HostFunction function in model.Functions)
        {
            writer.WriteLine();
            Thunk.Write(writer, model.Type.FullName, model.Module, function);
        }

        foreach (ThrownTag tag in tags)
        {
            writer.WriteLine();
            TagEmitter.WriteThrow(writer, model, tag);
        }

        WriteStructs(
            writer,
            model.Functions
                .Where(static function => !function.Core.IsPlain)
                .SelectMany(static function =>
                    function.Passed.Select(static parameter => parameter.Value).Append(function.Result))
                .Concat(tags.SelectMany(static tag => tag.Shapes))
                .OfType<Shape>(),
            areNested: true);
        writer.Close();
    }

    private static IEnumerable<string> Needs(HostFunction function) =>
        function.Needs is { } needs ? [$"{Services}::GuestNeeds.{needs}", .. Memory(function.Memory)] : [];
}
