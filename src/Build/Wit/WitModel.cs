using System.Collections.ObjectModel;
using WasmBindgen.Components.Format;

namespace WasmBindgen.Build.Wit;

/// <summary>Packages, of which the first is the root.</summary>
internal sealed class WitDocument : KeyedCollection<string, WitPackage>
{
    protected override string GetKeyForItem(WitPackage item) => item.FullName;
}

/// <summary>A package.</summary>
/// <param name="name">Namespace and name.</param>
/// <param name="version">Its version; null for none.</param>
internal sealed class WitPackage(string name, string? version)
{
    /// <summary>Namespace, name and version.</summary>
    internal string FullName { get; } = version is null ? name : $"{name}@{version}";

    internal string Name { get; } = name;

    internal string? Version { get; } = version;

    internal WitScopes<WitInterface> Interfaces { get; } = [];

    internal WitScopes<WitWorld> Worlds { get; } = [];
}

/// <summary>Interfaces or worlds by name.</summary>
internal sealed class WitScopes<T> : KeyedCollection<string, T>
    where T : WitScope
{
    protected override string GetKeyForItem(T item) => item.Name;
}

/// <summary>What types and functions are in: an interface or a world.</summary>
internal abstract class WitScope(string name)
{
    internal string Name { get; } = name;

    internal NamedTypes Types { get; } = [];

    /// <summary>By the names that the binary has for them, such as <c>[method]bucket.get</c>.</summary>
    internal NamedFunctions Functions { get; } = [];

    /// <summary>The types here that are another one under a name of this scope.</summary>
    internal Dictionary<NamedType, NamedType> Uses { get; } = [];
}

/// <summary>An interface.</summary>
/// <param name="name">Its name, or that of the import or export of which it is a part.</param>
/// <param name="package">Its package; null if it is part of a world.</param>
internal sealed class WitInterface(string name, WitPackage? package) : WitScope(name)
{
    internal WitPackage? Package { get; } = package;

    /// <summary>As components import it: with its package and version.</summary>
    internal string FullName =>
        $"{Package?.Name}/{Name}{(Package?.Version is { } version ? $"@{version}" : "")}";
}

/// <summary>A world; its functions are those of resources, all others are imports or exports.</summary>
internal sealed class WitWorld(string name) : WitScope(name)
{
    internal List<WorldItem> Imports { get; } = [];

    internal List<WorldItem> Exports { get; } = [];
}

/// <summary>An import or export of a world: an interface or a function.</summary>
/// <param name="Name">Its name; null for an interface that has one of its own.</param>
/// <param name="Interface">The interface, or null.</param>
/// <param name="Function">The function, or null.</param>
internal sealed record WorldItem(string? Name, WitInterface? Interface, FunctionEntity? Function);

/// <summary>A type that has a name.</summary>
/// <param name="name">Its name.</param>
/// <param name="scope">What it is in.</param>
/// <param name="type">What it is.</param>
/// <param name="target">The type that it is another name for; null if it is a type of its own.</param>
internal sealed class NamedType(string name, WitScope scope, TypeEntity type, NamedType? target)
{
    internal string Name { get; } = name;

    internal WitScope Scope { get; } = scope;

    internal TypeEntity Type { get; } = type;

    internal NamedType? Target { get; } = target;
}

/// <summary>The types of a scope by name.</summary>
internal sealed class NamedTypes : KeyedCollection<string, NamedType>
{
    protected override string GetKeyForItem(NamedType item) => item.Name;
}

/// <summary>A function with the name that the binary has for it.</summary>
internal sealed record NamedFunction(string Name, FunctionEntity Type);

/// <summary>The functions of a scope by name.</summary>
internal sealed class NamedFunctions : KeyedCollection<string, NamedFunction>
{
    protected override string GetKeyForItem(NamedFunction item) => item.Name;
}
