using WasmBindgen.Generator.Abi;
using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Guests;

/// <summary>A core module that the project names as a guest.</summary>
/// <param name="Name">Its path, as the project names it.</param>
/// <param name="IsVerified">Whether the project's classes are compared with it.</param>
/// <param name="Imports">What it imports, in its order.</param>
/// <param name="Exports">What it exports, in its order.</param>
internal sealed record GuestModule(
    string Name, bool IsVerified, EquatableArray<GuestItem> Imports, EquatableArray<GuestItem> Exports)
{
    /// <summary>The export of a name; null if it has none.</summary>
    internal GuestItem? Export(string name)
    {
        foreach (GuestItem export in Exports)
        {
            if (export.Name == name)
            {
                return export;
            }
        }

        return null;
    }
}

/// <summary>What a guest imports or exports.</summary>
/// <param name="Module">The module that it imports it from; empty for an export.</param>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it is.</param>
/// <param name="Line">Its line in the interface text, from 0 on.</param>
internal sealed record GuestItem(string Module, string Name, GuestType Type, int Line);

/// <summary>The type of an item. Value types are as the WebAssembly text format writes them.</summary>
internal abstract record GuestType
{
    /// <summary>The word for such an item.</summary>
    internal abstract string Kind { get; }
}

/// <summary>A function's type.</summary>
/// <param name="Parameters">Its parameters' types.</param>
/// <param name="Names">Their names; null for one without.</param>
/// <param name="Results">Its results' types.</param>
internal sealed record GuestFunctionType(
    EquatableArray<string> Parameters, EquatableArray<string?> Names, EquatableArray<string> Results) : GuestType
{
    internal override string Kind => "function";

    public override string ToString() => CoreTypes.Function(Parameters, Results);
}

/// <summary>A global's type.</summary>
internal sealed record GuestGlobalType(string Content, bool IsMutable) : GuestType
{
    internal override string Kind => "global";

    public override string ToString() => IsMutable ? $"(global (mut {Content}))" : $"(global {Content})";
}

/// <summary>A memory's type.</summary>
internal sealed record GuestMemoryType(bool Is64Bit, bool IsShared) : GuestType
{
    internal override string Kind => "memory";

    public override string ToString() => $"(memory{(Is64Bit ? " i64" : "")}{(IsShared ? " shared" : "")})";
}

/// <summary>A table's type.</summary>
internal sealed record GuestTableType(string Element) : GuestType
{
    internal override string Kind => "table";

    public override string ToString() => $"(table {Element})";
}

/// <summary>The type of an exception tag.</summary>
internal sealed record GuestTagType(EquatableArray<string> Parameters) : GuestType
{
    internal override string Kind => "tag";

    public override string ToString() => "(tag)";
}
