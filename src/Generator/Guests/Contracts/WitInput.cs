using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Guests;

/// <summary>A file of WIT, and what the project says of it.</summary>
/// <param name="File">The file.</param>
/// <param name="Guest">The item that it is of, by its path in the project; null for none.</param>
/// <param name="IsOfBinary">Whether the build has made it of a guest.</param>
/// <param name="World">The world that is meant; null if none is said.</param>
/// <param name="Namespace">The namespace of its package; null if none is said.</param>
/// <param name="Features">The features of which unstable items are wanted.</param>
internal sealed record WitInput(
    WitFile File,
    string? Guest,
    bool IsOfBinary,
    string? World,
    string? Namespace,
    EquatableArray<string> Features)
{
    /// <summary>Whether types of its packages may be those that a referenced assembly has.</summary>
    internal bool IsShared { get; init; } = true;
}

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

    /// <summary>The types that referenced assemblies have.</summary>
    internal EquatableArray<WitShared> Shared { get; init; }
}
