using WasmBindgen.Generator.Models;
using WasmBindgen.Generator.Parsing;
using WasmBindgen.Generator.Text;
using static WasmBindgen.Generator.Emission.SourceFile;
using static WasmBindgen.Generator.Text.CSharp;

namespace WasmBindgen.Generator.Emission;

/// <summary>
/// A <c>[WasmWorld]</c> class's generated part: what the host gives, what the guest exports, and both.
/// </summary>
internal static class WorldEmitter
{
    /// <param name="model">The class.</param>
    /// <param name="fileName">The name of its file.</param>
    /// <param name="settings">What the project can compile.</param>
    internal static GeneratedSource Emit(WorldClass model, string fileName, ProjectSettings settings) =>
        SourceFile.Write(
            model.Exports.Type,
            fileName + ".WasmWorld.g.cs",
            "",
            writer =>
            {
                ExportEmitter.WriteMembers(writer, model.Exports, settings);
                writer.WriteLine();
                WriteInstantiate(writer, model);
                if (model.Imports.Count > 0)
                {
                    writer.WriteLine();
                    WriteImports(writer, model, settings);
                }
            },
            isUnsafe: settings.CanCompile,
            ExportEmitter.Warnings(model.Exports));

    private static void WriteInstantiate(IndentedWriter writer, WorldClass model)
    {
        bool hasImports = model.Imports.Count > 0;
        bool hasHandles = HandleEmitter.HandlesOf(model.Exports).Length > 0;
        WriteInstantiate(writer, model, "Module", "a guest with what the host gives, and with WASI if it imports that");
        if (ExportEmitter.ServesComponents(model.Exports))
        {
            writer.WriteLine();
            WriteInstantiate(writer, model, "Component", "a component with what the host gives");
        }

        if (!hasImports)
        {
            return;
        }

        string own = hasHandles ? "DefineResources(linker)." : "linker.";
        writer.WriteLine();
        writer.Write(
            $$"""
            /// <summary>Defines what the host gives in a linker.</summary>
            /// <returns>The linker.</returns>
            {{GeneratedAttributes}}
            public static {{PublicRuntime}}.Linker Define({{PublicRuntime}}.Linker linker, Imports imports)
            {
                global::System.ArgumentNullException.ThrowIfNull(linker);
                return {{own}}Define(imports);
            }

            /// <summary>
            /// Defines what the host gives in a linker, of which each store has its own: <c>store.SetHost(imports)</c>.
            /// </summary>
            /// <returns>The linker.</returns>
            {{GeneratedAttributes}}
            public static {{PublicRuntime}}.Linker DefinePerStore({{PublicRuntime}}.Linker linker)
            {
                global::System.ArgumentNullException.ThrowIfNull(linker);
                return {{own}}DefinePerStore<Imports>();
            }
            """);
    }

    private static void WriteInstantiate(IndentedWriter writer, WorldClass model, string of, string what)
    {
        string name = model.Exports.Type.Name;
        bool hasImports = model.Imports.Count > 0;
        string guest = of.ToLowerInvariant();
        string[] parameters =
        [
            $"{PublicRuntime}.Store store",
            $"{PublicRuntime}.{of} {guest}",
            .. hasImports ? (string[])["Imports imports"] : [],
        ];
        writer.Write(
            $"""
            /// <summary>Instantiates {what}.</summary>
            /// <exception cref="{PublicRuntime}.LinkException">
            /// The guest imports what the world does not have, or exports less; all of it is listed.
            /// </exception>
            {GeneratedAttributes}
            """);
        writer.Open(Enclose($"public static {name} Instantiate(", parameters, ")"));
        writer.Write($"using var linker = {Services}::World.LinkerFor(store, {guest});");
        if (hasImports)
        {
            writer.Write("Define(linker, imports);");
        }
        else if (HandleEmitter.HandlesOf(model.Exports).Length > 0)
        {
            writer.Write("DefineResources(linker);");
        }

        writer.Write($"return new {name}(linker.Instantiate(store, {guest}));");
        writer.Close();
    }

    private static void WriteImports(IndentedWriter writer, WorldClass model, ProjectSettings settings)
    {
        writer.Write("/// <summary>What the host gives a guest of the world.</summary>");
        foreach (DeclaredImport import in model.Properties)
        {
            writer.Write(
                $"/// <param name=\"{import.Property}\">What it imports as <c>{Xml(import.Module)}</c>.</param>");
        }

        writer.Write(GeneratedAttributes);
        string list = string.Join(", ", model.Properties.Select(static one => $"{one.Contract} {one.Property}"));
        writer.Open($"public sealed partial record Imports({list}) : {PublicRuntime}.IWasmImports");
        foreach (DeclaredImport import in model.Properties)
        {
            WriteProperty(writer, import);
        }

        writer.Write(GeneratedAttributes);
        writer.Open($"void {PublicRuntime}.IWasmImports.AddTo({PublicRuntime}.Linker linker)");
        foreach (ImportClass import in model.Imports)
        {
            WriteAddTo(writer, model, import, settings);
        }

        writer.Close();
        writer.WriteLine();
        writer.Write(GeneratedAttributes);
        writer.Open($"static void {PublicRuntime}.IWasmImports.AddPerStoreTo({PublicRuntime}.Linker linker)");
        foreach (ImportClass import in model.Imports.Where(_ => settings.CanCompile))
        {
            writer.Write(ImportEmitter.DefineCall(import, "null"));
        }

        writer.Close();
        foreach (ImportClass import in model.Imports.Where(_ => settings.CanCompile))
        {
            writer.WriteLine();
            ImportEmitter.WriteThunks(writer, import);
        }

        writer.Close();
    }

    /// <summary>A property that is never null, whoever sets it.</summary>
    private static void WriteProperty(IndentedWriter writer, DeclaredImport import)
    {
        string field = $"_{char.ToLowerInvariant(import.Property[0])}{import.Property.Substring(1)}";
        string Given(string value) =>
            $"{Services}::World.Given({value}, {Literal(import.Property)}, {Literal(import.Module)})";
        writer.Write(Assign($"private readonly {import.Contract} {field}", Given(import.Property)));
        writer.WriteLine();
        writer.Write($"/// <summary>What it imports as <c>{Xml(import.Module)}</c>.</summary>");
        writer.Write(GeneratedAttributes);
        writer.Open($"public {import.Contract} {import.Property}");
        writer.Write($"get => {field};");
        writer.Write($"init => {field} = {Given("value")};");
        writer.Close();
        writer.WriteLine();
    }

    private static void WriteAddTo(
        IndentedWriter writer, WorldClass model, ImportClass import, ProjectSettings settings)
    {
        if (!settings.CanCompile)
        {
            return;
        }

        string define = ImportEmitter.DefineCall(import, import.IsStatic ? "null" : "this");
        DeclaredImport? property = model.Properties.FirstOrDefault(one => one.Module == import.Module);
        if (property is null || import.Contract is null)
        {
            writer.Write(define);
            return;
        }

        // A host class of its own declares what it throws.
        writer.Open($"if ({property.Property} is {PublicRuntime}.IWasmImports __{property.Property})");
        writer.Write($"linker.Define(__{property.Property});");
        writer.Close();
        writer.Open("else");
        writer.Write(define);
        writer.Close();
    }
}
