namespace WasmBindgen;

/// <summary>
/// Names the exports that allocate memory in guests of this class, instead of <c>cabi_realloc</c>. For guests in plain
/// C: <c>[GuestAllocator("malloc", "free")]</c>.
/// </summary>
/// <remarks>
/// What a host function returns belongs to the guest. Arguments of a guest's function belong to the host: they are
/// freed after the call has returned, if <see cref="Free"/> is set. Results of a guest's function are never freed.
/// </remarks>
/// <param name="allocate">
/// The export that takes a number of bytes and returns an address, aligned for any value: <c>(i32) -> i32</c>.
/// </param>
/// <param name="free">The export that takes such an address back: <c>(i32) -> ()</c>; null for none.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class GuestAllocatorAttribute(string allocate, string? free = null) : Attribute
{
    /// <summary>The export that allocates.</summary>
    public string Allocate { get; } = allocate;

    /// <summary>The export that frees; null for none.</summary>
    public string? Free { get; } = free;

    /// <summary>
    /// Whether the export that frees also takes the number of bytes, <c>(i32 i32) -> ()</c>, as a wrapper of Rust's own
    /// allocator must.
    /// </summary>
    public bool FreeTakesLength { get; set; }
}
