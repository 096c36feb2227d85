namespace WasmBindgen;

/// <summary>
/// The exports by which guests of this class allocate what the host gives them, in place of <c>cabi_realloc</c>: for
/// guests in plain C, <c>[GuestAllocator("malloc", "free")]</c>.
/// </summary>
/// <remarks>
/// What a host function returns is the guest's from then on. Arguments of a guest's function are the host's: when the
/// call has returned they are freed, if <see cref="Free"/> is named. Results of a guest's function are never freed.
/// </remarks>
/// <param name="allocate">
/// The export that takes a number of bytes and returns their address, aligned for any value: <c>(i32) -> i32</c>.
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
    /// Whether the export that frees takes the number of bytes too, <c>(i32 i32) -> ()</c>, as one over Rust's own
    /// allocator must.
    /// </summary>
    public bool FreeTakesLength { get; set; }
}
