using System.ComponentModel;

namespace WasmBindgen.CompilerServices;

/// <summary>The exports by which a guest allocates. Only generated code makes one.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class GuestAllocation
{
    private static readonly GlobalType s_address = new(ValueKind.I32, IsMutable: false);

    private readonly (string Name, FunctionType Type)? _free;
    private readonly (string Name, FunctionType Type)? _pin;

    // The global with the address of the table of classes.
    private readonly string? _classes;

    private GuestAllocation(
        string allocate,
        FunctionType type,
        (string Name, FunctionType Type)? free = null,
        (string Name, FunctionType Type)? pin = null,
        string? classes = null)
    {
        Name = allocate;
        Type = type;
        _free = free;
        _pin = pin;
        _classes = classes;
    }

    /// <summary>AssemblyScript's, whose garbage collector keeps what is pinned.</summary>
    public static GuestAllocation AssemblyScript { get; } = new(
        "__new",
        Words(2, ValueKind.I32, returns: true), // a size and the number of a class
        ("__unpin", Words(1, ValueKind.I32)),
        ("__pin", Words(1, ValueKind.I32, returns: true)),
        "__rtti_base");

    /// <summary>The Canonical ABI's.</summary>
    internal static GuestAllocation Canonical { get; } = Realloc("cabi_realloc");

    /// <summary>The export that allocates.</summary>
    internal string Name { get; }

    /// <summary>Its type.</summary>
    internal FunctionType Type { get; }

    /// <summary>
    /// Whether what allocates takes (old address, old size, alignment, new size), as the Canonical ABI has it.
    /// </summary>
    internal bool IsRealloc => Type.Parameters.Length == 4;

    /// <summary>Whether addresses and sizes are i64.</summary>
    internal bool Is64Bit => Type.Results[0] == ValueKind.I64;

    /// <summary>Whether freeing takes the number of bytes too.</summary>
    internal bool FreeTakesLength => _free?.Type.Parameters.Length == 2;

    /// <summary>The exports that there must be.</summary>
    internal IEnumerable<(string Name, ExternType Type)> Exports
    {
        get
        {
            yield return (Name, Type);
            if (_free is { } free)
            {
                yield return free;
            }

            if (_pin is { } pin)
            {
                yield return pin;
            }

            if (_classes is { } classes)
            {
                yield return (classes, s_address);
            }
        }
    }

    /// <summary>An export with the parameters of the Canonical ABI's <c>realloc</c>.</summary>
    /// <param name="allocate">Its name.</param>
    /// <param name="is64Bit">Whether addresses and sizes are i64.</param>
    public static GuestAllocation Realloc(string allocate, bool is64Bit = false) =>
        new(allocate, Words(4, Word(is64Bit), returns: true));

    /// <summary>An export that takes a number of bytes, as C's <c>malloc</c>.</summary>
    /// <param name="allocate">Its name.</param>
    /// <param name="free">The export that takes an address back; null for none.</param>
    /// <param name="freeTakesLength">Whether that wants the number of bytes too.</param>
    /// <param name="is64Bit">Whether addresses and sizes are i64.</param>
    public static GuestAllocation Malloc(
        string allocate, string? free = null, bool freeTakesLength = false, bool is64Bit = false) => new(
            allocate,
            Words(1, Word(is64Bit), returns: true),
            free is null ? null : (free, Words(freeTakesLength ? 2 : 1, Word(is64Bit))));

    /// <summary>The allocator of one instance.</summary>
    /// <param name="find">Finds an exported function of the name and type.</param>
    /// <param name="read">Reads an exported global of the name and type.</param>
    internal GuestAllocator Bind(
        Func<string, FunctionType, GuestFunction> find, Func<string, GlobalType, uint> read)
    {
        return new(
            this,
            find(Name, Type),
            Find(_free),
            Find(_pin),
            _classes is { } classes ? read(classes, s_address) : 0);

        GuestFunction? Find((string Name, FunctionType Type)? export) =>
            export is { } wanted ? find(wanted.Name, wanted.Type) : null;
    }

    private static ValueKind Word(bool is64Bit) => is64Bit ? ValueKind.I64 : ValueKind.I32;

    private static FunctionType Words(int count, ValueKind word, bool returns = false) =>
        new([.. Enumerable.Repeat(word, count)], returns ? [word] : []);
}
