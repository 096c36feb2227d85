namespace WasmBindgen.CompilerServices;

/// <summary>Where the values of a class's functions lie in the guest, and how that allocates for them.</summary>
/// <param name="Memory">The memory that they lie in.</param>
/// <param name="Allocation">The functions that allocate in it.</param>
internal sealed record GuestAbi(MemoryName Memory, GuestAllocation Allocation)
{
    /// <summary>The Canonical ABI's.</summary>
    internal static GuestAbi Canonical { get; } = new(MemoryName.Default, GuestAllocation.Canonical);

    internal static GuestAbi Of(string? memory, GuestAllocation? allocation) =>
        memory is null && allocation is null
            ? Canonical
            : new(MemoryName.Of(memory), allocation ?? GuestAllocation.Canonical);
}
