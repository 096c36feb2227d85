using System.Collections.Immutable;
using System.ComponentModel;

namespace WasmBindgen.CompilerServices;

/// <summary>The functions by which a guest allocates. Only generated code makes one.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class GuestAllocation
{
    private static readonly GlobalType s_address = new(ValueKind.I32, IsMutable: false);

    private readonly AllocatorFunction? _free;
    private readonly AllocatorFunction? _pin;

    // The global with the address of the table of classes.
    private readonly string? _classes;

    private readonly AllocatorFunction _allocate;

    // What moves the guest's stack.
    private readonly AllocatorFunction? _stack;

    /// <param name="allocate">The function that allocates, and returns an address.</param>
    /// <param name="arguments">Its parameters.</param>
    /// <param name="free">The function that takes an address back; null for none.</param>
    /// <param name="freeArguments">Its parameters.</param>
    /// <param name="module">
    /// The import module for which the linker has the instance that exports them; null if the guest itself does.
    /// </param>
    /// <param name="is64Bit">Whether the parameters and the address are i64.</param>
    public GuestAllocation(
        string allocate,
        ReadOnlySpan<AllocatorArgument> arguments,
        string? free = null,
        ReadOnlySpan<AllocatorArgument> freeArguments = default,
        string? module = null,
        bool is64Bit = false)
        : this(
            new AllocatorFunction(allocate, arguments, returns: true, is64Bit),
            free is null ? null : new AllocatorFunction(free, freeArguments, returns: false, is64Bit))
    {
        Module = module;
        Is64Bit = is64Bit;
    }

    /// <summary>That of wasm-bindgen, where the guest frees what it is passed, and the host what it gets.</summary>
    /// <param name="allocate">The function that allocates, and returns an address.</param>
    /// <param name="arguments">Its parameters.</param>
    /// <param name="free">The function that takes an address back; null if no result needs that.</param>
    /// <param name="freeArguments">Its parameters.</param>
    /// <param name="usesStack">Whether results lie on the guest's stack.</param>
    /// <param name="objectTable">The guest's table of objects; null for the usual one.</param>
    /// <param name="module">
    /// The import module for which the linker has the instance that exports them; null if the guest itself does.
    /// </param>
    public static GuestAllocation RustWasmBindgen(
        string allocate,
        ReadOnlySpan<AllocatorArgument> arguments,
        string? free = null,
        ReadOnlySpan<AllocatorArgument> freeArguments = default,
        bool usesStack = false,
        string? objectTable = null,
        string? module = null) =>
        new(
            new AllocatorFunction(allocate, arguments, returns: true, is64Bit: false),
            free is null ? null : new AllocatorFunction(free, freeArguments, returns: false, is64Bit: false),
            stack: !usesStack ? null : new(
                "__wbindgen_add_to_stack_pointer", [AllocatorArgument.Size], returns: true, is64Bit: false))
        {
            IsRustWasmBindgen = true,
            Module = module,
            ObjectTable = objectTable ?? "__wbindgen_externrefs",
        };

    private GuestAllocation(
        AllocatorFunction allocate,
        AllocatorFunction? free,
        AllocatorFunction? pin = null,
        string? classes = null,
        AllocatorFunction? stack = null)
    {
        _allocate = allocate;
        _free = free;
        _pin = pin;
        _classes = classes;
        _stack = stack;
    }

    /// <summary>AssemblyScript's, whose garbage collector keeps what is pinned.</summary>
    public static GuestAllocation AssemblyScript { get; } = new(
        new("__new", [AllocatorArgument.Size, AllocatorArgument.Class], returns: true, is64Bit: false),
        new("__unpin", [AllocatorArgument.Address], returns: false, is64Bit: false),
        new("__pin", [AllocatorArgument.Address], returns: true, is64Bit: false),
        "__rtti_base");

    /// <summary>The Canonical ABI's.</summary>
    internal static GuestAllocation Canonical { get; } = new(
        "cabi_realloc",
        [
            AllocatorArgument.OldAddress, AllocatorArgument.OldSize, AllocatorArgument.Alignment,
            AllocatorArgument.Size,
        ]);

    /// <summary>The function that allocates.</summary>
    internal string Name => _allocate.Name;

    /// <summary>Its type.</summary>
    internal FunctionType Type => _allocate.Type;

    /// <summary>The import module of the instance that allocates; null if the guest itself does.</summary>
    internal string? Module { get; private init; }

    /// <summary>Whether addresses and sizes are i64.</summary>
    internal bool Is64Bit { get; }

    /// <summary>Whether the guest frees what it is passed, and the host what it gets.</summary>
    internal bool IsRustWasmBindgen { get; private init; }

    /// <summary>The name of the guest's table of objects; null if it has none.</summary>
    internal string? ObjectTable { get; private init; }

    /// <summary>The functions and globals that there must be.</summary>
    internal IEnumerable<(string Name, ExternType Type)> Items
    {
        get
        {
            foreach (AllocatorFunction? function in (AllocatorFunction?[])[_allocate, _free, _pin, _stack])
            {
                if (function is not null)
                {
                    yield return (function.Name, function.Type);
                }
            }

            if (_classes is { } classes)
            {
                yield return (classes, s_address);
            }
        }
    }

    /// <summary>The allocator of one instance.</summary>
    /// <param name="find">Finds a function of the name and type.</param>
    /// <param name="read">Reads an exported global of the name and type.</param>
    internal GuestAllocator Bind(
        Func<string, FunctionType, GuestFunction> find, Func<string, GlobalType, uint> read)
    {
        return new(
            this,
            Bound(_allocate)!,
            Bound(_free),
            Bound(_pin),
            Bound(_stack),
            _classes is { } classes ? read(classes, s_address) : 0);

        BoundAllocatorFunction? Bound(AllocatorFunction? function) =>
            function is null ? null : new(find(function.Name, function.Type), function.Arguments);
    }

    /// <summary>A function that allocates or frees.</summary>
    private sealed class AllocatorFunction(
        string name, ReadOnlySpan<AllocatorArgument> arguments, bool returns, bool is64Bit)
    {
        internal string Name => name;

        internal ImmutableArray<AllocatorArgument> Arguments { get; } = [.. arguments];

        internal FunctionType Type { get; } = new(
            [.. Enumerable.Repeat<WasmValueType>(Word(is64Bit), arguments.Length)], returns ? [Word(is64Bit)] : []);

        private static ValueKind Word(bool is64Bit) => is64Bit ? ValueKind.I64 : ValueKind.I32;
    }
}
