using System.ComponentModel;

namespace WasmBindgen.CompilerServices;

/// <summary>The exports by which a guest allocates. Only generated code makes one.</summary>
/// <param name="allocate">The name of the export that takes a number of bytes.</param>
/// <param name="free">The name of the export that takes an address back; null for none.</param>
/// <param name="pin">
/// Of a guest that collects garbage, the name of the export that keeps an object until it is freed; null for others.
/// </param>
/// <param name="freeTakesLength">Whether the export that takes an address back wants the number of bytes too.</param>
/// <param name="is64Bit">Whether addresses and numbers of bytes are i64.</param>
/// <param name="isRealloc">
/// Whether the export that allocates is like the Canonical ABI's, from (old address, old size, alignment, new size) to
/// address.
/// </param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class GuestAllocation(
    string allocate,
    string? free = null,
    string? pin = null,
    bool freeTakesLength = false,
    bool is64Bit = false,
    bool isRealloc = false)
{
    private readonly FunctionType _pin = new([ValueKind.I32], [ValueKind.I32]);
    private readonly FunctionType _free = new([.. Enumerable.Repeat(Word(is64Bit), freeTakesLength ? 2 : 1)], []);

    /// <summary>The Canonical ABI's.</summary>
    internal static GuestAllocation Canonical { get; } = new("cabi_realloc", isRealloc: true);

    internal bool IsRealloc => isRealloc;

    internal bool Is64Bit => is64Bit;

    internal string Name => allocate;

    /// <summary>
    /// The type of what allocates; of a guest that collects garbage, it takes a size and the number of a class.
    /// </summary>
    internal FunctionType Type { get; } = new(
        [.. Enumerable.Repeat(Word(is64Bit), isRealloc ? 4 : pin is null ? 1 : 2)], [Word(is64Bit)]);

    /// <summary>Whether freeing takes the number of bytes too.</summary>
    internal bool FreeTakesLength => freeTakesLength;

    /// <summary>The exports that there must be.</summary>
    internal IEnumerable<(string Name, FunctionType Type)> Exports =>
        free is null ? [(allocate, Type)]
        : pin is null ? [(allocate, Type), (free, _free)]
        : [(allocate, Type), (free, _free), (pin, _pin)];

    /// <summary>The allocator of one instance.</summary>
    /// <param name="find">Finds an export of the name and type.</param>
    internal GuestAllocator Bind(Func<string, FunctionType, GuestFunction> find) =>
        new(this, find(allocate, Type), free is null ? null : find(free, _free), pin is null ? null : find(pin, _pin));

    private static ValueKind Word(bool is64Bit) => is64Bit ? ValueKind.I64 : ValueKind.I32;
}
