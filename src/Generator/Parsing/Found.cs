using Microsoft.CodeAnalysis;
using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Parsing;

/// <summary>A type's shape, or why it has none.</summary>
/// <param name="Shape">The shape; null when the type cannot cross.</param>
/// <param name="Reason">For the message: empty, or in brackets which part of the type cannot cross, and why.</param>
/// <param name="Remedy">What to do about it; null when any of the types that can cross may do.</param>
/// <param name="Unseen">The type in it that does not exist, or not yet; null for none.</param>
internal readonly record struct Found(
    Shape? Shape, string Reason, string? Remedy = null, string? Unseen = null)
{
    public static implicit operator Found(Shape shape) => new(shape, "");

    internal static Found Refused(string reason, string? remedy = null) => new(null, reason, remedy);

    internal static Found NotSeen(ITypeSymbol type) =>
        new(null, " (it does not exist)", Unseen: type.ToDisplayString());

    /// <summary>The shape that another is a part of; the reason stays.</summary>
    internal Found Then(Func<Shape, Found> make) => Shape is null ? this : make(Shape);
}
