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

    /// <summary>The file or folder with it, if the build compiles the types of that; null if it does not.</summary>
    internal string? CompiledRoot { get; init; }

    /// <param name="file">The file.</param>
    /// <param name="guest">The item that it is of, by its path in the project; null for none.</param>
    /// <param name="source">The path of the item's file or folder; null for none.</param>
    /// <param name="metadata">Gives the item's metadata; null for what it does not have.</param>
    internal static WitInput Of(WitFile file, string? guest, string? source, Func<string, string?> metadata)
    {
        bool isOfBinary = guest is not null && source is not null && !WitPackages.IsInside(source, file.Path);
        return new WitInput(
            isOfBinary ? Named(file, guest!) : file,
            guest,
            isOfBinary,
            metadata("World"),
            metadata("Namespace"),
            (metadata("Features") ?? "").Split(',', ';')
                .Select(static feature => feature.Trim())
                .Where(static feature => feature.Length > 0)
                .ToEquatableArray())
        {
            IsShared = !Is("Share", "false"),
            CompiledRoot = Is("Types", "Compile")
                ? WitPackages.Normal(isOfBinary ? file.Path : source ?? file.Path)
                : null,
        };

        bool Is(string name, string value) => string.Equals(metadata(name), value, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A component does not name its world: the package of that is called like its file.</summary>
    private static WitFile Named(WitFile file, string guest)
    {
        if (file.Blocks.Count == 0 || file.Blocks[0].Package is not { Name: "root:component", Version: null })
        {
            return file;
        }

        string name = string.Concat(Path.GetFileNameWithoutExtension(guest)
            .Select(static c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-')).Trim('-');
        string label = name.Length > 0 && char.IsLetter(name[0]) ? name : $"component-{name}";
        WitBlock own = file.Blocks[0] with { Package = new WitPackageName($"root:{label}", null) };
        return file with { Blocks = file.Blocks.Skip(1).Prepend(own).ToEquatableArray() };
    }

    /// <summary>The namespace that is said of the package that files are there for.</summary>
    internal static IEnumerable<(string Path, string Namespace)> NamespacesOf(
        WitPackages packages, IEnumerable<WitInput> inputs) => packages.Packages
        .Where(static package => package.IsRoot)
        .Take(1)
        .SelectMany(package => inputs.Select(static input => input.Namespace)
            .OfType<string>()
            .Take(1)
            .Select(space => ($"{package.Name}", space)));
}
