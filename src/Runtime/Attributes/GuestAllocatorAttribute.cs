namespace WasmBindgen;

/// <summary>
/// Names the functions that allocate memory in guests of this class, instead of <c>cabi_realloc</c>. For guests in
/// plain C: <c>[GuestAllocator("malloc", "free")]</c>.
/// </summary>
/// <remarks>
/// <para>
/// What a host function returns belongs to the guest. Arguments of a guest's function belong to the host: they are
/// freed after the call has returned, if <see cref="Free"/> is set. Results of a guest's function are never freed. In
/// a class with <see cref="RustWasmBindgenAttribute"/> it is the other way round: results are freed, arguments are not.
/// </para>
/// <para>
/// Parameters other than the usual ones follow the name in parentheses, in their order:
/// <c>[GuestAllocator("malloc(size, alignment)", "free(address, size, alignment)")]</c>. What allocates may take
/// <c>size</c> and <c>alignment</c> in bytes; and as a function that makes areas larger, <c>old_address</c> and
/// <c>old_size</c>, which are 0. What frees may take <c>address</c>, <c>size</c> and <c>alignment</c>. All are i32, or
/// i64 in a class with <see cref="Memory64Attribute"/>.
/// </para>
/// </remarks>
/// <param name="allocate">
/// The function that returns the address of an area. Without parentheses it takes the size alone, <c>(i32) -> i32</c>,
/// and returns areas aligned for any value.
/// </param>
/// <param name="free">
/// The function that takes an area back; null for none. Without parentheses it takes the address alone:
/// <c>(i32) -> ()</c>.
/// </param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class GuestAllocatorAttribute(string allocate, string? free = null) : Attribute
{
    /// <summary>The function that allocates.</summary>
    public string Allocate { get; } = allocate;

    /// <summary>The function that frees; null for none.</summary>
    public string? Free { get; } = free;

    /// <summary>
    /// The import module for which the linker has the functions, where another instance exports them:
    /// <c>linker.Define("main", instance)</c>. Unset: the guest itself exports them.
    /// </summary>
    public string? Module { get; set; }
}
