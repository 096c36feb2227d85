using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Guests;

/// <summary>What a single file says: nothing in it depends on another file.</summary>
/// <param name="Path">Its path, as messages show it.</param>
/// <param name="Blocks">Its own items first, then the packages nested in it.</param>
/// <param name="Errors">What is wrong with its text.</param>
internal sealed record WitFile(string Path, EquatableArray<WitBlock> Blocks, EquatableArray<WitError> Errors);

/// <summary>The name of a package.</summary>
/// <param name="Name">The name without the version, such as <c>wasi:io</c>.</param>
/// <param name="Version">The version; null for none.</param>
internal sealed record WitPackageName(string Name, WitVersion? Version)
{
    /// <summary>The name of an interface or world of the package.</summary>
    internal string Of(string item) => $"{Name}/{item}{VersionText}";

    /// <summary>The name of all its versions that can stand for each other, as attributes write it.</summary>
    internal string OfTrack => Version is null ? Name : $"{Name}@{Version.Track}";

    /// <param name="text">What <see cref="ToString"/> has written.</param>
    internal static WitPackageName Parse(string text)
    {
        int at = text.IndexOf('@');
        return at < 0
            ? new WitPackageName(text, null)
            : new WitPackageName(text.Substring(0, at), WitVersion.Parse(text.Substring(at + 1)));
    }

    /// <summary>Whether the two can stand for each other.</summary>
    internal bool IsOfTrackOf(WitPackageName other) => OfTrack == other.OfTrack;

    private string VersionText => Version is null ? "" : $"@{Version}";

    public override string ToString() => Name + VersionText;
}

/// <summary>The items of one package in one file.</summary>
/// <param name="Package">The package; null for a file that does not name it.</param>
/// <param name="Place">Where the package is named, or where the file begins.</param>
/// <param name="Docs">The package's documentation; empty for none.</param>
/// <param name="Uses">Its names for interfaces, which are known in this file alone.</param>
/// <param name="Interfaces">Its interfaces.</param>
/// <param name="Worlds">Its worlds.</param>
internal sealed record WitBlock(
    WitPackageName? Package,
    WitPlace Place,
    string Docs,
    EquatableArray<WitTopUse> Uses,
    EquatableArray<WitInterfaceText> Interfaces,
    EquatableArray<WitWorldText> Worlds);

/// <summary>The name of an interface or world, which is still to be looked up.</summary>
/// <param name="Package">The package; null for a name that the file or its package has.</param>
/// <param name="Name">The name in the package.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record WitPath(WitPackageName? Package, string Name, WitPlace Place)
{
    public override string ToString() => Package is null ? Name : Package.Of(Name);
}

/// <summary><c>use a:b/c as d</c> outside interfaces and worlds.</summary>
/// <param name="Name">What the interface is called in the file.</param>
/// <param name="Path">The interface.</param>
/// <param name="Place">Where the name stands.</param>
internal sealed record WitTopUse(string Name, WitPath Path, WitPlace Place);

/// <summary>An interface as its file has it.</summary>
/// <param name="Header">What every item has.</param>
/// <param name="Items">Types, functions and <c>use</c>s in order.</param>
/// <param name="Fingerprint">Tells it from another text, but for comments.</param>
internal sealed record WitInterfaceText(WitHeader Header, EquatableArray<WitItem> Items, ulong Fingerprint);

/// <summary>A world as its file has it.</summary>
/// <param name="Header">What every item has.</param>
/// <param name="Items">Types, imports, exports, <c>use</c>s and <c>include</c>s in order.</param>
/// <param name="Fingerprint">Tells it from another text, but for comments.</param>
internal sealed record WitWorldText(WitHeader Header, EquatableArray<WitItem> Items, ulong Fingerprint);

/// <summary><c>use i.{t as u}</c> in an interface or world.</summary>
/// <param name="Header">What every item has, without a name.</param>
/// <param name="Path">The interface.</param>
/// <param name="Names">The types.</param>
internal sealed record WitUse(WitHeader Header, WitPath Path, EquatableArray<WitRename> Names) : WitItem(Header);

/// <summary><c>include w with { a as b }</c>.</summary>
/// <param name="Header">What every item has, without a name.</param>
/// <param name="Path">The world.</param>
/// <param name="Names">What is called otherwise here.</param>
internal sealed record WitInclude(WitHeader Header, WitPath Path, EquatableArray<WitRename> Names) : WitItem(Header);

/// <summary><c>a as b</c>, or <c>a</c> alone.</summary>
/// <param name="Name">The name there.</param>
/// <param name="As">The name here.</param>
/// <param name="Place">Where the first one stands.</param>
/// <param name="AsPlace">Where the second one stands.</param>
internal sealed record WitRename(string Name, string As, WitPlace Place, WitPlace AsPlace);

/// <summary>An import or export of a world: a function, an interface in place, or a named interface.</summary>
/// <param name="Header">What every item has; without a name if it has that of its interface.</param>
/// <param name="IsExport">Whether it is an export.</param>
/// <param name="Function">The function; null for an interface.</param>
/// <param name="Items">The items of an interface in place.</param>
/// <param name="Path">The interface, if it is defined elsewhere.</param>
internal sealed record WitExtern(
    WitHeader Header, bool IsExport, WitFunction? Function, EquatableArray<WitItem> Items, WitPath? Path)
    : WitItem(Header)
{
    internal bool IsInline => Function is null && Path is null;
}
