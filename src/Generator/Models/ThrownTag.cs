namespace WasmBindgen.Generator.Models;

/// <summary>An exception type that is a WebAssembly exception for the guest.</summary>
/// <param name="Exception">The type as generated code names it.</param>
/// <param name="Module">The module of the tag's import.</param>
/// <param name="Name">Its name.</param>
/// <param name="Field">The name of the thunks' member for the tag.</param>
/// <param name="Method">The name of the thunks' method that throws it.</param>
/// <param name="Values">What the guest gets; null for the exception itself, as an externref.</param>
internal sealed record ThrownTag(
    string Exception, string Module, string Name, string Field, string Method, EquatableArray<TagValue>? Values)
{
    /// <summary>The member of the runtime's <c>GuestNeeds</c>; null for none.</summary>
    internal string? Needs => Shapes.Any(static shape => shape.NeedsAllocator) ? "Allocator"
        : Shapes.Any(static shape => shape.NeedsMemory) ? "Memory"
        : null;

    internal IEnumerable<Shape> Shapes => (Values ?? []).Select(static value => value.Shape);
}

/// <summary>A property of an exception.</summary>
/// <param name="Property">Its name as an identifier.</param>
/// <param name="Shape">How it crosses.</param>
internal sealed record TagValue(string Property, Shape Shape);
