using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using WasmBindgen.Generator.Symbols;

namespace WasmBindgen.Generator.Parsing;

/// <summary>What bindings depend on of the project that they are in.</summary>
/// <param name="AllowsUnsafe">Whether it may have pointers.</param>
/// <param name="IsCSharp12">Whether it is written in C# 12 or later.</param>
/// <param name="HasOfficialPackage">Whether it references the official package Wasmtime in full.</param>
internal readonly record struct ProjectSettings(bool AllowsUnsafe, bool IsCSharp12, bool HasOfficialPackage)
{
    /// <summary>
    /// Whether it can compile thunks and stubs. Where it cannot, a diagnostic says so, which errors in generated code
    /// would hide: members are then generated that do nothing.
    /// </summary>
    internal bool CanCompile => AllowsUnsafe && IsCSharp12;

    /// <summary>Whether the project is built without analyzers, as the package's build settings tell.</summary>
    internal static bool SkipsAnalyzers(AnalyzerConfigOptions options) =>
        options.TryGetValue("build_property.WasmBindgenSkipsAnalyzers", out string? value) && value == "true";

    internal static ProjectSettings Of(Compilation compilation) => compilation is CSharpCompilation project
        ? new(
            project.Options.AllowUnsafe,
            project.LanguageVersion >= LanguageVersion.CSharp12,
            OfficialPackage.IsReferenced(compilation))
        : default;
}
