using System.ComponentModel;
using System.Diagnostics;

namespace WasmBindgen.CompilerServices;

/// <summary>
/// Defines the functions of one host class in a linker: all or, if one cannot be, none. Only generated code calls it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StackTraceHidden]
public readonly unsafe struct HostFunctions
{
    private readonly Linker _linker;
    private readonly string _module;
    private readonly Type _thunks;
    private readonly object? _host;
    private readonly HostContext _context;
    private readonly List<HostFunction> _functions = [];
    private readonly List<(HostTag Tag, GuestRequirement? Requirement)> _tags = [];

    /// <summary>For functions of one class.</summary>
    /// <param name="linker">The linker.</param>
    /// <param name="module">The functions' import module.</param>
    /// <param name="thunks">The class of the thunks, whose assembly stays loaded as long as the functions live.</param>
    /// <param name="host">The host object; null for static methods, and if each store has its own.</param>
    /// <param name="allocation">How the guest allocates; null for the Canonical ABI's way.</param>
    /// <param name="memory">The memory that values lie in; null for <c>memory</c>.</param>
    public HostFunctions(
        Linker linker,
        string module,
        Type thunks,
        object? host,
        GuestAllocation? allocation = null,
        string? memory = null)
    {
        ArgumentNullException.ThrowIfNull(linker);
        ArgumentNullException.ThrowIfNull(thunks);
        _linker = linker;
        _module = module;
        _thunks = thunks;
        _host = host;
        _context = new HostContext(thunks, host, GuestAbi.Of(memory, allocation));
    }

    /// <summary>Adds one function.</summary>
    /// <param name="name">Its name for the guest.</param>
    /// <param name="method">The C# method, for messages.</param>
    /// <param name="parameters">The types of its parameters.</param>
    /// <param name="results">The types of its results.</param>
    /// <param name="thunk">
    /// What the engine calls. The first argument (C API: <c>env</c>) is a handle of the class's context, or, if the
    /// function's values need no memory, of the host object itself, which saves it a load.
    /// </param>
    /// <param name="needs">What its values need from the guest besides slots.</param>
    /// <param name="memory">The memory that they lie in; null for that of the class.</param>
    /// <param name="signature">Names and forms of its parameters and result, for traces.</param>
    /// <param name="resource">The type of the objects whose handles it drops; null for any other function.</param>
    public void Define(
        string name,
        string method,
        ReadOnlySpan<ValueKind> parameters,
        ReadOnlySpan<ValueKind> results,
        delegate* unmanaged[Cdecl]<nint, nint, Slot*, nuint, nint> thunk,
        GuestNeeds needs = GuestNeeds.None,
        string? memory = null,
        string? signature = null,
        Type? resource = null)
    {
        HostContext context = memory is null
            ? _context
            : new HostContext(_thunks, _host, new GuestAbi(new MemoryName(memory), _context.Abi.Allocation));
        _functions.Add(new HostFunction(
            name,
            parameters.ToArray(),
            results.ToArray(),
            (nint)thunk,
            needs == GuestNeeds.None ? _host : context,
            context.Requires(needs),
            signature,
            _thunks,
            method,
            resource));
    }

    /// <summary>Adds a tag that functions throw.</summary>
    public void Define(HostTag tag)
    {
        ArgumentNullException.ThrowIfNull(tag);
        _tags.Add((tag, _context.Requires(tag.Needs)));
    }

    /// <summary>Defines what was added.</summary>
    public void Complete() =>
        _linker.DefineFunctions(_module, _functions, _tags, _context.Abi.Allocation.IsRustWasmBindgen);
}

/// <summary>One function of a host class.</summary>
/// <param name="Name">Its name for the guest.</param>
/// <param name="Parameters">The types of its parameters.</param>
/// <param name="Results">The types of its results.</param>
/// <param name="Thunk">What the engine calls.</param>
/// <param name="Data">What the thunk gets a handle of.</param>
/// <param name="Requirement">What its values need from the guest besides slots; null for nothing.</param>
/// <param name="Signature">
/// Names and forms of its parameters and result, for traces: <c>message:string level:s32 >bool</c>.
/// </param>
/// <param name="Thunks">The class of its thunk; kept alive for a function without data.</param>
/// <param name="Method">The C# method.</param>
/// <param name="Resource">The type of the objects whose handles it drops; null for any other function.</param>
internal sealed record HostFunction(
    string Name,
    ValueKind[] Parameters,
    ValueKind[] Results,
    nint Thunk,
    object? Data,
    GuestRequirement? Requirement,
    string? Signature = null,
    Type? Thunks = null,
    string? Method = null,
    Type? Resource = null)
{
    /// <summary>The memory of the component that imports it; null for a core module, whose memory has a name.</summary>
    internal WeakReference<Memory>? Memory { get; init; }

    /// <summary>
    /// Whether components may import it: its thunk asks <see cref="HostCall"/> for the host object. Those of this
    /// library read their data themselves, and are for core modules.
    /// </summary>
    internal bool ServesComponents => Thunks is not null || Data is UnknownImport;

    /// <summary>Its name in UTF-8.</summary>
    internal byte[] Utf8Name => Native.Utf8Name.Encode(Name);
}
