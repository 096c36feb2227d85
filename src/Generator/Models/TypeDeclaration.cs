namespace WasmBindgen.Generator.Models;

/// <summary>Where generated members go: a partial type and what it is nested in.</summary>
/// <param name="Namespace">The namespace; empty for the global one.</param>
/// <param name="Outer">
/// The declarations of the containing types, outermost first, such as <c>partial class Outer</c>.
/// </param>
/// <param name="Declaration">The type's own declaration, such as <c>partial record Env</c>.</param>
/// <param name="Name">The type's name as an identifier.</param>
/// <param name="FullName">The type as generated code names it, from <c>global::</c> on.</param>
/// <param name="DisplayName">The type as messages call it.</param>
internal sealed record TypeDeclaration(
    string Namespace,
    EquatableArray<string> Outer,
    string Declaration,
    string Name,
    string FullName,
    string DisplayName)
{
    /// <summary>The warnings that its generated part would get for what its author wrote.</summary>
    internal EquatableArray<string> Warnings { get; init; }

    /// <summary>The attributes of its generated part.</summary>
    internal EquatableArray<string> Attributes { get; init; }
}
