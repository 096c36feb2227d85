namespace WasmBindgen.Generator.Models;

/// <summary>A <c>[WasmWorld]</c> class.</summary>
/// <param name="Imports">The modules that its guest imports, which its record <c>Imports</c> serves.</param>
/// <param name="Properties">The properties of the record.</param>
/// <param name="Exports">What the guest exports; the class itself.</param>
internal sealed record WorldClass(
    EquatableArray<ImportClass> Imports, EquatableArray<DeclaredImport> Properties, ExportClass Exports);
