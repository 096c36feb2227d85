using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Guests;

/// <summary>All packages of a set of files, with every name in them looked up.</summary>
/// <param name="Packages">The packages, those of the root first.</param>
/// <param name="Errors">What is wrong, by place. What an error is about is left out, or stands for nothing.</param>
internal sealed record WitPackages(EquatableArray<WitPackage> Packages, EquatableArray<WitError> Errors)
{
    /// <summary>Looks up what files name.</summary>
    /// <param name="root">The path of the file or folder that they belong to.</param>
    /// <param name="files">
    /// The files. Those of a folder are one package; in a folder <c>deps</c> each is one by itself.
    /// </param>
    internal static WitPackages Resolve(string root, IEnumerable<WitFile> files) =>
        new WitResolver(root, files).Resolve();

    /// <summary>Whether a file belongs to a root: is it, or lies in it or among its dependencies.</summary>
    internal static bool IsPartOf(string root, string path)
    {
        root = Normal(root);
        string folder = FolderOf(Normal(path));
        return Normal(path) == root
            || folder == root
            || folder == Join(root, "deps")
            || FolderOf(folder) == Join(root, "deps");
    }

    /// <summary>Whether a file is a path, or lies anywhere in the folder of that path.</summary>
    internal static bool IsInside(string root, string path) =>
        Normal(path) == Normal(root) || Normal(path).StartsWith(Normal(root) + "/", StringComparison.Ordinal);

    /// <summary>A path with <c>/</c>, and none at its end.</summary>
    internal static string Normal(string path) => path.Replace('\\', '/').TrimEnd('/');

    /// <summary>The folder of a path; empty for none.</summary>
    internal static string FolderOf(string path) => path.Substring(0, Math.Max(0, path.LastIndexOf('/')));

    private static string Join(string folder, string name) => folder.Length == 0 ? name : $"{folder}/{name}";
}

/// <summary>A package.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsRoot">Whether it is the one that all others are there for.</param>
/// <param name="Docs">Its documentation; empty for none.</param>
/// <param name="Interfaces">Its interfaces.</param>
/// <param name="Worlds">Its worlds.</param>
internal sealed record WitPackage(
    WitPackageName Name,
    bool IsRoot,
    string Docs,
    EquatableArray<WitInterface> Interfaces,
    EquatableArray<WitWorld> Worlds);

/// <summary>An interface.</summary>
/// <param name="Id">Its name for all, such as <c>wasi:io/streams@0.2.0</c>; of one in a world only a key.</param>
/// <param name="Header">What every item has.</param>
/// <param name="Items">Its types and functions in order.</param>
internal sealed record WitInterface(string Id, WitHeader Header, EquatableArray<WitItem> Items)
{
    internal IEnumerable<WitTypeItem> Types => Items.OfType<WitTypeItem>();
}

/// <summary>A world, with all that it includes.</summary>
/// <param name="Id">Its name for all, such as <c>wasi:cli/command@0.2.0</c>.</param>
/// <param name="Header">What every item has.</param>
/// <param name="Types">The types that it defines.</param>
/// <param name="Externs">Its imports and exports in order; last the imports that are only needed by others.</param>
internal sealed record WitWorld(
    string Id, WitHeader Header, EquatableArray<WitTypeItem> Types, EquatableArray<WitWorldExtern> Externs)
{
    /// <summary>The ids of the worlds that it includes, whose types it imports as well.</summary>
    internal EquatableArray<string> Included { get; init; }

    /// <summary>Whether somebody who writes a name, with its package or without, means this world.</summary>
    internal bool Is(string name) => Header.Name == name || Id == name;
}

/// <summary>An import or export of a world.</summary>
/// <param name="Header">What every item has; its name is that of the import or export.</param>
/// <param name="IsExport">Whether it is an export.</param>
/// <param name="Function">The function; null for an interface.</param>
/// <param name="Inline">The interface, if it stands in the world.</param>
/// <param name="Interface">The interface's id; null for a function.</param>
/// <param name="IsNamed">Whether it is a named interface under a name of the world's.</param>
/// <param name="IsImplicit">Whether only types of it are needed, by another interface.</param>
internal sealed record WitWorldExtern(
    WitHeader Header,
    bool IsExport,
    WitFunction? Function,
    WitInterface? Inline,
    string? Interface,
    bool IsNamed,
    bool IsImplicit);
