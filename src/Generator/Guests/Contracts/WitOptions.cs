using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Guests;

/// <summary>What a project says of its WIT.</summary>
/// <param name="Features">The features of which unstable items are wanted.</param>
/// <param name="Namespaces">Packages or interfaces, and the namespaces that they are to have.</param>
/// <param name="Names">Paths of items, and the names that they are to have.</param>
internal sealed record WitOptions(
    EquatableArray<string> Features,
    EquatableArray<(string Path, string Namespace)> Namespaces,
    EquatableArray<(string Path, string Name)> Names)
{
    /// <summary>What others have written of types.</summary>
    internal EquatableArray<WitPart> Parts { get; init; }

    /// <summary>What the build compiles the types of, whether or not a class is bound to it.</summary>
    internal EquatableArray<WitBinding> Compiled { get; init; }

    /// <summary>Of a project that says nothing.</summary>
    internal static WitOptions Default { get; } = new(default, default, default);
}

/// <summary>A class that is bound to WIT.</summary>
/// <param name="Class">Its name.</param>
/// <param name="World">The world that it is for; null for interfaces alone.</param>
/// <param name="Imports">The interfaces that it is the host's side of, if there is no world.</param>
/// <param name="Exports">The interfaces of a guest that it calls, if there is no world.</param>
internal sealed record WitBinding(
    string Class, string? World, EquatableArray<string> Imports, EquatableArray<string> Exports)
{
    /// <summary>Whether other assemblies see the class, and so must see the types.</summary>
    internal bool IsPublic { get; init; } = true;

    /// <summary>Whether only the world's exports are wanted.</summary>
    internal bool IsExportOnly { get; init; }

    /// <summary>Whether only the functions that the world itself imports are wanted.</summary>
    internal bool IsRootOnly { get; init; }

    /// <summary>The interfaces of WASI that the host implements itself.</summary>
    internal EquatableArray<string> Own { get; init; }

    /// <summary>Whether the host implements the asynchronous contracts.</summary>
    internal bool IsAsync { get; init; }

    /// <summary>The functions that the class leaves out, by name or path.</summary>
    internal EquatableArray<string> Skipped { get; init; }

    /// <summary>What is said of a function that a class leaves out.</summary>
    internal const string Skipping = "is left out by Skip";

    /// <summary>Whether the class leaves a function out, which it names by its name alone or by its path.</summary>
    internal bool Skips(string path) => Skipped.Any(name => IsFunction(name, path));

    internal static bool IsFunction(string name, string path) =>
        name == WitPaths.Function(path) || WitPaths.Means(name, path);
}

/// <summary>What is told of WIT that is bound.</summary>
internal enum WitFindingKind
{
    /// <summary>A function uses what this library does not support: the function, what it is.</summary>
    Unsupported,

    /// <summary>A function or type uses a type of a feature that is not asked for: the item, the type.</summary>
    NotEnabled,

    /// <summary>Versions of one track have a type of different shapes: the package, both versions, the type.</summary>
    TrackDiffers,

    /// <summary>An item has another name than its own: its path, the name, the path of what has that.</summary>
    Renamed,

    /// <summary>One name is given to two items: the name, both paths.</summary>
    NameTwice,

    /// <summary>One item is given two names: its path, both names.</summary>
    GivenTwice,

    /// <summary>A name is given that C# or what is generated keeps for itself: the item, the name.</summary>
    NotFree,

    /// <summary>A feature is in no file: the feature.</summary>
    NoFeature,

    /// <summary>A path that an attribute names is in no file: the path, and the nearest one if there is any.</summary>
    NoPath,

    /// <summary>A type cannot be that of an item: the type, the item's path, what is wrong.</summary>
    NotThatType,
}

/// <summary>Something that is told of WIT that is bound.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Place">Where; null for what no file has.</param>
/// <param name="Arguments">The parts of the message.</param>
internal sealed record WitFinding(WitFindingKind Kind, WitPlace? Place, EquatableArray<string> Arguments)
{
    /// <summary>The interface or world that the function is in, by its unit's id; null for no function.</summary>
    internal string? Unit { get; init; }

    public override string ToString() => $"{Kind} {Place}: {string.Join(", ", Arguments)}";
}
