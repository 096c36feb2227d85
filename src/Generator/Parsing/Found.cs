using WasmBindgen.Generator.Models;

namespace WasmBindgen.Generator.Parsing;

/// <summary>A type's shape, or why it has none.</summary>
/// <param name="Shape">The shape; null when the type cannot cross.</param>
/// <param name="Reason">For the message: empty, or in brackets which part of the type cannot cross, and why.</param>
internal readonly record struct Found(Shape? Shape, string Reason)
{
    public static implicit operator Found(Shape shape) => new(shape, "");

    internal static Found Refused(string reason) => new(null, reason);

    /// <summary>The shape that another is a part of; the reason stays.</summary>
    internal Found Then(Func<Shape, Found> make) => Shape is null ? this : make(Shape);
}
