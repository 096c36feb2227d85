using System.ComponentModel;

namespace WasmBindgen.CompilerServices;

/// <summary>The exports by which a guest allocates. Only generated code makes one.</summary>
/// <param name="allocate">The name of the export that takes a number of bytes.</param>
/// <param name="free">The name of the export that takes an address back; null for none.</param>
/// <param name="pin">Of a guest that collects garbage, the name of the export that keeps an object until it is freed; null for others.</param>
/// <param name="freeTakesLength">Whether the export that takes an address back wants the number of bytes too.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class GuestAllocation(string allocate, string? free = null, string? pin = null, bool freeTakesLength = false)
{
    private static readonly FunctionType Realloc = new([ValueKind.I32, ValueKind.I32, ValueKind.I32, ValueKind.I32], [ValueKind.I32]);
    private static readonly FunctionType Malloc = new([ValueKind.I32], [ValueKind.I32]);
    private static readonly FunctionType New = new([ValueKind.I32, ValueKind.I32], [ValueKind.I32]);
    private static readonly FunctionType FreeAddress = new([ValueKind.I32], []);
    private static readonly FunctionType FreeArea = new([ValueKind.I32, ValueKind.I32], []);

    /// <summary>The Canonical ABI's: <c>cabi_realloc</c>, from (old address, old size, alignment, new size) to address.</summary>
    internal static GuestAllocation Canonical { get; } = new("cabi_realloc");

    /// <summary>Whether there is just one function, with four parameters.</summary>
    internal bool IsCanonical => this == Canonical;

    internal string Name => allocate;

    internal FunctionType Type => IsCanonical ? Realloc : pin is null ? Malloc : New;

    /// <summary>Whether freeing takes the number of bytes too.</summary>
    internal bool FreeTakesLength => freeTakesLength;

    private FunctionType FreeType => freeTakesLength ? FreeArea : FreeAddress;

    /// <summary>The exports that there must be.</summary>
    internal IEnumerable<(string Name, FunctionType Type)> Exports =>
        free is null ? [(allocate, Type)] : pin is null ? [(allocate, Type), (free, FreeType)] : [(allocate, Type), (free, FreeType), (pin, Malloc)];

    /// <summary>The allocator of one instance.</summary>
    /// <param name="find">Finds an export of the name and type.</param>
    internal GuestAllocator Bind(Func<string, FunctionType, GuestFunction> find) =>
        new(this, find(allocate, Type), free is null ? null : find(free, FreeType), pin is null ? null : find(pin, Malloc));
}
