namespace WasmBindgen.Generator.Models;

/// <summary>
/// Which of a guest's exports allocate and free for the host, where that is not the Canonical ABI's way.
/// </summary>
/// <param name="Allocate">The export that allocates.</param>
/// <param name="Free">The export that frees; null when nothing is freed.</param>
/// <param name="Pin">The export that keeps what is allocated; null when nothing must be kept.</param>
/// <param name="IsRealloc">Whether it allocates with the parameters of <c>cabi_realloc</c>.</param>
/// <param name="FreeTakesLength">Whether freeing takes the length too.</param>
/// <param name="Is64Bit">Whether addresses and sizes have 64 bits.</param>
internal sealed record Allocation(
    string Allocate,
    string? Free = null,
    string? Pin = null,
    bool IsRealloc = false,
    bool FreeTakesLength = false,
    bool Is64Bit = false);
