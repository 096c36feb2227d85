using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace WasmBindgen.Generator.Parsing;

/// <summary>The settings of a project that bindings depend on.</summary>
/// <param name="AllowsUnsafe">Whether it may have pointers.</param>
/// <param name="IsCSharp12">Whether it is written in C# 12 or later.</param>
internal readonly record struct ProjectSettings(bool AllowsUnsafe, bool IsCSharp12)
{
    internal bool CanCompile => AllowsUnsafe && IsCSharp12;

    internal static ProjectSettings Of(Compilation compilation) => compilation is CSharpCompilation project
        ? new ProjectSettings(project.Options.AllowUnsafe, project.LanguageVersion >= LanguageVersion.CSharp12)
        : default;
}
