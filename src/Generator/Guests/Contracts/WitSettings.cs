using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Guests;

/// <summary>What a project says of names.</summary>
/// <param name="ProjectDirectory">
/// The folder that paths are relative to, with <c>/</c>; empty if it is not known.
/// </param>
/// <param name="Namespaces">Packages or interfaces, and the namespaces that they are to have.</param>
/// <param name="Names">Paths of items, and the names that they are to have.</param>
internal sealed record WitSettings(
    string ProjectDirectory,
    EquatableArray<(string Path, string Namespace)> Namespaces,
    EquatableArray<(string Path, string Name)> Names)
{
    /// <summary>What its sources have of types that are WIT's.</summary>
    internal EquatableArray<WitPart> Parts { get; init; }

    /// <summary>The types that the build has compiled, and those that referenced assemblies have.</summary>
    internal EquatableArray<WitShared> Shared { get; init; }

    /// <summary>The types that the build compiles, by <see cref="WitCompiled"/>.</summary>
    internal EquatableArray<DeclaredNamespace> Compiled { get; init; }
}
